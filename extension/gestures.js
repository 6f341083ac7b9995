// What a gesture opens. Pure: the browser is asked before (acting.js), and does what is decided here afterwards.
import { list, lists, page as serverPage, paper, search } from "./destination.js";

const MOST_WORDS = 300; // characters of a search

/**
 * A situation is what is known at the moment of a gesture; every part may be missing:
 *   selection   selected text
 *   selected    addresses of the links in the selection
 *   link        address of the link that was clicked
 *   frame       address of the frame that was clicked
 *   frames      addresses of frames that fill the page, as those of viewers do
 *   page        {url, title, metas, links}, as recognise.js takes it; `isRead` says whether the page let itself be read
 * A gesture is "open" (button, shortcut, menu), "search" (the selected words) or "all" (every paper on the page).
 *
 * Returns {kind: "open", address}; {kind: "many", names} for more papers than one list holds; or
 * {kind: "nothing", why, looked, words, linked}, where `why` names a sentence, `words` are worth searching for and `linked` are
 * names of papers that the page links.
 */
export function decide(gesture, situation, { reader, settings, today = new Date() }) {
  const known = { ...situation, ...knownHosts(situation, reader, settings), reader, today, server: settings.server };
  const found = ORDERS[gesture](known);
  return found ?? nothing(gesture, known);
}

const ORDERS = {
  open: (known) => names(known, selectedNames(known)) ?? one(known, known.link) ?? pagesPaper(known) ?? pagesList(known) ?? selectedWords(known) ?? onlyLinked(known),
  search: (known) => selectedWords(known),
  all: (known) => names(known, known.reader.page(known.page).papers),
};

/** Hosts that are switched off count as unknown: their addresses, and what their pages say about themselves. So do the pages of
our own server, which are where a gesture would lead. */
function knownHosts({ selection = "", selected = [], link, frame, frames = [], page = {} }, reader, { off, server }) {
  const isOff = (url) => off.includes(reader.group(url));
  const unlessOff = (url) => (url && !isOff(url) ? url : "");
  const isOurs = isOn(server, page.url);
  const isPageOff = isOff(page.url ?? "");
  const told = isOurs || isPageOff ? { url: "", metas: [] } : {};
  const links = (page.links ?? []).filter(({ href }) => !isOff(href));
  return {
    text: withoutAddresses(selection, isOff),
    selected: selected.filter((url) => !isOff(url)),
    link: unlessOff(link),
    addresses: [frame, told.url ?? page.url, ...frames].map(unlessOff).filter(Boolean),
    page: { url: "", metas: [], ...page, links, ...told },
    isOurs,
    isOff: isPageOff,
    looked: page.url ?? "",
  };
}

/** Whether an address is one of the server's pages. */
export function isOn(server, url = "") {
  return url === server || ["/", "?", "#"].some((next) => url.startsWith(server + next));
}

function withoutAddresses(text, isOff) {
  return text.replace(/https?:\/\/\S+/gi, (url) => (isOff(url) ? " " : url));
}

function selectedNames({ text, selected, reader, today }) {
  const inText = reader.text(text, today);
  return inText.length ? inText : reader.page({ links: selected.map((href) => ({ href, entry: null })) }).papers;
}

function names({ server }, found) {
  if (!found.length) return null;
  return lists(server, found).length > 1 ? { kind: "many", names: found } : open(list(server, found));
}

function open(address) {
  return { kind: "open", address };
}

/** What one address names, whatever it is. */
function one({ server, reader }, url) {
  const found = url ? reader.address(url) : null;
  if (found?.kind === "paper") return open(paper(server, found.name));
  if (found?.kind === "list") return open(serverPage(server, found.path));
  return found ? open(search(server, found.words)) : null;
}

/** The paper that the page is: by an address, of the frame that was clicked first, or else by its meta tags. */
function pagesPaper({ server, reader, addresses, page }) {
  const found = addresses.map((url) => reader.address(url)).find((each) => each?.kind === "paper") ?? reader.page({ ...page, links: [] }).own;
  return found?.kind === "paper" ? open(paper(server, found.name)) : null;
}

function pagesList(known) {
  return known.addresses.map((url) => one(known, url)).find(Boolean) ?? null;
}

/** The one paper that a page links which is none itself, as pages of talks and posters do. */
function onlyLinked(known) {
  const found = linkedNames(known);
  return found.length === 1 ? open(paper(known.server, found[0])) : null;
}

function linkedNames({ reader, page }) {
  return reader.page({ links: page.links }).papers;
}

function selectedWords({ server, selection = "" }) {
  const words = searchable(selection);
  return words ? open(search(server, words)) : null;
}

/** A text as words to search for, cut between words where it is long. */
export function searchable(text) {
  const words = text.replace(/\s+/g, " ").trim();
  if (words.length <= MOST_WORDS) return words;
  const cut = words.slice(0, MOST_WORDS + 1);
  return cut.includes(" ") ? cut.slice(0, cut.lastIndexOf(" ")) : cut.slice(0, MOST_WORDS);
}

function nothing(gesture, known) {
  const { looked, page, selection = "" } = known;
  const words = searchable(selection) || searchable(page.title ?? "");
  return { kind: "nothing", why: reason(gesture, known), looked, words, linked: gesture === "open" ? linkedNames(known) : [] };
}

function reason(gesture, { isOurs, isOff, isRead = true }) {
  if (gesture === "search") return "nothing_search";
  if (isOff) return "nothing_off";
  if (!isRead) return "nothing_unread";
  if (gesture === "all") return "nothing_all";
  return isOurs ? "nothing_ours" : "nothing_open";
}
