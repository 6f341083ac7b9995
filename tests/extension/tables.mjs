// The table of rules and its cases, as the tests of it need them.

import { readFileSync } from "node:fs";
import { reader } from "../../extension/recognise.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../../extension/${name}`, import.meta.url), "utf-8"));

export const RULES = read("rules.json");
export const CASES = read("rules.cases.json");
export const table = reader(RULES);

/** Noon of a day, "2025-06-15". */
export const noon = (day) => new Date(`${day}T12:00:00Z`);

/** {paper: name}, {list: path}, {search: words} or null. */
export function told(found) {
  return found && { [found.kind]: found.name ?? found.path ?? found.words };
}

/** The whole address of a case. */
export function addressOf({ address, padded = 0 }) {
  return address + "x".repeat(padded);
}
