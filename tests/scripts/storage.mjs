// A stand-in for what scripts find in a browser: storage that can be full or refused, the page's words, other tabs.
const values = new Map();
const callbacks = [];

export const storage = {
  quota: Infinity,
  isRefused: false,
  get text() {
    return [...values.values()].join("");
  },
  clear() {
    values.clear();
    Object.assign(storage, { quota: Infinity, isRefused: false });
  },
  getItem: (key) => values.get(key) ?? null,
  setItem(key, value) {
    const others = [...values].reduce((sum, [name, kept]) => sum + (name === key ? 0 : kept.length), 0);
    if (others + value.length > storage.quota) throw new DOMException("full", "QuotaExceededError");
    values.set(key, value);
  },
  removeItem: (key) => values.delete(key),
};

/** Tells the scripts what a browser tells when another tab has written. */
export function tell(key) {
  for (const callback of callbacks) callback({ key });
}

Object.defineProperty(globalThis, "localStorage", {
  configurable: true,
  get() {
    if (storage.isRefused) throw new DOMException("refused", "SecurityError");
    return storage;
  },
});
globalThis.document ??= { getElementById: () => null };
globalThis.addEventListener = (type, callback) => type === "storage" && callbacks.push(callback);
