// Every text in both languages, and every name of a text that is used.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { speaker, spoken } from "../../extension/words.js";

const FOLDER = new URL("../../extension/", import.meta.url);
const read = (path) => readFile(new URL(path, FOLDER), "utf8");
const [english, chinese] = await Promise.all(["en", "zh_CN"].map(async (each) => JSON.parse(await read(`_locales/${each}/messages.json`))));
const names = Object.keys(english);
// Names that scripts put together, by what they begin with.
const COMPOSED = ["sites_said_", "sites_refused_", "group_", "nothing_", "check_", "server_", "many_part"];

async function sources(...endings) {
  const all = await readdir(FOLDER, { recursive: true }).catch(() => []);
  const own = all.filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.startsWith("_locales"));
  return Promise.all(own.map(read));
}

test("both languages have the same names", () => assert.deepEqual(Object.keys(chinese).sort(), [...names].sort()));

test("both languages fill the same places", () => {
  const places = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const name of names) assert.deepEqual(places(chinese[name].message), places(english[name].message), name);
});

test("no text is empty, or the same in both languages, or has what browsers read as a placeholder", () => {
  for (const name of names) {
    const [en, zh] = [english[name].message, chinese[name].message];
    assert.ok(en.trim() && zh.trim(), name);
    assert.notEqual(en, zh, name);
    assert.doesNotMatch(en + zh, /\$/, name);
    assert.match(zh, /\p{Script=Han}/u, name);
  }
});

test("names are such as browsers take", () => {
  for (const name of names) assert.match(name, /^[A-Za-z0-9_]+$/);
});

test("every text that a page or a script names is there", async () => {
  const html = (await sources(".html")).join("\n");
  const scripts = (await sources(".js")).join("\n");
  const used = [
    ...html.matchAll(/data-word(?:-label)?="(\w+)"/g),
    ...scripts.matchAll(/\bword\("(\w+)"/g),
    ...(await read("manifest.json")).matchAll(/__MSG_(\w+)__/g),
  ].map(([, name]) => name);
  assert.ok(used.length > 50);
  for (const name of used) assert.ok(names.includes(name), name);
});

test("every text is used", async () => {
  const everything = (await sources(".html", ".js", "manifest.json")).join("\n");
  const isUsed = (name) => everything.includes(`"${name}"`) || everything.includes(`__MSG_${name}__`) || COMPOSED.some((begin) => name.startsWith(begin));
  assert.deepEqual(names.filter((name) => !isUsed(name.replace(/_one$/, ""))), []);
});

test("stores take the description", () => assert.ok(english.about.message.length <= 132 && chinese.about.message.length <= 132));

test("the option goes before the browser's language", () => {
  assert.equal(spoken("en", "zh-CN"), "en");
  assert.equal(spoken("zh-CN", "de"), "zh-CN");
});

test("the browser's language is spoken where it is one of ours, English otherwise", () => {
  for (const browsers of ["zh-CN", "zh", "zh_TW", "ZH-Hans-CN"]) assert.equal(spoken("auto", browsers), "zh-CN", browsers);
  for (const browsers of ["en-GB", "de", "zha", ""]) assert.equal(spoken("auto", browsers), "en", browsers);
});

test("texts fill their places, know one from many, and fall back to English", () => {
  const word = speaker({ a: { message: "{n} 篇" } }, { a: { message: "{n} papers" }, b: { message: "{n} papers in {place}" }, b_one: { message: "one paper" } });
  assert.equal(word("a", { n: 3 }), "3 篇");
  assert.equal(word("b", { n: 3 }), "3 papers in {place}");
  assert.equal(word("b", { n: 1 }), "one paper");
  assert.equal(word("b", { n: 2, place: "{n}" }), "2 papers in {n}");
  assert.equal(word("constructor"), "constructor");
  assert.ok(word.knows("b") && !word.knows("c"));
});
