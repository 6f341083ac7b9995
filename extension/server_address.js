// The address of the reader's server: what may be one, and in which form it is kept.

const LONGEST = 300; // characters; synced storage holds little
const WITH_SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;
const HOST = /^(?:[a-z\d_-]+(?:\.[a-z\d_-]+)*\.?|\[[\da-f:.]+\])$/; // Chromium makes bad%20bad of "bad bad"
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])([:/]|$)/i;

/**
 * What a reader typed as the address of a server: {server} in normal form (no slash at the end), or {problem}, the name of
 * the sentence that says what is wrong. Never throws.
 */
export function readServer(typed) {
  const text = typeof typed === "string" ? typed.trim() : "";
  if (!text) return { problem: "server_empty" };
  if (text.length > LONGEST) return { problem: "server_long" };
  const address = parsed(text);
  if (!address) return { problem: "server_unreadable" };
  const problem = problemOf(address);
  return problem ? { problem } : { server: address.origin + address.pathname.replace(/\/+$/, "") };
}

/** "papers.example.org" is typed more often than its scheme; only a server on this machine is likely to lack TLS. */
function parsed(text) {
  const whole = WITH_SCHEME.test(text) ? text : `${LOOPBACK.test(text) ? "http" : "https"}://${text}`;
  try {
    return new URL(whole);
  } catch {
    return null;
  }
}

function problemOf({ protocol, hostname, username, password, search, hash }) {
  if (!["http:", "https:"].includes(protocol)) return "server_scheme";
  if (!HOST.test(hostname)) return "server_unreadable";
  if (username || password) return "server_credentials";
  return search || hash ? "server_query" : "";
}

/**
 * Asks whether a coolpapers answers there: the name of the sentence that says so. The only request that the extension makes
 * by itself, and only from the options page, when the reader asks for it.
 */
export async function checkServer(server, fetched = fetch) {
  try {
    const answer = await fetched(`${server}/extension.json`, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(8000) });
    return await isOurs(answer) ? "check_ours" : "check_other";
  } catch {
    return "check_silent"; // refused, no such host, no answer in time, or a server that lets no extension read its answer
  }
}

async function isOurs(answer) {
  const said = answer.ok ? await answer.json().catch(() => null) : null;
  return said?.name === "coolpapers";
}
