// Says what was done, for the eye and for screen readers, until it has been read.
const MILLISECONDS = 5000;
let timer = 0;

export function say(sentence) {
  const said = document.getElementById("said");
  said.textContent = sentence;
  clearTimeout(timer);
  timer = setTimeout(() => said.replaceChildren(), MILLISECONDS);
}
