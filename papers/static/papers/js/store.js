// What a reader keeps in this browser: localStorage, one versioned JSON value per part (see kept.js), and nothing on
// the server. Where storage is refused or full, all of it works in memory until the page is left, and isKept() is false.
import { PARTS, isDay, paper as asPaper } from "./kept.js";
import { word } from "./words.js";

const PREFIX = "coolpapers.";
const VERSION = 1;
const UPGRADES = []; // UPGRADES[0](part, data) makes data of version 1 into that of version 2, and so on
const MOST_TYPED = 20_000_000; // characters of a file

const held = new Map(); // part -> value as last read or written
const unsaved = new Set(); // parts that could not be written: memory has more than storage
const newer = new Set(); // parts that a later version of this script wrote, which this one would cut down
const listeners = new Set();

/** [paper + {at, note?}], the newest first. */
export function stars() {
  return papersOf("stars");
}

export function isStarred(key) {
  return part("stars").has(key);
}

export function star(paper) {
  put("stars", paper, { note: paper.note });
}

export function unstar(key) {
  change("stars", (value) => without(value, key));
}

/** [paper + {at, how}], the newest first, each paper once. */
export function history() {
  return papersOf("history");
}

/** Notes that a paper was opened, which makes it read; `how`: page, pdf, answers, related or original. */
export function opened(paper, how) {
  put("history", paper, { how });
  markRead(paper.key);
}

export function forget(key) {
  change("history", (value) => without(value, key));
}

export function isRead(key) {
  return part("read").has(key);
}

/** Takes one key or a list of keys, which is written at once. */
export function markRead(key, on = true) {
  const keys = [key].flat();
  if (keys.every((each) => isRead(each) === on)) return;
  change("read", (value) => {
    for (const each of keys) if (!on) value.delete(each);
    else if (!value.has(each)) value.set(each, today());
    return value;
  });
}

/** Map key -> the day it was first read. */
export function reads() {
  return new Map(part("read"));
}

/** "list path|day" where a paper was first shown, or undefined. */
export function firstShown(key) {
  return part("shown").get(key)?.where;
}

export function shown(keys, where) {
  const fresh = keys.filter((key) => !part("shown").has(key));
  if (!fresh.length) return;
  const place = { where, day: today() };
  change("shown", (value) => new Map([...value, ...fresh.filter((key) => !value.has(key)).map((key) => [key, place])]));
}

/** {categories, excluded, venues, authors: [names], searches: [{name, query}]}. */
export function choices() {
  return structuredClone(part("choices"));
}

/** A search is chosen as {name, query}, or by its query alone. */
export function choose(kind, name, on = true) {
  const isSearch = kind === "searches";
  const chosen = isSearch ? { name: name.name ?? name, query: name.query ?? name } : name;
  const isSame = (each) => (isSearch ? each.query === chosen.query : each === name);
  const opposite = { categories: "excluded", excluded: "categories" }[kind];
  change("choices", (value) => {
    const others = value[kind].filter((each) => !isSame(each));
    const parted = on && opposite ? { [opposite]: value[opposite].filter((each) => each !== name) } : {};
    if (on && others.length < value[kind].length) return { ...value, ...parted };
    return { ...value, ...parted, [kind]: on ? [...others, chosen] : others };
  });
}

/** {wanted: [words], unwanted: [words]}, each at most 50. */
export function words() {
  return structuredClone(part("words"));
}

export function setWords(words) {
  change("words", () => words);
}

/** {hideRead, eachOnce, showLinks, noKeys: booleans, answerLanguage: "", "en" or "zh", sort: "time", "stars" or "preference"}. */
export function preferences() {
  return { ...part("preferences") };
}

export function prefer(name, value) {
  change("preferences", (all) => ({ ...all, [name]: value }));
}

/** {spec: newest list day that was seen there}. */
export function visits() {
  return Object.assign(Object.create(null), Object.fromEntries([...part("visits")].map(([spec, visit]) => [spec, visit.day])));
}

/** The newest list day that was seen there before today, or "": what is newer is what the reader has not seen. */
export function lastVisit(spec) {
  const visit = part("visits").get(spec);
  if (!visit) return "";
  return visit.at === today() ? visit.before : visit.day;
}

/** Notes that a day's list was seen; with `isAll`, so were all lists before it. */
export function visited(spec, day, isAll = false) {
  if (!isDay(day)) return;
  const known = part("visits").get(spec);
  const newest = known?.day > day ? known.day : day;
  const next = { day: newest, at: today(), before: isAll ? newest : lastVisit(spec) };
  if (known && Object.keys(next).every((name) => known[name] === next[name])) return;
  change("visits", (value) => without(value, spec).set(spec, next));
}

/** All of it as one object, which imported() takes back as text. */
export function exported() {
  const parts = Object.entries(PARTS).map(([name, { write }]) => [name, write(part(name))]);
  return structuredClone({ format: "coolpapers", version: VERSION, at: new Date().toISOString(), ...Object.fromEntries(parts) });
}

/** Takes in what exported() gave: {added: {part: how many}}. Throws an Error with a message for the reader. */
export function imported(typed, { replace = false } = {}) {
  const file = asFile(typed);
  const added = {};
  for (const [name, { read, merge, size }] of Object.entries(PARTS)) {
    const theirs = read(upgraded(name, file.version, file[name]), today());
    change(name, (mine) => {
      const next = replace ? theirs : Object.hasOwn(file, name) ? merge(mine, theirs) : mine;
      added[name] = replace ? size(next) : Math.max(0, size(next) - size(mine));
      return next;
    });
  }
  return { added };
}

/** Empties one part, or all, with what other scripts of ours noted. */
export function reset(name) {
  if (!name) save("counted", null);
  for (const each of name ? [name] : Object.keys(PARTS)) {
    newer.delete(each);
    change(each, () => PARTS[each].read(undefined, today()));
  }
}

/** Bytes in storage, per part. */
export function usage() {
  const bytes = (name) => new TextEncoder().encode(raw(name) ?? "").length;
  return Object.fromEntries(Object.keys(PARTS).map((name) => [name, bytes(name)]));
}

/** Whether this browser keeps what is written. */
export function isKept() {
  return unsaved.size === 0 && newer.size === 0 && save("probe", "1") && save("probe", null);
}

/** Calls back with the part's name whenever it changes, here or in another tab; gives what ends that. */
export function onChange(callback) {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

function papersOf(name) {
  return [...part(name).values()].map((each) => structuredClone(each));
}

function put(name, paper, more) {
  const known = asPaper(paper);
  if (!known) return;
  const fresh = { ...known, at: new Date().toISOString(), ...more };
  change(name, (value) => new Map([[known.key, fresh], ...without(value, known.key)]));
}

function without(value, key) {
  value.delete(key);
  return value;
}

function part(name) {
  if (!held.has(name)) held.set(name, PARTS[name].read(stored(name), today()));
  return held.get(name);
}

function change(name, next) {
  if (!unsaved.has(name)) held.delete(name); // another tab may have written since
  const { read, write } = PARTS[name];
  const value = next(part(name));
  // Through the same sieve as what is read, so that memory and storage never differ.
  held.set(name, read(write(value), today()));
  keep(name);
  announce(name);
}

function keep(name) {
  const { write, size } = PARTS[name];
  const value = size(part(name)) ? JSON.stringify({ version: VERSION, data: write(part(name)) }) : null;
  const isSaved = !newer.has(name) && (save(name, value) || (makeRoom(name) && save(name, value)));
  if (isSaved) unsaved.delete(name);
  else unsaved.add(name);
}

// Which papers were shown where is a convenience; a star is not.
function makeRoom(name) {
  held.delete("shown");
  return name !== "shown" && save("shown", null);
}

// Storage may be refused by merely naming it.
function save(name, value) {
  try {
    if (value === null) globalThis.localStorage.removeItem(PREFIX + name);
    else globalThis.localStorage.setItem(PREFIX + name, value);
    return true;
  } catch {
    return false;
  }
}

function raw(name) {
  try {
    return globalThis.localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

function stored(name) {
  try {
    const { version, data } = JSON.parse(raw(name)) ?? {};
    if (version > VERSION) newer.add(name);
    return upgraded(name, version, data);
  } catch {
    return undefined; // damaged: as if there were nothing
  }
}

function upgraded(name, version, data) {
  const from = Number.isInteger(version) && version > 0 ? version : VERSION;
  return UPGRADES.slice(from - 1).reduce((value, upgrade) => upgrade(name, value), data);
}

function asFile(typed) {
  if (typed.length > MOST_TYPED) throw new Error(word("mine_import_too_large"));
  let file;
  try {
    file = JSON.parse(typed);
  } catch {
    throw new Error(word("mine_import_no_json"));
  }
  if (file?.format !== "coolpapers") throw new Error(word("mine_import_other"));
  if (!(file.version <= VERSION)) throw new Error(word("mine_import_newer"));
  return file;
}

function announce(name) {
  for (const callback of listeners) callback(name);
}

function reread(names) {
  for (const name of names) {
    if (!unsaved.has(name)) held.delete(name);
    announce(name);
  }
}

globalThis.addEventListener?.("storage", ({ key }) => {
  const name = key?.slice(PREFIX.length);
  if (key === null) reread(Object.keys(PARTS));
  else if (key.startsWith(PREFIX) && Object.hasOwn(PARTS, name)) reread([name]);
});
// A page that comes back from the browser's memory has missed what other tabs wrote.
globalThis.addEventListener?.("pageshow", ({ persisted }) => persisted && reread(Object.keys(PARTS)));
