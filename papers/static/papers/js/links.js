// Addresses of what a reader chose. Pure.

/** The latest list of categories, without what is excluded. */
export function listLink(categories, excluded = []) {
  return `/arxiv/${categories.join(",")}${excluded.map((code) => `-${code}`).join("")}`;
}

export function feedLink(categories, excluded = []) {
  return `${listLink(categories, excluded)}/feed`;
}

/** All lists after a day, each paper once. */
export function catchUpLink(spec, since) {
  return `/arxiv/${spec}?since=${since}`;
}

/** The feeds of all that was chosen, as one file for a feed reader. */
export function opmlLink({ categories, venues, searches }) {
  const listed = Object.entries({ categories, venues }).filter(([, names]) => names.length);
  const asked = listed.map(([kind, names]) => `${kind}=${names.map(encodeURIComponent).join(",")}`);
  return `/opml?${[...asked, ...searches.map(({ query }) => `searches=${encodeURIComponent(query)}`)].join("&")}`;
}

/** The newest edition of a venue. */
export function venueLink(name) {
  return `/venue/${encodeURIComponent(name)}`;
}

export function authorLink(name) {
  return `/author/${encodeURIComponent(name)}`;
}

export function searchLink(query) {
  return `/search?query=${encodeURIComponent(query)}`;
}

/** The same address in the order of these words; from its beginning. */
export function sortedLink(address, sort) {
  const [path, query = ""] = address.split("?");
  const others = query.split("&").filter((each) => each && !/^(sort|skip)=/.test(each));
  const asked = sort ? [...others, `sort=${encodeURIComponent(sort).replaceAll("%2C", ",").replaceAll("%20", "+")}`] : others;
  return asked.length ? `${path}?${asked.join("&")}` : path;
}

/** Keys as /export reads them: what would part them stands encoded within one. */
export function joined(keys) {
  return [...keys].map((key) => key.replace(/[%,+ ]/g, (character) => encodeURIComponent(character))).join(",");
}
