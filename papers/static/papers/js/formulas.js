// Safari lets the keyboard scroll only what can be focused. Formulas that overflow their box become focusable; which
// ones do depends on the width of the window. Without this script everything else works.
import { cards, onArrival } from "./cards.js";

const SLICE = 8; // milliseconds at once: to measure a card far from the window is to lay it out
let waiting = [];
let timer;

function letKeyboardScroll(card) {
  for (const box of card.querySelectorAll(".summary, .summary math")) {
    if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
}

function work() {
  const end = performance.now() + SLICE;
  while (waiting.length && performance.now() < end) letKeyboardScroll(waiting.shift());
  if (waiting.length) timer = setTimeout(work);
}

function measure(some) {
  clearTimeout(timer);
  waiting.push(...some.filter((card) => card.querySelector(".summary math")));
  work();
}

onArrival(measure);
addEventListener("resize", () => {
  clearTimeout(timer);
  waiting = [];
  timer = setTimeout(() => measure(cards()), 100);
});
