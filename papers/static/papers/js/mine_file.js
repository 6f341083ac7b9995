// All of it as one file and back, emptying, and taking back what was emptied or imported.
import { exported, imported, reset, usage } from "./store.js";
import { word } from "./words.js";

const LARGEST = 20_000_000; // bytes; a file of ours has less than a quarter of that
const bar = document.querySelector(".undo");
let before = null; // {part: "" for all, all: what was kept}

function download() {
  const all = exported();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(all, null, 1)], { type: "application/json" }));
  link.download = `coolpapers-${all.at.slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function textOf(file) {
  if (file.size > LARGEST) throw new Error(word("mine_import_too_large"));
  try {
    return await file.text();
  } catch {
    throw new Error(word("mine_import_unread"));
  }
}

function told(added) {
  const counts = Object.entries(added).filter(([, n]) => n > 0).map(([part, n]) => word(`mine_n_${part}`, { n }));
  const what = new Intl.ListFormat(document.documentElement.lang, { style: "narrow" }).format(counts);
  return counts.length ? word("mine_added", { what }) : word("mine_added_nothing");
}

async function take(event) {
  event.preventDefault();
  const form = event.target;
  const says = form.querySelector(".import-says");
  const all = exported();
  try {
    const { added } = imported(await textOf(form.elements.file.files[0]), { replace: form.elements.how.value === "replace" });
    says.textContent = told(added);
    offerUndo(word("mine_imported"), "", all);
    form.elements.file.value = "";
  } catch (error) {
    says.textContent = error.message;
  }
}

function empty({ target }) {
  const part = target.dataset.reset;
  const all = exported();
  reset(part || undefined);
  offerUndo(word(part ? "mine_emptied" : "mine_emptied_all"), part, all);
}

function offerUndo(text, part, all) {
  before = { part, all };
  bar.querySelector("span").textContent = text;
  bar.hidden = false;
}

function undo() {
  const { part, all } = before;
  imported(JSON.stringify(part ? { ...exported(), [part]: all[part] } : all), { replace: true });
  bar.hidden = true;
  document.querySelector(part ? `[data-reset=${part}]` : "[data-export]").focus();
}

export function showUsage() {
  const bytes = Object.values(usage()).reduce((sum, each) => sum + each, 0);
  document.querySelector("[data-usage]").textContent = word("mine_usage", { kb: new Intl.NumberFormat(document.documentElement.lang).format(Math.ceil(bytes / 1000)) });
}

export function startFile() {
  document.querySelector("[data-export]").addEventListener("click", download);
  document.querySelector("form.import").addEventListener("submit", take);
  document.querySelector("[data-undo]").addEventListener("click", undo);
  for (const button of document.querySelectorAll("[data-reset]")) button.addEventListener("click", empty);
}
