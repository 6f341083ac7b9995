// What a page says about itself. Read only after a gesture of the reader on that page, which is what activeTab allows.

const PATIENCE = 1500; // milliseconds: a page that is busy or shows a dialog must not hold up the gesture

/**
 * What the frames of a tab say: {selection, selected, frames, page: {url, title, metas, links}}, or null where the browser lets
 * nobody read: its own pages, stores, viewers, a tab that was closed meanwhile. `entries` is a selector of list entries.
 */
export async function readTab(tabId, { wantsLinks = false, entries = "" } = {}) {
  const results = await inFrames(tabId, [wantsLinks, entries], true) ?? await inFrames(tabId, [wantsLinks, entries], false);
  return results ? together(results) : null;
}

/** Answers of the frames; null where none came. Some browsers refuse all frames when they refuse one. */
async function inFrames(tabId, args, allFrames) {
  const target = { tabId, allFrames };
  const late = new Promise((done) => setTimeout(done, PATIENCE, null));
  const asked = chrome.scripting.executeScript({ target, func: whatPageSays, args, injectImmediately: true });
  return Promise.race([asked, late]).catch(() => null);
}

/** The page is its main frame; the selection is that of the frame where the reader is. */
export function together(results) {
  const said = results.filter(({ result }) => result);
  const main = said.find(({ frameId }) => frameId === 0)?.result;
  if (!main) return null;
  const selecting = said.map(({ result }) => result).filter(({ selection }) => selection);
  const { selection, selected } = selecting.find(({ isFocused }) => isFocused) ?? selecting[0] ?? main;
  return { selection, selected, frames: main.frames, page: main.page };
}

/** Runs in the page, so that it must hold all that it needs. */
export function whatPageSays(wantsLinks, entries) {
  const MOST_METAS = 500;
  const MOST_LINKS = 20_000;
  const LONGEST_TEXT = 100_000;
  const LONGEST_ADDRESS = 4000;

  function selectedText() {
    const field = document.activeElement;
    const isText = field?.localName === "textarea" || (field?.localName === "input" && /^(text|search|url)$/.test(field.type));
    const inField = isText ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0) : "";
    return (inField || String(getSelection() ?? "")).slice(0, LONGEST_TEXT);
  }

  function selectedLinks() {
    const chosen = getSelection();
    const range = chosen?.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const whole = range?.commonAncestorContainer;
    if (!whole?.querySelectorAll) return [];
    return addresses([...whole.querySelectorAll("a[href]")].filter((link) => range.intersectsNode(link)), "href");
  }

  /** As absolute addresses, in their order. An address in an SVG is an object, no text. */
  function addresses(elements, property) {
    return elements.map((element) => element[property]).filter(isAddress);
  }

  function isAddress(text) {
    return typeof text === "string" && /^https?:/i.test(text) && text.length <= LONGEST_ADDRESS;
  }

  function metas() {
    const found = [...document.querySelectorAll("meta[content]")].slice(0, MOST_METAS);
    const told = found.map((meta) => [meta.getAttribute("name") ?? meta.getAttribute("property") ?? "", meta.content]);
    const canonical = document.querySelector('link[rel~="canonical"][href]');
    if (canonical) told.push(["canonical", canonical.href]);
    return told.filter(([name, content]) => name && typeof content === "string" && content.length <= LONGEST_ADDRESS);
  }

  function links() {
    const places = new Map([...(entries ? document.querySelectorAll(entries) : [])].map((entry, at) => [entry, at]));
    const found = [...document.querySelectorAll("a[href]")].filter((link) => isAddress(link.href)).slice(0, MOST_LINKS);
    return found.map((link) => ({ href: link.href, entry: places.get(entries ? link.closest(entries) : null) ?? null }));
  }

  /** Addresses of what fills the page: viewers show a paper in a frame of theirs. */
  function frames() {
    const isLarge = (frame) => frame.clientWidth * frame.clientHeight > (innerWidth * innerHeight) / 2;
    return [...document.querySelectorAll("iframe, embed, object")].filter(isLarge).map((frame) => frame.src || frame.data).filter(isAddress);
  }

  return {
    isFocused: document.hasFocus(),
    selection: selectedText(),
    selected: selectedLinks(),
    frames: frames(),
    page: { url: location.href, title: document.title, metas: metas(), links: wantsLinks ? links() : [] },
  };
}
