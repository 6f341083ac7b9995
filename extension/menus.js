// The context menu, and what its items stand for.
import { load } from "./settings.js";
import { words } from "./words.js";

const GESTURES = { open: "open", search: "search", all: "all", "action-all": "all" };

/** The items for the settings: properties of contextMenus.create. */
export function items({ gestures }, word) {
  return [
    gestures.menu && { id: "open", title: word("menu_open"), contexts: ["selection", "link", "page", "frame"] },
    gestures.search && { id: "search", title: word("menu_search", { words: "%s" }), contexts: ["selection"] },
    gestures.all && { id: "all", title: word("menu_all"), contexts: ["page"] },
    { id: "action-all", title: word("menu_all"), contexts: ["action"] },
    { id: "options", title: word("menu_options"), contexts: ["action"] },
  ].filter(Boolean);
}

/** The gesture that an item stands for; undefined for that of the options. */
export function gestureOf(itemId) {
  return GESTURES[itemId];
}

/** Whether the items depend on one of these options. */
export function isForMenus(names) {
  return names.includes("gestures") || names.includes("language");
}

let last = Promise.resolve();

/**
 * Puts the items in the place of those that are there; one call after the other, since two at once would meet each other's
 * items, and each with the settings of its moment: those of an earlier call would come last where reading them took longer.
 */
export function rebuild() {
  last = last.then(load).then(async (settings) => replaced(items(settings, await words(settings.language)))).catch(() => {});
  return last;
}

async function replaced(wanted) {
  await chrome.contextMenus.removeAll();
  for (const item of wanted) chrome.contextMenus.create(item, () => void chrome.runtime.lastError);
}
