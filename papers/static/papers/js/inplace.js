// What opens in the card: PDF, answers, related papers. Each kind is a pair {open(card), close(card)}; a kind that
// nobody registered is a plain link.
import { cardOf } from "./cards.js";
import { button, element, isPlainClick } from "./elements.js";
import { noted } from "./reading.js";
import { word } from "./words.js";

const LINKS = { pdf: "a.title-pdf", answers: "a.title-answers", related: "a.title-rel" };
const registered = new Map();

export const panels = {
  /** open(card) gives false where the link itself must be followed; it makes its panel with addPanel(). */
  register(kind, { open, close = removePanel }) {
    registered.set(kind, { open, close });
  },
};

/** An empty panel of a kind as the last child of a card, with a button that folds it. */
export function addPanel(card, kind) {
  const panel = element("div", { className: "panel" }, button({ className: "fold" }, word("fold")));
  panel.dataset.panel = kind;
  card.append(panel);
  return panel;
}

function removePanel(card, kind) {
  panelOf(card, kind)?.remove();
}

function panelOf(card, kind) {
  return card.querySelector(`:scope > .panel[data-panel="${kind}"]`);
}

/** Opens or folds; gives false where the link has to be followed instead. */
export function toggle(card, kind) {
  if (panelOf(card, kind)) {
    fold(card, kind);
    return true;
  }
  if (!card.querySelector(LINKS[kind])) return false;
  noted(card, kind);
  if (!registered.has(kind) || registered.get(kind).open(card) === false) return false;
  mark(card, kind);
  panelOf(card, kind)?.scrollIntoView({ block: "nearest" });
  return true;
}

/** The same by key: what cannot be opened in place is opened as a link. */
export function toggleOrFollow(card, kind) {
  if (!toggle(card, kind)) card.querySelector(LINKS[kind])?.click();
}

/** Folds a panel, by default the one opened last; gives whether there was one. */
export function fold(card, kind = [...card.querySelectorAll(":scope > .panel")].at(-1)?.dataset.panel) {
  const panel = kind && panelOf(card, kind);
  if (!panel) return false;
  const hadFocus = panel.contains(document.activeElement);
  registered.get(kind)?.close(card, kind);
  removePanel(card, kind);
  mark(card, kind);
  if (hadFocus) card.querySelector(LINKS[kind])?.focus({ preventScroll: true });
  if (card.getBoundingClientRect().top < 0) card.scrollIntoView({ block: "start" });
  return true;
}

function mark(card, kind) {
  card.querySelector(LINKS[kind])?.setAttribute("aria-expanded", String(Boolean(panelOf(card, kind))));
}

function clicked(event) {
  const card = cardOf(event.target);
  if (!card) return;
  const link = event.target.closest(Object.values(LINKS).join());
  if (link) followed(event, card, link);
  else if (event.target.closest(".panel > .fold")) fold(card, event.target.closest(".panel").dataset.panel);
}

function followed(event, card, link) {
  const kind = Object.keys(LINKS).find((each) => link.matches(LINKS[each]));
  if (!isPlainClick(event)) noted(card, kind);
  else if (toggle(card, kind)) event.preventDefault();
}

export function start() {
  document.addEventListener("click", clicked);
  document.addEventListener("auxclick", (event) => event.button === 1 && clicked(event));
}
