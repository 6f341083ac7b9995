/** An element with properties (className, ariaLabel, ...) and content: nodes, or texts that stay texts. */
export function element(tag, properties = {}, ...content) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...content);
  return made;
}

export function button(properties, ...content) {
  return element("button", { type: "button", ...properties }, ...content);
}

/** A click without a key held: with one the reader wants a tab or a window. */
export function isPlainClick(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}
