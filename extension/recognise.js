// Addresses, texts and pages -> names of papers, by the table in rules.json. The server reads the same table in the same
// way (papers/recognition); the cases in rules.cases.json hold for both. Nothing here throws, whatever it is given.

import { arxivId, isPlausible, withoutVersion } from "./arxiv_ids.js";
import { stripped, trimmed } from "./ends.js";
import { compiled } from "./table.js";

const MAX_ADDRESS = 4000; // characters; what is longer is no address of a paper
const MAX_TEXT = 200_000;
const MAX_NAME = 300; // of what bears a longer one, nothing is known
const MAX_WRAPS = 4; // a link that leads on may lead to another
const UNSEEN = /[\x00-\x1f\x7f\u2028\u2029]/g;
const BETWEEN = /[,;](?=https?:\/\/|10\.\d{4,9}\/)/gi; // lists without spaces; within one it stands before something else
const AFTER_ID = ".:_/*?!-";
const OLD_ACL = /^[A-Z]\d\d-\d{4}$/i;

/** See the brief description of each function below. `rules` is what rules.json holds. */
export function reader(rules) {
  const table = compiled(rules);
  return Object.freeze({
    address: (url) => address(table, url),
    text: (text, today = new Date()) => textNames(table, text, today),
    page: (page) => pagePapers(table, page),
    group: (url) => place(table, url)?.group.id ?? null,
    entries: (url) => place(table, url)?.group.entries ?? "",
    groups: table.groups.map(({ id, name, hosts, links, papers }) => ({ id, name, hosts, links, papers })),
    patterns: (id) => table.byId.get(id)?.patterns ?? [],
  });
}

/** What an address names: {kind: "paper", name}, {kind: "list", path}, {kind: "search", words}, or null. */
function address(table, url, wraps = 0) {
  const typed = cleaned(url);
  if (typed.length > MAX_ADDRESS || wraps > MAX_WRAPS) return null;
  const file = table.files.exec(typed);
  if (file) return paper(arxivId(decoded(file[1])));
  const inner = table.wrapped.map((each) => each.exec(typed)).find(Boolean);
  if (inner) return address(table, decoded(inner[1]), wraps + 1);
  const found = place(table, typed);
  return found && byRules(table, found, wraps);
}

function byRules(table, { group, host, path, query }, wraps) {
  for (const rule of group.rules) {
    if (rule.host && rule.host !== host) continue;
    const captured = captures(rule, path, query);
    const found = captured && given(table, rule, captured, query, wraps);
    if (found) return found;
  }
  return null;
}

/** What the groups of a rule's patterns hold, those of the path first; null where one of them does not match. */
function captures(rule, path, query) {
  const match = rule.path.exec(path);
  if (!match) return null;
  const all = match.slice(1);
  for (const [parameter, pattern] of rule.query) {
    const told = parameters(query).find(([name]) => name === parameter);
    const inQuery = told && pattern.exec(told[1]);
    if (!inQuery) return null;
    all.push(...inQuery.slice(1));
  }
  return all;
}

function given(table, rule, captured, query, wraps) {
  const told = rule.gives.replace(/\$(\d)/g, (_all, number) => captured[number - 1] ?? "");
  if (rule.kind === "arxiv") return paper(arxivId(told));
  if (rule.kind === "doi") return paper(doiName(table, told));
  if (rule.kind === "paper") return paper(venueName(table, told));
  if (rule.kind === "list") return { kind: "list", path: told };
  if (rule.kind === "address") return address(table, told + (query && !rule.query.length ? `?${query}` : ""), wraps + 1);
  return searched(rule.kind === "title" ? told.replace(/[-_+]+/g, " ") : told);
}

function paper(name) {
  return name ? { kind: "paper", name } : null;
}

function searched(words) {
  const typed = stripped(words.replace(/ +/g, " "), " ");
  return typed ? { kind: "search", words: typed } : null;
}

/** A DOI's paper goes by its own name where the DOI holds that; else the DOI is the name. "" for what is no DOI. */
function doiName(table, text) {
  const doi = trimmed(stripped(text, " \t").replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|(?:info:)?doi[:/] *)/i, ""));
  if (doi.length > MAX_NAME || !table.doi.test(doi)) return "";
  for (const { pattern, kind, gives } of table.dois) {
    const match = pattern.exec(doi);
    const told = match && gives.replace(/\$(\d)/g, (_all, number) => match[number] ?? "");
    const name = told && (kind === "arxiv" ? arxivId(told) : venueName(table, told));
    if (name) return name;
  }
  return lowered(doi);
}

/** `27811@aaai` -> `27811@AAAI`, `p19-1001@acl` -> `P19-1001@ACL`; "" where the source is none of ours. */
function venueName(table, key) {
  const at = key.lastIndexOf("@");
  const source = table.sources.get(lowered(key.slice(at + 1)));
  if (at < 1 || !source || key.length > MAX_NAME) return "";
  return `${source === "ACL" ? aclCased(key.slice(0, at)) : key.slice(0, at)}@${source}`;
}

/** DOIs hold these ids in any case; papers are kept by the case of the Anthology's own addresses. */
function aclCased(id) {
  return OLD_ACL.test(id) ? id.toUpperCase() : lowered(id);
}

/** Names in a text, each once, in its order. What is part of a DOI or of an address is read as that alone. */
function textNames(table, text, today) {
  let rest = String(text ?? "").slice(0, MAX_TEXT).replace(BETWEEN, " ");
  const found = [];
  for (const [pattern, named] of [
    [table.text.address, (each) => ownName(address(table, trimmed(each)))],
    [table.text.doi, (each) => doiName(table, each.replace(/[ \t\r\n]+/, ""))],
    [table.text.token, (each) => tokenName(table, each, today)],
  ]) {
    rest = rest.replace(pattern, (each, at) => {
      const name = named(each);
      if (name) found.push([at, name]);
      return " ".repeat(each.length);
    });
  }
  return once(found.sort((one, other) => one[0] - other[0]).map(([, name]) => name));
}

function tokenName(table, token, today) {
  const told = stripped(token, ".:_/*", AFTER_ID); // but for the minus of a number
  const { labelled, bare, bareOld, acl, key, most } = table.text;
  if (labelled.test(told)) return arxivId(labelled.exec(told)[1]);
  if (bare.test(told)) {
    const name = arxivId(bare.exec(told)[1]);
    return name && isPlausible(bare.exec(told)[1], today, most) ? name : "";
  }
  if (bareOld.test(told)) return arxivId(bareOld.exec(told)[1]);
  if (acl.test(told)) return venueName(table, `${acl.exec(told)[1]}@ACL`);
  const named = key.exec(stripped(token, ".:/*", AFTER_ID)) ?? key.exec(told); // ids of OpenReview begin with _ too
  if (named) return venueName(table, named[1]);
  return told.includes("/") ? ownName(address(table, told)) : "";
}

function ownName(found) {
  return found?.kind === "paper" ? found.name : "";
}

/** What a page is, by its address or else by its meta tags, and the papers on it in their order, its own first. */
function pagePapers(table, { url = "", metas = [], links = [] } = {}) {
  const told = address(table, url);
  const own = told?.kind === "paper" ? told : (paper(metaName(table, metas)) ?? told);
  return { own, papers: once([ownName(own), ...linked(table, links)].filter(Boolean)) };
}

function metaName(table, metas) {
  const known = metas.map(([name, content]) => [lowered(String(name)), String(content)]);
  for (const { name, reads } of table.meta) {
    for (const [, content] of known.filter((each) => each[0] === name)) {
      const found = metaReads(table, reads, content);
      if (found) return found;
    }
  }
  return "";
}

function metaReads(table, reads, content) {
  if (reads === "arxiv") return arxivId(content);
  return reads === "doi" ? doiName(table, content) : ownName(address(table, content));
}

/** Papers of links; of an entry of a list the one name that tells most, at the place of the entry. */
function linked(table, links) {
  const names = new Map();
  links.forEach(({ href, entry = null }, at) => {
    const name = ownName(address(table, href));
    const key = entry === null ? `link ${at}` : `entry ${entry}`;
    if (name && (!names.has(key) || worth(name) > worth(names.get(key)))) names.set(key, name);
  });
  return [...names.values()];
}

function worth(name) {
  if (/^10\.\d+\//.test(name)) return 0;
  return name.includes("@") ? 1 : 2;
}

function once(names) {
  const seen = new Map();
  for (const name of names) if (!seen.has(withoutVersion(name))) seen.set(withoutVersion(name), name);
  return [...seen.values()];
}

/** Where an address leads: its group of hosts, host, decoded path and raw query; null for hosts of no group. */
function place(table, url) {
  const match = table.address.exec(cleaned(url));
  if (!match) return null;
  const host = lowered(match[1]).replace(/^www\./, "").replace(/\.$/, "");
  const group = table.groupOf(host);
  return group ? { group, host, path: cleaned(decoded(match[2] || "/")), query: match[3] ?? "" } : null;
}

function parameters(query) {
  return query.split("&").map((part) => {
    const at = part.indexOf("=");
    const [name, value] = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    return [spaced(name), spaced(value)];
  });
}

function spaced(text) {
  return cleaned(decoded(text.replaceAll("+", " ")));
}

/** Percent-decoded as a whole, or not at all where that cannot be done. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function cleaned(text) {
  return stripped(String(text ?? "").replace(UNSEEN, ""), " ");
}

/** ASCII letters in lower case: those of other scripts have no one lower case in all languages. */
function lowered(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
