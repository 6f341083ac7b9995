// What recognise.js reads, held to the cases of the table, and to texts that nobody wrote down beforehand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isArxiv } from "../../extension/arxiv_ids.js";
import { BOUNDS, DOIS, LIKE_IDS, NUMBERS, drawing } from "./number_like.mjs";
import { CASES, RULES, addressOf, noon, table, told } from "./tables.mjs";

const KINDS = ["paper", "list", "search"];
const LATEST = noon("2026-11-25"); // of all texts that are drawn: more months have come, more numbers are ids
const all = Object.values(CASES.cases).flat();
const addresses = all.filter((each) => "address" in each);

function expected(each) {
  if ("text" in each) return each.names;
  if ("page" in each) return { own: each.own, papers: each.papers };
  const kind = KINDS.find((name) => name in each);
  return kind ? { [kind]: each[kind] } : null;
}

function answer(each) {
  if ("text" in each) return table.text(each.text, noon(each.today ?? CASES.today));
  if (!("page" in each)) return told(table.address(addressOf(each)));
  const { own, papers } = table.page(each.page);
  return { own: told(own), papers };
}

for (const [heading, cases] of Object.entries(CASES.cases)) {
  test(`cases: ${heading}`, () => {
    for (const each of cases) assert.deepEqual(answer(each), expected(each), JSON.stringify(each));
  });
}

test("every case says one thing, and only once", (t) => {
  const says = ["paper", "list", "search", "nothing", "names", "papers"];
  for (const each of all) assert.equal(says.filter((name) => name in each).length, 1, JSON.stringify(each));
  const asked = all.map(({ address, padded, text, today, page }) => JSON.stringify({ address, padded, text, today, page }));
  assert.equal(new Set(asked).size, asked.length);
  const none = all.filter((each) => each.nothing || each.names?.length === 0);
  t.diagnostic(`figures: ${all.length} cases, ${none.length} of them name nothing`);
  assert.ok(all.length > 800 && none.length > 300);
});

test("every group of hosts has cases that name something, and every host of the table stands in a case", () => {
  const seen = new Set(addresses.filter((each) => !each.nothing).map(({ address }) => table.group(address)));
  assert.deepEqual(RULES.groups.map(({ id }) => id).filter((id) => !seen.has(id)), []);
  const written = addresses.map(({ address }) => address.toLowerCase()).join("\n");
  const missing = RULES.groups.flatMap(({ hosts }) => hosts).filter((host) => !written.includes(host.replace("*", "")));
  assert.deepEqual(missing.filter((host) => !/^scholar\.google\./.test(host)), []);
});

test("browsers redirect just what names a paper, and each group its own", () => {
  const patterns = table.groups.flatMap(({ id }) => table.patterns(id).map((source) => ({ id, pattern: new RegExp(source, "i"), hits: 0 })));
  for (const each of addresses) {
    const matching = patterns.filter(({ pattern }) => pattern.test(addressOf(each)));
    assert.equal(matching.length > 0, each.redirects ?? "paper" in each, JSON.stringify(each));
    for (const one of matching) assert.equal(one.id, table.group(each.address), each.address);
    for (const one of matching) one.hits += 1;
  }
  assert.deepEqual(patterns.filter(({ hits }) => hits === 0).map(({ pattern }) => pattern.source), []);
});

test("groups that can be redirected are those with patterns", () => {
  for (const { id, papers } of table.groups) assert.equal(papers, table.patterns(id).length > 0, id);
  assert.deepEqual(table.groups.filter(({ papers }) => !papers).map(({ id }) => id), ["scholar", "redirectors"]);
  assert.deepEqual(table.patterns("no such group"), []);
});

test("patterns mean the same to JavaScript, Python and RE2", () => {
  const without = { "look-around": /\(\?<?[=!]/, "names of groups": /\(\?P?</, "back-references": /\\[1-9k]/, "possessive repeats": /[*+?}]\+/, "atomic groups": /\(\?>/, "Unicode classes": /\\[pPuUxX]\{/, "lazy counts": /\}\?/ };
  const texts = Object.values(RULES.text).filter((each) => typeof each === "string" && each !== RULES.text.about);
  const rules = RULES.rules.flatMap(({ path, query = {} }) => [path, ...Object.values(query)]);
  const sources = [RULES.address, RULES.files, ...RULES.wrapped, ...Object.values(RULES.parts), ...rules, ...texts, ...RULES.dois.map(({ doi }) => doi)];
  for (const source of [...sources, ...table.groups.flatMap(({ id }) => table.patterns(id))]) {
    for (const [what, pattern] of Object.entries(without)) assert.doesNotMatch(source, pattern, what);
  }
});

test("patterns of redirects are whole, capture nothing and are short: browsers take small ones only", () => {
  for (const source of table.groups.flatMap(({ id }) => table.patterns(id))) {
    assert.match(source, /^\^https\?:\/\/.*\$$/);
    assert.doesNotMatch(source, /(?<!\\)\((?!\?:)/, source);
    assert.ok(source.length < 200, `${source.length} characters: ${source}`);
  }
});

test("rules name groups, hosts and kinds that there are", () => {
  const ids = new Set(RULES.groups.map(({ id }) => id));
  const hosts = Object.fromEntries(RULES.groups.map((group) => [group.id, group.hosts]));
  for (const rule of [...RULES.rules, ...RULES.redirects]) {
    assert.ok(ids.has(rule.of), rule.of);
    assert.ok(!rule.host || hosts[rule.of].includes(rule.host), rule.host);
  }
  const every = RULES.groups.flatMap((group) => group.hosts);
  assert.equal(new Set(every).size, every.length);
});

/** How many texts of a family hold what looks like an id of arXiv, and how many were read. */
function count(families, texts, seed) {
  return Object.entries(families).map(([name, make], at) => {
    const draw = drawing(seed + at);
    let wrong = 0;
    for (let done = 0; done < texts; done += 1) wrong += table.text(make(draw), LATEST).some(isArxiv) ? 1 : 0;
    return { name, wrong, texts };
  });
}

test("in a million DOIs and numbers there are no false ids, but for numbers of the very shape of one", (t) => {
  const [dois, numbers] = [count(DOIS, 90_000, 1), count(NUMBERS, 25_000, 100)];
  const alike = count(LIKE_IDS, 46_250, 200);
  const sum = (counts, of) => counts.reduce((so_far, each) => so_far + each[of], 0);
  const rates = alike.map(({ name, wrong, texts }) => `${((100 * wrong) / texts).toFixed(3)} % of ${name}`);
  t.diagnostic(`figures: ${sum(dois, "texts")} DOIs, ${sum(dois, "wrong")} false ids; ${sum(numbers, "texts")} numbers, ${sum(numbers, "wrong")}; ${sum(alike, "texts")} like ids: ${rates.join(", ")}`);
  assert.equal(sum([...dois, ...numbers, ...alike], "texts"), 1_000_000);
  for (const { name, wrong } of [...dois, ...numbers]) assert.equal(wrong, 0, name);
  for (const { name, wrong, texts } of alike) {
    assert.ok(wrong > 0 && wrong / texts < BOUNDS[name], `${name}: ${wrong} of ${texts}`);
  }
});

test("DOIs are read as what they are", () => {
  const draw = drawing(7);
  for (let done = 0; done < 20_000; done += 1) {
    const doi = DOIS.alone(draw);
    if (!/[<>]/.test(doi)) assert.deepEqual(table.text(doi, LATEST), [doi.toLowerCase()]);
  }
});

const SIGNS = [..." \t\n\r\0.,:;/\\-_@#?&=%+()[]{}<>\"'|~*$^`“”（），。、：", "\u00a0", "\u200b", "\u202e", "\ufeff", "\ud800", "\udc00", "😀", "ſ", "K", "ı", "é", "中", "٢", "２"];

function anything({ one, from, digits }) {
  const pieces = [...SIGNS, "arxiv", "abs", "https://", "arxiv.org", "10.1145", "doi.org/", "openreview.net/forum?id=", "%E4", "%00", "%zz", "@ACL", "v2", "view-source:", "url="];
  return Array.from({ length: from(0, 25) }, () => one([() => one(pieces), () => digits(1, 5)])()).join("");
}

test("nothing throws, whatever it is given, and answers have their form", () => {
  const draw = drawing(3);
  for (let done = 0; done < 50_000; done += 1) {
    const [text, other] = [anything(draw), anything(draw)];
    const found = table.address(text);
    assert.ok(found === null || ["paper", "list", "search"].includes(found.kind));
    for (const name of table.text(text, LATEST)) assert.match(name, /^(?:\d{4}\.\d{4,5}|[a-z-]+\/\d{7}|10\.\d{4,9}\/|[^@]+@)/);
    table.page({ url: text, metas: [[other, text]], links: [{ href: text, entry: 1 }, { href: other }] });
    assert.equal(typeof table.entries(text), "string");
  }
  for (const odd of [undefined, null, 0, NaN, {}, [], true]) {
    assert.equal(table.address(odd), null);
    assert.deepEqual(table.text(odd, LATEST), []);
    assert.equal(table.group(odd), null);
    assert.deepEqual(table.page({ url: odd, links: [{ href: odd }], metas: [[odd, odd]] }), { own: null, papers: [] });
  }
  assert.deepEqual(table.page({}), { own: null, papers: [] });
});

test("a paper is known by its group, and a list by its entries", () => {
  assert.equal(table.group("https://export.arxiv.org/abs/2401.01234"), "arxiv");
  assert.equal(table.group("https://ar5iv.labs.arxiv.org/html/2401.01234"), "ar5iv");
  assert.equal(table.group("https://arxiv.org.evil.com/"), null);
  assert.notEqual(table.entries("https://scholar.google.com/scholar?q=x"), "");
  assert.equal(table.entries("https://arxiv.org/list/cs.CL/new"), "");
});

// Long runs that do not end the text: a pattern that looks at each of them again and again would not be done today.
const LONG = 199_000;
const HOSTILE = {
  "points in a DOI": `10.1000/${".".repeat(LONG)}x`,
  "brackets in a DOI": `10.1000/${")".repeat(LONG)}`,
  "pairs of brackets": `10.1000/${"(".repeat(LONG / 2)}${")".repeat(LONG / 2)}`,
  "points in an address": `https://arxiv.org/abs/${".".repeat(LONG)}x`,
  "points in a word": `a${".".repeat(LONG)}a`,
  "colons behind a label": `arxiv${":".repeat(LONG)}x`,
  spaces: `a${" ".repeat(LONG)}a`,
  "signs of places": "@".repeat(LONG),
  "beginnings of DOIs": "10.1000".repeat(LONG / 7),
  "beginnings of addresses": "https://".repeat(LONG / 8),
  "line breaks behind a DOI's slash": `10.1000/\n${" ".repeat(LONG)}a`,
  "parts of an id": `2024.${"a-".repeat(LONG / 2)}`,
};

test("texts that are made to take long are read at once", { timeout: 60_000 }, () => {
  for (const [what, text] of Object.entries(HOSTILE)) {
    assert.deepEqual(table.text(text, LATEST).filter((name) => name.length > 300), [], what);
    assert.doesNotThrow(() => table.page({ url: text, metas: [["citation_doi", text], ["citation_arxiv_id", text]] }), what);
  }
});

test("a text is read up to its 200,000th character, an address of more than 4,000 not at all", () => {
  assert.deepEqual(table.text(`${" ".repeat(199_990)}2401.01234`, LATEST), ["2401.01234"]);
  assert.deepEqual(table.text(`${" ".repeat(199_995)}2401.01234`, LATEST), []);
  const address = "https://arxiv.org/abs/2401.01234?";
  assert.deepEqual(told(table.address(address + "x".repeat(4000 - address.length))), { paper: "2401.01234" });
  assert.equal(table.address(address + "x".repeat(4001 - address.length)), null);
});
