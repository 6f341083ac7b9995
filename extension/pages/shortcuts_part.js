// The keyboard shortcuts as they are set. Only the browser's own page changes them.
import { element } from "./page.js";

const NAMES = { _execute_action: "shortcut_open", "open-all": "command_all", "search-selection": "command_search" };
const CHROMIUM_PAGE = "chrome://extensions/shortcuts";
const isFirefox = typeof chrome.runtime.getBrowserInfo === "function"; // only Firefox has that

export async function showShortcuts({ word }) {
  const commands = await chrome.commands.getAll();
  const known = Object.keys(NAMES).map((name) => commands.find((each) => each.name === name)).filter(Boolean);
  document.getElementById("shortcuts").replaceChildren(...known.flatMap((command) => row(command, word)));
  document.getElementById("shortcuts-help").textContent = word(isFirefox ? "shortcuts_firefox" : "shortcuts_chromium");
  document.getElementById("shortcuts-change").hidden = isFirefox; // lets no extension open its page
}

function row({ name, shortcut }, word) {
  const key = shortcut ? element("kbd", { textContent: shortcut }) : element("span", { className: "no-key", textContent: word("shortcut_none") });
  return [element("dt", {}, key), element("dd", { textContent: word(NAMES[name]) })];
}

export function startShortcuts(page) {
  document.getElementById("shortcuts-change").addEventListener("click", () => chrome.tabs.create({ url: CHROMIUM_PAGE }));
  addEventListener("focus", () => showShortcuts(page)); // back from the browser's page
}
