// What the extension's own pages share: their texts, and elements.
import { load } from "../settings.js";
import { words } from "../words.js";

/** Reads the options and puts the texts in: {settings, word}. */
export async function start() {
  const settings = await load();
  const word = await words(settings.language);
  fill(word);
  return { settings, word };
}

/** Puts the texts of [data-word] into the page, which stays hidden until it has them. */
export function fill(word) {
  document.documentElement.lang = word.language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-label]")) element.ariaLabel = word(element.dataset.wordLabel);
  document.body.hidden = false;
}

/** Names of papers as they stand in the addresses of our own pages. */
export function named(text) {
  return text.split(",").filter(Boolean).map(decoded);
}

function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** An element with properties (className, textContent, ...) and content: nodes, or texts that stay texts. */
export function element(tag, properties = {}, ...content) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...content);
  return made;
}
