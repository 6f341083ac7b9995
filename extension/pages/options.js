// The page of the options. Each change is kept at once; what another window or browser changes is shown here too.
import { load, save, watch } from "../settings.js";
import { words } from "../words.js";
import { showCopies, startCopying } from "./copying.js";
import { fill, start } from "./page.js";
import { say } from "./saying.js";
import { showServer, startServer } from "./server_part.js";
import { showShortcuts, startShortcuts } from "./shortcuts_part.js";
import { showSites, startSites } from "./sites_part.js";

const page = { ...(await start()), keep };
let saving = 0; // changes that are not yet kept
let latest = 0; // the number of the last change or reading

/**
 * Keeps options and says so, with `sentence` in the place of "Saved". They count from now on: what else is shown or chosen
 * until they are kept must not undo them.
 */
async function keep(changes, sentence = "") {
  saving += 1;
  latest += 1;
  page.settings = { ...page.settings, ...changes };
  if ("language" in changes) await speak();
  const isKept = await save(changes).then(() => true, () => false);
  saving -= 1;
  await reread();
  if (!isKept) await speak();
  say(isKept ? sentence || page.word("saved") : page.word("not_saved"));
  await show();
}

/** Takes what is kept, unless an option was changed here meanwhile: what was read before then is no longer true. */
async function reread() {
  latest += 1;
  const mine = latest;
  const settings = await load();
  if (mine === latest && !saving) page.settings = settings;
}

async function show() {
  const { settings } = page;
  check("tab", settings.tab);
  check("language", settings.language);
  for (const box of document.querySelectorAll("[name=gesture]")) box.checked = settings.gestures[box.value];
  document.getElementById("home").href = `${settings.server}/`;
  showServer(page);
  showCopies(page);
  await Promise.all([showShortcuts(page), showSites(page)]);
}

function check(name, value) {
  document.querySelector(`[name=${name}][value="${value}"]`).checked = true;
}

/** Puts the texts in where the language is another one by now. */
async function speak() {
  const { language } = page.settings;
  const word = await words(language);
  if (language !== page.settings.language) return;
  const isOther = word.language !== page.word.language;
  page.word = word;
  if (isOther) fill(word);
}

document.querySelector("main").addEventListener("change", async ({ target }) => {
  if (target.name === "tab") await keep({ tab: target.value });
  if (target.name === "gesture") await keep({ gestures: { ...page.settings.gestures, [target.value]: target.checked } });
  if (target.name === "language") await keep({ language: target.value });
});

watch(async () => {
  await reread();
  await speak();
  await show();
});

startServer(page);
startCopying(page);
startShortcuts(page);
startSites(page);
await show();
