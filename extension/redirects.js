// Options and rules -> redirects that the browser does by itself: a paper's address that is opened in a tab leads to our
// page of it. Rules are kept by the browser and stay when the background ends.
import { heldOf } from "./hosts.js";
import { table } from "./reading_rules.js";
import { load } from "./settings.js";

let last = Promise.resolve();

/**
 * Brings the browser's rules to the settings. One call at a time, since two could add a rule with the same number, and each
 * with the settings of its moment: those of an earlier call would come last where reading them took longer.
 */
export function applyRedirects() {
  last = last.catch(() => {}).then(load).then(bring);
  return last;
}

async function bring(settings) {
  const reader = await table();
  const groupIds = await heldOf(wanted(settings));
  await replaceRules(await supported(redirectRules(reader, settings.server, groupIds)));
}

/** Groups that the reader wants redirected and that are not switched off. */
export function wanted({ redirects, off }) {
  return redirects.filter((id) => !off.includes(id));
}

/**
 * One rule for each pattern. The server reads everything behind `url=` as the address, so that it stands there as it came.
 * A link on the server's own pages is let through: it is the way back to the original.
 */
export function redirectRules(reader, server, groupIds) {
  const patterns = [...new Set(groupIds.flatMap((id) => reader.patterns(id)))];
  return patterns.map((pattern, at) => ({
    id: at + 1,
    priority: 1,
    action: { type: "redirect", redirect: { regexSubstitution: `${server}/go?url=\\0` } },
    condition: {
      regexFilter: pattern,
      isUrlFilterCaseSensitive: false,
      resourceTypes: ["main_frame"],
      requestMethods: ["get"],
      excludedInitiatorDomains: [new URL(server).hostname],
    },
  }));
}

/** Without rules whose pattern the browser cannot take: a single one would keep out all others. */
async function supported(rules) {
  const answers = await Promise.all(rules.map(({ condition }) => isSupported(condition.regexFilter)));
  return rules.filter((_rule, at) => answers[at]);
}

async function isSupported(regex) {
  const answer = await chrome.declarativeNetRequest.isRegexSupported({ regex, isCaseSensitive: false, requireCapturing: true });
  if (!answer.isSupported) console.warn(`This browser cannot redirect by ${regex}: ${answer.reason}`);
  return answer.isSupported;
}

async function replaceRules(addRules) {
  const before = await chrome.declarativeNetRequest.getDynamicRules();
  await chrome.declarativeNetRequest.updateDynamicRules({ removeRuleIds: before.map(({ id }) => id), addRules });
}
