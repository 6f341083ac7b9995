// The cards of a page: which there are, and what one of them says.
const WANTED = ".paper:not(.was-read, .was-shown)"; // not hidden by what the reader wants
const SHOWN = `${WANTED}:not(.unmatched)`; // nor by the filter

export const list = document.querySelector(".papers");
export const single = document.querySelector(".paper.single");
const listeners = [];

/** All cards of the list, or the one paper of the page. */
export function cards() {
  return single ? [single] : [...(list?.querySelectorAll(":scope > .paper") ?? [])];
}

/** Those that neither the filter nor the reader's wishes hide. */
export function shownCards() {
  return single ? [single] : [...(list?.querySelectorAll(`:scope > ${SHOWN}`) ?? [])];
}

export function isShown(card) {
  return card.matches(SHOWN);
}

export function isWanted(card) {
  return card.matches(WANTED);
}

/** A day whose papers are all hidden has no heading either. */
export function tidyHeadings() {
  for (const heading of list.querySelectorAll(":scope > .day-heading")) {
    let node = heading.nextElementSibling;
    while (node?.matches(".paper") && !isShown(node)) node = node.nextElementSibling;
    heading.hidden = !node?.matches(".paper");
  }
}

export function cardOf(node) {
  return node instanceof Element ? node.closest(".paper") : null;
}

/** Calls back with the card of a button or link that is clicked. */
export function onClick(selector, callback) {
  document.addEventListener("click", ({ target }) => {
    const card = cardOf(target.closest?.(selector));
    if (card) callback(card);
  });
}

/** Calls back with the cards of the page, and again with those that come later. */
export function onArrival(callback) {
  listeners.push(callback);
  callback(cards());
}

export function arrived(fresh) {
  for (const callback of listeners) callback(fresh);
}

/** A paper as the store keeps it: {key, url, title, keywords}. */
export function paperOf(card) {
  const link = card.querySelector("a.title-link");
  const keywords = (card.getAttribute("keywords") ?? "").split(",").filter(Boolean);
  return { key: card.id, url: link?.getAttribute("href") ?? "", title: textOf(link), keywords };
}

export function authorsOf(card) {
  return [...card.querySelectorAll(".authors .author")].map((author) => author.textContent.trim());
}

export function abstractOf(card) {
  return textOf(card.querySelector("p.summary"));
}

/** The text of an element with its formulas as their TeX source. */
export function textOf(element) {
  if (!element) return "";
  const copy = element.cloneNode(true);
  for (const formula of copy.querySelectorAll("math")) {
    const source = formula.querySelector("annotation")?.textContent ?? formula.textContent;
    const sign = formula.getAttribute("display") === "block" ? "$$" : "$";
    formula.replaceWith(`${sign}${source}${sign}`);
  }
  return copy.textContent.replace(/\s+/g, " ").trim();
}
