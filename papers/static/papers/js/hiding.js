// What a reader does not want to see again: papers that were read, and papers that another list or day has shown. The
// page always says how many are hidden, and shows them when asked.
import { cards, list, onArrival, tidyHeadings } from "./cards.js";
import { button, element } from "./elements.js";
import { onScreenChange } from "./screen.js";
import { firstShown, isRead, onChange, prefer, preferences, shown } from "./store.js";
import { word } from "./words.js";

const LOOK = 1000; // milliseconds on the screen after which a paper counts as shown
const WRITE = 3000; // milliseconds between two writings of what was shown
const RULES = {
  hideRead: { name: "was-read", toggle: "[data-tool=hide-read]", text: "hiding_read", holds: (card) => isRead(card.id) },
  eachOnce: { name: "was-shown", toggle: "[data-tool=each-once]", text: "hiding_shown", holds: wasShownElsewhere },
};
const toolbar = document.querySelector(".toolbar");
const says = toolbar?.querySelector(".toolbar-says");
const shownAnyway = new Set(); // rules that this page does not follow for now
const looks = new Map(); // card -> timer
let unwritten = [];

/** The list and the day a card stands in; a list of several days has headings. */
function placeOf(card) {
  const { spec, list: path, day } = list.dataset;
  return `${spec ? `/arxiv/${spec}` : path}|${day ?? dayAbove(card)}`;
}

function dayAbove(card) {
  for (let node = card; node; node = node.previousElementSibling) if (node.dataset.day) return node.dataset.day;
  return "";
}

function wasShownElsewhere(card) {
  const first = firstShown(card.id);
  return first !== undefined && first !== placeOf(card);
}

function follows(rule) {
  return preferences()[rule] && !shownAnyway.has(rule);
}

// A card that becomes read stays until the list is looked at anew: it would vanish under the reader's eyes.
function sort(some) {
  for (const [rule, { name, holds }] of Object.entries(RULES)) {
    const isFollowed = follows(rule);
    for (const card of some) card.classList.toggle(name, isFollowed && holds(card));
  }
  tidyHeadings();
  tell();
}

function tell() {
  const lines = Object.entries(RULES).flatMap(([rule, { name, text }]) => {
    const n = list.querySelectorAll(`:scope > .${name}`).length;
    return n ? [line(rule, word(text, { n }))] : [];
  });
  says.replaceChildren(...lines);
  for (const [rule, { toggle }] of Object.entries(RULES)) {
    toolbar.querySelector(toggle).setAttribute("aria-pressed", String(Boolean(preferences()[rule])));
  }
}

function line(rule, text) {
  const onclick = () => {
    shownAnyway.add(rule);
    sort(cards());
    toolbar.querySelector(RULES[rule].toggle).focus();
  };
  return element("span", {}, `${text} `, button({ className: "plain-button", onclick }, word("hiding_show")));
}

function switched(rule) {
  shownAnyway.delete(rule);
  prefer(rule, !preferences()[rule]);
  sort(cards());
}

function watch(entries) {
  for (const { target, isIntersecting, intersectionRatio, intersectionRect } of entries) {
    const isSeen = isIntersecting && (intersectionRatio >= 0.5 || intersectionRect.height > innerHeight / 3);
    if (isSeen && !looks.has(target)) looks.set(target, setTimeout(() => note(target), LOOK));
    else if (!isSeen && looks.has(target)) {
      clearTimeout(looks.get(target));
      looks.delete(target);
    }
  }
}

function note(card) {
  if (document.visibilityState !== "visible") return;
  if (!unwritten.length) setTimeout(write, WRITE);
  unwritten.push(card);
}

function write() {
  const keys = new Map();
  for (const card of unwritten) keys.set(placeOf(card), [...(keys.get(placeOf(card)) ?? []), card.id]);
  unwritten = [];
  for (const [place, some] of keys) shown(some, place);
}

export function start() {
  if (!list || !toolbar?.querySelector(RULES.hideRead.toggle)) return;
  for (const [rule, { toggle }] of Object.entries(RULES)) {
    toolbar.querySelector(toggle).addEventListener("click", () => switched(rule));
  }
  onArrival(sort);
  onChange((part) => part === "preferences" && tell());
  onScreenChange(watch);
  globalThis.addEventListener("pagehide", write);
}
