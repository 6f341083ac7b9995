// Which sites a group of hosts is, and how the browser is asked for them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beforeEach, test } from "node:test";

import { ask, held, heldOf, origins } from "../../extension/hosts.js";

const RULES = new URL("../../extension/rules.json", import.meta.url);
const GROUPS = [
  { id: "wide", hosts: ["papers.example", "*.papers.example", "old.papers.example", "mirror.org"] },
  { id: "single", hosts: ["www.lists.example", "lists.co.example"] },
];

let requested, answer, given;

beforeEach(() => {
  [requested, answer, given] = [[], true, new Set()];
  globalThis.chrome = {
    runtime: { getURL: () => RULES },
    permissions: {
      request: async (wanted) => (requested.push(wanted), answer),
      contains: async ({ origins: wanted }) => wanted.every((each) => given.has(each)),
    },
  };
  globalThis.fetch = async (address) => new Response(await readFile(address));
});

test("a site that stands for all below it stands for them alone, and for itself", () => {
  assert.deepEqual(origins(GROUPS, "wide"), ["*://*.papers.example/*", "*://mirror.org/*", "*://www.mirror.org/*"]);
});

test("www. is asked for only where it may stand before a host", () => {
  assert.deepEqual(origins(GROUPS, "single"), ["*://www.lists.example/*", "*://lists.co.example/*"]);
});

test("a group that nobody knows is no site", () => {
  assert.deepEqual(origins(GROUPS, "unknown"), []);
});

test("a group is held when all of its sites are", async () => {
  given.add("*://openaccess.thecvf.com/*").add("*://ecva.net/*");
  assert.equal(await held("cvf"), true);
  assert.equal(await held("ecva"), false, "www.ecva.net is missing");
  assert.deepEqual(await heldOf(["ecva", "cvf"]), ["cvf"]);
  given.add("*://www.ecva.net/*");
  assert.equal(await held("cvf", "ecva"), true);
});

test("all is asked for in one question, and before anything is waited for", async () => {
  await held("cvf"); // as the page of options does before there is anything to click on
  const answered = ask(["cvf", "ecva"]);
  assert.deepEqual(requested, [{ origins: ["*://openaccess.thecvf.com/*", "*://ecva.net/*", "*://www.ecva.net/*"] }]);
  assert.equal(await answered, true);
});

test("refused, or asked for outside of a click, is no", async () => {
  answer = false;
  assert.equal(await ask(["cvf"]), false);
  answer = Promise.reject(new Error("only in a click"));
  assert.equal(await ask(["cvf"]), false);
});
