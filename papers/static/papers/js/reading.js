// What was opened goes into the history, makes its paper read, and is counted.
import { cardOf, cards, onArrival, paperOf, single } from "./cards.js";
import { count } from "./counting.js";
import { say } from "./saying.js";
import { isRead, markRead, onChange, opened } from "./store.js";
import { word } from "./words.js";

const COUNTED = { page: "open", pdf: "pdf", answers: "answers", related: "related" };

/** Notes that a paper was opened; `how`: page, pdf, answers, related or original. */
export function noted(card, how) {
  opened(paperOf(card), how);
  if (COUNTED[how]) count(card, COUNTED[how]);
}

/** All of these papers read; unread, if they are already. */
export function toggleRead(keys) {
  const on = !keys.every(isRead);
  markRead(keys, on);
  say(word(on ? "reading_read" : "reading_unread"));
}

function refresh(some) {
  for (const card of some) card.classList.toggle("read", isRead(card.id));
}

// The wheel's click opens a tab, and is no "click".
function followed(event) {
  const link = event.button < 2 && event.target.closest?.("a.index, .actions a[data-original]");
  if (link) noted(cardOf(link), "original");
}

/** On the page of a paper: it was opened, unless the browser only loads it in case somebody wants it. */
function noteThisPage() {
  if (document.prerendering) document.addEventListener("prerenderingchange", noteThisPage, { once: true });
  else noted(single, "page");
}

export function start() {
  document.addEventListener("click", followed);
  document.addEventListener("auxclick", followed);
  onArrival((fresh) => !single && refresh(fresh));
  onChange((part) => part === "read" && !single && refresh(cards()));
  if (single) noteThisPage();
}
