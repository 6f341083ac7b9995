// What a browser keeps, part by part: from whatever stands in storage or in a file to values that can be trusted, and
// back. Pure. A part is {read(data, today) -> value, write(value) -> data, merge(mine, theirs) -> value, size(value)}.
// A file may come from anybody and storage may be damaged: what does not fit is left out, and nothing is unbounded.
// Values are Maps or made of known names, so a key such as "__proto__" is a key like any other.

export const MOST = {
  stars: 5000, history: 2000, read: 50000, shown: 50000, visits: 500, names: 500, categories: 200, words: 50, keywords: 20,
};
const HOWS = ["page", "pdf", "answers", "related", "original"];
const SORTS = ["time", "stars", "preference"];
const READ_DAYS = 400;
const SHOWN_DAYS = 60;
const DEFAULTS = { hideRead: false, eachOnce: false, answerLanguage: "", showLinks: false, noKeys: false, sort: "time" };

/** One line of plain text: no control characters, no half characters (which addresses cannot hold), not too long. */
function text(value, most = 200) {
  const line = typeof value === "string" ? value.slice(0, most + 1000).replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim() : "";
  return line.length > most ? line.slice(0, most).replace(/\p{Cs}/gu, "") : line;
}

/** The page of a paper. */
function pathOf(key) {
  const path = key.split("/").map(encodeURIComponent).join("/").replaceAll("%40", "@");
  return (key.includes("@") ? "/venue/" : "/arxiv/") + path;
}

/** A paper with plain, bounded texts; undefined where it has no key. Its address stays on this site. */
export function paper(value) {
  const key = asKey(value?.key);
  return key && {
    key,
    url: isPath(value.url) ? value.url : pathOf(key),
    title: text(value.title, 1000) || key,
    keywords: texts(value.keywords, 100, MOST.keywords),
  };
}

/** A word, or several side by side, that can stand between commas in an address; "" for what holds no letter or digit. */
export function asWord(value) {
  const word = text(text(value, 60).replace(/[,，、;；"“”„«»＂]/g, " ").replace(/^[\s\-−–]+/, ""), 60);
  return /[\p{L}\p{N}]/u.test(word) ? word : "";
}

/** Words, each once whatever its case. */
export function wordList(values, most = MOST.words) {
  const found = new Map();
  for (const value of list(values)) {
    const word = asWord(value);
    if (word && !found.has(word.toLowerCase())) found.set(word.toLowerCase(), word);
    if (found.size >= most) break;
  }
  return [...found.values()];
}

/** The day so many days before a day, both YYYY-MM-DD. */
function daysBefore(day, days) {
  return new Date(Date.parse(day) - days * 86400000).toISOString().slice(0, 10);
}

/** Whether a text names a day. */
export function isDay(value) {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

export const PARTS = {
  stars: papers(MOST.stars, (value) => (text(value.note, 2000) ? { note: text(value.note, 2000) } : {})),
  history: papers(MOST.history, (value) => ({ how: HOWS.includes(value.how) ? value.how : "page" })),
  read: { read: readDays, write: writeDays, merge: (mine, theirs) => new Map([...theirs, ...mine]), size },
  shown: { read: readShown, write: writeShown, merge: (mine, theirs) => new Map([...theirs, ...mine]), size },
  choices: { read: readChoices, write: (value) => value, merge: mergeChoices, size: sizeOfLists },
  words: { read: readWords, write: (value) => value, merge: mergeWords, size: sizeOfLists },
  preferences: {
    read: readPreferences,
    write: (value) => value,
    merge: (_, theirs) => theirs,
    size: (value) => Object.keys(DEFAULTS).filter((name) => value[name] !== DEFAULTS[name]).length,
  },
  visits: { read: readVisits, write: (value) => Object.fromEntries(value), merge: mergeVisits, size },
};

function list(value) {
  return Array.isArray(value) ? value : [];
}

function texts(values, each, most) {
  return [...new Set(list(values).slice(0, most).map((value) => text(value, each)).filter(Boolean))];
}

function asKey(value) {
  return typeof value === "string" && /^[^\s\p{Cc}\p{Cs}]{1,200}$/u.test(value) ? value : undefined;
}

// Browsers skip tabs and line breaks in an address, and read "/\" as "//": both would lead to another host.
function isPath(value) {
  return typeof value === "string" && value.length <= 500 && /^\/(?![/\\])[^\s\\\p{Cc}\p{Cs}]*$/u.test(value);
}

function asTime(value) {
  const time = typeof value === "string" && value.length <= 40 ? Date.parse(value) : NaN;
  return new Date(Number.isNaN(time) ? 0 : time).toISOString();
}

function size(value) {
  return value.size;
}

function sizeOfLists(value) {
  return Object.values(value).reduce((sum, names) => sum + names.length, 0);
}

/** Papers by key, the newest first. */
function papers(most, more) {
  const read = (data) => {
    const known = list(data).slice(0, 2 * most).map((value) => paper(value) && { ...paper(value), at: asTime(value.at), ...more(value) });
    return newestOf(known.filter(Boolean), most);
  };
  const merge = (mine, theirs) => newestOf([...mine.values(), ...theirs.values()], most);
  return { read, write: (value) => [...value.values()], merge, size };
}

function newestOf(found, most) {
  const byKey = new Map();
  for (const each of found.sort((a, b) => b.at.localeCompare(a.at))) if (!byKey.has(each.key)) byKey.set(each.key, each);
  return new Map([...byKey].slice(0, most));
}

/** {day: [keys]} <-> Map key -> day: a day is written once, not with each of its papers. */
function readDays(data, today) {
  const since = daysBefore(today, READ_DAYS);
  const found = new Map();
  for (const day of Object.keys(data ?? {}).filter(isDay).sort()) {
    if (day < since) continue;
    for (const key of list(data[day])) if (asKey(key) && !found.has(key)) found.set(key, day);
  }
  return new Map([...found].slice(-MOST.read));
}

function writeDays(value) {
  const days = new Map();
  for (const [key, day] of [...value].slice(-MOST.read)) {
    if (!days.has(day)) days.set(day, []);
    days.get(day).push(key);
  }
  return Object.fromEntries(days);
}

/** [[where, day, [keys]]] <-> Map key -> {where, day}. */
function readShown(data, today) {
  const since = daysBefore(today, SHOWN_DAYS);
  const found = new Map();
  for (const [where, day, keys] of list(data).filter(Array.isArray)) {
    if (!text(where, 2000) || !isDay(day) || day < since) continue;
    const place = { where: text(where, 2000), day };
    for (const key of list(keys)) if (asKey(key) && !found.has(key)) found.set(key, place);
  }
  return new Map([...found].slice(-MOST.shown));
}

function writeShown(value) {
  const places = new Map();
  for (const [key, place] of [...value].slice(-MOST.shown)) {
    const name = `${place.day} ${place.where}`;
    if (!places.has(name)) places.set(name, [place.where, place.day, []]);
    places.get(name)[2].push(key);
  }
  return [...places.values()];
}

function readChoices(data) {
  const categories = codes(data?.categories);
  return {
    categories,
    excluded: codes(data?.excluded).filter((code) => !categories.includes(code)),
    venues: texts(data?.venues, 100, MOST.names).filter((name) => !name.includes("/")),
    authors: texts(data?.authors, 200, MOST.names),
    searches: searches(data?.searches),
  };
}

function codes(values) {
  return texts(values, 40, MOST.categories).filter((code) => /^[A-Za-z][A-Za-z.-]*$/.test(code));
}

function searches(values) {
  const found = new Map();
  for (const value of list(values).slice(0, MOST.names)) {
    const query = text(value?.query, 1000);
    if (query && !found.has(query)) found.set(query, { name: text(value.name, 200) || query, query });
  }
  return [...found.values()];
}

function mergeChoices(mine, theirs) {
  return readChoices(Object.fromEntries(Object.keys(mine).map((kind) => [kind, [...mine[kind], ...theirs[kind]]])));
}

function readWords(data) {
  const wanted = wordList(data?.wanted);
  const taken = new Set(wanted.map((word) => word.toLowerCase()));
  return { wanted, unwanted: wordList(list(data?.unwanted).filter((word) => !taken.has(asWord(word).toLowerCase()))) };
}

function mergeWords(mine, theirs) {
  return readWords({ wanted: [...mine.wanted, ...theirs.wanted], unwanted: [...mine.unwanted, ...theirs.unwanted] });
}

function readPreferences(data) {
  const on = (name) => data?.[name] === true;
  return {
    hideRead: on("hideRead"),
    eachOnce: on("eachOnce"),
    showLinks: on("showLinks"),
    noKeys: on("noKeys"),
    answerLanguage: ["en", "zh"].includes(data?.answerLanguage) ? data.answerLanguage : DEFAULTS.answerLanguage,
    sort: SORTS.includes(data?.sort) ? data.sort : DEFAULTS.sort,
  };
}

/** Map spec -> {day: newest list day seen there, at: the day it was read on, before: newest day seen before `at`}. */
function readVisits(data) {
  const found = Object.entries(data ?? {}).filter(([spec, visit]) => /^[A-Za-z][A-Za-z.,+-]{0,2000}$/.test(spec) && isDay(visit?.day));
  const visits = found.map(([spec, { day, at, before }]) => [spec, { day, at: isDay(at) ? at : day, before: isDay(before) ? before : "" }]);
  return new Map(visits.sort(([, a], [, b]) => (a.at < b.at ? -1 : 1)).slice(-MOST.visits));
}

function mergeVisits(mine, theirs) {
  const merged = new Map(theirs);
  for (const [spec, visit] of mine) if (!(merged.get(spec)?.day > visit.day)) merged.set(spec, visit);
  return merged;
}
