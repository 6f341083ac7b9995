// The filter bar: which cards of the list hold what was typed. It opens with / and Ctrl+F, and closes with Esc.
import { cards, isShown, isWanted, list, onArrival, shownCards, tidyHeadings } from "./cards.js";
import { foldedElement, paint } from "./highlighting.js";
import { isComplete, loadAll, MOST, onLoading, total } from "./loading.js";
import { current, go, neighbour, pointAt } from "./moving.js";
import { askPatterns } from "./patterns.js";
import { fold, found, isEmpty, parse, passes } from "./query.js";
import { onScreen, onScreenChange } from "./screen.js";
import { word } from "./words.js";

const FIELDS = { title: "a.title-link", abstract: "p.summary", authors: ".authors" };
const bar = document.querySelector("form.filter");
const field = bar?.elements.typed;
let lines = { of: null, texts: null }; // the text of each card, for a choice of fields
const matching = new Set();
let query = parse("");
let trouble = ""; // why the pattern is of no use
let turn = 0; // of the last question to the worker

export const isOpen = () => Boolean(bar) && !bar.hidden;
export const isInside = (element) => Boolean(bar?.contains(element));

/** Gives whether there is a bar. */
export function open() {
  if (!bar) return false;
  bar.hidden = false;
  document.documentElement.dataset.filter = "";
  field.focus();
  field.select();
  apply();
  loadAll();
  setTimeout(() => textsOf(cards())); // before the first key needs it
  return true;
}

export function close() {
  const at = current();
  bar.hidden = true;
  delete document.documentElement.dataset.filter;
  apply();
  if (at && isShown(at)) go(at);
  else if (isInside(document.activeElement)) document.activeElement.blur();
}

/** Leads to the next card that matches, the previous one where `by` is negative; from the bar, the focus stays in it. */
export function goToMatch(by) {
  const among = cards().filter((card) => matching.has(card) && isShown(card));
  const card = neighbour(among, by) ?? (by > 0 ? among[0] : among.at(-1));
  if (card) (isInside(document.activeElement) ? pointAt : go)(card);
}

function options() {
  return { any: bar.elements.any.value === "any", regex: bar.elements.regex.checked };
}

function fields() {
  return Object.keys(FIELDS).filter((name) => bar.elements[name].checked);
}

/** The chosen fields of cards, folded, a line each: made once for a card and a choice of fields. */
function textsOf(some) {
  const chosen = fields();
  if (lines.of !== chosen.join()) lines = { of: chosen.join(), texts: new WeakMap() };
  const made = (card) => chosen.map((name) => fold(card.querySelector(FIELDS[name])?.textContent ?? "")).join("\n");
  return some.map((card) => {
    if (!lines.texts.has(card)) lines.texts.set(card, made(card));
    return lines.texts.get(card);
  });
}

/** Filters anew; patterns are tried by the worker, all else here and now. */
async function apply() {
  const mine = ++turn;
  trouble = "";
  query = isOpen() ? parse(field.value, options()) : parse("");
  if (query.error !== undefined) {
    trouble = word("filter_bad", { pattern: query.error });
    query = parse("");
  }
  const all = cards();
  const texts = isEmpty(query) ? [] : textsOf(all);
  const isPattern = options().regex && !isEmpty(query);
  const passed = isPattern ? await ask("passes", texts, mine) : texts.map((text) => passes(query, text));
  if (mine === turn) show(all, passed);
}

async function ask(what, texts, mine) {
  const answer = await askPatterns(what, field.value, options(), texts);
  if (answer || mine !== turn) return answer;
  trouble = word("filter_slow");
  query = parse("");
  return texts.map(() => what === "passes");
}

function show(all, passed) {
  const isFiltering = !isEmpty(query);
  const hides = isFiltering && bar.elements.only.checked;
  all.forEach((card, at) => {
    card.classList.toggle("unmatched", hides && !passed[at]);
    card.classList.toggle("matched", isFiltering && passed[at]);
    if (isFiltering && passed[at]) matching.add(card);
    else matching.delete(card);
  });
  field.setAttribute("aria-invalid", String(Boolean(trouble)));
  tidyHeadings();
  tell();
  highlight();
}

/** "12 of 239", and how far the list is loaded. */
function tell(progress = "") {
  const visible = cards().filter(isWanted);
  const matched = isEmpty(query) ? visible : visible.filter((card) => matching.has(card));
  const said = trouble || word("filter_count", { n: matched.length, total: visible.length });
  bar.elements.count.value = progress ? `${said} · ${progress}` : said;
  bar.elements.rest.hidden = isComplete() || cards().length < MOST;
  bar.elements.rest.textContent = word("filter_rest", { n: total() - cards().length });
}

async function highlight() {
  const mine = turn;
  if (isEmpty(query)) return paint([]);
  const elements = onScreen().filter((card) => matching.has(card)).flatMap((card) => fields().map((name) => card.querySelector(FIELDS[name])));
  const present = elements.filter(Boolean);
  const texts = present.map((element) => foldedElement(element).folded);
  const places = options().regex ? await ask("found", texts, mine) : texts.map((text) => found(query, text));
  if (mine === turn) paint(present.map((element, at) => [element, places[at]]));
}

// Letters that an input method is still putting together are not what is sought.
function typed(event) {
  if (!event.isComposing) apply();
}

function pressed(event) {
  if (event.isComposing || event.target !== field) return;
  if (event.key === "Enter") goToMatch(event.shiftKey ? -1 : 1);
  else if (event.key === "ArrowDown") goInto();
  else return;
  event.preventDefault();
}

/** From the bar into the list, to the match that was pointed at or the first. */
function goInto() {
  const here = current() ?? neighbour(shownCards(), 1) ?? shownCards()[0];
  if (here) go(here);
}

export function start() {
  if (!bar || !list) return;
  bar.addEventListener("input", typed);
  bar.addEventListener("compositionend", apply);
  bar.addEventListener("keydown", pressed);
  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.elements.previous.addEventListener("click", () => goToMatch(-1));
  bar.elements.next.addEventListener("click", () => goToMatch(1));
  bar.elements.rest.addEventListener("click", () => loadAll(Infinity));
  bar.elements.close.addEventListener("click", close);
  onArrival(() => isOpen() && apply());
  onLoading((progress) => isOpen() && tell(progress));
  onScreenChange(() => isOpen() && !isEmpty(query) && highlight());
}
