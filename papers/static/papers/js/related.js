// [REL] in the card: the first of the related papers, taken from their page.
import { element } from "./elements.js";
import { addPanel } from "./inplace.js";
import { word } from "./words.js";

const SHOWN = 6;

export function open(card) {
  const link = card.querySelector("a.title-rel");
  const body = element("div", { className: "related", role: "status" }, word("related_loading"));
  addPanel(card, "related").append(body);
  fill(body, link.href);
  return true;
}

async function fill(body, address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    body.replaceChildren(...listed(page, address));
  } catch {
    body.replaceChildren(word("related_failed"), " ", all(address));
  }
  body.classList.add("filled");
}

function listed(page, address) {
  const found = [...page.querySelectorAll(".papers > .paper")].slice(0, SHOWN);
  if (!found.length) return [word("related_none")];
  return [element("ol", {}, ...found.map(line)), all(address)];
}

/** A related paper in short. Its parts come from our own page, where everything was escaped, and go over as nodes. */
function line(card) {
  const authors = [...card.querySelectorAll(".author")].map((each) => each.textContent);
  const by = authors.slice(0, 3).join(", ") + (authors.length > 3 ? " …" : "");
  const [venue, date, why] = [".venue", ".date-data", ".reason"].map((each) => card.querySelector(each)?.textContent.trim() ?? "");
  return element(
    "li",
    {},
    document.importNode(card.querySelector("a.title-link"), true),
    element("span", { className: "related-by" }, [by, venue, date.slice(0, 10)].filter(Boolean).join(" · ")),
    element("span", { className: "related-by" }, why),
  );
}

function all(address) {
  return element("a", { href: address, rel: "nofollow" }, word("related_all"));
}
