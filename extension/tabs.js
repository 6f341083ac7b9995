// Opens pages beside the one where the reader is.

/** Opens an address in a new tab beside `tab`, or in `tab` itself for where = "same". The tab may be gone or unknown. */
export async function open(tab, address, where) {
  if (where === "same" && await moved(tab, address)) return;
  await created({ url: address, ...beside(tab) }) || await created({ url: address });
}

/** Opens a page of the extension itself: always a new tab, since the reader did not ask for it and reads on. */
export async function openOwn(tab, path, said) {
  const address = chrome.runtime.getURL(path) + (said ? `#${said}` : "");
  await open(tab, address, "new");
}

/** Viewers and panels tell of a tab without a number, or of none. */
export async function real(tab) {
  if (isReal(tab)) return tab;
  const [active] = await chrome.tabs.query({ active: true, lastFocusedWindow: true }).catch(() => []);
  return active ?? tab;
}

export function isReal(tab) {
  return tab?.id >= 0; // TAB_ID_NONE is -1
}

function beside(tab) {
  if (!isReal(tab)) return {};
  return { windowId: tab.windowId, index: tab.index + 1, openerTabId: tab.id };
}

async function moved(tab, address) {
  return isReal(tab) && done(chrome.tabs.update(tab.id, { url: address }));
}

async function created(properties) {
  return done(chrome.tabs.create({ active: true, ...properties }));
}

/** False where the tab or its window is gone. */
async function done(attempt) {
  try {
    await attempt;
    return true;
  } catch {
    return false;
  }
}
