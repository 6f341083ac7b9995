// Tells some texts of each family: {name: {texts: [...], bound: the share of them that may hold an id}, ...}.

import { BOUNDS, DOIS, LIKE_IDS, NUMBERS, drawing } from "./number_like.mjs";

const TEXTS = 5_000; // of a family
const RARE = 20_000; // of one that holds some ids: their share is small

const families = Object.entries({ ...DOIS, ...NUMBERS, ...LIKE_IDS }).map(([name, make], at) => {
  const draw = drawing(1000 + at);
  return [name, { texts: Array.from({ length: name in LIKE_IDS ? RARE : TEXTS }, () => make(draw)), bound: BOUNDS[name] ?? 0 }];
});
process.stdout.write(JSON.stringify(Object.fromEntries(families)));
