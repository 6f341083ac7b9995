// One key for each thing that a reader does with a paper. Never while something is typed, never with Ctrl, Alt or Meta.
import { cardOf, list, shownCards, single } from "./cards.js";
import { copyCard } from "./copy.js";
import * as filter from "./filter.js";
import { fold, toggleOrFollow } from "./inplace.js";
import { isFind, isTyping, keyOf } from "./keys.js";
import { loadMore } from "./loading.js";
import { current, focusOn, go, neighbour, topmost } from "./moving.js";
import { toggleRead } from "./reading.js";
import { say } from "./saying.js";
import * as selection from "./selection.js";
import { toggleStar } from "./stars.js";
import { preferences } from "./store.js";
import { word } from "./words.js";

const help = document.querySelector("dialog.shortcuts");

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  o: withCard((card) => card.querySelector("a.title-link").click()),
  O: withCard((card) => card.querySelector("a.index, .actions a[data-original]")?.click()),
  p: withCard((card) => toggleOrFollow(card, "pdf")),
  a: withCard((card) => toggleOrFollow(card, "answers")),
  r: withCard((card) => toggleOrFollow(card, "related")),
  s: withCard(toggleStar),
  c: withCard(copyCard),
  m: withCard((card) => toggleRead([card.id])),
  x: withCard((card) => list && selection.toggle(card)),
  e: () => selection.exportNow(),
  "/": () => filter.open(),
  n: () => filter.isOpen() && filter.goToMatch(1),
  N: () => filter.isOpen() && filter.goToMatch(-1),
  t: () => end(0),
  b: () => end(-1),
  "[": () => follow(".days a[rel=prev]"),
  "]": () => follow(".days a[rel=next]"),
  "?": () => help?.showModal(),
  Enter: () => document.activeElement === current() && !single && KEYS.o(),
  Escape: foldOrClose,
};

// A key without a focused card is about the first one on the screen, which gets the focus.
function withCard(act) {
  return () => {
    const card = current() ?? topmost();
    if (!card) return;
    if (!single && !cardOf(document.activeElement)) go(card);
    act(card);
  };
}

async function step(by) {
  if (single) return;
  let card = neighbour(shownCards(), by);
  while (!card && by > 0 && (await loadMore())) card = neighbour(shownCards(), by);
  if (card) go(card);
  else say(word(by > 0 ? "keyboard_last" : "keyboard_first"));
}

// Twice, for the same reason as in bringIntoView().
function end(at) {
  const card = !single && shownCards().at(at);
  if (card) focusOn(card);
  const scroll = () => scrollTo(0, at && document.documentElement.scrollHeight);
  scroll();
  requestAnimationFrame(scroll);
}

function follow(selector) {
  document.querySelector(selector)?.click();
}

function foldOrClose() {
  const card = current();
  if (card && fold(card)) return;
  if (filter.isOpen()) filter.close();
  else selection.close();
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  if (isFind(event)) return find(event);
  const key = keyOf(event);
  if (key === "Escape" && filter.isInside(event.target)) return filter.close();
  if (!Object.hasOwn(KEYS, key) || isTyping(event.target)) return;
  // Who speaks to the machine, or hits keys by accident, switches the single ones off.
  if (key.length === 1 && preferences().noKeys) return;
  if (key !== "Enter" && key !== "Escape") event.preventDefault();
  KEYS[key]();
}

// Pressed again in the bar it is the browser's own.
function find(event) {
  if (!filter.isInside(document.activeElement) && filter.open()) event.preventDefault();
}

export function start() {
  document.addEventListener("keydown", pressed);
  help?.addEventListener("click", (event) => event.target === help && help.close());
}
