// One line at the foot of the window that says what a key or a button did, to eyes and to screen readers.
import { element } from "./elements.js";

const STAYS = 2500; // milliseconds
let line;
let timer;

export function say(text) {
  if (!line) document.body.append((line = element("p", { className: "saying", role: "status" })));
  clearTimeout(timer);
  line.textContent = text;
  line.classList.add("speaks");
  timer = setTimeout(() => line.classList.remove("speaks"), STAYS);
}
