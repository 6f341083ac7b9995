// The card that keys are about, and the way to another one.
import { cardOf, isShown, shownCards, single } from "./cards.js";
import { isOnScreen } from "./screen.js";

let pointed = null;

/** The card with the focus, or the one that was last pointed at and is still there to see; else null. */
export function current() {
  const focused = single ?? cardOf(document.activeElement);
  if (focused) return focused;
  return pointed?.isConnected && isShown(pointed) && isInView(pointed) ? pointed : null;
}

function isInView(card) {
  const { top, bottom } = card.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** The card that a key without a focus means: the first that shows its top. */
export function topmost() {
  const visible = shownCards().filter(isOnScreen);
  return visible.find((card) => card.getBoundingClientRect().top > -1) ?? visible.at(-1) ?? null;
}

/** Brings a card's top into view and marks it, while the focus stays in the filter. */
export function pointAt(card) {
  mark(card);
  if (!single) card.classList.add("pointed-from-afar");
  bringIntoView(card);
}

/** Puts the focus on a card: screen readers say its number and title. */
export function focusOn(card) {
  if (!single) {
    card.tabIndex = -1;
    card.ariaLabel = `${card.querySelector(".index").textContent}. ${card.querySelector(".title-link").textContent}`;
  }
  card.focus({ preventScroll: true });
  mark(card);
}

/** The same, with its top in view. */
export function go(card) {
  focusOn(card);
  bringIntoView(card);
}

/** Scrolls to a card's top, twice: cards on the way there have their real heights only once they are laid out. */
export function bringIntoView(card) {
  card.scrollIntoView({ block: "start" });
  requestAnimationFrame(() => card.scrollIntoView({ block: "start" }));
}

/** The card that many places further down (up, where `by` is negative) among some; undefined past their end. */
export function neighbour(among, by) {
  const here = current();
  if (here) return after(among, here, by);
  const top = topmost();
  return by > 0 && among.includes(top) ? top : after(among, top, by);
}

function after(among, card, by) {
  const at = among.indexOf(card);
  if (at >= 0) return among[at + by];
  const isBehind = (other) => !card || card.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  return by > 0 ? among.find(isBehind) : among.findLast((other) => !isBehind(other));
}

function mark(card) {
  pointed?.classList.remove("pointed", "pointed-from-afar");
  pointed = card;
  if (!single) card.classList.add("pointed");
}

export function start() {
  document.addEventListener("focusin", (event) => cardOf(event.target) && mark(cardOf(event.target)));
}
