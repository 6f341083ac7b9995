// What scripts say, in the reader's language: the page carries it, see papers/js_words.py.
const found = document.getElementById("script-words");
const words = found ? JSON.parse(found.textContent) : {};

/** The text of a name with its {places} filled; for n = 1 that of `name_one` where there is one. */
export function word(name, values = {}) {
  const text = (values.n === 1 && words[`${name}_one`]) || words[name] || name;
  return text.replace(/\{(\w+)\}/g, (place, key) => (key in values ? String(values[key]) : place));
}
