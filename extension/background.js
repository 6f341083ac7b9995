// Wires what the browser tells to what is done. It may be stopped after any event and started for the next one: listeners
// stand at the top, and nothing is kept in variables.
import { act } from "./acting.js";
import { answer, applyInjection } from "./injection.js";
import { gestureOf, isForMenus, rebuild } from "./menus.js";
import { applyRedirects } from "./redirects.js";
import { watch } from "./settings.js";

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

chrome.runtime.onInstalled.addListener(apply);
chrome.runtime.onStartup.addListener(apply);
chrome.permissions.onAdded.addListener(applyToSites);
chrome.permissions.onRemoved.addListener(applyToSites);
// A menu that is made anew has no items for a moment, so that it is left alone where nothing in it changes.
watch((_settings, names) => (isForMenus(names) ? apply() : applyToSites()));

async function apply() {
  await Promise.all([rebuild(), applyToSites()]);
}

async function applyToSites() {
  await Promise.all([applyRedirects(), applyInjection()]);
}
