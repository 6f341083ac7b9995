// [Copy]: title, authors, abstract and address as text, formulas as their TeX source.
import { abstractOf, authorsOf, onClick, paperOf } from "./cards.js";
import { element } from "./elements.js";
import { say } from "./saying.js";
import { word } from "./words.js";

export async function copyCard(card) {
  const { title, url } = paperOf(card);
  const parts = [title, authorsOf(card).join(", "), abstractOf(card), new URL(url, location).href];
  await copyText(parts.filter(Boolean).join("\n\n"));
}

/** Puts a text on the clipboard and says so, or that it could not be done. */
export async function copyText(text, done = "copy_done") {
  say(word((await written(text)) || writtenByCommand(text) ? done : "copy_refused"));
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or no https: then there is no clipboard at all
  }
}

function writtenByCommand(text) {
  const before = document.activeElement;
  const field = element("textarea", { className: "unseen", value: text });
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    before?.focus?.({ preventScroll: true });
  }
}

export function start() {
  onClick("button.title-copy", copyCard);
}
