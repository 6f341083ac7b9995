// Texts that look like ids of papers and are none, the same for each seed: families of DOIs and of numbers.

/** A function that gives the next number of 0 <= x < 1; the same sequence for the same seed (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What the families draw from, by one seed. */
export function drawing(seed) {
  const random = seeded(seed);
  const upTo = (most) => Math.floor(random() * (most + 1));
  const from = (least, most) => least + upTo(most - least);
  const one = (choices) => choices[upTo(choices.length - 1)];
  const digits = (least, most = least) => Array.from({ length: from(least, most) }, () => upTo(9)).join("");
  return { upTo, from, one, digits };
}

const REGISTRANTS = [
  "10.1145", "10.1109", "10.1007", "10.1016", "10.1038", "10.1126", "10.1103", "10.1137", "10.1002", "10.1093", "10.1080", "10.1177",
  "10.3390", "10.3389", "10.1371", "10.1101", "10.18653", "10.21437", "10.24963", "10.1609", "10.5555", "10.5281", "10.14778", "10.2139",
];

/** Suffixes of DOIs, with numbers between dots in all lengths, those of ids of arXiv too. */
const suffix = ({ one, digits }) =>
  one([
    () => `${digits(7)}.${digits(4, 7)}`, // 10.1145/3580305.3599
    () => `${digits(4)}.${digits(4, 5)}`,
    () => `${digits(4)}.${digits(5)}v${digits(1)}`,
    () => `arXiv.${digits(4)}.${digits(6)}`,
    () => `j.${one(["cell", "neunet", "artint", "jmb"])}.20${digits(2)}.${digits(2)}.${digits(3)}`,
    () => `${one(["CVPR", "ICCV", "ACCESS", "TPAMI", "TNNLS"])}.20${digits(2)}.${digits(2, 7)}`,
    () => `s${digits(5)}-0${digits(2)}-${digits(4)}-${one(["x", "y", digits(1)])}`,
    () => `978-3-${digits(3)}-${digits(5)}-${digits(1)}_${digits(1, 2)}`,
    () => `${digits(4)}-${digits(4)}(${digits(2)})${digits(5)}-${digits(1)}`,
    () => `(SICI)${digits(4)}-${digits(4)}(${digits(8)})${digits(2)}:${digits(2)}<${digits(4)}::AID-X${digits(3)}>3.0.CO;2-${digits(1)}`,
    () => `zenodo.${digits(7)}`,
    () => `v1/${digits(4)}.${one(["a", "b"])}-long.${digits(1, 3)}x`,
    () => `${digits(4)}/${digits(4)}.${digits(5)}`,
    () => `${digits(4)}.${digits(4)}.${digits(5)}`,
  ])();

const doi = (draw) => `${draw.one(REGISTRANTS)}/${suffix(draw)}`;

/** DOIs alone, in sentences, in lists and in addresses. No text of these names a paper of arXiv. */
export const DOIS = {
  alone: doi,
  labelled: (draw) => `${draw.one(["doi:", "DOI: ", "doi.org/", "https://doi.org/", "http://dx.doi.org/", "info:doi/", "DOI "])}${doi(draw)}`,
  "in sentences": (draw) => `${draw.one(["See (", "as in [", "“", "（", "by Kim et al., ", "见", "<", "\n"])}${doi(draw)}${draw.one([")", "].", "”", "）。", ", p. 5.", "; ", ">", ".\n", "?", " (2024)."])}`,
  "in lists": (draw) => `${doi(draw)}${draw.one([",", ";", ", ", "\n", " and ", "、", "\t"])}${doi(draw)}`,
  "cut by a line break behind the slash": (draw) => `${draw.one(["", "doi:", "DOI "])}${draw.one(REGISTRANTS)}/${draw.one(["\n", "\r\n", "\n  "])}${suffix(draw)}`,
  "in addresses": (draw) => `${draw.one(["https://dl.acm.org/doi/", "https://link.springer.com/article/", "https://example.org/", "example.org/pdf/", "https://example.org/get?doi="])}${doi(draw)}${draw.one(["", ".pdf", "/full", "#s1"])}`,
};

/** Numbers that have no place for an id of arXiv. */
export const NUMBERS = {
  "version numbers": ({ one, digits }) => `${one(["v", "", "version "])}${digits(1, 4)}.${digits(1, 4)}.${digits(1, 5)}${one(["", "", "-rc1", `.${digits(4)}`])}`,
  "IP addresses": ({ upTo, one }) => `${upTo(255)}.${upTo(255)}.${upTo(255)}.${upTo(255)}${one(["", ":8080", "/24"])}`,
  dates: ({ from, one, digits }) => `${one([`20${digits(2)}.${from(1, 12)}.${from(1, 31)}`, `${from(1, 31)}.${from(1, 12)}.20${digits(2)}`, `20${digits(2)}-0${from(1, 9)}-1${digits(1)}`, `20${digits(2)}/1${from(0, 2)}/0${from(1, 9)}`])}`,
  "phone numbers": ({ one, digits }) => one([`+${digits(2)} ${digits(4)}.${digits(3)}`, `${digits(3)}.${digits(3)}.${digits(4)}`, `(${digits(4)}) ${digits(4)}-${digits(4)}`, `+1 ${digits(3)} ${digits(3)} ${digits(4)}`, `${digits(4)}-${digits(4)}`]),
  ISBNs: ({ one, digits }) => one([`978-3-${digits(3)}-${digits(5)}-${digits(1)}`, `978${digits(10)}`, `978.3.${digits(4)}.${digits(4)}.${digits(1)}`]),
  "page ranges": ({ one, digits }) => `${one(["pp. ", "", "S. "])}${digits(2, 5)}${one(["-", "--", "–", "—"])}${digits(2, 5)}`,
  coordinates: ({ from, digits }) => `${from(-90, 90)}.${digits(4, 6)}, ${from(-180, 180)}.${digits(4, 6)}`,
  "prices with their sign": ({ one, digits }) => `${one(["$", "€", "£", "¥", "US$"])}${digits(1, 6)}.${digits(2, 5)}${one(["", ".", "!"])}`,
  "negative decimals": ({ digits }) => `-${digits(1, 6)}.${digits(1, 6)}`,
  "decimals with a unit": ({ one, digits }) => `${digits(1, 5)}.${digits(1, 5)}${one(["%", "kg", "GHz", "°", "e-3"])}`,
  "decimals with other digits before the point": ({ one, digits }) => `${digits(...one([[1, 3], [5, 9]]))}.${digits(1, 9)}`,
};

/** Numbers that happen to be ids: one of the very shape, in a month that has come, cannot be told from an id by itself. */
export const LIKE_IDS = {
  "decimals of 1 to 6 digits before and behind the point": ({ digits }) => `${digits(1, 6)}.${digits(1, 6)}`,
  "amounts with a unit apart": ({ one, digits }) => `${digits(1, 6)}.${digits(2, 5)} ${one(["km", "EUR", "eV", "元"])}`,
  "addresses of DOIs that a line break cuts behind the slash": (draw) => `https://doi.org/${draw.one(REGISTRANTS)}/\n${suffix(draw)}`,
  "four digits, a point, four or five digits": ({ digits }) => `${digits(4)}.${digits(4, 5)}`,
};

// The share of each family that may be read as ids. Nothing tells a number from an id but its surroundings: of all numbers
// of four digits, a point and four digits, one in 107 belongs to a month of 2007 to 2014; with five digits behind it, one
// in 140 to a later month.
export const BOUNDS = {
  "decimals of 1 to 6 digits before and behind the point": 0.0015,
  "amounts with a unit apart": 0.0015,
  "addresses of DOIs that a line break cuts behind the slash": 0.002,
  "four digits, a point, four or five digits": 0.012,
};
