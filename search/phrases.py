"""A text -> the phrases that stand in it, each with a key that does not depend on its form. Pure.

A run is what stands together without punctuation, a gap or a common word between. Phrases are up to three words of a
run. Han and katakana, which no spaces divide, are cut at particles instead; what is still long then is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

from papers.tex import plain_text
from papers.text import fold
from search.common_words import COMMON, FOREIGN, MODIFIERS, NOUNS, VAGUE

# Ten abstracts long. What is longer is no abstract, and would only take time.
MAX_LENGTH: Final = 20_000
MAX_WORD: Final = 40
MAX_PIECE: Final = 8  # characters of Han or katakana
LONGEST: Final = 3  # words of a phrase

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々"
_LETTER = rf"[^\W_{_HAN}\u3040-\u30ff]"
_WORD = rf"{_LETTER}+(?:[-‐‑]{_LETTER}+)*(?:\+\+|#)?"
_TOKEN: Final = re.compile(rf"([{_HAN}]+|[\u30a1-\u30fa\u30fc]+|{_WORD})")
_HYPHENS: Final = str.maketrans("‐‑", "--")
_ADVERB: Final = re.compile(r"\w{3,}ly\Z")
_VERB: Final = re.compile(r"\w{4,}(?:ify|ifies|(?<![oac])izes?|yzes?)\Z")
# With such endings a word is an adjective or participle, and no phrase ends with it.
_MODIFIER: Final = re.compile(
    r".{2,}(?:able|ible|ous|ful|less|ical|ional|[aieo]tive|ctive|[sl]ive|[ntrl]al|ial|cal|nal|ual|mal|ic|ary|ory"
    r"|ing|ed|[ai]nt|i?er-than|est|wise|like|ese)\Z"
)
_COMPOUND_MODIFIER: Final = re.compile(
    r".*-(?:based|aware|driven|free|specific|level|order|scale|time|world|style|oriented|shot|dimensional|wise|like"
    r"|domain|site|art|to|and|of|in|the|sensitive|dependent|agnostic|centric|friendly|quality|rank|resource|view|step"
    r"|stage|turn|party|hop|agent|task|modal|class|label|source|end|grained|range|term|purpose|state|tuned|trained"
    r"|guided|assisted|augmented|enhanced|supervised|aided|constrained|conditioned|resolution|fidelity|frequency)\Z"
)
_NAME: Final = re.compile(r"(?:^|[-‐‑])(?:[^\W_]+[A-Z]|[A-Z]+\d|[A-Za-z]+\d+[A-Za-z])")
_VERSION: Final = re.compile(r"v?\d+[a-z]?\Z")
_PLURALS: Final = {
    "analyses": "analysis", "biases": "bias", "corpora": "corpus", "criteria": "criterion", "equilibria": "equilibrium",
    "hypotheses": "hypothesis", "indices": "index", "matrices": "matrix", "phenomena": "phenomenon",
    "vertices": "vertex", "series": "series", "species": "species", "automata": "automaton", "axes": "axis",
}  # fmt: skip
_PARTICLES: Final = re.compile(
    "我们|本文|本研究|提出了?|基于|一种|一个|使用|通过|可以|进行|研究了?|实现了?|利用|如何|什么|以及|对于|关于|这些|其中|能够|"
    "有效地?|实验|结果|表明|方法|不同|现有|目前|近年来|由于|因此|然而|但是|并且|此外|首先|其次|最后|同时|针对|根据|具有|"
    "采用|问题|[的了和与在是及或被把而其该这那们它他她吗呢也都之]"
)
_BEFORE: Final = re.compile("^(?:对(?![抗话齐比象偶数称应])|从|将|由|为|以|用(?!户)|使|让)")
_AFTER: Final = re.compile("[中上时后内]$")


@dataclass(frozen=True, slots=True)
class Word:
    """`key` is its singular in lower case, hyphens as spaces. A vague word is no phrase by itself; a modifier ends
    none. A name is an acronym or has capitals inside. A compound has a hyphen."""

    key: str
    is_vague: bool = False
    is_modifier: bool = False
    is_name: bool = False
    is_compound: bool = False


Run = list[tuple[str, Word]]


def readable(text: str) -> str:
    """The text without TeX, cut to what can be an abstract."""
    return plain_text(text[:MAX_LENGTH])[:MAX_LENGTH]


def closed_keys(text: str) -> set[str]:
    """Keys of the closed phrases of a readable text."""
    found: set[str] = set()
    for run in runs(text):
        if run[-1][1].is_modifier:
            continue
        key, is_vague = "", True
        for _, word in run[: -LONGEST - 1 : -1]:
            is_vague = is_vague and word.is_vague
            if key or not is_vague:
                found.add(f"{word.key} {key}" if key else word.key)
            key = f"{word.key} {key}" if key else word.key
    return found


def runs(text: str) -> Iterator[Run]:
    """Stretches of at least one word that says something."""
    run: Run = []
    parts = _TOKEN.split(text)  # gap, word, gap, word, ..., gap
    for at in range(1, len(parts), 2):
        if run and parts[at - 1] != " ":
            yield run
            run = []
        form = parts[at]
        if "\u30a0" < form[0] < "\ua000" or "\uf900" <= form[0] <= "\ufaff":
            yield from ([(piece, Word(fold(piece)))] for piece in _pieces(form))
        elif word := _word(form):
            run.append((form, word))
        elif run:
            yield run
            run = []
    if run:
        yield run


def key(phrase: str) -> str:
    """What two spellings of a phrase have in common: `Support-Vector Machines` and `support vector machine`."""
    return " ".join(_key(fold(match[0])) for match in _TOKEN.finditer(phrase[:MAX_LENGTH]))


def number(phrase_key: str) -> int:
    """A number of 31 bits for a key; two of a thousand million pairs of keys share one."""
    return crc32(phrase_key.encode()) & 0x7FFFFFFF


@lru_cache(maxsize=100_000)
def _word(form: str) -> Word | None:
    """None for what parts phrases."""
    low = fold(form).translate(_HYPHENS)
    if not 1 < len(form) <= MAX_WORD or low in COMMON or low in FOREIGN or _VERSION.match(low):
        return None
    if len(form) < 3 and not form.isascii():  # letters of formulas
        return None
    if low not in NOUNS and (_ADVERB.match(low) or _VERB.match(low)):
        return None
    found = _key(low)
    is_name = _NAME.search(form) is not None
    is_noun = is_name or low in NOUNS or found in NOUNS
    is_modifier = (
        low in MODIFIERS or bool(_COMPOUND_MODIFIER.match(low)) or (not is_noun and bool(_MODIFIER.match(low)))
    )
    is_vague = is_modifier or low in VAGUE or found in VAGUE
    return Word(found, is_vague, is_modifier, is_name, is_compound="-" in low and not is_name)


def _key(low: str) -> str:
    return _singular(low.translate(_HYPHENS)).replace("-", " ")


def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is", "ics", "ous", "bias")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]


def _pieces(run: str) -> Iterator[str]:
    for piece in _PARTICLES.split(run):
        piece = _BEFORE.sub("", piece)
        piece = _AFTER.sub("", piece) if len(piece) > 2 else piece
        if 2 <= len(piece) <= MAX_PIECE:
            yield piece
