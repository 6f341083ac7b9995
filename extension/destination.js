// Names of papers -> addresses of our server. Pure.

import { isArxiv } from "./arxiv_ids.js";

export const MOST = 200; // papers of one list: its address stays shorter than servers and proxies take
const LONGEST = 6000; // characters of an address

/** The page of one paper. The server finds out which paper bears a DOI. */
export function paper(server, name) {
  if (isArxiv(name)) return `${server}/arxiv/${name}`;
  return name.includes("@") ? `${server}/venue/${escaped(name)}` : go(server, name);
}

/** One list of at most MOST papers; of one paper, its page. */
export function list(server, names) {
  if (names.length === 1) return paper(server, names[0]);
  const ids = names.slice(0, MOST).map(apart).map(escaped).join(",");
  return names.every(isArxiv) ? `${server}/arxiv/${ids}` : `${server}/export?ids=${ids}`;
}

/** All names as lists of at most MOST papers and of addresses that are not too long: [{address, first, last}, …]. */
export function lists(server, names) {
  const found = [];
  for (let first = 0; first < names.length; ) {
    let last = Math.min(first + MOST, names.length);
    while (last > first + 1 && list(server, names.slice(first, last)).length > LONGEST) last -= 1;
    found.push({ address: list(server, names.slice(first, last)), first: first + 1, last });
    first = last;
  }
  return found;
}

export function search(server, words) {
  return `${server}/search?query=${encoded(words)}`;
}

/** A page by its path on the server. */
export function page(server, path) {
  return server + path;
}

/** Where the server says what an address or a text names, and shows the way back. */
export function go(server, url) {
  return `${server}/go?url=${encoded(url)}`;
}

/** What would part names of a list, a comma or plus, stands encoded within one: DOIs hold both. The server reads it so. */
function apart(name) {
  return name.replace(/[%,+]/g, (character) => encodeURIComponent(character));
}

/** As ids stand in addresses: readable, and nothing that ends the path or the parameter. */
function escaped(name) {
  return encoded(name).replaceAll("%40", "@").replaceAll("%2F", "/");
}

/** Half of a character, as a selection may end in, cannot be encoded. */
function encoded(text) {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}
