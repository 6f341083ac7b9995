// The tools of pages with papers: lists, and the page of one paper.
import { list, single } from "./cards.js";
import * as copy from "./copy.js";
import * as filter from "./filter.js";
import * as hiding from "./hiding.js";
import * as inplace from "./inplace.js";
import * as keyboard from "./keyboard.js";
import * as loading from "./loading.js";
import * as moving from "./moving.js";
import * as pdf from "./pdf.js";
import * as reading from "./reading.js";
import * as related from "./related.js";
import * as selection from "./selection.js";
import * as stars from "./stars.js";
import * as subjects from "./subjects.js";

if (list || single) {
  inplace.panels.register("pdf", pdf);
  inplace.panels.register("related", related);
  // Hiding comes first: what it hides nobody has seen yet. Loading looks at what is left.
  for (const part of [hiding, reading, stars, copy, inplace, moving, filter, selection, subjects, keyboard, loading]) part.start();
  document.querySelector("[data-tool=filter]")?.addEventListener("click", filter.open);
  document.querySelector("[data-tool=help]")?.addEventListener("click", () => document.querySelector("dialog.shortcuts").showModal());
}
// What early.js kept from being painted is in order now.
delete document.documentElement.dataset.sortsOut;
