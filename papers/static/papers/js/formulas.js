// Safari lets the keyboard scroll only what can be focused. Formulas that overflow their box become focusable; which
// ones do depends on the width of the window. Cards that nobody sees are not measured: that would lay them out.
// Without this script everything else works.
import { onScreen, onScreenChange } from "./screen.js";

function letKeyboardScroll(card) {
  for (const box of card.querySelectorAll(".summary, .summary math")) {
    if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
}

onScreenChange((entries) => entries.filter((each) => each.isIntersecting).forEach((each) => letKeyboardScroll(each.target)));

let waiting = 0;
addEventListener("resize", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => onScreen().forEach(letKeyboardScroll));
});
