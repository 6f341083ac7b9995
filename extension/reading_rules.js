// The table of rules, read once in each life of the background or of a page.
import { reader } from "./recognise.js";

let reading;

/** The reader of rules.json; see recognise.js. */
export function table() {
  reading ??= fetch(chrome.runtime.getURL("rules.json")).then(async (file) => reader(await file.json()));
  return reading;
}
