// Wires what the browser tells to what is done. It may be stopped after any event and started for the next one: listeners
// stand at the top, and nothing is kept in variables.
import { act } from "./acting.js";
import { answer, applyInjection } from "./injection.js";
import { gestureOf, rebuild } from "./menus.js";
import { applyRedirects } from "./redirects.js";
import { load, watch } from "./settings.js";
import { words } from "./words.js";

const COMMANDS = { "open-all": "all", "search-selection": "search" };

chrome.action.onClicked.addListener((tab) => act("open", tab));

chrome.commands.onCommand.addListener((command, tab) => {
  if (command in COMMANDS) act(COMMANDS[command], tab);
});

chrome.contextMenus.onClicked.addListener((clicked, tab) => {
  const gesture = gestureOf(clicked.menuItemId);
  if (gesture) act(gesture, tab, clicked);
  else chrome.runtime.openOptionsPage();
});

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  if (sender.id !== chrome.runtime.id) return false;
  Promise.resolve(answer(message, sender)).then(respond, () => respond(null));
  return true; // the answer comes later
});

chrome.runtime.onInstalled.addListener(async () => apply(await load()));
chrome.runtime.onStartup.addListener(async () => apply(await load()));
chrome.permissions.onAdded.addListener(applyToSites);
chrome.permissions.onRemoved.addListener(applyToSites);
watch(apply);

async function apply(settings) {
  const word = await words(settings.language);
  await Promise.all([rebuild(settings, word), applyToSites()]);
}

async function applyToSites() {
  await Promise.all([applyRedirects(), applyInjection()]);
}
