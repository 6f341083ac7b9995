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

/** Keeps options and says so, with `sentence` in the place of "Saved". */
async function keep(changes, sentence = "") {
  try {
    await save(changes);
    page.settings = await load();
    say(sentence || page.word("saved"));
  } catch {
    say(page.word("not_saved"));
  }
  await show();
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

async function speak() {
  page.word = await words(page.settings.language);
  fill(page.word);
}

document.querySelector("main").addEventListener("change", async ({ target }) => {
  if (target.name === "tab") await keep({ tab: target.value });
  if (target.name === "gesture") await keep({ gestures: { ...page.settings.gestures, [target.value]: target.checked } });
  if (target.name === "language") {
    page.settings.language = target.value;
    await speak();
    await keep({ language: target.value });
  }
});

watch(async (settings) => {
  const spoke = page.word.language;
  page.settings = settings;
  page.word = await words(settings.language);
  if (page.word.language !== spoke) fill(page.word);
  await show();
});

startServer(page);
startCopying(page);
startShortcuts(page);
startSites(page);
await show();
