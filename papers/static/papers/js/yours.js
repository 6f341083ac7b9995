// The reader's own part of the front page, and what was missed since the last visit.
import { choices, lastVisit, onChange, preferences, stars, visited, visits, words } from "./store.js";
import { showChosen } from "./choosing.js";
import { catchUpLink, feedLink, listLink, opmlLink, sortedLink, venueLink } from "./links.js";
import { preferred } from "./telling.js";
import { word } from "./words.js";

export { catchUpLink };

const section = document.getElementById("yours");
const lanes = new Map([...document.querySelectorAll("#arxiv .lanes a, #arxiv .quiet li > a, #arxiv .archives a")].map((link) => [link.querySelector(".code").textContent, link]));
const venues = new Map([...document.querySelectorAll("#venues .venue-line")].map((line) => [line.querySelector(".venue-name").textContent, line]));

/** Notes the lists of this page as seen. A first visit to an old list is none from which to catch up. */
function noteVisit() {
  const list = document.querySelector(".papers[data-spec]");
  const caughtUp = list?.querySelector(".day-heading")?.dataset.day;
  const day = caughtUp ?? list?.dataset.day;
  if (!day) return;
  const isOld = document.querySelector('.days [rel="next"]') !== null;
  for (const spec of new Set([list.dataset.spec, ...list.dataset.codes.split(" ")])) {
    if (!isOld || visits()[spec]) visited(spec, day, caughtUp !== undefined);
  }
}

/** Counts the lists since a day; null where the service does not answer. */
async function listsSince(codes, since) {
  try {
    const reply = await fetch(`/mine/lists?spec=${codes.join(",")}&since=${since}`);
    return reply.ok ? (await reply.json()).days.length : null;
  } catch {
    return null;
  }
}

/** Completes the line that yours_early.js has made place for. */
async function tellSince(line) {
  const { categories, excluded } = choices();
  const { spec = listLink(categories, excluded).slice("/arxiv/".length), codes = categories.join(" ") } = line.dataset;
  const since = line.querySelector("time").dateTime;
  line.querySelector("a").href = catchUpLink(spec, since);
  const said = line.querySelector(".since-lists");
  const lists = await listsSince(codes.split(" "), since);
  if (lists !== null) said.textContent = lists ? word("yours_lists", { n: lists }) : word("yours_nothing");
}

function showLane(row, known, code, sort) {
  const link = row.querySelector("a");
  link.href = sortedLink(`/arxiv/${code}`, sort);
  row.querySelector(".code").textContent = code;
  row.querySelector(".name").textContent = known?.title || ((known?.querySelector(".name") ?? known?.lastChild)?.textContent.trim() ?? "");
  row.querySelector(".latest").replaceChildren(...[...(known?.querySelector(".latest")?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  const day = known?.querySelector("time")?.dateTime ?? (known?.querySelector(".latest") ? section.dataset.day : "");
  const last = lastVisit(code);
  if (last && last < day) {
    link.classList.add("has-news");
    link.title = word("yours_news");
  }
}

function showVenue(row, line, name) {
  const newest = line?.querySelector(".editions a");
  row.querySelector("a").href = venueLink(name);
  row.querySelector(".venue-name").textContent = name;
  row.querySelector(".n").textContent = newest?.firstChild.textContent.trim() ?? "";
}

/** Rows of a list, made anew from its template. */
function fill(list, names, show) {
  const template = list.querySelector("template");
  const rows = names.map((name) => {
    const row = template.content.cloneNode(true);
    show(row, name);
    return row;
  });
  list.replaceChildren(template, ...rows);
  list.hidden = !names.length;
}

function showLink(name, address) {
  const link = section.querySelector(`.yours-${name}`);
  link.hidden = !address;
  if (address) link.href = address;
}

/** How lists are to be ordered that are opened from here. */
function chosenSort() {
  const { sort } = preferences();
  return { stars: "1", preference: sort === "preference" ? preferred(words(), stars()).sort : "" }[sort] ?? "";
}

function showYours() {
  const chosen = choices();
  const { categories, excluded } = chosen;
  const sort = chosenSort();
  section.classList.toggle("chosen", categories.length + chosen.venues.length > 0);
  fill(section.querySelector(".yours-lanes"), categories, (row, code) => showLane(row, lanes.get(code), code, sort));
  fill(section.querySelector(".yours-venues"), chosen.venues, (row, name) => showVenue(row, venues.get(name), name));
  showLink("all", categories.length > 1 && sortedLink(listLink(categories, excluded), sort));
  showLink("feed", categories.length && feedLink(categories, excluded));
  showLink("opml", categories.length + chosen.venues.length && opmlLink(chosen));
  for (const [code, link] of lanes) link.href = sortedLink(`/arxiv/${code}`, sort);
  showChosen();
}

if (section) {
  showYours();
  onChange((part) => ["choices", "visits", "preferences"].includes(part) && showYours());
}
for (const line of document.querySelectorAll(".since:not([hidden])")) tellSince(line);
noteVisit();
