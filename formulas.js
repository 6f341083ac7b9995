// Safari lets the keyboard scroll only what can be focused. Formulas that overflow their box become focusable;
// which ones do depends on the width of the window. Without this script everything else works.
const boxes = document.querySelectorAll(".summary, .summary math");

function letKeyboardScroll() {
  for (const box of boxes) {
    if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
}

if (boxes.length) {
  letKeyboardScroll();
  let waiting = 0;
  window.addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(letKeyboardScroll);
  });
}
