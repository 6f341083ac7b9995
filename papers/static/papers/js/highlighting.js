// Marks what the filter found, without touching the page: ranges that the browser paints. A browser without them shows
// which cards match, see triage.css.
import { foldWithPlaces } from "./query.js";

const NAME = "filter";
const folded = new WeakMap();

/** The element's text folded, as foldWithPlaces gives it. */
export function foldedElement(element) {
  if (!folded.has(element)) folded.set(element, foldWithPlaces(element.textContent));
  return folded.get(element);
}

/** Paints [element, [[start, end], ...]] pairs, places being those of the folded text, and nothing else. */
export function paint(pairs) {
  if (!globalThis.CSS?.highlights) return;
  const ranges = pairs.flatMap(([element, places]) => (places.length ? rangesOf(element, places) : []));
  if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges));
  else CSS.highlights.delete(NAME);
}

function rangesOf(element, places) {
  const back = foldedElement(element).places;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  let before = 0; // length of the text before the node
  // The place of an end is reached with the node that holds it, the place of a start with the next one.
  const place = (at, isStart) => {
    while (node && at - before >= node.length + (isStart ? 0 : 1)) {
      before += node.length;
      node = walker.nextNode();
    }
    return node && [node, at - before];
  };
  return places.flatMap(([start, end]) => {
    const from = place(back[start], true);
    const to = from && place(back[end], false);
    if (!to) return [];
    const range = new StaticRange({ startContainer: from[0], startOffset: from[1], endContainer: to[0], endOffset: to[1] });
    return [range];
  });
}
