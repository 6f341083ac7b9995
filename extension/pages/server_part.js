// The address of the server: kept when it is one, and asked for its name when the reader wants to know.
import { checkServer, readServer } from "../server_address.js";
import { packageDefaults } from "../settings.js";

const input = document.getElementById("server");
const problem = document.getElementById("server-problem");
const checked = document.getElementById("server-checked");
const reset = document.getElementById("server-default");
let usual = ""; // the server of this package

export function startServer(page) {
  input.addEventListener("change", () => keepTyped(page));
  document.getElementById("server-form").addEventListener("submit", (event) => {
    event.preventDefault();
    checkTyped(page);
  });
  reset.addEventListener("click", () => {
    input.value = usual;
    keepTyped(page);
    input.focus();
  });
  packageDefaults().then(({ server }) => {
    usual = server;
    showReset(page);
  });
}

/** What the reader is typing stays. */
export function showServer(page) {
  if (document.activeElement !== input && !isWrong()) input.value = page.settings.server;
  showReset(page);
  if (isWrong()) showProblem(page, readServer(input.value).problem);
}

function showReset({ settings, word }) {
  reset.textContent = word("server_default", { server: usual });
  reset.hidden = !usual || settings.server === usual;
}

function isWrong() {
  return input.getAttribute("aria-invalid") === "true";
}

/** Keeps what was typed; the server, or "" where it is none. */
async function keepTyped(page) {
  const { server = "", problem: name } = readServer(input.value);
  checked.replaceChildren();
  showProblem(page, name);
  if (!server) return "";
  input.value = server;
  if (server !== page.settings.server) await page.keep({ server });
  return server;
}

function showProblem({ word }, name) {
  problem.textContent = name ? word(name) : "";
  input.setAttribute("aria-invalid", String(Boolean(name)));
}

async function checkTyped(page) {
  const server = await keepTyped(page);
  if (!server) return input.focus();
  checked.className = "checked";
  checked.textContent = page.word("check_asking", { server });
  const found = await checkServer(server);
  if (readServer(input.value).server !== server) return; // another address by now
  checked.classList.toggle("good", found === "check_ours");
  checked.textContent = page.word(found, { server });
}
