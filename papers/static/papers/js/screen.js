// Which cards are on the screen just now.
import { onArrival } from "./cards.js";

const entries = new Map(); // card on the screen -> what the observer last said of it
const listeners = [];

const observer = new IntersectionObserver((fresh) => {
  for (const entry of fresh) {
    if (entry.isIntersecting) entries.set(entry.target, entry);
    else entries.delete(entry.target);
  }
  for (const callback of listeners) callback(fresh);
}, { threshold: [0, 0.5] });

onArrival((cards) => cards.forEach((card) => observer.observe(card)));

export function onScreen() {
  return [...entries.keys()];
}

export function isOnScreen(card) {
  return entries.has(card);
}

/** Calls back with the observer's entries: of the cards that are on the screen, then of those that come and go. */
export function onScreenChange(callback) {
  listeners.push(callback);
  callback([...entries.values()]);
}
