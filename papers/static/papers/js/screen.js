// Which cards are on the screen just now.
import { onArrival } from "./cards.js";

export const onScreen = new Set();
const listeners = [];

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) onScreen.add(target);
    else onScreen.delete(target);
  }
  for (const callback of listeners) callback(entries);
}, { threshold: [0, 0.5] });

onArrival((cards) => cards.forEach((card) => observer.observe(card)));

/** Calls back with the observer's entries of cards that came or went. */
export function onScreenChange(callback) {
  listeners.push(callback);
}
