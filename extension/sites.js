// Switching sites on and off: what that changes in the options, and which permissions nothing needs any more.
import { origins } from "./hosts.js";
import { table } from "./reading_rules.js";

/** Options that change when a group's feature "on"|"links"|"redirects" is switched on. */
export function withGroup(settings, id, feature) {
  if (feature === "on") return { off: without(settings.off, id) };
  return { [feature]: [...without(settings[feature], id), id] };
}

/** Options that change when it is switched off. A site that is left alone keeps nothing that would come back by itself. */
export function withoutGroup(settings, id, feature) {
  if (feature !== "on") return { [feature]: without(settings[feature], id) };
  return { off: [...without(settings.off, id), id], links: without(settings.links, id), redirects: without(settings.redirects, id) };
}

function without(list, id) {
  return list.filter((each) => each !== id);
}

/** The origins of a group that no feature which is on needs. */
export function unneeded(groups, { links, redirects }, id) {
  const needed = new Set([...links, ...redirects].flatMap((each) => origins(groups, each)));
  return origins(groups, id).filter((origin) => !needed.has(origin));
}

/** Gives the browser's permission for them back. */
export async function giveBack(settings, id) {
  const { groups } = await table();
  await chrome.permissions.remove({ origins: unneeded(groups, settings, id) }).catch(() => {}); // none was held
}
