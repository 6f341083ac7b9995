// Runs patterns that a reader typed, out of the page's way: one that takes forever is ended with its worker.
import { found, parse, passes } from "./query.js";

const WORK = {
  passes: (query, texts) => texts.map((text) => passes(query, text)),
  found: (query, texts) => texts.map((text) => found(query, text)),
};

postMessage("ready");
addEventListener("message", ({ data: { id, ask, typed, options, texts } }) => {
  postMessage({ id, answer: WORK[ask](parse(typed, options), texts) });
});
