// What a gesture opens, for each thing that can be known of the place where it was made.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { MOST } from "../../extension/destination.js";
import { decide, isOn, searchable } from "../../extension/gestures.js";
import { gestureOf, items } from "../../extension/menus.js";
import { together } from "../../extension/page_reading.js";
import { reader as readerOf } from "../../extension/recognise.js";
import { DEFAULTS } from "../../extension/settings.js";

const SERVER = "https://papers.example";
const reader = readerOf(JSON.parse(await readFile(new URL("../../extension/rules.json", import.meta.url), "utf8")));
const today = new Date("2025-06-01");

function made(gesture, situation, settings = {}) {
  return decide(gesture, situation, { reader, settings: { ...DEFAULTS, server: SERVER, ...settings }, today });
}

function opened(gesture, situation, settings) {
  const found = made(gesture, situation, settings);
  assert.equal(found.kind, "open", JSON.stringify(found));
  return found.address.replace(SERVER, "");
}

const ARXIV = { url: "https://arxiv.org/abs/2401.01234", title: "A paper" };
const UNKNOWN = { url: "https://blog.example/post", title: "A post" };
const LIST = { url: "https://arxiv.org/list/cs.CL/recent", title: "cs.CL" };
const META = [["citation_arxiv_id", "2402.05678"]];

const OPENS = [
  ["the paper of the page", { page: ARXIV }, "/arxiv/2401.01234"],
  ["the paper of an old id", { page: { url: "https://arxiv.org/abs/hep-th/9901001v2" } }, "/arxiv/hep-th/9901001v2"],
  ["a paper of a venue", { page: { url: "https://openreview.net/forum?id=aB_c-d1234" } }, "/venue/aB_c-d1234@OpenReview"],
  ["a DOI, never as an arXiv id", { page: UNKNOWN, selection: "doi:10.1145/3580305.3599" }, "/go?url=10.1145%2F3580305.3599"],
  ["ids of the selection before the page", { page: ARXIV, selection: "see arXiv:2402.05678" }, "/arxiv/2402.05678"],
  ["several ids of a selection as one list, each once", { page: UNKNOWN, selection: "2401.00001, 2401.00002 and 2401.00001v2" }, "/arxiv/2401.00001,2401.00002"],
  ["a selection of several sources as one list", { page: UNKNOWN, selection: "2401.00001 P19-1001@ACL" }, "/export?ids=2401.00001,P19-1001@ACL"],
  ["links in a selection that has no ids", { page: UNKNOWN, selection: "this and that", selected: ["https://arxiv.org/abs/2401.00001", "https://x.example"] }, "/arxiv/2401.00001"],
  ["ids of a selection before its links", { page: UNKNOWN, selection: "2401.00002", selected: ["https://arxiv.org/abs/2401.00001"] }, "/arxiv/2401.00002"],
  ["the link that was clicked", { page: ARXIV, link: "https://aclanthology.org/P19-1001/" }, "/venue/P19-1001@ACL"],
  ["ids of the selection before a link", { page: UNKNOWN, selection: "2401.00002", link: "https://arxiv.org/abs/2401.00001" }, "/arxiv/2401.00002"],
  ["a link to a list", { page: UNKNOWN, link: LIST.url }, "/arxiv/cs.CL"],
  ["a link to a search", { page: UNKNOWN, link: "https://www.semanticscholar.org/search?q=word%20vectors" }, "/search?query=word%20vectors"],
  ["the page for a link that names nothing", { page: ARXIV, link: "https://x.example/about" }, "/arxiv/2401.01234"],
  ["the page for a link that is none", { page: ARXIV, link: "javascript:void(0)" }, "/arxiv/2401.01234"],
  ["the frame that was clicked before the page", { page: ARXIV, frame: "https://arxiv.org/pdf/2402.05678" }, "/arxiv/2402.05678"],
  ["the page for a frame that names nothing", { page: ARXIV, frame: "https://ads.example/" }, "/arxiv/2401.01234"],
  ["a frame that fills a page", { page: UNKNOWN, frames: ["https://x.example", "https://arxiv.org/pdf/2402.05678"] }, "/arxiv/2402.05678"],
  ["the page before a frame that fills it", { page: ARXIV, frames: ["https://arxiv.org/pdf/2402.05678"] }, "/arxiv/2401.01234"],
  ["a PDF in a viewer of another extension", { page: { url: "chrome-extension://oemmndcbldboiebfnladdacbdfmadadm/https://arxiv.org/pdf/2401.01234" } }, "/arxiv/2401.01234"],
  ["meta tags of a page with an unknown address", { page: { ...UNKNOWN, metas: META } }, "/arxiv/2402.05678"],
  ["the address before meta tags", { page: { ...ARXIV, metas: META } }, "/arxiv/2401.01234"],
  ["meta tags before an address that is a list", { page: { ...LIST, metas: META } }, "/arxiv/2402.05678"],
  ["an address that is a list", { page: LIST }, "/arxiv/cs.CL"],
  ["an address that is a list before selected words", { page: LIST, selection: "word vectors" }, "/arxiv/cs.CL"],
  ["an address that is a search", { page: { url: "https://arxiv.org/search/?query=word+vectors&searchtype=all" } }, "/search?query=word%20vectors"],
  ["selected words that name nothing, searched for", { page: UNKNOWN, selection: "  attention is\n all you need " }, "/search?query=attention%20is%20all%20you%20need"],
];

for (const [what, situation, address] of OPENS) {
  test(`opens ${what}`, () => assert.equal(opened("open", situation), address));
}

test("nothing is found, and says what was looked at and what may be searched for", () => {
  assert.deepEqual(made("open", { page: UNKNOWN }), { kind: "nothing", why: "nothing_open", looked: UNKNOWN.url, words: "A post", linked: [] });
});

test("a page that let nobody read it is said to be such", () => {
  assert.equal(made("open", { page: { url: "chrome://settings/" }, isRead: false }).why, "nothing_unread");
});

test("of a page that let nobody read it the address alone will do", () => {
  assert.equal(opened("open", { page: { url: "https://arxiv.org/pdf/2401.01234v3" }, isRead: false }), "/arxiv/2401.01234v3");
});

for (const situation of [{}, { page: {} }, { page: { url: "" } }, { selection: "" }, { page: { url: "about:blank" } }, { page: { url: "%%%" } }, { link: "http://%" }]) {
  for (const gesture of ["open", "search", "all"]) {
    test(`"${gesture}" of ${JSON.stringify(situation)} throws nothing and finds nothing`, () => {
      assert.equal(made(gesture, situation).kind, "nothing");
    });
  }
}

test("selected words are searched for, whatever they name", () => {
  assert.equal(opened("search", { page: ARXIV, selection: "2401.01234 attention" }), "/search?query=2401.01234%20attention");
});

test("the one paper that a page links is opened, and several are offered", () => {
  const one = links("https://x.example", ARXIV.url, "https://arxiv.org/pdf/2401.01234v2");
  assert.equal(opened("open", { page: { ...UNKNOWN, links: one } }), "/arxiv/2401.01234");
  assert.equal(opened("open", { page: { ...UNKNOWN, links: one }, selection: "word vectors" }), "/search?query=word%20vectors");
  assert.equal(opened("open", { page: { ...UNKNOWN, links: one, metas: META } }), "/arxiv/2402.05678");
  const several = made("open", { page: { ...UNKNOWN, links: links(ARXIV.url, "https://aclanthology.org/P19-1001/") } });
  assert.equal(several.kind, "nothing");
  assert.deepEqual(several.linked, ["2401.01234", "P19-1001@ACL"]);
});

test("without selected words there is nothing to search for", () => {
  assert.deepEqual(made("search", { page: ARXIV, selection: " \n" }), { kind: "nothing", why: "nothing_search", looked: ARXIV.url, words: "A paper", linked: [] });
});

const links = (...hrefs) => hrefs.map((href) => ({ href, entry: null }));

test("all papers of a page open as one list, in page order, each once, the page's own first", () => {
  const page = { ...ARXIV, links: links("https://arxiv.org/abs/2401.00009", "https://arxiv.org/pdf/2401.00001", "https://x.example", "https://arxiv.org/abs/2401.00009v2") };
  assert.equal(opened("all", { page }), "/arxiv/2401.01234,2401.00009,2401.00001");
});

test("one paper of a page opens as itself", () => {
  assert.equal(opened("all", { page: { ...UNKNOWN, links: links("https://aclanthology.org/P19-1001/") } }), "/venue/P19-1001@ACL");
});

test("a page without papers says so", () => {
  assert.equal(made("all", { page: { ...UNKNOWN, links: links("https://x.example") } }).why, "nothing_all");
});

test("as many papers as a list holds open as one list, one more do not", () => {
  const ids = Array.from({ length: MOST + 1 }, (_each, at) => `2401.${String(at + 1).padStart(5, "0")}`);
  const page = (some) => ({ ...UNKNOWN, links: links(...some.map((id) => `https://arxiv.org/abs/${id}`)) });
  assert.equal(opened("all", { page: page(ids.slice(1)) }), `/arxiv/${ids.slice(1).join(",")}`);
  assert.deepEqual(made("all", { page: page(ids) }), { kind: "many", names: ids });
  assert.deepEqual(made("open", { page: UNKNOWN, selection: ids.join("\n") }), { kind: "many", names: ids });
});

const off = { off: ["arxiv"] };

test("a site that is switched off is unknown: its pages, its meta tags, links to it, frames", () => {
  assert.equal(made("open", { page: { ...ARXIV, metas: META } }, off).why, "nothing_off");
  assert.equal(made("open", { page: UNKNOWN, link: ARXIV.url, frame: ARXIV.url, frames: [ARXIV.url] }, off).kind, "nothing");
  assert.equal(made("open", { page: UNKNOWN, selection: "x", selected: [ARXIV.url] }, off).address, `${SERVER}/search?query=x`);
  assert.equal(made("all", { page: { ...UNKNOWN, links: links(ARXIV.url) } }, off).kind, "nothing");
});

test("an address of a site that is switched off is not read in a selection, an id is", () => {
  assert.equal(opened("open", { page: UNKNOWN, selection: "https://arxiv.org/abs/2401.00001 and 2401.00002" }, off), "/arxiv/2401.00002");
});

test("other sites stay known on a page of one that is switched off", () => {
  assert.equal(opened("open", { page: ARXIV, link: "https://aclanthology.org/P19-1001/" }, off), "/venue/P19-1001@ACL");
  assert.equal(opened("all", { page: { ...ARXIV, links: links("https://aclanthology.org/P19-1001/", ARXIV.url) } }, off), "/venue/P19-1001@ACL");
});

test("a page of our own server leads nowhere, except by what is selected or clicked on it", () => {
  const page = { url: `${SERVER}/arxiv/2401.01234`, title: "A paper", metas: META };
  assert.equal(made("open", { page }).why, "nothing_ours");
  assert.equal(opened("open", { page, selection: "2401.00002" }), "/arxiv/2401.00002");
  assert.equal(opened("open", { page, link: ARXIV.url }), "/arxiv/2401.01234");
});

test("a server is known by its whole address", () => {
  for (const url of [SERVER, `${SERVER}/`, `${SERVER}/arxiv/1`, `${SERVER}?x`]) assert.ok(isOn(SERVER, url), url);
  for (const url of ["", `${SERVER}.org/`, "https://papers.example.org/", undefined]) assert.ok(!isOn(SERVER, url), url);
  assert.ok(!isOn("https://example.org/papers", "https://example.org/papersx"));
});

test("long selections are cut between words before they are searched for", () => {
  assert.equal(searchable(`${"word ".repeat(100)}`), "word ".repeat(60).trim());
  assert.equal(searchable("x".repeat(1000)).length, 300);
  assert.equal(searchable("short  one"), "short one");
});

test("a situation of every kind of junk throws nothing", () => {
  const junk = ["", "x", "http://", "https://arxiv.org/abs/", "10.1145/3580305.3599", "\u0000", "🙂".repeat(99), "%E0%A4%A", "//", "2401.01234", "a".repeat(1e5)];
  for (const a of junk) {
    for (const b of junk) {
      const situation = { selection: a, selected: [b], link: b, frame: a, frames: [b], page: { url: a, title: b, metas: [[a, b]], links: links(b) } };
      for (const gesture of ["open", "search", "all"]) assert.ok(made(gesture, situation).kind);
    }
  }
});

const word = (name, { words = "" } = {}) => `${name} ${words}`.trim();

test("the context menu has the items that are switched on", () => {
  const ids = (gestures) => items({ gestures: { menu: false, all: false, search: false, ...gestures } }, word).map(({ id }) => id);
  assert.deepEqual(ids({}), ["action-all", "options"]);
  assert.deepEqual(ids({ menu: true, all: true, search: true }), ["open", "search", "all", "action-all", "options"]);
});

test("the browser puts the selected words into the search's title", () => {
  const [search] = items({ gestures: { search: true } }, word);
  assert.equal(search.title, "menu_search %s");
});

test("each item stands for a gesture, that of the options for none", () => {
  for (const { id } of items({ gestures: { menu: true, all: true, search: true } }, word)) {
    assert.equal(gestureOf(id) === undefined, id === "options");
  }
});

test("the selection is that of the frame where the reader is, the page that of the main frame", () => {
  const said = (isFocused, selection, url) => ({ isFocused, selection, selected: [], frames: [], page: { url } });
  const results = [
    { frameId: 0, result: said(false, "main", "https://main.example") },
    { frameId: 3, result: said(true, "frame", "https://frame.example") },
    { frameId: 4, result: null },
  ];
  const both = together(results);
  assert.deepEqual([both.selection, both.page.url], ["frame", "https://main.example"]);
  assert.equal(together([results[0]]).selection, "main");
  assert.equal(together([results[1]]), null);
});
