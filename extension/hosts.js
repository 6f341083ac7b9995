// Groups of hosts -> the origins that they need, and the reader's permission for them. Nothing is asked for before a
// feature that needs it is switched on.
import { table } from "./reading_rules.js";

let groups; // kept once read, since ask() must not wait

/** The match patterns of a group, ["*://*.arxiv.org/*", …]; with www. where it may stand before the host. */
export function origins(known, groupId) {
  const hosts = known.find(({ id }) => id === groupId)?.hosts ?? [];
  const wide = hosts.filter((host) => host.startsWith("*."));
  const single = hosts.filter((host) => !wide.some((each) => host === each || isUnder(host, each)));
  return [...wide, ...single.flatMap(withWww)].map((host) => `*://${host}/*`);
}

function isUnder(host, wide) {
  return host === wide.slice(2) || host.endsWith(wide.slice(1));
}

/** Only a host that was registered as it stands has a www.; asking for more would make the browser's question longer. */
function withWww(host) {
  return host.split(".").length === 2 ? [host, `www.${host}`] : [host];
}

/** Whether the browser gives access to all hosts of all these groups. */
export async function held(...groupIds) {
  return chrome.permissions.contains({ origins: originsOf(await known(), groupIds) });
}

/** Those of the groups whose hosts are all held. */
export async function heldOf(groupIds) {
  const answers = await Promise.all(groupIds.map((id) => held(id)));
  return groupIds.filter((_id, at) => answers[at]);
}

/**
 * Asks the reader for the hosts of these groups, in one question: true where all are held in the end. To be called while a
 * click is handled. Firefox takes nothing later than that, so that nothing is waited for where the groups were read before,
 * as they are wherever held() was called.
 */
export function ask(groupIds) {
  const request = (read) => chrome.permissions.request({ origins: originsOf(read, groupIds) });
  return (groups ? request(groups) : known().then(request)).catch(() => false);
}

function originsOf(read, groupIds) {
  return groupIds.flatMap((id) => origins(read, id));
}

async function known() {
  groups ??= (await table()).groups;
  return groups;
}
