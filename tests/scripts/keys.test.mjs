import assert from "node:assert/strict";
import { test } from "node:test";

import { isTyping, keyOf } from "../../papers/static/papers/js/keys.js";

test("a key is what is written on it, in lower case without Shift", () => {
  assert.equal(keyOf({ key: "j", code: "KeyJ" }), "j");
  assert.equal(keyOf({ key: "J", code: "KeyJ", shiftKey: true }), "J");
  assert.equal(keyOf({ key: "J", code: "KeyJ" }), "j"); // caps lock
  assert.equal(keyOf({ key: "j", code: "KeyJ", shiftKey: true }), "J");
  assert.equal(keyOf({ key: "?", code: "Slash", shiftKey: true }), "?");
  assert.equal(keyOf({ key: "/", code: "Digit7", shiftKey: true }), "/"); // a German keyboard
  assert.equal(keyOf({ key: "Enter", code: "NumpadEnter" }), "Enter");
});

test("letters of other keyboard layouts count as they are written", () => {
  assert.equal(keyOf({ key: "o", code: "KeyS" }), "o"); // Dvorak
});

test("what an input method made of a key is understood", () => {
  for (const [key, wanted] of Object.entries({ "ｊ": "j", "／": "/", "、": "/", "？": "?", "【": "[", "】": "]", "［": "[" })) {
    assert.equal(keyOf({ key, code: "" }), wanted, key);
  }
  assert.equal(keyOf({ key: "Process", code: "KeyS" }), "s");
  assert.equal(keyOf({ key: "Process", code: "KeyO", shiftKey: true }), "O");
  assert.equal(keyOf({ key: "о", code: "KeyJ" }), "j"); // Cyrillic
});

test("with another key, and for keys that are none of ours, nothing is meant", () => {
  for (const held of ["ctrlKey", "altKey", "metaKey"]) assert.equal(keyOf({ key: "j", code: "KeyJ", [held]: true }), "");
  for (const key of ["Tab", "ArrowDown", "F5", "Shift", " ", "Dead", undefined]) assert.equal(keyOf({ key, code: "Other" }), "", key);
});

test("only what takes text or a choice is typed into", () => {
  const element = (kind) => ({ matches: (selector) => selector.split(", ").some((each) => each.startsWith(kind)) });
  assert.ok(isTyping(element("textarea")));
  assert.ok(isTyping({ matches: () => false, isContentEditable: true }));
  assert.ok(!isTyping({ matches: () => false }));
  assert.ok(!isTyping(null));
});
