// Puts a link to our page beside each paper on pages of hosts that we know. Which address is a paper, and where it is with
// us, only the background knows; here stands where links are on these pages, and where ours has room.
//
// A list may have thousands of entries, and whatever is put into it makes the browser place and paint everything below anew:
// 15 ms for 2,000 entries. So the first entries get their links while the page still grows, when that is done anyway,
// without waiting to know where they lead; others follow when the reader comes near. See tests/extension/test_cost.py.
(() => {
  if (globalThis.coolpapersLinks) return;
  globalThis.coolpapersLinks = true;

  const CLASS = "coolpapers-link";
  const FIRST = 30; // entries that get their links at once: about three screens
  const [NEAR, FAR] = [1, 4]; // screens above and below: where links must be, and how far they are put in once one is missing

  // links: those that stand for the entries of a list; ours goes behind them, as the last of what their parent holds.
  // own: on pages with such a path, what takes the link to the paper of the page, in an element `wrap` if its children are such.
  // redraws: scripts of the page make its content, and anew while it stays open.
  const PLACES = [
    {
      host: /(^|\.|-)arxiv[.-]|^xxx\./,
      links: "dt > a[href*='/abs/'], .arxiv-result .list-title > a[href*='/abs/']",
      path: /^\/abs\//,
      own: ".extra-services .full-text ul",
      wrap: "li",
    },
    {
      host: /(^|\.)acl/,
      links: ".d-block > strong > a:not([href$='.0/'], [href$='-1000/'], [href$='-2000/'])", // the front matter is no paper
      path: /^\/(anthology\/)?[^/]+\/?$/,
      own: ".acl-paper-link-block",
    },
    {
      host: /(^|\.)openreview\./,
      links: ".note h4 > a[href*='/forum?']",
      path: /^\/forum/,
      own: ".forum-title",
      redraws: true,
    },
    {
      host: /^(www\.)?(hf|huggingface)\b/,
      links: "article h3 > a[href*='/papers/']",
      path: /^\/papers\/\d/,
      own: "div:has(> a.btn[href*='arxiv.org/abs/'])",
      redraws: true,
    },
  ];
  const place = PLACES.find(({ host }) => host.test(location.hostname));
  if (!place) return;

  const put = new WeakMap(); // a link of the page, or what takes ours -> {href, mark}: what ours stands for, and ours or null
  const stopping = new AbortController();
  let all = null; // links of the page, until it changes
  let isWaiting = false;
  let hasBegun = false;

  function start() {
    for (const event of ["scroll", "resize"]) listen(event, soon);
    if (place.redraws) startLate();
    else startEarly();
  }

  /** What is put into such a page before it is ready, its scripts trip over. */
  function startLate() {
    for (const event of ["click", "keyup"]) listen(event, soon); // tabs are shown
    if (document.readyState === "complete") startWatching();
    else listen("load", startWatching);
  }

  function startWatching() {
    all = null; // an event may have come before
    const observer = new MutationObserver(() => {
      all = null;
      soon();
    });
    observer.observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["href"] });
    stopping.signal.addEventListener("abort", () => observer.disconnect());
    soon();
  }

  /**
   * Looks for the first entries before the page is painted, while it arrives: less and less often, since an observer would be
   * told of all its elements. A page that nobody looks at is painted later, and has its links when it is there.
   */
  function startEarly(pause = 20) {
    listen("DOMContentLoaded", begin);
    const look = () => {
      if (begin()) return;
      setTimeout(() => requestAnimationFrame(look), pause);
      pause *= 2;
    };
    requestAnimationFrame(look);
  }

  /** Puts the first links in, if enough of the page is there for all of them; true once that was done. */
  function begin() {
    const isWhole = document.readyState !== "loading";
    const found = hasBegun ? [] : first();
    if (!hasBegun && (isWhole || found.length === FIRST)) {
      hasBegun = true;
      tell([...(isWhole ? putOwn() : []), ...putMissing(found)]);
    }
    return hasBegun;
  }

  function listen(event, callback) {
    addEventListener(event, callback, { passive: true, capture: true, signal: stopping.signal });
  }

  function soon() {
    if (isWaiting || stopping.signal.aborted) return;
    isWaiting = true;
    requestIdleCallback(check, { timeout: 500 });
  }

  function check() {
    isWaiting = false;
    if (place.redraws ? document.readyState !== "complete" : document.readyState === "loading") return;
    const isMissing = near(NEAR).some((link) => !isPut(link, link.href));
    tell([...putOwn(), ...(isMissing ? putMissing(near(FAR)) : [])]);
  }

  /** The first links of the page, found without going through all of it. */
  function first() {
    const found = [];
    for (const link of document.links) {
      if (isTheirs(link) && link.matches(place.links)) found.push(link);
      if (found.length === FIRST) break;
    }
    return found;
  }

  /** Links not further than some screens from what the reader sees. They are in page order: halving finds the first. */
  function near(screens) {
    all ??= [...document.querySelectorAll(place.links)].filter(isTheirs);
    const shown = place.redraws ? all.filter((link) => link.checkVisibility()) : all;
    const from = halved(shown, -screens * innerHeight);
    return shown.slice(from, halved(shown, (1 + screens) * innerHeight));
  }

  /** Ours may look the same, as long as it leads to the original too. */
  function isTheirs(link) {
    return link.className !== CLASS;
  }

  function halved(links, line) {
    let [low, high] = [0, links.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (links[middle].getBoundingClientRect().top < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function putOwn() {
    const holder = place.path.test(location.pathname) && document.querySelector(place.own);
    const href = location.href.split("#")[0];
    return holder && !isPut(holder, href) ? [placed(holder, holder, href)] : [];
  }

  function putMissing(links) {
    return links.filter((link) => !isPut(link, link.href)).map((link) => placed(link, link.parentNode, link.href));
  }

  function isPut(from, href) {
    const known = put.get(from);
    return known?.href === href && (!known.mark || known.mark.isConnected);
  }

  /** Puts a link in that leads to the original until it is known where else: {from, href, mark}. */
  function placed(from, parent, href) {
    // For another paper, from another life of this script, or copied by the page.
    for (const old of [...parent.getElementsByClassName(CLASS)]) remove(old);
    const mark = document.createElement("a");
    mark.className = CLASS;
    mark.textContent = "coolpapers";
    mark.rel = "noopener";
    mark.href = href;
    parent.append(from === parent && place.wrap ? wrapped(mark) : mark);
    put.set(from, { href, mark });
    return { from, href, mark };
  }

  function wrapped(mark) {
    const item = document.createElement(place.wrap);
    item.append(mark);
    return item;
  }

  function remove(mark) {
    const parent = mark.parentNode;
    const isWrapped = parent?.localName === place.wrap && parent.childNodes.length === 1;
    (isWrapped ? parent : mark).remove();
  }

  /** Has the background say where new links lead; those of no paper go. */
  async function tell(fresh) {
    if (!fresh.length) return;
    const answer = await asked(fresh.map(({ href }) => href));
    if (!answer) stopping.abort();
    fresh.forEach((each, at) => finish(each, answer?.addresses[at], answer));
  }

  async function asked(hrefs) {
    try {
      return await chrome.runtime.sendMessage({ type: "links", hrefs });
    } catch {
      return null; // the extension was updated or switched off while this page stayed open
    }
  }

  function finish({ from, href, mark }, address, answer) {
    if (address) {
      mark.href = address;
      mark.title = answer.title;
      if (answer.tab === "new") mark.target = "_blank";
    } else {
      remove(mark);
      put.set(from, { href, mark: null });
    }
  }

  start();
})();
