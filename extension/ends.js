// What stands at the ends of a text. Walked by hand: a pattern that ends in `+$` looks again and again at a long run that
// does not end the text, and a text may be anybody's. Pure.

const AFTER = ".,;:!?'\"*_~…";
const CLOSING = { ")": "(", "]": "[", "}": "{" };

/** Without any of the characters `first` in front and `last` behind. */
export function stripped(text, first, last = first) {
  let [from, to] = [0, text.length];
  while (from < to && first.includes(text[from])) from += 1;
  while (to > from && last.includes(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

/** Without what the sentence put behind it; a bracket that was opened inside stays. */
export function trimmed(text) {
  const tooMany = surplus(text);
  let end = text.length;
  for (; end > 0; end -= 1) {
    const last = text[end - 1];
    if (tooMany[last] > 0) tooMany[last] -= 1;
    else if (!AFTER.includes(last)) break;
  }
  return text.slice(0, end);
}

/** How many more closing brackets there are than opening ones, of each kind. */
function surplus(text) {
  const counts = { "(": 0, ")": 0, "[": 0, "]": 0, "{": 0, "}": 0 };
  for (const sign of text) if (sign in counts) counts[sign] += 1;
  return Object.fromEntries(Object.entries(CLOSING).map(([closing, opening]) => [closing, counts[closing] - counts[opening]]));
}
