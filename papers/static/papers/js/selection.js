// Papers chosen one by one, to take along as a file or as one address.
import { cardOf, cards, list, onArrival, shownCards } from "./cards.js";
import { copyText } from "./copy.js";
import { element } from "./elements.js";
import { joined } from "./links.js";
import { toggleRead } from "./reading.js";
import { say } from "./saying.js";
import { isRead } from "./store.js";
import { word } from "./words.js";

const LONGEST = 1800; // characters of an address that is asked; what is longer is posted
const LONGEST_LINK = 6000; // of one that is passed on: papers/exporting.py takes no longer ones
const bar = document.querySelector(".selection");
const tool = document.querySelector("[data-tool=select]");
const chosen = new Set(); // keys, in the order of choosing

export function toggle(card) {
  if (!bar) return;
  open();
  choose(card, !chosen.has(card.id));
}

/** Without a selection all papers that are shown are meant. */
export function exportNow() {
  if (!bar) return;
  open();
  if (!chosen.size) shownCards().forEach((card) => choose(card, true));
  bar.querySelector("[data-format]").focus();
}

export function close() {
  if (!bar || bar.hidden) return;
  bar.hidden = true;
  delete document.documentElement.dataset.selection;
  chosen.clear();
  refresh();
}

function open() {
  if (!bar.hidden) return;
  bar.hidden = false;
  document.documentElement.dataset.selection = "";
  refresh();
}

function choose(card, on) {
  if (on) chosen.add(card.id);
  else chosen.delete(card.id);
  check(card);
  tell();
}

function refresh() {
  tool.setAttribute("aria-pressed", String(!bar.hidden));
  cards().forEach(check);
  tell();
}

/** A box in each card while the bar is open. */
function check(card) {
  let box = card.querySelector(":scope > .pick");
  if (bar.hidden) return box?.remove();
  if (!box) {
    const n = card.querySelector(".index")?.textContent ?? "";
    box = element("input", { type: "checkbox", className: "pick", ariaLabel: word("selection_pick", { n }) });
    card.prepend(box);
  }
  box.checked = chosen.has(card.id);
}

function tell() {
  bar.querySelector(".selection-count").textContent = word("selection_count", { n: chosen.size });
  for (const each of bar.querySelectorAll("[data-format], [data-pick=read]")) each.disabled = !chosen.size;
  const areRead = chosen.size && [...chosen].every(isRead);
  bar.querySelector("[data-pick=read]").textContent = word(areRead ? "selection_unread" : "selection_read");
}

function ids() {
  return encodeURIComponent(joined(chosen)).replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%40", "@");
}

async function take(format) {
  if (format === "link") return copyLink();
  try {
    const answer = await asked(`/export.${format}`);
    if (!answer.ok) throw new Error(String(answer.status));
    save(await answer.blob(), `papers.${format}`);
  } catch {
    say(word("selection_failed"));
  }
}

function copyLink() {
  const address = new URL(`/export?ids=${ids()}`, location).href;
  if (address.length > LONGEST_LINK) say(word("selection_long"));
  else copyText(address, "selection_copied");
}

function asked(address) {
  const query = `ids=${ids()}`;
  if (query.length <= LONGEST) return fetch(`${address}?${query}`);
  return fetch(address, { method: "POST", body: new URLSearchParams({ ids: joined(chosen) }) });
}

function save(content, name) {
  const link = element("a", { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function clicked(event) {
  const { format, pick } = event.target.dataset;
  if (format) take(format);
  else if (pick === "shown") shownCards().forEach((card) => choose(card, true));
  else if (pick === "none") cards().forEach((card) => choose(card, false));
  else if (pick === "read") {
    toggleRead([...chosen]);
    tell();
  } else if (pick === "close") {
    close();
    tool.focus();
  }
}

export function start() {
  if (!list || !bar || !tool) return;
  tool.addEventListener("click", () => (bar.hidden ? open() : close()));
  bar.addEventListener("click", clicked);
  list.addEventListener("change", (event) => event.target.matches(".pick") && choose(cardOf(event.target), event.target.checked));
  onArrival((fresh) => !bar.hidden && fresh.forEach(check));
}
