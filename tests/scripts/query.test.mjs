import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, foldWithPlaces, found, isEmpty, parse, passes } from "../../papers/static/papers/js/query.js";

const TEXT = fold("Naïve Bayes for Machine Translation: Ｆｕｌｌ width, Łukasz and 注意力机制\nof the second field");

function finds(typed, options) {
  const query = parse(typed, options);
  assert.equal(query.error, undefined);
  return passes(query, TEXT);
}

test("case, accents, width and script make no difference", () => {
  for (const typed of ["naive", "NAÏVE", "full", "ＦＵＬＬ", "lukasz", "Łukasz", "注意力", "ﬁeld"]) {
    assert.ok(finds(typed), typed);
  }
});

test("all words are asked for, or any of them", () => {
  assert.ok(finds("bayes translation"));
  assert.ok(!finds("bayes graphs"));
  assert.ok(finds("bayes graphs", { any: true }));
  assert.ok(!finds("trees graphs", { any: true }));
});

test("a minus leaves out, whichever minus it is", () => {
  assert.ok(finds("bayes -graphs"));
  for (const typed of ["bayes -translation", "bayes −translation", "bayes －translation", "-bayes"]) {
    assert.ok(!finds(typed), typed);
    assert.ok(!finds(typed, { any: true }), typed);
  }
  assert.ok(finds("-graphs"));
});

test("a phrase is asked for as a whole, in any quotes, also over the end of a line", () => {
  assert.ok(finds('"machine translation"'));
  assert.ok(finds("“machine translation”"));
  assert.ok(finds("「注意力机制」"));
  assert.ok(finds('"机制 of the"'));
  assert.ok(!finds('"translation machine"'));
  assert.ok(!finds('-"machine translation"'));
  assert.ok(finds('bayes -"translation machine"'));
});

test("what is still being typed does no harm", () => {
  for (const typed of ["bayes -", "bayes \"", "bayes -\"", '"machine trans', "- bayes", "　bayes　"]) {
    assert.ok(finds(typed), typed);
  }
  for (const typed of ["", "  ", "-", '"', '""', "\u0301", "- -"]) assert.ok(isEmpty(parse(typed)), typed);
});

test("a word may hold hyphens and any signs", () => {
  assert.ok(passes(parse("self-attention"), fold("self‑attention")));
  assert.ok(passes(parse("a.*b"), fold("a.*b")));
  assert.ok(!passes(parse("a.*b"), fold("axxb")));
});

test("patterns are patterns only where they are asked for", () => {
  assert.ok(finds("trans(lation|former)", { regex: true }));
  assert.ok(finds("NA.VE -gra(ph|f)", { regex: true }));
  assert.ok(!finds("bayes -machine\\s+trans", { regex: true }));
  assert.ok(finds("^of", { regex: true }) === false);
  assert.ok(finds("\\p{Script=Han}{3}", { regex: true }));
  assert.ok(finds("full\\-?", { regex: true }));
  assert.ok(!finds("trans(lation|former)"));
});

test("a pattern that cannot be read is named", () => {
  assert.equal(parse("fine tra(ns", { regex: true }).error, "tra(ns");
  assert.equal(parse("[z-a]", { regex: true }).error, "[z-a]");
});

test("says where the words are, once where they overlap", () => {
  const text = fold("Attention is attention");
  assert.deepEqual(found(parse("attention"), text), [[0, 9], [13, 22]]);
  assert.deepEqual(found(parse("attent tention", {}), text), [[0, 9], [13, 22]]);
  assert.deepEqual(found(parse("x* -is", { regex: true }), text), []);
  assert.deepEqual(found(parse("-attention"), text), []);
});

test("a pattern that finds nothing everywhere comes to an end", () => {
  assert.deepEqual(found(parse("(?:)", { regex: true }), "abc"), []);
});

test("folded places lead back into the text", () => {
  const text = "Ｘ  ﬁnd the naïve Straße, 注意力 𝒪(n²) e\u0301t\u00adé";
  const { folded, places } = foldWithPlaces(text);
  assert.equal(folded, fold(text));
  assert.equal(places.length, folded.length + 1);
  const marked = found(parse("naive strasse 注意力 é"), folded).map(([start, end]) => text.slice(places[start], places[end]));
  assert.deepEqual(marked, ["e", "naïve", "Straße", "注意力", "e\u0301", "é"]);
});

test("folding letter by letter is folding the whole, whatever the text", () => {
  const letters = [..."aÄß ø\t\n ﬁﬀ½②Ａ中ﾊﾟ가각ΣςİıŁæ\u0301\u200b\u00ad’–𝒪𝔽é"];
  let seed = 7;
  for (let round = 0; round < 2000; round++) {
    let text = "";
    for (let n = 0; n < 12; n++) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      text += letters[seed % letters.length];
    }
    assert.equal(foldWithPlaces(text).folded, fold(text), JSON.stringify(text));
  }
});
