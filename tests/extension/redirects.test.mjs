// Rules by which the browser redirects, made of the table of rules and of what the reader chose.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beforeEach, test } from "node:test";

import { reader } from "../../extension/recognise.js";
import { applyRedirects, redirectRules, wanted } from "../../extension/redirects.js";

const RULES = new URL("../../extension/rules.json", import.meta.url);
const known = reader(JSON.parse(await readFile(RULES, "utf8")));
const SERVER = "https://papers.example/reading";

let rules, unsupported, stored;

/** Takes rules as the browser does: all of them, or none where a number is there twice. */
async function updateDynamicRules({ removeRuleIds, addRules }) {
  const kept = rules.filter(({ id }) => !removeRuleIds.includes(id));
  const numbers = [...kept, ...addRules].map(({ id }) => id);
  if (new Set(numbers).size < numbers.length) throw new Error("the same number twice");
  await new Promise(setImmediate);
  rules = [...kept, ...addRules];
}

beforeEach(() => {
  [rules, unsupported, stored] = [[], "", {}];
  globalThis.chrome = {
    runtime: { getURL: (path) => new URL(path, RULES) },
    storage: { sync: { get: async () => structuredClone(stored) }, local: { get: async () => ({}) } },
    permissions: { contains: async ({ origins }) => !origins.some((each) => each.includes("openreview")) },
    declarativeNetRequest: {
      updateDynamicRules,
      getDynamicRules: async () => [...rules],
      isRegexSupported: async ({ regex }) => (regex === unsupported ? { isSupported: false, reason: "memoryLimitExceeded" } : { isSupported: true }),
    },
  };
  globalThis.fetch = async (address) => new Response(await readFile(address));
});

/** What the reader has chosen in the end. */
function apply(settings) {
  stored = settings;
  return applyRedirects();
}

/** Where an address leads by these rules, as the browser reads them. */
function redirected(made, address) {
  const rule = made.find(({ condition }) => new RegExp(condition.regexFilter, "i").test(address));
  return rule && address.replace(new RegExp(rule.condition.regexFilter, "i"), () => rule.action.redirect.regexSubstitution.replace("\\0", address));
}

test("a paper's address goes to the server as it came, behind everything else", () => {
  const made = redirectRules(known, SERVER, ["arxiv", "openreview"]);
  for (const address of [
    "https://arxiv.org/abs/2401.01234",
    "http://www.arxiv.org/pdf/hep-th/9901001v2",
    "https://export.arxiv.org/pdf/2401.01234v2?download=1&x=2",
    "https://openreview.net/forum?id=aB_-12345&noteId=zQ9",
  ]) assert.equal(redirected(made, address), `${SERVER}/go?url=${address}`);
});

test("what is no paper stays where it is", () => {
  const made = redirectRules(known, SERVER, ["arxiv", "openreview", "acl", "hf"]);
  for (const address of [
    "https://arxiv.org/",
    "https://arxiv.org/list/cs.CL/new",
    "https://arxiv.org/abs/",
    "https://openreview.net/group?id=ICLR.cc/2024/Conference",
    "https://huggingface.co/papers",
    "https://aclanthology.org/volumes/2024.acl-long/",
    "https://example.org/?from=https://arxiv.org/abs/2401.01234",
    "https://arxiv.org.example.org/abs/2401.01234",
  ]) assert.equal(redirected(made, address), undefined, address);
});

test("only what is opened in a tab is redirected, and nothing that our own pages link to", () => {
  for (const rule of redirectRules(known, "http://127.0.0.1:8000", ["arxiv"])) {
    assert.deepEqual(rule.condition.resourceTypes, ["main_frame"]);
    assert.deepEqual(rule.condition.requestMethods, ["get"]);
    assert.deepEqual(rule.condition.excludedInitiatorDomains, ["127.0.0.1"]);
  }
});

test("every group whose papers have addresses can be redirected, and each rule has a number of its own", () => {
  const groups = known.groups.filter(({ papers }) => papers).map(({ id }) => id);
  for (const id of groups) assert.ok(redirectRules(known, SERVER, [id]).length, id);
  const made = redirectRules(known, SERVER, groups);
  assert.equal(new Set(made.map(({ id }) => id)).size, made.length);
  assert.ok(made.length < 1000, "browsers take no more than 1,000 patterns");
});

test("a site that is left alone is not redirected", () => {
  assert.deepEqual(wanted({ redirects: ["arxiv", "acl"], off: ["arxiv"] }), ["acl"]);
});

test("the browser's rules become those of the settings, where it gives access", async () => {
  await apply({ server: SERVER, redirects: ["arxiv", "openreview"], off: [] });
  assert.deepEqual(rules, redirectRules(known, SERVER, ["arxiv"]));
  await apply({ server: "https://other.example", redirects: ["acl"], off: [] });
  assert.deepEqual(rules, redirectRules(known, "https://other.example", ["acl"]));
  await apply({ server: SERVER, redirects: [], off: [] });
  assert.deepEqual(rules, []);
});

test("two changes at once end with the later one", async () => {
  const before = { server: SERVER, redirects: ["arxiv"], off: [] };
  await Promise.all([apply(before), apply({ ...before, redirects: ["acl"] })]);
  assert.deepEqual(rules, redirectRules(known, SERVER, ["acl"]));
});

test("a pattern that the browser cannot take keeps no other out", async (context) => {
  const warned = context.mock.method(console, "warn", () => {});
  [unsupported] = known.patterns("acl");
  await apply({ server: SERVER, redirects: ["acl"], off: [] });
  assert.equal(rules.length, known.patterns("acl").length - 1);
  assert.equal(warned.mock.callCount(), 1);
});

test("a change that fails is not in the way of the next", async () => {
  const settings = { server: SERVER, redirects: ["arxiv"], off: [] };
  chrome.declarativeNetRequest.updateDynamicRules = async () => { throw new Error("disk full"); };
  await assert.rejects(apply(settings), /disk full/);
  chrome.declarativeNetRequest.updateDynamicRules = updateDynamicRules;
  await apply(settings);
  assert.ok(rules.length);
});
