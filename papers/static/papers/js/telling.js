// Which words tell what a reader likes: keywords of starred and opened papers, and the reader's own words. Pure.
import { MOST, asWord, wordList } from "./kept.js";

const STAR = 3; // a star says as much as so many openings
const FADES = 200; // papers after which a newer one counts twice as much as an older one
const SIZES = 6;
const LONGEST = 6000; // characters of an address, with room for the rest of it

/** Map lower-case word -> {word, weight, paper}: the first keywords of a paper tell most of it, the newest papers most
 * of the reader. `paper` is the newest that has the word. */
function keywords(papers, worth = 1, found = new Map()) {
  papers.forEach((paper, place) => {
    const fresh = worth * 0.5 ** (place / FADES);
    wordList(paper.keywords, MOST.keywords).forEach((word, rank) => {
      const known = found.get(word.toLowerCase()) ?? { word, weight: 0, paper };
      known.weight += fresh * (1 - rank / (2 * MOST.keywords));
      found.set(word.toLowerCase(), known);
    });
  });
  return found;
}

/** The weightiest keywords of stars and history by alphabet: [{word, size}], size 1 to 6 by the logarithm of weight. */
export function cloud(stars, history, most = 60) {
  const found = heaviest(keywords(history, 1, keywords(stars, STAR)), most);
  const [high, low] = [found[0], found.at(-1)].map((each) => Math.log(each?.weight ?? 1));
  const sizeOf = ({ weight }) => (high > low ? 1 + Math.round(((Math.log(weight) - low) / (high - low)) * (SIZES - 1)) : 3);
  return found.map((each) => ({ word: each.word, size: sizeOf(each) })).sort((a, b) => a.word.localeCompare(b.word));
}

/** The words of a reader's preference, at most 50 in all: {sort: as `?sort=` takes them, own: how many the reader wrote,
 * from: Map lower-case word -> the starred paper it comes from}. The reader's own come first. */
export function preferred({ wanted, unwanted }, stars) {
  const own = new Set([...wanted, ...unwanted].map((word) => word.toLowerCase()));
  const more = heaviest(keywords(stars), MOST.words).filter(({ word }) => !own.has(word.toLowerCase()));
  const typed = [...wanted, ...unwanted.map((word) => `-${word}`)];
  const all = fitting([...typed, ...more.map(({ word }) => word)]);
  const taken = more.slice(0, Math.max(0, all.length - typed.length));
  return {
    sort: all.join(","),
    own: Math.min(typed.length, all.length),
    from: new Map(taken.map(({ word, paper }) => [word.toLowerCase(), paper])),
  };
}

/** Both lists with a word in one of them ("wanted", "unwanted"), or in neither where it was there. */
export function toggled(words, kind, typed) {
  const word = asWord(typed);
  const isOther = (each) => each.toLowerCase() !== word.toLowerCase();
  const rest = { wanted: words.wanted.filter(isOther), unwanted: words.unwanted.filter(isOther) };
  if (word && rest[kind].length === words[kind].length) rest[kind].push(word);
  return rest;
}

function heaviest(found, most) {
  return [...found.values()].sort((a, b) => b.weight - a.weight).slice(0, most);
}

function fitting(words) {
  let length = 0;
  return words.slice(0, MOST.words).filter((word) => (length += encodeURIComponent(word).length + 1) <= LONGEST);
}
