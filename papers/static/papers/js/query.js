// What is typed into the filter, and where a text holds it. Pure: no page, so Node tests it and the worker runs it.

const LETTERS = {
  "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "ς": "σ",
  "‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const UNSEEN = /[\p{Mn}\p{Me}\u00ad\u200b-\u200f\u2060\ufeff]/gu;
const PLAIN = /^[\x20-\x7e]*$/;
const QUOTES = { '"': '"', "“": "”", "„": "“", "「": "」", "『": "』", "«": "»" };
const MINUS = /^[-−－]/;
const PLACES_OF_A_TERM = 50;

/** A text as it is compared: without case, accents, widths, unseen characters; any space is one blank. */
export function fold(text) {
  return foldLetters(text).replace(/\s+/g, " ");
}

function foldLetters(text) {
  if (PLAIN.test(text)) return text.toLowerCase();
  const apart = text.normalize("NFKC").toLowerCase().normalize("NFKD").replace(UNSEEN, "");
  return apart.replace(LETTER, (letter) => LETTERS[letter]);
}

/** The folded text, and for each of its units (and its end) the place in the text that it came from. */
export function foldWithPlaces(text) {
  const places = [];
  let folded = "";
  let at = 0;
  for (const letter of text) {
    let part = foldLetters(letter).replace(/\s+/g, " ");
    if (part.startsWith(" ") && folded.endsWith(" ")) part = part.slice(1);
    for (let n = 0; n < part.length; n++) places.push(at);
    folded += part;
    at += letter.length;
  }
  places.push(at);
  return { folded, places };
}

/**
 * Reads a filter: words, "phrases", and either with - before it for what must not be there.
 * Gives {included, excluded, any} of patterns, or {error: "the pattern that could not be read"}.
 */
export function parse(text, { any = false, regex = false } = {}) {
  const query = { included: [], excluded: [], any };
  for (const { words, isExcluded } of terms(text)) {
    const pattern = regex ? readPattern(words) : literal(words);
    if (pattern === null) return { error: words };
    if (pattern) (isExcluded ? query.excluded : query.included).push(pattern);
  }
  return query;
}

/** Whether a folded text passes; a query without terms lets all pass. */
export function passes({ included, excluded, any }, folded) {
  if (excluded.some((pattern) => holds(pattern, folded))) return false;
  if (!included.length) return true;
  return any ? included.some((pattern) => holds(pattern, folded)) : included.every((pattern) => holds(pattern, folded));
}

export function isEmpty({ included, excluded }) {
  return !included.length && !excluded.length;
}

/** Where a folded text holds what is included: [[start, end], ...], in order, without overlaps. */
export function found({ included }, folded) {
  const all = included.flatMap((pattern) => placesOf(pattern, folded)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const apart = [];
  for (const [start, end] of all) {
    const last = apart.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else apart.push([start, end]);
  }
  return apart;
}

function terms(text) {
  const found = [];
  let rest = text.trimStart();
  while (rest) {
    const isExcluded = MINUS.test(rest) && rest.length > 1 && !/^\s/.test(rest.slice(1));
    if (isExcluded) rest = rest.slice(1);
    const close = QUOTES[rest[0]];
    const end = close ? endOfPhrase(rest, close) : rest.search(/\s/);
    const words = close ? rest.slice(1, end) : rest.slice(0, end < 0 ? undefined : end);
    const isLoneMinus = !isExcluded && !close && /^[-−－]$/.test(words);
    if (words.trim() && !isLoneMinus) found.push({ words, isExcluded });
    rest = end < 0 ? "" : rest.slice(end + (close ? 1 : 0)).trimStart();
  }
  return found;
}

/** A phrase that is still being typed ends with the text. */
function endOfPhrase(text, close) {
  const end = text.indexOf(close, 1);
  return end < 0 ? text.length : end;
}

function literal(words) {
  return fold(words).trim();
}

/** The pattern of a regular expression on folded text; null where it cannot be read. */
function readPattern(words) {
  const folded = words.normalize("NFKC").normalize("NFKD").replace(UNSEEN, "");
  for (const flags of ["gimu", "gim"]) {
    try {
      return new RegExp(folded, flags);
    } catch {
      // Without "u" more is let through: `\-`, or a lone brace.
    }
  }
  return null;
}

function holds(pattern, folded) {
  if (typeof pattern === "string") return folded.includes(pattern);
  pattern.lastIndex = 0;
  return pattern.test(folded);
}

function placesOf(pattern, folded) {
  const places = [];
  if (typeof pattern !== "string") {
    for (const match of folded.matchAll(pattern)) {
      if (match[0]) places.push([match.index, match.index + match[0].length]);
      if (places.length === PLACES_OF_A_TERM) break;
    }
    return places;
  }
  for (let at = folded.indexOf(pattern); at >= 0; at = folded.indexOf(pattern, at + pattern.length)) {
    places.push([at, at + pattern.length]);
    if (places.length === PLACES_OF_A_TERM) break;
  }
  return places;
}
