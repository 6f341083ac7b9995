import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { storage, tell } from "./storage.mjs";

const SCRIPT = "../../papers/static/papers/js/store.js";
let tabs = 0;

/** The script as a page that is opened now has it. */
async function openTab() {
  tabs += 1;
  return import(`${SCRIPT}?tab=${tabs}`);
}

function paper(number, more = {}) {
  return { key: `2503.${String(number).padStart(5, "0")}`, url: `/arxiv/2503.${number}`, title: `Paper ${number}`, keywords: ["trees"], ...more };
}

const keysOf = (papers) => papers.map(({ key }) => key);

beforeEach(() => storage.clear());

test("stars are kept, newest first, each once", async () => {
  const first = await openTab();
  first.star(paper(1, { note: "read again" }));
  first.star(paper(2));
  first.star(paper(2));
  const next = await openTab();
  assert.deepEqual(keysOf(next.stars()), ["2503.00002", "2503.00001"]);
  assert.equal(next.stars()[1].note, "read again");
  assert.match(next.stars()[0].at, /^\d{4}-\d\d-\d\dT.*Z$/);
  assert.ok(next.isStarred("2503.00001"));
  next.unstar("2503.00001");
  assert.ok(!(await openTab()).isStarred("2503.00001"));
});

test("opening a paper puts it at the head of the history, once, and makes it read", async () => {
  const store = await openTab();
  for (const number of [1, 2, 1]) store.opened(paper(number), "pdf");
  assert.deepEqual(keysOf(store.history()), ["2503.00001", "2503.00002"]);
  assert.equal(store.history()[0].how, "pdf");
  assert.ok(store.isRead("2503.00002"));
  store.forget("2503.00001");
  assert.deepEqual(keysOf((await openTab()).history()), ["2503.00002"]);
  assert.ok(store.isRead("2503.00001"));
});

test("read state takes many keys at once and can be taken back", async () => {
  const store = await openTab();
  store.markRead(["a", "b", "__proto__"]);
  store.markRead("a", false);
  const read = (await openTab()).reads();
  assert.deepEqual([...read.keys()], ["b", "__proto__"]);
  assert.match(read.get("b"), /^\d{4}-\d\d-\d\d$/);
});

test("what was read more than 400 days ago is let go", async () => {
  const old = new Date(Date.now() - 401 * 86400000).toISOString().slice(0, 10);
  const recent = new Date(Date.now() - 399 * 86400000).toISOString().slice(0, 10);
  storage.setItem("coolpapers.read", JSON.stringify({ version: 1, data: { [old]: ["a"], [recent]: ["b"] } }));
  assert.deepEqual([...(await openTab()).reads().keys()], ["b"]);
});

test("a paper remembers the list where it was shown first", async () => {
  const store = await openTab();
  store.shown(["a", "b"], "/arxiv/cs.CL|2025-03-18");
  store.shown(["b", "c"], "/arxiv/cs.AI|2025-03-18");
  const next = await openTab();
  assert.equal(next.firstShown("b"), "/arxiv/cs.CL|2025-03-18");
  assert.equal(next.firstShown("c"), "/arxiv/cs.AI|2025-03-18");
  assert.equal(next.firstShown("d"), undefined);
});

test("a category is chosen or excluded, never both", async () => {
  const store = await openTab();
  for (const code of ["cs.CL", "hep-th", "cs.CL"]) store.choose("categories", code);
  store.choose("excluded", "hep-th");
  store.choose("venues", "ACL");
  store.choose("searches", { name: "Trees", query: "cat:cs.CL trees" });
  store.choose("searches", "cat:cs.CL trees");
  const { categories, excluded, venues, searches } = (await openTab()).choices();
  assert.deepEqual([categories, excluded, venues], [["cs.CL"], ["hep-th"], ["ACL"]]);
  assert.deepEqual(searches, [{ name: "Trees", query: "cat:cs.CL trees" }]);
  store.choose("searches", "cat:cs.CL trees", false);
  store.choose("categories", "cs.CL", false);
  assert.deepEqual([store.choices().searches, store.choices().categories], [[], []]);
});

test("words can stand in an address: no commas, no leading minus, each once, at most 50 of a kind", async () => {
  const store = await openTab();
  store.setWords({ wanted: ["Beam, search", "-trees", "TREES", " "], unwanted: ["trees", "speech", ...Array(90).keys()].map(String) });
  assert.deepEqual(store.words().wanted, ["Beam search", "trees"]);
  assert.deepEqual(store.words().unwanted.slice(0, 2), ["speech", "0"]);
  assert.equal(store.words().unwanted.length, 50);
});

test("preferences keep to what can be chosen", async () => {
  const store = await openTab();
  store.prefer("hideRead", true);
  store.prefer("sort", "colour");
  store.prefer("constructor", "x");
  assert.deepEqual((await openTab()).preferences(), { hideRead: true, eachOnce: false, showLinks: false, noKeys: false, answerLanguage: "", sort: "time" });
});

test("a visit is the newest day seen; the one before today stays known all day", async () => {
  const visit = { day: "2025-03-14", at: "2025-03-14", before: "" };
  storage.setItem("coolpapers.visits", JSON.stringify({ version: 1, data: { "cs.CL": visit } }));
  const store = await openTab();
  assert.equal(store.lastVisit("cs.CL"), "2025-03-14");
  store.visited("cs.CL", "2025-03-18");
  store.visited("cs.CL", "2025-03-11");
  assert.equal(store.visits()["cs.CL"], "2025-03-18");
  assert.equal((await openTab()).lastVisit("cs.CL"), "2025-03-14");
  store.visited("cs.CL", "2025-03-18", true);
  assert.equal((await openTab()).lastVisit("cs.CL"), "2025-03-18");
  assert.equal(store.visits().constructor, undefined);
});

test("a file brings all of it back", async () => {
  const store = await openTab();
  store.star(paper(1, { note: "n" }));
  store.opened(paper(2), "page");
  store.shown(["x"], "/arxiv/cs.CL|2025-03-18");
  store.choose("categories", "cs.CL");
  store.choose("searches", { name: "Trees", query: "trees" });
  store.setWords({ wanted: ["trees"], unwanted: ["speech"] });
  store.prefer("eachOnce", true);
  store.visited("cs.CL", "2025-03-18");
  const file = JSON.stringify(store.exported());
  store.reset();
  assert.equal(storage.text, "");
  const { added } = store.imported(file);
  assert.deepEqual(added, { stars: 1, history: 1, read: 1, shown: 1, choices: 2, words: 2, preferences: 1, visits: 1 });
  const again = JSON.parse(file);
  assert.deepEqual({ ...(await openTab()).exported(), at: again.at }, again);
});

test("a file is merged, or takes the place of all", async () => {
  const store = await openTab();
  store.star(paper(1));
  const file = JSON.stringify(store.exported());
  store.star(paper(2));
  assert.equal(store.imported(file).added.stars, 0);
  assert.equal(store.stars().length, 2);
  store.imported(file, { replace: true });
  assert.deepEqual(keysOf(store.stars()), ["2503.00001"]);
});

test("one part can be emptied by itself", async () => {
  const store = await openTab();
  store.star(paper(1));
  store.opened(paper(2), "page");
  assert.ok(store.usage().stars > 50);
  store.reset("stars");
  assert.deepEqual([store.stars().length, store.history().length, store.usage().stars], [0, 1, 0]);
});

test("files that are none are refused, and nothing changes", async () => {
  const store = await openTab();
  store.star(paper(1));
  const before = storage.text;
  const [large, none, other, newer] = ["too_large", "no_json", "other", "newer"].map((name) => new RegExp(`mine_import_${name}`));
  assert.throws(() => store.imported("x".repeat(20_000_001)), large);
  assert.throws(() => store.imported("{"), none);
  for (const file of ["null", "[]", "3", '{"format":"x"}']) assert.throws(() => store.imported(file), other);
  for (const version of ["2", '"x"', "{}"]) assert.throws(() => store.imported(`{"format":"coolpapers","version":${version}}`), newer);
  assert.equal(storage.text, before);
});

test("a hostile file brings in no foreign address, no prototype and nothing unbounded", async () => {
  const hostile = `{"format":"coolpapers","version":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},
    "stars":[{"key":"__proto__","url":"javascript:alert(1)","title":"<img src=x onerror=alert(1)>","keywords":"x","at":"?"},
      {"key":"a","url":"/\\t/evil.example","title":{"toString":1}},{"key":"b","url":"//evil.example"},{"key":"c@ACL","url":"/\\\\evil.example"},
      {"key":"d e"},{"key":7},null,{"key":"e","title":"\\ud800x\\u0000y","keywords":[1,"${"k".repeat(500)}",null],"at":"99999-01-01"}],
    "read":{"__proto__":["p"],"2999-01-01":"no list","soon":["s"]},"shown":[[1,2,3],7,{"0":1}],
    "choices":{"categories":["cs.CL","../x","__proto__"],"searches":[{"query":7},"x",{"query":"q","name":[]}],"__proto__":{"polluted":1}},
    "words":{"wanted":{"length":9e9}},"preferences":{"__proto__":{"hideRead":true},"sort":"__proto__"},
    "visits":{"__proto__":{"day":"2025-03-18"},"cs.CL":{"day":"x"},"cs.AI":{"day":"2025-03-18","at":7}}}`;
  const store = await openTab();
  store.imported(hostile);
  assert.equal({}.polluted, undefined);
  assert.deepEqual(store.stars().map(({ key, url }) => [key, url]).sort(), [
    ["__proto__", "/arxiv/__proto__"], ["a", "/arxiv/a"], ["b", "/arxiv/b"], ["c@ACL", "/venue/c@ACL"], ["e", "/arxiv/e"],
  ]);
  const last = store.stars().find(({ key }) => key === "e");
  assert.deepEqual([last.title, last.keywords], ["x y", ["k".repeat(100)]]);
  assert.doesNotThrow(() => store.stars().map(({ title }) => encodeURIComponent(title)));
  assert.deepEqual(store.choices().categories, ["cs.CL"]);
  assert.deepEqual(store.choices().searches, [{ name: "q", query: "q" }]);
  assert.deepEqual(store.words(), { wanted: [], unwanted: [] });
  assert.equal(store.preferences().hideRead, false);
  assert.deepEqual(Object.entries(store.visits()), [["cs.AI", "2025-03-18"]]);
  assert.equal(store.reads().size, 0);
});

test("what is damaged in storage is as if it were not there, and the rest stays", async () => {
  for (const damaged of ["{", "null", "[]", '"x"', '{"version":"x","data":{"a":1}}', '{"version":1,"data":[[[]]]}', '{"version":-5,"data":7}']) {
    storage.clear();
    (await openTab()).setWords({ wanted: ["trees"], unwanted: [] });
    for (const name of ["stars", "history", "read", "shown", "choices", "preferences", "visits"]) storage.setItem(`coolpapers.${name}`, damaged);
    const store = await openTab();
    assert.deepEqual([store.stars(), store.history(), store.choices().categories, store.reads().size], [[], [], [], 0], damaged);
    assert.deepEqual(store.words().wanted, ["trees"]);
    store.star(paper(1));
    assert.equal((await openTab()).stars().length, 1, damaged);
  }
});

test("what a later version wrote is read as far as it goes and not overwritten", async () => {
  const later = JSON.stringify({ version: 2, data: [paper(1, { colour: "red" })] });
  storage.setItem("coolpapers.stars", later);
  const store = await openTab();
  store.star(paper(2));
  assert.equal(store.stars().length, 2);
  assert.equal(store.isKept(), false);
  assert.equal(storage.getItem("coolpapers.stars"), later);
  store.reset("stars");
  assert.equal(store.isKept(), true);
});

test("two tabs that write in turn lose nothing of each other", async () => {
  const [one, two] = [await openTab(), await openTab()];
  assert.deepEqual([one.stars(), two.stars()], [[], []]);
  one.star(paper(1));
  two.star(paper(2)); // before any event has told it of the other
  one.markRead("a");
  two.markRead("b");
  tell("coolpapers.stars");
  tell("coolpapers.read");
  for (const tab of [one, two]) assert.deepEqual([tab.stars().length, tab.reads().size], [2, 2]);
});

test("listeners hear of changes here and in other tabs, until they end it", async () => {
  const store = await openTab();
  const heard = [];
  const end = store.onChange((name) => heard.push(name));
  store.star(paper(1));
  tell("coolpapers.words");
  tell("other.words");
  tell("coolpapers.constructor");
  assert.deepEqual(heard, ["stars", "words"]);
  tell(null);
  assert.equal(heard.length, 10);
  end();
  store.unstar("2503.00001");
  assert.equal(heard.length, 10);
});

test("where storage is refused, all works until the page is left", async () => {
  storage.isRefused = true;
  const store = await openTab();
  assert.equal(store.isKept(), false);
  store.star(paper(1));
  store.markRead("a");
  tell("coolpapers.stars");
  assert.deepEqual([store.stars().length, store.isRead("a")], [1, true]);
  assert.equal((await openTab()).stars().length, 0);
});

test("where storage is full, what was shown makes room for a star, then memory holds it, and later it is written", async () => {
  const store = await openTab();
  store.shown(Array.from({ length: 200 }, (_, number) => `key${number}`), "/arxiv/cs.CL|2025-03-18");
  storage.quota = storage.text.length + 50;
  store.star(paper(1));
  assert.deepEqual([store.isKept(), store.firstShown("key1")], [true, undefined]);
  storage.quota = storage.text.length + 20;
  store.star(paper(2));
  assert.deepEqual([store.isKept(), store.stars().length], [false, 2]);
  storage.quota = Infinity;
  store.star(paper(3));
  assert.deepEqual([store.isKept(), (await openTab()).stars().length], [true, 3]);
});

test("nothing grows without end, and the full store fits a browser's five million characters", async () => {
  const store = await openTab();
  const many = (count, more) => Array.from({ length: count }, (_, number) => paper(number, { title: "A title of an ordinary length, ".repeat(3), keywords: Array(10).fill("a keyword or").map((word, n) => `${word} ${n}`), ...more }));
  const day = new Date().toISOString().slice(0, 10);
  const keys = Array.from({ length: 60000 }, (_, number) => `2503.${number}v`);
  store.imported(JSON.stringify({ format: "coolpapers", version: 1, stars: many(6000), history: many(3000), read: { [day]: keys }, shown: [["/arxiv/cs.CL|x", day, keys]] }));
  assert.deepEqual([store.stars().length, store.history().length, store.reads().size], [5000, 2000, 50000]);
  assert.ok(storage.text.length < 5_000_000, String(storage.text.length));
});
