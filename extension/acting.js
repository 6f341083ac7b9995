// Carries a gesture out: asks the page, decides, opens.
import { decide } from "./gestures.js";
import { readTab } from "./page_reading.js";
import { table } from "./reading_rules.js";
import { load } from "./settings.js";
import { isReal, open, openOwn, real } from "./tabs.js";

/** `clicked` is what a context menu tells (contextMenus.OnClickData); for other gestures there is none. */
export async function act(gesture, givenTab, clicked = {}) {
  const [settings, reader, tab] = await Promise.all([load(), table(), real(givenTab)]);
  const situation = await seen(gesture, tab, clicked, reader);
  await carryOut(decide(gesture, situation, { reader, settings }), tab, settings);
}

async function seen(gesture, tab, clicked, reader) {
  const url = clicked.pageUrl || tab?.url || "";
  const wants = { wantsLinks: gesture !== "search", entries: reader.entries(url) };
  const said = isReal(tab) ? await readTab(tab.id, wants) : null;
  return situationOf(url, tab, clicked, said);
}

/** What the page says goes before what the menu tells of the selection: menus lose the ends of lines. */
function situationOf(url, tab, clicked, said) {
  return {
    selection: said?.selection || clicked.selectionText || "",
    selected: said?.selected ?? [],
    link: clicked.linkUrl,
    frame: clicked.frameUrl,
    frames: said?.frames ?? [],
    page: { title: tab?.title ?? "", ...said?.page, url: url || said?.page.url || "" },
    isRead: said !== null,
  };
}

async function carryOut(found, tab, { tab: where }) {
  if (found.kind === "open") await open(tab, found.address, where);
  else if (found.kind === "many") await openOwn(tab, "pages/many.html", toldMany(found, tab));
  else await openOwn(tab, "pages/nothing.html", toldNothing(found, tab));
}

// Pages of an extension open outside of private windows, where nothing of these may be left behind.

function toldMany({ names }, tab) {
  return tab?.incognito ? `count=${names.length}` : joined(names);
}

/** Names as the addresses of the extension's own pages hold them: a DOI may have a comma. */
function joined(names) {
  return names.map(encodeURIComponent).join(",");
}

function toldNothing({ why, looked, words, linked }, tab) {
  return new URLSearchParams(tab?.incognito ? { why } : { why, looked, words, linked: joined(linked) });
}
