// Says that nothing was found, and offers to search. The address of this page holds {why, looked, words}.
import { lists, search } from "../destination.js";
import { searchable } from "../gestures.js";
import { named, start } from "./page.js";

const { settings, word } = await start();
const told = new URLSearchParams(location.hash.slice(1));
const input = document.getElementById("words");

document.getElementById("home").href = `${settings.server}/`;
document.getElementById("why").textContent = word(reason(told.get("why")));
showLooked(told.get("looked"));
showLinked(told.get("linked") ?? "");
input.value = searchable(told.get("words") ?? "");
input.focus();
input.select();

/** Only sentences that gestures.js names: anybody can write an address. */
function reason(name) {
  return name?.startsWith("nothing_") && word.knows(name) ? name : "nothing_open";
}

function showLooked(address) {
  const line = document.getElementById("looked");
  line.hidden = !address;
  line.querySelector("code").textContent = address;
}

/** The papers that the page links, as one list or as the page that leads to several. */
function showLinked(text) {
  const names = named(text);
  const found = lists(settings.server, names);
  const line = document.getElementById("linked");
  line.hidden = !found.length;
  line.querySelector("a").textContent = word("nothing_linked", { n: names.length });
  line.querySelector("a").href = found.length === 1 ? found[0].address : `many.html#${text}`;
}

// No action of the form itself: Firefox would send that by https, which a server at home may lack.
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = searchable(input.value);
  if (words) location.assign(search(settings.server, words));
});
