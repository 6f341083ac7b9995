// Which key was meant, whatever the keyboard and the input method make of it. Pure.

const WRITTEN = { "、": "/", "？": "?", "【": "[", "】": "]", "「": "[", "」": "]", "。": ".", "Esc": "Escape" };

/** "j", "J" (with Shift), "/", "Escape", ... or "" where nothing of ours can be meant. */
export function keyOf(event) {
  return event.ctrlKey || event.altKey || event.metaKey ? "" : meant(event);
}

/** Ctrl+F, Cmd+F. */
export function isFind(event) {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && meant(event) === "f";
}

function meant(event) {
  const key = (WRITTEN[event.key] ?? event.key ?? "").normalize("NFKC");
  if (/^[!-~]$/.test(key)) return cased(key, event.shiftKey);
  if (key === "Enter" || key === "Escape") return key;
  // An input method or another alphabet took the letter: what counts is where it stands on the keyboard.
  const place = /^Key([A-Z])$/.exec(event.code ?? "");
  return place ? cased(place[1], event.shiftKey) : "";
}

// Caps lock says nothing about what is meant, Shift does.
function cased(key, isShifted) {
  return isShifted ? key.toUpperCase() : key.toLowerCase();
}

/** Whether a key that goes to this element is text being typed, or chooses something there. */
export function isTyping(element) {
  if (!element?.matches) return false;
  if (element.isContentEditable) return true;
  return element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}
