// A category under the pointer or the focus offers: + its papers to this list, - without its papers, and to follow it.
// Fingers hover over nothing: for them a button behind a card's categories opens the same for all of them.
import { list, onArrival } from "./cards.js";
import { button, element } from "./elements.js";
import { choices, choose } from "./store.js";
import { word } from "./words.js";

const LINK = "a[class^=subject-]";
const CATEGORY = `.subjects ${LINK}`;
const spec = list?.dataset.spec ?? "";
let shown = null; // the tools that are open, behind their category

function codeOf(link) {
  return link.querySelector(".code")?.textContent ?? link.textContent;
}

/** Whether a code stands in the list's address; codes hold hyphens themselves, never an operator. */
function isInList(code) {
  return new RegExp(`(^|[+,-])${code.replace(/[.-]/g, "\\$&")}($|[+,-])`).test(spec);
}

/** `cs` of `cs.CL`: its list holds that of each of its categories. */
function archiveOf(code) {
  return code.split(".")[0];
}

/** The address of a list, on the day that is shown. */
function address(wanted) {
  const day = new URLSearchParams(location.search).get("date");
  return `/arxiv/${wanted}${day && spec ? `?date=${encodeURIComponent(day)}` : ""}`;
}

function made(link) {
  const code = codeOf(link);
  const tools = element("span", { className: "subject-tools" });
  if (!spec) tools.append(linkTo(code, "+", word("subjects_open", { code })));
  else if (!isInList(code)) {
    if (!isInList(archiveOf(code))) tools.append(linkTo(`${spec}+${code}`, "+", word("subjects_add", { code })));
    tools.append(linkTo(`${spec}-${code}`, "−", word("subjects_without", { code })));
  }
  tools.append(followButton(code));
  return tools;
}

function linkTo(wanted, sign, label) {
  return element("a", { href: address(wanted), rel: "nofollow", title: label, ariaLabel: label }, sign);
}

function followButton(code) {
  const label = word("subjects_follow", { code });
  const isChosen = () => choices().categories.includes(code);
  const refresh = () => (follow.ariaPressed = String(isChosen()));
  const onclick = () => {
    choose("categories", code, !isChosen());
    refresh();
  };
  const follow = button({ className: "follow", title: label, ariaLabel: label, onclick });
  refresh();
  return follow;
}

function offer(event) {
  const link = event.target.closest?.(CATEGORY);
  if (!link) {
    if (!shown?.contains(event.target)) hide();
    return;
  }
  if (link.nextElementSibling?.matches(".subject-tools")) return;
  hide();
  shown = made(link);
  shown.style.left = `${link.offsetLeft}px`;
  shown.style.top = `${link.offsetTop}px`;
  link.after(shown);
}

function hide() {
  shown?.remove();
  shown = null;
}

function makeRoom(card) {
  const subjects = card.querySelector(".subjects");
  if (!subjects || subjects.querySelector(".subject-more")) return;
  const label = word("subjects_more");
  const onclick = () => openAll(subjects, more);
  const more = button({ className: "subject-more", title: label, ariaLabel: label, ariaExpanded: "false", onclick }, "±");
  subjects.append(" ", more);
}

function openAll(subjects, more) {
  const isOpen = more.ariaExpanded !== "true";
  more.ariaExpanded = String(isOpen);
  subjects.classList.toggle("opened", isOpen);
  for (const each of subjects.querySelectorAll(".subject-tools")) each.remove();
  if (isOpen) for (const link of subjects.querySelectorAll(LINK)) link.after(made(link));
}

export function start() {
  if (matchMedia("(hover: none)").matches) onArrival((fresh) => fresh.forEach(makeRoom));
  document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && offer(event));
  document.addEventListener("focusin", offer);
}
