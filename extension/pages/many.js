// More papers than one list holds: says how many, and leads to each part. The address of this page holds the names; or only
// their count, where they come from a private window.
import { lists, MOST } from "../destination.js";
import { element, named, start } from "./page.js";

const { settings, word } = await start();
const told = location.hash.slice(1);
const count = /^count=(\d{1,9})$/.exec(told)?.[1];
const names = count ? [] : named(told);
const parts = lists(settings.server, names);
const n = Number(count ?? names.length);

document.title = n ? word("many_title", { n }) : word("many_none_heading");
document.getElementById("home").href = `${settings.server}/`;
document.getElementById("heading").textContent = n ? word("many_heading", { n }) : word("many_none_heading");
document.getElementById("lead").textContent = lead();
document.getElementById("parts").append(...parts.map(part));

function lead() {
  if (count) return word("many_private", { most: MOST });
  return n ? word("many_lead", { most: MOST, lists: parts.length }) : word("many_none");
}

function part({ address, first, last }) {
  const text = word("many_part", { n: last - first + 1, first, last });
  return element("li", {}, element("a", { href: address, textContent: text }));
}
