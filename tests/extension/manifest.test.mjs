// What the extension may do, and what its pages may load.
import assert from "node:assert/strict";
import { access, readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { origins } from "../../extension/hosts.js";
import { items } from "../../extension/menus.js";
import { reader } from "../../extension/recognise.js";

const FOLDER = new URL("../../extension/", import.meta.url);
const read = (path) => readFile(new URL(path, FOLDER), "utf8");
const manifest = JSON.parse(await read("manifest.json"));
const { groups } = reader(JSON.parse(await read("rules.json")));

test("it holds no permission for any site, and no more than its gestures need", () => {
  // The last one redirects nothing by itself, only where a site was given. It cannot be asked for later: Firefox does not
  // know it as optional, and Chromium 156 never answers updateDynamicRules where it was given while the extension ran.
  const needed = ["activeTab", "contextMenus", "scripting", "storage", "declarativeNetRequestWithHostAccess"];
  assert.deepEqual([...manifest.permissions].sort(), needed.sort());
  for (const key of ["optional_permissions", "host_permissions", "content_scripts", "externally_connectable", "web_accessible_resources"]) assert.ok(!(key in manifest), key);
});

test("it may ask for the sites that links and redirects are for, and for no other", () => {
  const wanted = groups.filter(({ links, papers }) => links || papers).flatMap(({ id }) => origins(groups, id));
  assert.deepEqual([...manifest.optional_host_permissions].sort(), [...new Set(wanted)].sort());
});

test("no code comes from anywhere else, and nothing is sent to by a form", () => {
  const policy = manifest.content_security_policy.extension_pages;
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.match(policy, /form-action 'none'/);
  // Firefox adds this by itself where a manifest says nothing, and a server at home may have no TLS.
  assert.doesNotMatch(policy, /upgrade-insecure-requests/);
});

test("every file that the manifest names is there", async () => {
  const { background, options_ui: options, icons, action } = manifest;
  assert.deepEqual(background.scripts, [background.service_worker]);
  const named = [background.service_worker, options.page, ...Object.values(icons), ...Object.values(action.default_icon)];
  await Promise.all(named.map((path) => access(new URL(path, FOLDER))));
});

test("icons have the sizes that the manifest says", async () => {
  for (const [size, path] of Object.entries(manifest.icons)) {
    const png = await readFile(new URL(path, FOLDER));
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [Number(size), Number(size)]);
  }
});

test("suggested keys are different, and none that Chromium keeps for itself", () => {
  const keys = Object.values(manifest.commands).map((command) => command.suggested_key.default);
  assert.equal(new Set(keys).size, keys.length);
  // Focus on a dialog, and groups of tabs: Chromium passes over a suggestion of these without a word.
  const taken = ["A", "B", "C", "I", "P", "T", "W", "X", "Z"].map((letter) => `Alt+Shift+${letter}`);
  assert.deepEqual(keys.filter((key) => taken.includes(key)), []);
});

test("the menu of the button stays within what Chromium shows there", () => {
  const all = items({ gestures: { menu: true, all: true, search: true } }, (name) => name);
  assert.ok(all.filter(({ contexts }) => contexts.includes("action")).length <= 6);
});

test("pages have no script and no style of their own in their text, and name files that are there", async () => {
  for (const name of (await readdir(new URL("pages/", FOLDER))).filter((each) => each.endsWith(".html"))) {
    const html = await read(`pages/${name}`);
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/, name);
    const named = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, path]) => path);
    assert.ok(named.length >= 4, name);
    await Promise.all(named.map((path) => access(new URL(`pages/${path}`, FOLDER))));
  }
});

test("pages have every element that their scripts look for by its id", async () => {
  const parts = { options: ["options", "server_part", "shortcuts_part", "sites_part", "copying", "saying"], nothing: ["nothing"], many: ["many"] };
  for (const [name, scripts] of Object.entries(parts)) {
    const html = await read(`pages/${name}.html`);
    for (const script of scripts) {
      const wanted = [...(await read(`pages/${script}.js`)).matchAll(/getElementById\("([\w-]+)"\)/g)].map(([, id]) => id);
      for (const id of wanted) assert.ok(html.includes(`id="${id}"`), `${name} ${id}`);
    }
  }
});
