import assert from "node:assert/strict";
import { test } from "node:test";

import { catchUpLink, feedLink, listLink, opmlLink, searchLink, sortedLink, venueLink } from "../../papers/static/papers/js/links.js";
import { cloud, preferred, toggled } from "../../papers/static/papers/js/telling.js";

const NO_WORDS = { wanted: [], unwanted: [] };

function paper(title, ...keywords) {
  return { key: title, url: `/arxiv/${title}`, title, keywords };
}

test("a star weighs more in the cloud than an opening, and sizes go from 1 to 6", () => {
  const stars = [paper("a", "trees"), paper("b", "trees")];
  const history = [paper("c", "graphs"), paper("d", "speech"), paper("e", "speech")];
  const sizes = Object.fromEntries(cloud(stars, history).map(({ word, size }) => [word, size]));
  assert.deepEqual(Object.keys(sizes), ["graphs", "speech", "trees"]);
  assert.deepEqual([sizes.trees, sizes.graphs], [6, 1]);
  assert.ok(sizes.speech > 1 && sizes.speech < 6);
});

test("one word by itself is of middle size, and none makes no cloud", () => {
  assert.deepEqual(cloud([paper("a", "trees")], []), [{ word: "trees", size: 3 }]);
  assert.deepEqual(cloud([], []), []);
});

test("the same word in any case is one word, written as the newest paper does", () => {
  assert.deepEqual(cloud([paper("a", "Beam Search"), paper("b", "beam search")], []).map(({ word }) => word), ["Beam Search"]);
});

test("the cloud holds so many words and no more, the weightiest", () => {
  const papers = Array.from({ length: 30 }, (_, number) => paper(`p${number}`, "always", `word ${number} a`, `word ${number} b`, `word ${number} c`));
  const words = cloud(papers, [], 60);
  assert.equal(words.length, 60);
  assert.equal(words.find(({ word }) => word === "always").size, 6);
});

test("a preference is the reader's words, then the keywords of stars with the star they come from", () => {
  const star = paper("Trees", "sparse attention", "retrieval");
  const { sort, own, from } = preferred({ wanted: ["Retrieval"], unwanted: ["robots"] }, [star]);
  assert.equal(sort, "Retrieval,-robots,sparse attention");
  assert.equal(own, 2);
  assert.deepEqual([...from], [["sparse attention", star]]);
});

test("what the reader does not want is not taken from a star", () => {
  assert.equal(preferred({ wanted: [], unwanted: ["robots"] }, [paper("a", "Robots", "arms")]).sort, "-robots,arms");
});

test("without words and stars there is no preference", () => {
  assert.equal(preferred(NO_WORDS, []).sort, "");
});

test("a preference has at most 50 words, and of long ones only what fits into an address", () => {
  const many = Array.from({ length: 60 }, (_, number) => `word ${number}`);
  const stars = [paper("a", "trees")];
  assert.equal(preferred({ wanted: many.slice(0, 49), unwanted: [] }, stars).sort.split(",").length, 50);
  assert.equal(preferred({ wanted: many, unwanted: [] }, stars).from.size, 0);
  const long = many.map((word) => `${word} ${"注意力机制".repeat(10)}`);
  const { sort, own, from } = preferred({ wanted: long, unwanted: [] }, stars);
  assert.ok(encodeURIComponent(sort).length <= 6000 + 2 * sort.split(",").length);
  assert.deepEqual([own, from.size], [sort.split(",").length, 0]);
});

test("a word is turned on, over to the other side, and off", () => {
  const wanted = toggled(NO_WORDS, "wanted", "Trees");
  assert.deepEqual(wanted, { wanted: ["Trees"], unwanted: [] });
  const unwanted = toggled(wanted, "unwanted", "trees");
  assert.deepEqual(unwanted, { wanted: [], unwanted: ["trees"] });
  assert.deepEqual(toggled(unwanted, "unwanted", "TREES"), NO_WORDS);
  assert.deepEqual(toggled(NO_WORDS, "wanted", "-,;"), NO_WORDS);
});

test("addresses of what was chosen", () => {
  assert.equal(listLink(["cs.AI", "cs.CL"], ["cs.CY", "q-bio.NC"]), "/arxiv/cs.AI,cs.CL-cs.CY-q-bio.NC");
  assert.equal(feedLink(["cs.AI", "cs.CL"]), "/arxiv/cs.AI,cs.CL/feed");
  assert.equal(catchUpLink("cs.AI+cs.CL", "2025-03-14"), "/arxiv/cs.AI+cs.CL?since=2025-03-14");
  assert.equal(venueLink("A/../B?"), "/venue/A%2F..%2FB%3F");
  assert.equal(searchLink('"a b" & c'), "/search?query=%22a%20b%22%20%26%20c");
  const chosen = { categories: ["cs.AI", "cs.CL"], venues: ["ACL"], searches: [{ query: "a, b" }, { query: "c" }] };
  assert.equal(opmlLink(chosen), "/opml?categories=cs.AI,cs.CL&venues=ACL&searches=a%2C%20b&searches=c");
  assert.equal(opmlLink({ categories: [], venues: ["ACL"], searches: [] }), "/opml?venues=ACL");
});

test("a list in another order begins at its beginning and stays the same list", () => {
  assert.equal(sortedLink("/arxiv/cs.CL?date=2025-03-18&sort=1&skip=25", "a b,-c&d"), "/arxiv/cs.CL?date=2025-03-18&sort=a+b,-c%26d");
  assert.equal(sortedLink("/arxiv/cs.CL?sort=1", ""), "/arxiv/cs.CL");
  assert.equal(sortedLink("/arxiv/cs.CL", "1"), "/arxiv/cs.CL?sort=1");
});
