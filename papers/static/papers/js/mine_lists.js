// The lists of the reader's own page: chips of what was chosen, the cloud of words, rows of papers and visits, and the
// categories to choose from.
import { authorLink, catchUpLink, joined, listLink, searchLink, venueLink } from "./links.js";
import { choices, choose, forget, history, setWords, stars, unstar, visits, words } from "./store.js";
import { cloud, toggled } from "./telling.js";
import { word } from "./words.js";

const FIRST = 20; // rows that are shown of a long list
const MOST = 1000; // papers that a file of citations takes
const LOCALE = document.documentElement.lang.replace(/^en$/, "en-GB"); // days before months, as on all pages
const date = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const field = document.getElementById("picker-filter");
const groups = [...document.querySelectorAll(".picker-group")];
const opened = new Set(); // lists that are shown whole

/** A copy of a template's row, with {name} filled in on its buttons. */
function row(template, values = {}) {
  const made = document.getElementById(template).content.firstElementChild.cloneNode(true);
  for (const labelled of made.querySelectorAll("[aria-label]")) {
    labelled.setAttribute("aria-label", labelled.getAttribute("aria-label").replace("{name}", () => values.name));
  }
  return made;
}

/** Puts rows into a list. The focus stays at its place, goes to the last row where that is gone, or to the part. */
function redraw(list, rows) {
  const place = [...list.querySelectorAll("button")].indexOf(document.activeElement);
  list.replaceChildren(...rows);
  if (place < 0) return;
  const buttons = list.querySelectorAll("button");
  (buttons[Math.min(place, buttons.length - 1)] ?? list.closest(".part")).focus({ preventScroll: true });
}

/** A day, or the day of a time, as the reader's language writes it. */
function dayOf(time) {
  return date.format(new Date(time));
}

const KINDS = {
  categories: { of: chosen("categories"), link: (code) => listLink([code]), remove: leave("categories") },
  excluded: { of: chosen("excluded"), link: (code) => listLink([code]), remove: leave("excluded") },
  venues: { of: chosen("venues"), link: venueLink, remove: leave("venues"), add: (name) => choose("venues", spelling(name)) },
  authors: { of: chosen("authors"), link: authorLink, remove: leave("authors"), add: (name) => choose("authors", name) },
  searches: { of: searches, link: searchLink, remove: leave("searches"), add: (query) => choose("searches", query) },
  wanted: { of: () => words().wanted, link: searchLink, remove: turn("wanted"), add: addWords("wanted") },
  unwanted: { of: () => words().unwanted, link: searchLink, remove: turn("unwanted"), add: addWords("unwanted") },
};

function chosen(kind) {
  return () => choices()[kind];
}

function searches() {
  return choices().searches.map(({ query }) => query);
}

function leave(kind) {
  return (name) => choose(kind, name, false);
}

function turn(kind) {
  return (word) => setWords(toggled(words(), kind, word));
}

/** Takes words with commas between; those that are there stay. */
function addWords(kind) {
  return (typed) => {
    const other = kind === "wanted" ? "unwanted" : "wanted";
    const fresh = typed.split(/[,，、;；]/);
    const known = new Set(fresh.map((word) => word.trim().toLowerCase()));
    setWords({ [kind]: [...words()[kind], ...fresh], [other]: words()[other].filter((word) => !known.has(word.toLowerCase())) });
  };
}

/** A venue's name as the service writes it. */
function spelling(name) {
  const names = [...document.querySelectorAll("#venue-names option")].map((option) => option.value);
  return names.find((known) => known.toLowerCase() === name.trim().toLowerCase()) ?? name;
}

export function showChips() {
  for (const [kind, { of, link, remove }] of Object.entries(KINDS)) {
    const names = of();
    const list = document.querySelector(`[data-chips=${kind}]`);
    redraw(list, names.map((name) => {
      const chip = row("chip", { name });
      chip.querySelector("a").textContent = name;
      chip.querySelector("a").href = link(name);
      chip.querySelector("button").addEventListener("click", () => remove(name));
      return chip;
    }));
    const whole = document.querySelector(`[data-some=${kind}]`);
    if (whole) whole.hidden = !names.length;
  }
}

export function startChips() {
  for (const form of document.querySelectorAll("form.add")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = form.elements.name;
      if (field.value.trim()) KINDS[form.dataset.add].add(field.value);
      field.value = "";
    });
  }
}

function isAmong(kept, word) {
  return kept.some((each) => each.toLowerCase() === word.toLowerCase());
}

export function showCloud() {
  const kept = words();
  const found = cloud(stars(), history());
  redraw(document.querySelector(".cloud"), found.map(({ word, size }) => {
    const item = row("cloud-word", { name: word });
    item.className = `cloud-${size}`;
    const [more, less] = item.querySelectorAll("button");
    more.textContent = word;
    for (const [button, kind] of [[more, "wanted"], [less, "unwanted"]]) {
      Object.assign(button.dataset, { word, kind });
      button.setAttribute("aria-pressed", String(isAmong(kept[kind], word)));
    }
    return item;
  }));
  document.querySelector("[data-some=cloud]").hidden = !found.length;
}

export function startCloud() {
  document.querySelector(".cloud").addEventListener("click", ({ target }) => {
    const { word, kind } = target.closest("button")?.dataset ?? {};
    if (word) setWords(toggled(words(), kind, word));
  });
}

function draw(name, items, make) {
  const list = document.querySelector(`[data-rows=${name}]`);
  const shown = opened.has(name) ? items : items.slice(0, FIRST);
  redraw(list, [...shown.map(make), ...(shown.length < items.length ? [rest(name, items.length)] : [])]);
}

function rest(name, n) {
  const made = row("more-rows");
  const button = made.querySelector("button");
  button.textContent = word("mine_all", { n });
  button.addEventListener("click", () => {
    opened.add(name);
    SHOWS[name]();
  });
  return made;
}

function paperRow(kind, { url, title }, told, press) {
  const made = row(`${kind}-row`, { name: title });
  const link = made.querySelector("a");
  link.textContent = title;
  link.href = url;
  made.querySelector(".row-told").textContent = told;
  made.querySelector("button").addEventListener("click", press);
  return made;
}

export function showStars() {
  const found = stars();
  const told = ({ at, note }) => [dayOf(at), note].filter(Boolean).join(" · ");
  draw("stars", found, (paper) => paperRow("star", paper, told(paper), () => unstar(paper.key)));
  document.querySelector("[data-cut]").hidden = found.length <= MOST;
}

export function showHistory() {
  const told = ({ at, how }) => `${word(`mine_how_${how}`)} · ${dayOf(at)}`;
  draw("history", history(), (paper) => paperRow("history", paper, told(paper), () => forget(paper.key)));
}

export function showVisits() {
  draw("visits", Object.entries(visits()).reverse(), ([spec, day]) => {
    const made = row("visits-row");
    made.querySelector("a").textContent = spec;
    made.querySelector("a").href = catchUpLink(spec, day);
    made.querySelector(".row-told").textContent = dayOf(day);
    return made;
  });
}

const SHOWS = { stars: showStars, history: showHistory, visits: showVisits };

export function startRows() {
  const form = document.querySelector("form.export-links");
  form.addEventListener("submit", () => {
    form.elements.ids.value = joined(stars().slice(0, MOST).map(({ key }) => key));
  });
}

function holds(text, words) {
  return words.every((word) => text.includes(word));
}

function find() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const group of groups) {
    const name = group.querySelector("h3").textContent.toLowerCase();
    const items = [...group.querySelectorAll("li")];
    for (const item of items) item.hidden = !holds(`${name} ${item.textContent.toLowerCase()}`, words);
    group.hidden = items.every((item) => item.hidden);
  }
  document.querySelector("[data-picker-none]").hidden = groups.some((group) => !group.hidden);
}

function take(event) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const left = document.querySelectorAll(".picker-group:not([hidden]) li:not([hidden])");
  const exact = [...left].find((item) => item.querySelector(".code").textContent.toLowerCase() === field.value.trim().toLowerCase());
  (exact ?? (left.length === 1 ? left[0] : null))?.querySelector("button").click();
}

export function startPicker() {
  field.addEventListener("input", find);
  field.addEventListener("keydown", take);
}
