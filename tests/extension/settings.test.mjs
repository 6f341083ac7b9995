// Options as they are stored and read back, and the address of the server.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, test } from "node:test";

import { checkServer, readServer } from "../../extension/server_address.js";
import { DEFAULTS, load, save, valid, watch } from "../../extension/settings.js";
import { unneeded, withGroup, withoutGroup } from "../../extension/sites.js";

/** What the browser keeps: one area, which can be made to refuse. */
class Area {
  stored = {};
  refuses = false;

  async get(names) {
    if (this.refuses) throw new Error("refused");
    return Object.fromEntries(names.filter((name) => name in this.stored).map((name) => [name, structuredClone(this.stored[name])]));
  }

  async set(values) {
    if (this.refuses) throw new Error("refused");
    Object.assign(this.stored, structuredClone(values));
  }

  async remove(names) {
    for (const name of names) delete this.stored[name];
  }
}

let sync, local, changed, packaged;
const fetchOfNode = globalThis.fetch;

beforeEach(() => {
  [sync, local, packaged] = [new Area(), new Area(), '{"server": "https://built.example"}'];
  const onChanged = { addListener: (listener) => (changed = listener) };
  globalThis.chrome = { storage: { sync, local, onChanged }, runtime: { getURL: (path) => path } };
  globalThis.fetch = async () => new Response(packaged);
});

afterEach(() => {
  delete globalThis.chrome;
  globalThis.fetch = fetchOfNode;
});

test("what no version of ours wrote becomes the defaults", () => {
  for (const raw of [undefined, null, 7, "x", [], {}, { server: 1, language: "xx", tab: null, off: "arxiv", links: {}, redirects: 3, gestures: [] }]) {
    assert.deepEqual(valid(raw), DEFAULTS);
  }
});

test("a value that is not valid falls back by itself, the others stay", () => {
  const found = valid({ server: "javascript:alert(1)", language: "zh-CN", tab: "window", off: ["arxiv", 3, "../x", "arxiv"], gestures: { menu: false, all: "no" } });
  assert.deepEqual(found, { ...DEFAULTS, language: "zh-CN", off: ["arxiv"], gestures: { ...DEFAULTS.gestures, menu: false } });
});

test("the names of a prototype are no options", () => {
  assert.equal("constructor" in valid({ gestures: { constructor: true } }).gestures && Object.hasOwn(valid({ gestures: { constructor: true } }).gestures, "constructor"), false);
  assert.deepEqual(valid(JSON.parse('{"__proto__": {"tab": "same"}}')), DEFAULTS);
});

test("groups of a newer version are kept", () => {
  assert.deepEqual(valid({ links: ["arxiv", "not-yet-known"] }).links, ["arxiv", "not-yet-known"]);
});

test("nothing stored: the defaults, with the server of the package", async () => {
  assert.deepEqual(await load(), { ...DEFAULTS, server: "https://built.example" });
});

test("a package without a server that is one has the usual server", async () => {
  for (packaged of ["{}", "no json", '{"server": "ftp://built.example"}']) assert.deepEqual(await load(), DEFAULTS);
});

test("what is saved is read again, and nothing else changes", async () => {
  await save({ tab: "same" });
  await save({ off: ["acl"] });
  assert.deepEqual(sync.stored, { tab: "same", off: ["acl"] });
  assert.deepEqual(await load(), { ...DEFAULTS, server: "https://built.example", tab: "same", off: ["acl"] });
});

test("what is no option is not saved", async () => {
  await save({ tab: "same", other: 1 });
  assert.deepEqual(sync.stored, { tab: "same" });
});

test("where nothing can be synced, options stay in this browser", async () => {
  sync.refuses = true;
  await save({ tab: "same" });
  assert.equal((await load()).tab, "same");
  sync.refuses = false;
  sync.stored.tab = "new"; // from before the failure
  assert.equal((await load()).tab, "same");
});

test("what is synced at last is not hidden by what an earlier failure left", async () => {
  sync.refuses = true;
  await save({ tab: "same", language: "en" });
  sync.refuses = false;
  await save({ tab: "new" });
  assert.deepEqual([(await load()).tab, (await load()).language], ["new", "en"]);
});

test("where no storage works at all there are the defaults, and saving fails", async () => {
  sync.refuses = local.refuses = true;
  assert.deepEqual(await load(), { ...DEFAULTS, server: "https://built.example" });
  await assert.rejects(save({ tab: "same" }));
});

test("a change of any option is told, one of something else is not", async () => {
  const told = [];
  watch((settings, names) => told.push([settings.tab, ...names]));
  await save({ tab: "same" });
  await changed({ tab: {} }, "sync");
  await changed({ other: {} }, "sync");
  await changed({ tab: {} }, "managed");
  assert.deepEqual(told, [["same", "tab"]]);
});

test("defaults.json of the checkout names a server", async () => {
  const file = JSON.parse(await readFile(new URL("../../extension/defaults.json", import.meta.url), "utf8"));
  assert.equal(readServer(file.server).server, file.server);
});

const SERVERS = [
  ["https://papers.example.org", "https://papers.example.org"],
  ["  https://papers.example.org/  ", "https://papers.example.org"],
  ["HTTPS://Papers.Example.ORG:443/", "https://papers.example.org"],
  ["https://example.org/papers/", "https://example.org/papers"],
  ["https://example.org//", "https://example.org"],
  ["http://127.0.0.1:8000", "http://127.0.0.1:8000"],
  ["papers.example.org", "https://papers.example.org"],
  ["papers.example.org:8443/x", "https://papers.example.org:8443/x"],
  ["localhost:8000", "http://localhost:8000"],
  ["127.0.0.1:8000/", "http://127.0.0.1:8000"],
  ["[::1]:8000", "http://[::1]:8000"],
  ["localhost.example.org", "https://localhost.example.org"],
  ["http://192.168.1.5:8000", "http://192.168.1.5:8000"],
  ["https://münchen.example", "https://xn--mnchen-3ya.example"],
];

for (const [typed, server] of SERVERS) {
  test(`the server ${typed} is ${server}`, () => assert.deepEqual(readServer(typed), { server }));
}

const PROBLEMS = [
  ["", "server_empty"],
  ["   ", "server_empty"],
  [undefined, "server_empty"],
  [{}, "server_empty"],
  ["ftp://example.org", "server_scheme"],
  ["file:///etc/passwd", "server_scheme"],
  ["chrome-extension://abc/x", "server_scheme"],
  ["javascript:alert(1)", "server_unreadable"],
  ["https://", "server_unreadable"],
  ["http://exa mple.org", "server_unreadable"],
  ["https://exa%20mple.org", "server_unreadable"],
  ["https://exa$mple.org", "server_unreadable"],
  ["https://example.org:99999", "server_unreadable"],
  ["https://me:secret@example.org", "server_credentials"],
  ["me@example.org", "server_credentials"],
  ["https://example.org/?a=1", "server_query"],
  ["https://example.org/#top", "server_query"],
  [`https://example.org/${"x".repeat(300)}`, "server_long"],
];

for (const [typed, problem] of PROBLEMS) {
  test(`the server ${String(typed).slice(0, 40)} is refused: ${problem}`, () => assert.deepEqual(readServer(typed), { problem }));
}

const ANSWERS = [
  [async () => Response.json({ name: "coolpapers", version: 1 }), "check_ours"],
  [async () => Response.json({ name: "something else" }), "check_other"],
  [async () => new Response("<!doctype html>"), "check_other"],
  [async () => Response.json(null), "check_other"],
  [async () => Response.json({ name: "coolpapers" }, { status: 404 }), "check_other"],
  [async () => Promise.reject(new TypeError("Failed to fetch")), "check_silent"],
];

for (const [answer, found] of ANSWERS) {
  test(`the check says ${found} of ${answer}`, async () => {
    const asked = [];
    const told = await checkServer("https://example.org/papers", (...given) => (asked.push(given), answer()));
    assert.equal(told, found);
    assert.deepEqual(asked.map(([url]) => url), ["https://example.org/papers/extension.json"]);
    assert.equal(asked[0][1].credentials, "omit");
  });
}

const GROUPS = [
  { id: "arxiv", hosts: ["arxiv.org", "*.arxiv.org"] },
  { id: "ar5iv", hosts: ["ar5iv.org", "ar5iv.labs.arxiv.org"] },
];

test("a feature is switched on and off for one site", () => {
  const settings = { ...DEFAULTS, links: ["acl"] };
  assert.deepEqual(withGroup(settings, "arxiv", "links"), { links: ["acl", "arxiv"] });
  assert.deepEqual(withGroup(settings, "acl", "links"), { links: ["acl"] });
  assert.deepEqual(withoutGroup(settings, "acl", "links"), { links: [] });
});

test("a site that is left alone loses its links and redirects, and gets none back by being known again", () => {
  const settings = { ...DEFAULTS, links: ["acl", "arxiv"], redirects: ["arxiv"] };
  const left = { ...settings, ...withoutGroup(settings, "arxiv", "on") };
  assert.deepEqual([left.off, left.links, left.redirects], [["arxiv"], ["acl"], []]);
  assert.deepEqual(withGroup(left, "arxiv", "on"), { off: [] });
});

test("only permissions that no feature needs are given back", () => {
  const of = (settings) => unneeded(GROUPS, { ...DEFAULTS, ...settings }, "arxiv");
  assert.deepEqual(of({ redirects: ["arxiv"] }), []);
  assert.deepEqual(of({ links: ["arxiv"] }), []);
  assert.deepEqual(of({ redirects: ["ar5iv"] }), ["*://*.arxiv.org/*"]);
});
