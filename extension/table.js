// rules.json with its patterns compiled, as the server does it (papers/recognition/table.py). Pure.

const KINDS = ["arxiv", "paper", "doi", "list", "search", "title", "address"];

/** The table of what rules.json holds. Throws for what is no such table. */
export function compiled(rules) {
  const parts = allParts(rules);
  const whole = (pattern) => new RegExp(`^(?:${expanded(pattern, parts)})$`, "i");
  const groups = rules.groups.map((group) => compiledGroup(group, rules, parts, whole));
  return {
    address: whole(rules.address),
    wrapped: rules.wrapped.map(whole),
    files: whole(rules.files),
    doi: whole("<doi>"),
    dois: rules.dois.map((rule) => ({ pattern: whole(rule.doi), ...given(rule, ["arxiv", "paper"]) })),
    sources: new Map(rules.sources.map((name) => [name.toLowerCase(), name])),
    groups,
    byId: new Map(groups.map((group) => [group.id, group])),
    groupOf: (host) => groupOf(groups, host),
    text: textPatterns(rules.text, parts, whole),
    meta: rules.meta,
  };
}

function compiledGroup({ id, name, hosts, links = false, entries = "" }, { rules, redirects }, parts, whole) {
  const own = ({ of }) => of === id;
  const patterns = redirects.filter(own).map((redirect) => addressPattern(redirect, parts));
  const read = rules.filter(own).map((rule) => compiledRule(rule, whole));
  return { id, name, hosts, links, entries, patterns, papers: patterns.length > 0, rules: read };
}

/** `gives` is a template ("$1@ACL") of what `kind` says; the groups of `path` count first, then those of `query`. */
function compiledRule(rule, whole) {
  const query = Object.entries(rule.query ?? {}).map(([name, pattern]) => [name, whole(pattern)]);
  return { host: rule.host ?? "", path: whole(rule.path), query, ...given(rule, KINDS) };
}

function given(rule, kinds) {
  const kind = kinds.find((each) => each in rule);
  return { kind, gives: rule[kind] };
}

/** `address`, `doi` and `token` are searched for, the others say what a token is as a whole. */
function textPatterns(text, parts, whole) {
  const anywhere = (pattern) => new RegExp(expanded(pattern, parts), "gi");
  return {
    address: anywhere(text.address),
    doi: anywhere(text.doi),
    token: anywhere(text.token),
    labelled: whole(text.labelled),
    bare: whole(text.bare),
    bareOld: whole(text.bare_old),
    acl: whole(text.acl),
    key: whole(text.key),
    most: text.most_of_a_month,
  };
}

/** A host that is named goes before one that is meant by `*.`. */
function groupOf(groups, host) {
  const meant = ({ hosts }) => hosts.some((each) => each.startsWith("*.") && host.endsWith(each.slice(1)));
  return groups.find(({ hosts }) => hosts.includes(host)) ?? groups.find(meant) ?? null;
}

/** The source of a pattern of whole http(s) addresses, in what RE2 knows too. */
function addressPattern({ address, query = "" }, parts) {
  const rest = query ? `\\?(?:[^#]*&)?${expanded(query, parts)}(?:[&#].*)?` : "(?:[?#].*)?";
  return `^https?://(?:www\\.)?${expanded(address, parts)}${rest}$`;
}

/** A part may name parts that stand before it. */
function allParts(rules) {
  const parts = { archives: rules.archives.join("|"), sources: rules.sources.join("|") };
  for (const [name, pattern] of Object.entries(rules.parts)) parts[name] = expanded(pattern, parts);
  return parts;
}

function expanded(pattern, parts) {
  return pattern.replace(/<(\w+)>/g, (_all, name) => parts[name]);
}
