// Buttons that choose something for the reader's own page: <button data-choose="venues" data-name="ACL" aria-pressed>.
import { choices, choose, isKept, onChange } from "./store.js";
import { say } from "./saying.js";
import { word } from "./words.js";

function isChosen(chosen, { choose: kind, name }) {
  return (chosen[kind] ?? []).some((each) => (each.query ?? each) === name);
}

/** Says on each button of a part of the page whether its name is chosen. */
export function showChosen(root = document) {
  const chosen = choices();
  for (const button of root.querySelectorAll("[data-choose]")) button.setAttribute("aria-pressed", String(isChosen(chosen, button.dataset)));
}

function toggle(button) {
  const { choose: kind, name } = button.dataset;
  const isOn = !isChosen(choices(), button.dataset);
  const top = button.getBoundingClientRect().top;
  choose(kind, name, isOn);
  // What grew above must not move what is under the finger.
  if (button.isConnected) scrollBy(0, button.getBoundingClientRect().top - top);
  say(word(isKept() ? `yours_${isOn ? "chosen" : "left"}` : "mine_not_kept", { name }));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-choose]");
  if (button) toggle(button);
});
onChange((part) => part === "choices" && showChosen());
showChosen();
