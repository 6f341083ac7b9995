// [Answers] in the card and on their page: fetched as the server rendered them, and followed while they grow.
import { addPanel } from "../../papers/js/inplace.js";
import { preferences } from "../../papers/js/store.js";
import { word } from "../../papers/js/words.js";

const PAUSE = 1000; // milliseconds between two looks
const LONGEST_PAUSE = 8000; // while the service is out of reach, or nobody looks

export function open(card) {
  const panel = addPanel(card, "answers");
  const section = placeholder();
  panel.append(section);
  show(section, card.querySelector("a.title-answers").pathname, language());
  return true;
}

export function close(card) {
  card.querySelector(':scope > .panel[data-panel="answers"]')?.remove();
}

/** Follows answers that stand in the page already. */
export function follow(section) {
  section.addEventListener("submit", asked);
  section.addEventListener("click", turned);
  letKeyboardScroll(section);
  new ResizeObserver(() => letKeyboardScroll(section)).observe(section);
  if (section.dataset.after) watch(section);
}

/** Safari lets the keyboard scroll only what can be focused: what overflows its box in a text becomes that. */
export function letKeyboardScroll(root) {
  for (const box of root.querySelectorAll(":is(.answer-text, .answer-snippet) :is(p, ul, ol, math)")) {
    if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
}

/** That of the reader's answers, else that of the page. */
function language() {
  const chosen = preferences().answerLanguage || document.documentElement.lang;
  return chosen.startsWith("zh") ? "zh" : "en";
}

function placeholder() {
  const section = document.createElement("section");
  section.className = "answers";
  section.setAttribute("role", "status");
  section.textContent = word("answers_loading");
  return section;
}

/** Fetches the panel; a paper of which nobody has asked is asked about, since a click on [Answers] says so. */
async function show(section, address, lang) {
  try {
    const shown = replaced(section, await text(`${address}?part=card&lang=${lang}`));
    if (shown.dataset.asks) await ask(shown);
  } catch {
    failed(section, address);
  }
}

async function ask(section) {
  const body = new URLSearchParams({ lang: section.dataset.lang, part: section.dataset.part });
  replaced(section, await text(`${section.dataset.answers}/ask`, { method: "POST", body }));
}

async function asked(event) {
  event.preventDefault();
  const section = event.currentTarget;
  const button = section.querySelector(".answers-ask button");
  button.disabled = true;
  try {
    await ask(section);
  } catch {
    button.disabled = false;
    say(section, word("answers_unreachable"));
  }
}

/** The other language, in the panel; on the page it is a link like any other. */
function turned(event) {
  const link = event.target.closest("[data-language]");
  if (!link || !event.currentTarget.closest(".panel") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(event.currentTarget, event.currentTarget.dataset.answers, link.dataset.language);
}

async function watch(section) {
  let pause = PAUSE;
  while (section.isConnected) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (!section.isConnected) return;
    if (document.hidden) continue;
    try {
      const { answers, lang, after } = section.dataset;
      const told = JSON.parse(await text(`${answers}/state?lang=${lang}&after=${after}`));
      if (told.is_over) return void (await again(section));
      grow(section, told);
      pause = PAUSE;
    } catch {
      pause = Math.min(pause * 2, LONGEST_PAUSE);
      say(section, word("answers_unreachable"));
    }
  }
}

async function again(section) {
  const { answers, lang, part } = section.dataset;
  replaced(section, await text(`${answers}?part=${part}&lang=${lang}`));
}

function grow(section, told) {
  section.dataset.after = told.after;
  say(section, told.status);
  const part = section.querySelector(`[data-asking="${told.after.split("-")[0]}"]`);
  const growing = part?.querySelector(".growing");
  if (!growing) return;
  part.querySelector(".answers-list").append(...told.finished.flatMap((html) => nodes(html)));
  growing.hidden = !told.question;
  growing.querySelector(".answer-question").textContent = told.question;
  const written = growing.querySelector(".answer-text");
  while (written.children.length > told.first) written.lastElementChild.remove();
  written.append(...told.blocks.flatMap((html) => nodes(html)));
  letKeyboardScroll(part);
}

function say(section, status) {
  const line = section.querySelector(".answers-status");
  if (line && line.textContent !== status) line.textContent = status;
}

function replaced(section, html) {
  const [fresh] = nodes(html);
  const hadFocus = section.contains(document.activeElement);
  section.replaceWith(fresh);
  follow(fresh);
  if (hadFocus) fresh.querySelector("a, button")?.focus({ preventScroll: true });
  return fresh;
}

/** What our own server rendered, where every answer was made safe. */
function nodes(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return [...made.content.children];
}

async function text(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

function failed(section, address) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = word("answers_page");
  section.replaceChildren(word("answers_unreachable"), " ", link);
}
