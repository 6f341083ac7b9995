// The table of sites: which are known, and on which pages there are links or redirects. These two need the browser's
// permission, which is asked for at the click that switches them on and given back when nothing needs it any more.
import { ask, heldOf } from "../hosts.js";
import { table } from "../reading_rules.js";
import { giveBack, withGroup, withoutGroup } from "../sites.js";
import { element } from "./page.js";
import { say } from "./saying.js";

const body = document.getElementById("sites");
const refused = new Map(); // group -> feature that the browser refused, until the next try

/** Puts the table in. Whatever it shows is read anew each time, so that it is right after any change from anywhere. */
export async function showSites(page) {
  const { groups } = await table();
  const held = await heldOf(groups.filter(({ links, papers }) => links || papers).map(({ id }) => id));
  if (!body.children.length) body.append(...groups.map(row));
  for (const group of groups) showRow(page, group, held.includes(group.id));
}

export function startSites(page) {
  body.addEventListener("change", ({ target }) => (target.checked ? switchOn : switchOff)(page, target));
  for (const event of ["onAdded", "onRemoved"]) chrome.permissions[event].addListener(() => showSites(page));
}

function row(group) {
  const name = element("span", { className: "site-name", id: `site-${group.id}` });
  const head = element("th", { scope: "row" }, name, hosts(group), element("span", { className: "site-note", id: `note-${group.id}` }));
  const cells = [cell(group, "on", true), cell(group, "links", group.links), cell(group, "redirects", group.papers)];
  return element("tr", { id: `row-${group.id}` }, head, ...cells);
}

function hosts(group) {
  if (group.hosts.length === 1) return element("span", { className: "site-hosts", textContent: group.hosts[0] });
  const all = element("span", { textContent: group.hosts.join(", ") });
  return element("details", { className: "site-hosts" }, element("summary"), all);
}

function cell({ id }, feature, isPossible) {
  if (!isPossible) return element("td", {}, element("span", { className: "lacking" }));
  const box = element("input", { type: "checkbox", value: id });
  box.dataset.feature = feature;
  box.setAttribute("aria-labelledby", `site-${id} col-${feature}`);
  box.setAttribute("aria-describedby", `help-${feature} note-${id}`);
  return element("td", {}, element("label", {}, box));
}

function showRow({ settings, word }, group, isHeld) {
  const { id } = group;
  const isOn = !settings.off.includes(id);
  const wants = { on: isOn, links: isOn && settings.links.includes(id), redirects: isOn && settings.redirects.includes(id) };
  const has = { on: isOn, links: wants.links && isHeld, redirects: wants.redirects && isHeld };
  const shown = document.getElementById(`row-${id}`);
  shown.className = isOn ? "" : "site-off";
  showTexts(shown, group, word);
  for (const box of shown.querySelectorAll("input")) {
    box.checked = has[box.dataset.feature];
    box.disabled = !isOn && box.dataset.feature !== "on";
  }
  const isLacking = wants.links !== has.links || wants.redirects !== has.redirects;
  document.getElementById(`note-${id}`).textContent = note(group, isLacking, word);
}

function showTexts(shown, group, word) {
  shown.querySelector(".site-name").textContent = nameOf(group, word);
  const summary = shown.querySelector("summary");
  if (summary) summary.textContent = word("sites_more_hosts", { host: group.hosts[0], n: group.hosts.length - 1 });
  for (const lacking of shown.querySelectorAll(".lacking")) {
    lacking.replaceChildren("–");
    lacking.title = word("sites_lacking");
  }
}

function nameOf({ id, name }, word) {
  return word.knows(`group_${id}`) ? word(`group_${id}`) : name;
}

function note(group, isLacking, word) {
  const feature = refused.get(group.id);
  if (feature) return word(`sites_refused_${feature}`, { site: nameOf(group, word) });
  return isLacking ? word("sites_unpermitted") : "";
}

/** The browser has to be asked before anything is waited for: a click counts for that moment only. */
async function switchOn(page, box) {
  const { feature } = box.dataset;
  const { value: id } = box;
  refused.delete(id);
  const isGiven = feature === "on" || await ask([id]);
  if (isGiven) return changed(page, id, feature, true);
  refused.set(id, feature);
  await showSites(page);
  say(document.getElementById(`note-${id}`).textContent);
}

async function switchOff(page, box) {
  const { feature } = box.dataset;
  refused.delete(box.value);
  await changed(page, box.value, feature, false);
  await giveBack(page.settings, box.value);
  await showSites(page);
}

async function changed(page, id, feature, isOn) {
  const group = (await table()).groups.find((each) => each.id === id);
  const sentence = `sites_said_${feature === "on" ? "off" : feature}_${isOn ? "on" : "off"}`;
  const changes = (isOn ? withGroup : withoutGroup)(page.settings, id, feature);
  await page.keep(changes, page.word(sentence, { site: nameOf(group, page.word) }));
}
