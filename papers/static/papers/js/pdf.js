// [PDF] in the card: a frame of the host itself, where the operator lets it in and the browser can show it.
import { paperOf } from "./cards.js";
import { element } from "./elements.js";
import { addPanel } from "./inplace.js";
import { word } from "./words.js";

const HOSTS = (document.querySelector('meta[name="pdf-hosts"]')?.content ?? "").split(" ").filter(Boolean);

/** Whether a PDF may be framed: a host of the list, a browser with a viewer, and no insecure frame in a secure page. */
function canBeFramed(address) {
  const { protocol, host } = new URL(address, location);
  if (!navigator.pdfViewerEnabled || !HOSTS.includes(host)) return false;
  return protocol === "https:" || (protocol === "http:" && location.protocol === "http:");
}

export function open(card) {
  const link = card.querySelector("a.title-pdf");
  if (!canBeFramed(link.href)) {
    link.target = "_blank";
    return false;
  }
  addPanel(card, "pdf").append(hint(link.href), frame(link.href, paperOf(card).title));
  return true;
}

function hint(address) {
  const link = element("a", { href: address, rel: "noopener", target: "_blank" }, word("pdf_link"));
  return element("p", { className: "panel-hint" }, `${word("pdf_hint")} `, link);
}

function frame(address, title) {
  return element("iframe", { title: word("pdf_title", { title }), referrerPolicy: "no-referrer", src: address });
}
