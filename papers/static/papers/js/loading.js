// The next papers of a list come by themselves before the reader is at its end. The plain pager is what this works
// with, and what is left where it fails.
import { arrived, cards, list } from "./cards.js";
import { button, isPlainClick } from "./elements.js";
import { onScreenChange } from "./screen.js";
import { bringIntoView, topmost } from "./moving.js";
import { say } from "./saying.js";
import { word } from "./words.js";

const AHEAD = "1500px"; // how far below the window the list may end
const STEP = 100; // papers at once where all are wanted
export const MOST = 1000; // cards that are loaded without being asked for: as many as the server puts on one page

const pager = list && document.querySelector(".papers ~ nav.pager");
const listeners = [];
let pending = null;
let hasFailed = false;

// A busy browser tells several looks at once, the last of which is what is true now.
const observer = new IntersectionObserver((looks) => looks.at(-1).isIntersecting && !hasFailed && loadMore(), {
  rootMargin: `0px 0px ${AHEAD} 0px`,
});

/** Papers of the whole list, also of what is not loaded. */
export function total() {
  return Number(list?.dataset.total) || cards().length;
}

export function isComplete() {
  return !nextLink();
}

/** Calls back before and after each loading. */
export function onLoading(callback) {
  listeners.push(callback);
}

/** Loads the next page, or `show` papers; gives whether cards came. */
export function loadMore(show) {
  if (isComplete()) return Promise.resolve(false);
  pending ??= step(show).finally(() => (pending = null));
  return pending;
}

/** Loads the rest of the list, as far as `most` cards; gives whether all of it is there. */
export async function loadAll(most = MOST) {
  while (!isComplete() && cards().length < most && (await loadMore(STEP)));
  return isComplete();
}

function nextLink() {
  return pager?.querySelector('a[rel="next"]') ?? null;
}

async function step(show) {
  const address = new URL(nextLink().getAttribute("href"), location);
  if (show) address.searchParams.set("show", show);
  tell(word("loading_busy", { n: cards().length, total: total() }));
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    hasFailed = false;
  } catch {
    fail();
    return false;
  } finally {
    listeners.forEach((callback) => callback());
  }
  observer.unobserve(pager); // it may still be near: that is told again only to a new observer
  observer.observe(pager);
  return true;
}

/** Appends what a fetched page lists, each paper and each day's heading once. */
function take(page) {
  const found = page.querySelector(".papers");
  if (!found) throw new Error("no list");
  const known = new Set(cards().map((card) => card.id));
  const days = new Set([...list.querySelectorAll(":scope > .day-heading")].map((heading) => heading.dataset.day));
  const isNew = (node) => (node.matches(".paper") ? !known.has(node.id) : !days.has(node.dataset.day));
  const fresh = [...found.children].filter(isNew).map((node) => document.importNode(node, true));
  list.append(...fresh);
  updatePager(page);
  arrived(fresh.filter((node) => node.matches(".paper")));
  if (found.dataset.total !== list.dataset.total) say(word("loading_changed"));
}

function updatePager(page) {
  const next = page.querySelector('nav.pager a[rel="next"]');
  nextLink().replaceWith(...(next ? [document.importNode(next, true)] : []));
  const [first, last] = [cards()[0], cards().at(-1)].map((card) => card.querySelector(".index").textContent);
  tell(word("loading_here", { first, last, total: total() }), next && allLink());
}

/** Says at the end of the list where it stands. */
function tell(text, ...more) {
  const here = pager.querySelector(".pager-here");
  const keptLink = more.length ? more : [allLink()];
  here.replaceChildren(text, ...keptLink.filter(Boolean).flatMap((node) => [" · ", node]));
  listeners.forEach((callback) => callback(text));
}

let everything;
function allLink() {
  everything ??= pager.querySelector(".pager-here a");
  return everything;
}

function fail() {
  hasFailed = true;
  const again = button({ className: "plain-button", onclick: () => loadMore() }, word("loading_again"));
  tell(word("loading_failed"), again);
}

function clicked(event) {
  if (!isPlainClick(event)) return;
  event.preventDefault();
  loadAll(Infinity);
}

/** The address names the list; how far down the reader is stands in the history's entry, for the way back. */
function remember() {
  const at = topmost()?.id;
  if (at && at !== history.state?.at) history.replaceState({ ...history.state, at }, "");
}

async function comeBack() {
  const at = history.state?.at;
  const isHere = () => cards().find((card) => card.id === at);
  if (!at || isHere()) return;
  while (!isHere() && cards().length < MOST && (await loadMore(STEP)));
  if (isHere()) bringIntoView(isHere());
}

export function start() {
  if (!pager) return;
  pager.querySelector(".pager-here").setAttribute("role", "status");
  allLink()?.addEventListener("click", clicked);
  observer.observe(pager);
  globalThis.addEventListener("online", () => hasFailed && loadMore());
  let timer;
  onScreenChange(() => {
    clearTimeout(timer);
    timer = setTimeout(remember, 300);
  });
  comeBack();
}
