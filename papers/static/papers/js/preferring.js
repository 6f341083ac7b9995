// The link that orders a list by the reader's words and the keywords of starred papers; and on such a list, from which
// star a word comes. Without words the link leads to where they are chosen.
import { onArrival } from "./cards.js";
import { sortedLink } from "./links.js";
import { onChange, stars, words } from "./store.js";
import { preferred } from "./telling.js";
import { word } from "./words.js";

const link = document.querySelector("a.by-mine");
const where = link?.getAttribute("href"); // the page where words are chosen

function showLink() {
  const { sort, own, from } = preferred(words(), stars());
  const address = location.pathname + location.search;
  link.href = sort ? sortedLink(address, sort) : where;
  link.title = sort ? word("prefer_by", { own, stars: from.size }) : word("prefer_none");
  const isChosen = sort !== "" && new URLSearchParams(location.search).get("sort") === sort;
  if (isChosen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

/** Makes each word of a card's reason that is a star's keyword a button, which says of which star. */
function tellStars(reason, from) {
  const text = reason.textContent;
  const parts = text.split(/([:：,，、]\s*)/);
  const nodes = parts.map((part) => {
    const [, said, score] = /^(.*?)(\s*\([−\d.,]+\))$/.exec(part) ?? [];
    const paper = said && from.get(said.toLowerCase());
    return paper ? [button(said, paper), score] : [part];
  });
  if (nodes.some(([first]) => typeof first !== "string")) reason.replaceChildren(...nodes.flat());
}

function button(said, paper) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "from-star";
  made.textContent = said;
  made.title = `${word("prefer_from", { word: said })} ${paper.title}`;
  made.setAttribute("aria-expanded", "false");
  made.addEventListener("click", () => toggle(made, paper));
  return made;
}

function toggle(made, paper) {
  const isOpen = made.getAttribute("aria-expanded") === "true";
  made.setAttribute("aria-expanded", String(!isOpen));
  const reason = made.closest("li");
  if (isOpen) reason.querySelector(`.from-star-note[data-word="${CSS.escape(made.textContent)}"]`).remove();
  else reason.append(note(made.textContent, paper));
}

function note(said, paper) {
  const made = document.createElement("span");
  made.dataset.word = said;
  made.className = "from-star-note";
  const title = document.createElement("a");
  title.href = paper.url;
  title.dir = "auto";
  title.textContent = paper.title;
  made.append(`${word("prefer_from", { word: said })} `, title);
  return made;
}

if (link) {
  showLink();
  onChange((part) => ["words", "stars"].includes(part) && showLink());
}
if (document.querySelector(".by-words[open]")) {
  const { from } = preferred(words(), stars());
  onArrival((cards) => {
    for (const card of cards) for (const reason of card.querySelectorAll("li.reason")) tellStars(reason, from);
  });
}
