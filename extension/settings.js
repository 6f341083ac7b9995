// What the reader chose in the options. One stored key for each option, so that two browsers that sync do not undo each
// other's changes; every value is checked when it is read, because another version may have written it.
import { readServer } from "./server_address.js";

/**
 * Settings: {server, language: "auto"|"en"|"zh-CN", tab: "new"|"same", off: [groupId], links: [groupId],
 * redirects: [groupId], gestures: {menu, all, search}}. `links` and `redirects` say what the reader wants: nothing of it
 * happens where the group is in `off` or this browser holds no permission. The server of a package is in defaults.json.
 */
export const DEFAULTS = deepFrozen({
  server: "http://127.0.0.1:8000",
  language: "auto",
  tab: "new",
  off: [],
  links: [],
  redirects: [],
  // One item stands in the context menu itself, several make a submenu. A selection without a paper is searched anyway,
  // so that its own item is only for readers who ask for it.
  gestures: { menu: true, all: true, search: false },
});

const NAMES = Object.keys(DEFAULTS);
const GROUP = /^[a-z\d][a-z\d_-]{0,39}$/;
const MOST_GROUPS = 200;

/** Any value as Settings: what is not valid becomes its default, each option by itself. */
export function valid(raw, defaults = DEFAULTS) {
  const given = isRecord(raw) ? raw : {};
  return {
    server: readServer(given.server).server ?? defaults.server,
    language: oneOf(["auto", "en", "zh-CN"], given.language, defaults.language),
    tab: oneOf(["new", "same"], given.tab, defaults.tab),
    off: groups(given.off, defaults.off),
    links: groups(given.links, defaults.links),
    redirects: groups(given.redirects, defaults.redirects),
    gestures: switches(given.gestures, defaults.gestures),
  };
}

function oneOf(known, value, fallback) {
  return known.includes(value) ? value : fallback;
}

/** Names of groups that this version does not know stay: a newer one in another browser may have written them. */
function groups(value, fallback) {
  if (!Array.isArray(value)) return [...fallback];
  const named = value.filter((each) => typeof each === "string" && GROUP.test(each));
  return [...new Set(named)].slice(0, MOST_GROUPS);
}

function switches(value, fallback) {
  const given = isRecord(value) ? value : {};
  const chosen = ([name, usual]) => [name, typeof given[name] === "boolean" ? given[name] : usual];
  return Object.fromEntries(Object.entries(fallback).map(chosen));
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function deepFrozen(value) {
  for (const part of Object.values(value)) if (typeof part === "object") deepFrozen(part);
  return Object.freeze(value);
}

/** The settings as they stand now. Never fails: without storage there are the defaults. */
export async function load() {
  const [synced, here, defaults] = await Promise.all([stored("sync"), stored("local"), packageDefaults()]);
  return valid({ ...synced, ...here }, defaults); // `here` has only what could not be synced
}

async function stored(area) {
  try {
    return await chrome.storage[area].get(NAMES);
  } catch {
    return {}; // synced storage is switched off or out of reach
  }
}

/** The defaults of this package: `make extension SERVER=...` writes its server into defaults.json. */
export async function packageDefaults() {
  try {
    const file = await fetch(chrome.runtime.getURL("defaults.json"));
    return { ...DEFAULTS, server: readServer((await file.json()).server).server ?? DEFAULTS.server };
  } catch {
    return DEFAULTS;
  }
}

/** Keeps some options ({tab: "same"}, say); the others stay as they are. Fails where no storage takes them. */
export async function save(changes) {
  const wanted = Object.entries(changes).filter(([name]) => NAMES.includes(name));
  const known = Object.fromEntries(wanted);
  try {
    await chrome.storage.sync.set(known);
  } catch {
    await chrome.storage.local.set(known);
    return;
  }
  // What an earlier failure left here would hide what is synced now.
  await chrome.storage.local.remove(Object.keys(known)).catch(() => {});
}

/** Calls back with the settings, and the names of those that changed, each time that any did, here or in a browser that syncs. */
export function watch(callback) {
  chrome.storage.onChanged.addListener(async (changes, area) => {
    const names = NAMES.filter((name) => name in changes);
    if (["sync", "local"].includes(area) && names.length) callback(await load(), names);
  });
}
