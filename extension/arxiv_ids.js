// arXiv ids in their one form, as the server reads them (papers/identifiers.py).

import { stripped } from "./ends.js";

const NEW = /^(\d{2})(\d{2})\.(\d{4,5})(v[1-9]\d{0,2})?$/i;
const OLD = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?\/(\d{2})(\d{2})(\d{3})(v[1-9]\d{0,2})?$/i;
const FIVE_DIGITS_SINCE = 1501;
const FIRST_NEW = 704;
const FIRST_OLD = 9107;

/** "1406.02661" -> "1406.2661", "math.GT/0309136v2" -> "math/0309136v2"; "" for what is no arXiv id. */
export function arxivId(text) {
  const typed = stripped(text, " \t").replace(/^arxiv:[ \t]*/i, "");
  return newId(NEW.exec(typed)) || oldId(OLD.exec(typed));
}

/** The name without a version. */
export function withoutVersion(name) {
  return isArxiv(name) ? name.replace(/v\d+$/, "") : name;
}

export function isArxiv(name) {
  return NEW.test(name) || OLD.test(name);
}

/** Whether a number that stands for itself can be an id that arXiv has given out by `today`: a month that has come, as
many digits as its time has, no number that no month reaches. */
export function isPlausible(name, today, most) {
  const match = NEW.exec(name);
  if (!match) return true;
  const [, year, month, number] = match;
  const digits = Number(year + month) >= FIVE_DIGITS_SINCE ? 5 : 4;
  return hasCome(Number(year), Number(month), today) && number.length === digits && Number(number) <= most;
}

function hasCome(year, month, today) {
  const tomorrow = new Date(today.getTime() + 24 * 3600 * 1000);
  return year * 100 + month <= (tomorrow.getUTCFullYear() % 100) * 100 + tomorrow.getUTCMonth() + 1;
}

function newId(match) {
  if (!match) return "";
  const [, year, month, digits, version = ""] = match;
  const order = Number(year + month);
  if (!isMonth(month) || order < FIRST_NEW || order >= FIRST_OLD) return "";
  const number = withDigits(digits, order >= FIVE_DIGITS_SINCE ? 5 : 4);
  return number && `${year}${month}.${number}${version.toLowerCase()}`;
}

function oldId(match) {
  if (!match) return "";
  const [, archive, year, month, number, version = ""] = match;
  const order = Number(year + month);
  if (!isMonth(month) || (order < FIRST_OLD && order > FIRST_NEW)) return "";
  return `${archive.toLowerCase()}/${year}${month}${number}${version.toLowerCase()}`;
}

function isMonth(text) {
  return Number(text) >= 1 && Number(text) <= 12;
}

/** As many digits as its year asks for, or "" if the number does not fit; number 0 names no paper. */
function withDigits(number, digits) {
  const bare = number.replace(/^0+/, "");
  return bare && bare.length <= digits ? bare.padStart(digits, "0") : "";
}
