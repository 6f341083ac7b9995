// The page of what this browser keeps: each part is shown, and shown anew whenever it changes, here or in another tab.
import "./choosing.js";
import { feedLink, listLink, opmlLink, sortedLink } from "./links.js";
import { showUsage, startFile } from "./mine_file.js";
import { showChips, showCloud, showHistory, showStars, showVisits, startChips, startCloud, startPicker, startRows } from "./mine_lists.js";
import { choices, exported, isKept, onChange, prefer, preferences, stars, words } from "./store.js";
import { preferred } from "./telling.js";

const number = new Intl.NumberFormat(document.documentElement.lang);
const form = document.querySelector(".preferences");
const SHOWS = {
  choices: [showChips, showLinks],
  words: [showChips, showCloud, showLinks],
  stars: [showStars, showCloud, showLinks, showCounts],
  history: [showHistory, showCloud, showCounts],
  read: [showCounts],
  shown: [showCounts],
  visits: [showVisits, showCounts],
  preferences: [showPreferences],
};

function showCounts() {
  const { stars, history, read, shown, visits } = exported();
  const counts = {
    stars: stars.length,
    history: history.length,
    read: Object.values(read).flat().length,
    shown: shown.flatMap(([, , keys]) => keys).length,
    visits: Object.keys(visits).length,
  };
  for (const [name, count] of Object.entries(counts)) {
    document.querySelector(`[data-count=${name}]`).textContent = number.format(count);
    for (const none of document.querySelectorAll(`[data-none=${name}]`)) none.hidden = count > 0;
    for (const some of document.querySelectorAll(`[data-some=${name}]`)) some.hidden = !count;
  }
}

function showLinks() {
  const chosen = choices();
  const { categories, excluded, venues, searches } = chosen;
  const { sort } = preferred(words(), stars());
  const list = listLink(categories, excluded);
  const links = {
    all: categories.length > 0 && list,
    feed: categories.length > 0 && feedLink(categories, excluded),
    opml: categories.length + venues.length + searches.length > 0 && opmlLink(chosen),
    preferred: categories.length > 0 && sort && sortedLink(list, sort),
  };
  for (const [name, address] of Object.entries(links)) {
    const link = document.querySelector(`[data-link=${name}]`);
    link.hidden = !address;
    if (address) link.href = address;
  }
  document.querySelector("[data-no-words]").hidden = sort !== "";
}

function showPreferences() {
  for (const [name, value] of Object.entries(preferences())) {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
}

function showKept() {
  document.querySelector("[data-unkept]").hidden = isKept();
  showUsage();
}

for (const start of [startChips, startCloud, startPicker, startRows, startFile]) start();
form.addEventListener("change", ({ target }) => prefer(target.name, target.type === "checkbox" ? target.checked : target.value));
onChange((part) => {
  for (const show of SHOWS[part]) show();
  showKept();
});
for (const show of new Set(Object.values(SHOWS).flat())) show();
showKept();
document.querySelector(".mine-body").hidden = false;
// The part that the address names was not there to be scrolled to.
const part = /^#[a-z]+$/.test(location.hash) && document.querySelector(location.hash);
if (part) part.scrollIntoView();
