// What a search box offers while one types: a combobox with a list, after the ARIA authoring practices. Enter without
// a choice searches as ever, and so does a page without this script.
const PAUSE = 120; // milliseconds without a key before the server is asked

for (const input of document.querySelectorAll('form.search input[type="search"][data-suggest]')) combobox(input);

function combobox(input) {
  const list = listbox(`${input.id}-suggestions`, input.labels?.[0]?.textContent ?? "");
  let chosen = -1;
  let timer = 0;
  let asking = new AbortController();

  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id]]) input.setAttribute(name, value);

  input.addEventListener("input", (event) => {
    stop();
    if (!event.isComposing) timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("compositionend", () => {
    stop();
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", press);
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));

  /** What is still on its way would come too late. */
  function stop() {
    clearTimeout(timer);
    asking.abort();
  }

  async function ask() {
    const typed = input.value.trim();
    if (!typed) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: typed })}`, {
        signal: asking.signal,
      });
      show(answer.ok ? await answer.json() : []);
    } catch {
      // Another key was pressed, or the service is out of reach: then there is nothing to offer.
    }
  }

  function show([, queries = [], says = [], urls = []]) {
    list.replaceChildren(...queries.map((query, at) => option(`${list.id}-${at}`, query, says[at], urls[at])));
    choose(-1);
    toggle(queries.length > 0 && document.activeElement === input);
  }

  function toggle(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  }

  function close() {
    stop();
    choose(-1);
    toggle(false);
  }

  function choose(at) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = at;
    const option = list.children[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  /** From the last one on to the text itself, and from there to the first. */
  function step(by) {
    const places = list.children.length + 1;
    choose(((chosen + 1 + by + places) % places) - 1);
  }

  function press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (list.hidden) {
      if (event.key !== "ArrowDown" || !list.children.length) return;
      toggle(true);
      step(1);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) go(list.children[chosen]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function go(option) {
    if (option) location.assign(option.dataset.path);
  }
}

function listbox(id, label) {
  const list = document.createElement("ul");
  Object.assign(list, { id, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  return list;
}

/** Its path only: the service may be reached by another name than it knows itself by. */
function option(id, query, says, url) {
  const item = document.createElement("li");
  const { pathname, search } = new URL(url, location.href);
  Object.assign(item, { id });
  item.dataset.path = pathname + search;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.append(part("suggestion", query), " ", part("suggestion-says", says));
  return item;
}

function part(className, text) {
  const node = document.createElement("span");
  Object.assign(node, { className, textContent: text, dir: "auto" });
  return node;
}
