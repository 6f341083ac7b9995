// On which pages links are put in, and what the background answers to these pages.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beforeEach, test } from "node:test";

import { addressOf, answer, applyInjection, contentScript, wanted } from "../../extension/injection.js";
import { reader } from "../../extension/recognise.js";

const FOLDER = new URL("../../extension/", import.meta.url);
const known = reader(JSON.parse(await readFile(new URL("rules.json", FOLDER), "utf8")));
const SERVER = "https://papers.example";

let registered, stored;

beforeEach(() => {
  [registered, stored] = [new Map(), {}];
  const area = { get: async () => structuredClone(stored) };
  globalThis.chrome = {
    runtime: { getURL: (path) => new URL(path, FOLDER) },
    i18n: { getUILanguage: () => "en" },
    storage: { sync: area, local: { get: async () => ({}) } },
    permissions: { contains: async ({ origins }) => !origins.some((each) => each.includes("openreview")) },
    scripting: {
      getRegisteredContentScripts: async ({ ids }) => ids.map((id) => registered.get(id)).filter(Boolean),
      registerContentScripts: async ([script]) => {
        if (registered.has(script.id)) throw new Error("the same name twice");
        registered.set(script.id, script);
      },
      updateContentScripts: async ([script]) => registered.set(script.id, script),
      unregisterContentScripts: async ({ ids }) => ids.forEach((id) => registered.delete(id)),
    },
  };
  globalThis.fetch = async (address) => new Response(await readFile(address));
});

/** What the reader has chosen in the end. */
function apply(settings) {
  stored = settings;
  return applyInjection();
}

const matches = () => [...registered.values()].flatMap((script) => script.matches);

test("links are put in where the reader wants them, where there is a place for them, and where the browser lets us", async () => {
  await apply({ links: ["acl", "openreview", "pmlr", "unknown"], off: [] });
  assert.ok(matches().includes("*://aclanthology.org/*"));
  assert.ok(!matches().some((each) => /openreview|mlr/.test(each)));
});

test("what is registered follows the settings, and goes with the last of them", async () => {
  await apply({ links: ["acl"], off: [] });
  await apply({ links: ["hf"], off: [] });
  assert.ok(matches().every((each) => /hf|huggingface/.test(each)));
  await apply({ links: ["hf"], off: ["hf"] });
  assert.deepEqual(matches(), []);
  await apply({ links: [], off: [] });
  assert.deepEqual(matches(), []);
});

test("two changes at once do not register the same script twice, and end with the later one", async () => {
  await Promise.all([apply({ links: ["acl"], off: [] }), apply({ links: ["hf"], off: [] })]);
  assert.ok(matches().every((each) => /hf|huggingface/.test(each)));
});

test("files that are registered are there", async () => {
  const { js, css } = contentScript(known.groups, ["arxiv"]);
  for (const path of [...js, ...css]) await readFile(new URL(path, FOLDER));
});

test("a site that is left alone gets no links", () => {
  assert.deepEqual(wanted(known.groups, { links: ["arxiv", "acl"], off: ["arxiv"] }), ["acl"]);
});

test("the address of a paper is that of its page with us; anything else has none", () => {
  const settings = { server: SERVER, off: ["hf"] };
  const expected = {
    "https://arxiv.org/abs/2401.01234": `${SERVER}/arxiv/2401.01234`,
    "https://openreview.net/forum?id=aB_-12345": `${SERVER}/venue/aB_-12345@OpenReview`,
    "https://aclanthology.org/P19-1001/": `${SERVER}/venue/P19-1001@ACL`,
    "https://huggingface.co/papers/2401.01234": null, // switched off
    "https://arxiv.org/list/cs.CL/new": null,
    "javascript:alert(1)": null,
    "": null,
  };
  for (const [href, address] of Object.entries(expected)) assert.equal(addressOf(known, settings, href), address, href);
});

test("a page is told where its links lead, in the reader's language and tab", async () => {
  stored = { server: SERVER, links: ["arxiv"], tab: "same", language: "zh-CN" };
  const told = await answer({ type: "links", hrefs: ["https://arxiv.org/abs/2401.01234", "https://arxiv.org/"] }, { url: "https://arxiv.org/list/cs.CL/new" });
  assert.deepEqual(told.addresses, [`${SERVER}/arxiv/2401.01234`, null]);
  assert.equal(told.tab, "same");
  assert.match(told.title, /[\u4e00-\u9fff]/);
});

test("a page that stayed open is told nothing once its links are switched off", async () => {
  stored = { server: SERVER, links: ["acl"] };
  const hrefs = ["https://arxiv.org/abs/2401.01234"];
  assert.equal(await answer({ type: "links", hrefs }, { url: "https://arxiv.org/list/cs.CL/new" }), null);
  assert.equal(await answer({ type: "links", hrefs }, {}), null);
});

test("other messages are left to others", async () => {
  for (const message of [undefined, null, "links", {}, { type: "other" }, { type: "links" }, { type: "links", hrefs: "x" }]) assert.equal(await answer(message, {}), undefined);
});
