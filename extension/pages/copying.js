// Addresses that do without the extension what it does, to copy.
import { say } from "./saying.js";

const keyword = document.getElementById("keyword");
const bookmarklet = document.getElementById("bookmarklet");

export function showCopies({ settings: { server }, word }) {
  keyword.value = `${server}/go?url=%s`;
  bookmarklet.value = bookmarkletOf(server);
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.ariaLabel = word("copy_what", { what: document.getElementById(button.dataset.copy).labels[0].textContent });
  }
}

/** Browsers decode the address of a bookmark before they run it. */
function bookmarkletOf(server) {
  const begin = JSON.stringify(`${server}/go?url=`).replaceAll("%", "%25");
  return `javascript:location.href=${begin}+encodeURIComponent(location.href)`;
}

export function startCopying(page) {
  for (const field of [keyword, bookmarklet]) field.addEventListener("focus", () => field.select());
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copy(document.getElementById(button.dataset.copy), page));
  }
}

async function copy(field, { word }) {
  try {
    await navigator.clipboard.writeText(field.value);
    say(word("copied"));
  } catch {
    field.focus();
    say(word("copy_refused"));
  }
}
