// Links on pages of hosts that we know: tells the browser on which pages content/links.js runs, and answers what it asks.
import { paper } from "./destination.js";
import { heldOf, origins } from "./hosts.js";
import { table } from "./reading_rules.js";
import { load } from "./settings.js";
import { words } from "./words.js";

const SCRIPT = "links";
const MOST = 1000; // addresses of one message
let last = Promise.resolve();

/**
 * Brings the browser's list of content scripts to the settings. One call at a time, since two could register the same script,
 * and each with the settings of its moment: those of an earlier call would come last where reading them took longer.
 */
export function applyInjection() {
  last = last.catch(() => {}).then(load).then(register);
  return last;
}

async function register(settings) {
  const { groups } = await table();
  const groupIds = await heldOf(wanted(groups, settings));
  const script = contentScript(groups, groupIds);
  const before = await chrome.scripting.getRegisteredContentScripts({ ids: [SCRIPT] });
  if (before.length && !script) return chrome.scripting.unregisterContentScripts({ ids: [SCRIPT] });
  if (!script) return undefined;
  return before.length ? chrome.scripting.updateContentScripts([script]) : chrome.scripting.registerContentScripts([script]);
}

/** Groups whose pages can have links, that the reader wants them on, and that are not switched off. */
export function wanted(groups, { links, off }) {
  return groups.filter((group) => group.links && links.includes(group.id) && !off.includes(group.id)).map(({ id }) => id);
}

/** What the browser is to register for these groups; null for none. */
export function contentScript(groups, groupIds) {
  if (!groupIds.length) return null;
  return {
    id: SCRIPT,
    matches: groupIds.flatMap((id) => origins(groups, id)),
    js: ["content/links.js"],
    css: ["content/links.css"],
    runAt: "document_start", // links that are put in while the page still grows cost next to nothing, see links.js
    persistAcrossSessions: true,
  };
}

/**
 * The answer to a content script that asks for the papers of addresses: {addresses: [ours or null, …], tab, title}. Null
 * where links are switched off on that page by now. Undefined for messages that are not for us.
 */
export async function answer(message, sender) {
  if (message?.type !== "links" || !Array.isArray(message.hrefs)) return undefined;
  const [reader, settings] = await Promise.all([table(), load()]);
  const isOn = wanted(reader.groups, settings).includes(reader.group(sender?.url));
  return isOn ? told(reader, settings, message.hrefs.slice(0, MOST)) : null;
}

async function told(reader, settings, hrefs) {
  const word = await words(settings.language);
  return { addresses: hrefs.map((href) => addressOf(reader, settings, href)), tab: settings.tab, title: word("link_title") };
}

/** Our page of the paper that an address names; null where it names none or its host is switched off. */
export function addressOf(reader, { server, off }, href) {
  const found = off.includes(reader.group(href)) ? null : reader.address(href);
  return found?.kind === "paper" ? paper(server, found.name) : null;
}
