// Tells the server, once a day and paper, that a reader opened it or gave it a star. Nothing tells who did.
import { element } from "./elements.js";

const KEPT = "coolpapers.counted"; // {day, marks}: only today's are of use

/** Counts; the number on the card goes up at once where this browser has not counted today. */
export function count(card, kind) {
  const marks = marksOfToday();
  const mark = `${kind} ${card.id}`;
  if (marks.includes(mark)) return;
  keep([...marks, mark]);
  send(card.id, kind);
  raise(card, kind, 1);
}

/** A star that was given today is taken back. */
export function takeBackStar(card) {
  const marks = marksOfToday();
  const mark = `star ${card.id}`;
  send(card.id, "unstar");
  if (!marks.includes(mark)) return;
  keep(marks.filter((each) => each !== mark));
  raise(card, "star", -1);
}

const TOOLS = { pdf: ".title-pdf", answers: ".title-answers", related: ".title-rel", star: ".title-star" };
let remembered = { day: "", marks: [] };

function marksOfToday() {
  const day = new Date().toISOString().slice(0, 10);
  try {
    remembered = JSON.parse(localStorage.getItem(KEPT)) ?? remembered;
  } catch {
    // Storage is refused or damaged: what this page remembers has to do.
  }
  return remembered.day === day && Array.isArray(remembered.marks) ? remembered.marks : [];
}

function keep(marks) {
  remembered = { day: new Date().toISOString().slice(0, 10), marks };
  try {
    localStorage.setItem(KEPT, JSON.stringify(remembered));
  } catch {
    // As above.
  }
}

function send(key, kind) {
  navigator.sendBeacon?.("/count", new URLSearchParams({ key, kind }));
}

/** The number on the card; one that is 0 is not shown. */
function raise(card, kind, by) {
  const tool = card.querySelector(`.tools ${TOOLS[kind]}`);
  if (!tool) return;
  const shown = tool.querySelector(".n") ?? added(tool);
  const known = Number(shown.textContent.replace(/\D/g, "")) + by;
  shown.textContent = known.toLocaleString(document.documentElement.lang);
  if (known < 1) shown.remove();
}

/** In the brackets, where the tool has some. */
function added(tool) {
  const text = tool.lastChild;
  const bracket = text?.data?.endsWith("]") ? text.splitText(text.length - 1) : null;
  return tool.insertBefore(element("span", { className: "n" }), bracket);
}
