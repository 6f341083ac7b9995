"""Queries of readers who look for one paper they know, made from its title and abstract. Pure and seeded.

Each kind is a function of the paper and a source of chance; None where the paper has not enough words for it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial as bound
from hashlib import blake2b
from random import Random
from string import ascii_lowercase

from papers.text import fold
from search.evaluation.acronyms import definitions, shortened
from search.split import held_out

LEAST_TITLE_WORDS = 3
PARTIAL_WORDS, ABSTRACT_WORDS, ACRONYM_WORDS = 4, 5, 3
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STOP = frozenset(
    """
    a about above across after against all along also although am among an and any are aren't as at be because been
    before being below between both but by can can't cannot could did do does doing don't down during each either few
    for from further had has have having he her here hers him his how however i if in into is isn't it it's its itself
    let's may me might more most must my neither no nor not of off on once one only onto or other our ours out over own
    per same shall she should since so some such than that that's the their theirs them then there therefore these they
    this those through thus to too toward towards two under until up upon us use used using very via vs was we were
    what what's when where whether which while who whom whose why will with within without would yet you your
    """.split()  # noqa: SIM905 - read as lines more easily
)


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A paper that is looked for; `key` is its id in our URLs, title and abstract are plain text."""

    key: str
    title_key: int
    title: str
    abstract: str


def hash_order(papers: Iterable[tuple[str, int]], seed: int) -> list[tuple[str, int]]:
    """(key, title key) of the held-out papers, shuffled: by a hash of key and seed, whatever order they come in."""
    return sorted((paper for paper in papers if held_out(paper[1])), key=lambda paper: (_hash(seed, paper[0]), paper))


def is_drawn(item: KnownItem) -> bool:
    """Whether the title has words enough to be known by."""
    return len(content_words(item.title)) >= LEAST_TITLE_WORDS


def query(kind: str, item: KnownItem, seed: int) -> str | None:
    """The item's query of a kind of KINDS, the same for the same seed."""
    return KINDS[kind](item, lambda draw: Random(f"{seed}|{draw}|{item.key}"))  # noqa: S311 - no secret


def content_words(text: str) -> list[str]:
    """Words that say what a text is about, as written: no stop words, no single characters."""
    return [word for word in _WORD.findall(text) if len(word) > 1 and fold(word).replace("’", "'") not in _STOP]


def some_words(text: str, count: int, chance: Random) -> str | None:
    """`count` different content words of the text, in its order."""
    words: dict[str, str] = {}
    for word in content_words(text):
        words.setdefault(fold(word), word)
    return " ".join(_sample(list(words.values()), count, chance)) if len(words) >= count else None


def shuffled(text: str, chance: Random) -> str | None:
    """The text's words, punctuation left out, in another order."""
    words = _WORD.findall(text)
    if len({fold(word) for word in words}) < 2:
        return None
    order = list(words)
    while list(map(fold, order)) == list(map(fold, words)):
        chance.shuffle(order)
    return " ".join(order)


def with_typos(text: str, edits: int, chance: Random) -> str | None:
    """The text with exactly one or two typos: a character inserted, left out, wrong, or two neighbours swapped. Spaces
    stay, and so does the number of words. None for a text without words."""
    if not _WORD.search(text):
        return None
    while True:
        typed = text
        for _ in range(edits):
            typed = _typo(typed, chance)
        if not _is_close(fold(text), fold(typed), edits - 1):
            return typed


def by_acronym(title: str, abstract: str, chance: Random) -> str | None:
    """The title with a short form where its long form stands; for one that only the abstract defines, the short form
    with up to ACRONYM_WORDS words of the title."""
    defined = [*definitions(title), *definitions(abstract)]
    for definition in defined:
        if made := shortened(title, definition):
            return made
    if not defined:
        return None
    short = defined[0].short
    words = [word for word in content_words(title) if fold(word) != fold(short)]
    return " ".join([short, *_sample(words, min(ACRONYM_WORDS, len(words)), chance)])


Chances = Callable[[str], Random]  # a kind's own source of chance: what one kind draws changes no other
Make = Callable[[KnownItem, Chances], str | None]


def _title(item: KnownItem, chances: Chances) -> str | None:
    return item.title


def _partial(item: KnownItem, chances: Chances) -> str | None:
    return some_words(item.title, PARTIAL_WORDS, chances("partial"))


def _typed_wrong(of: Make, kind: str, edits: int, item: KnownItem, chances: Chances) -> str | None:
    right = of(item, chances)
    return with_typos(right, edits, chances(kind)) if right else None


def _shuffled(item: KnownItem, chances: Chances) -> str | None:
    return shuffled(item.title, chances("shuffled"))


def _acronym(item: KnownItem, chances: Chances) -> str | None:
    return by_acronym(item.title, item.abstract, chances("acronym"))


def _abstract_words(item: KnownItem, chances: Chances) -> str | None:
    return some_words(item.abstract, ABSTRACT_WORDS, chances("abstract-words"))


KINDS: Mapping[str, Make] = {
    "title": _title,
    **{f"title-typo{edits}": bound(_typed_wrong, _title, f"title-typo{edits}", edits) for edits in (1, 2)},
    "partial": _partial,
    **{f"partial-typo{edits}": bound(_typed_wrong, _partial, f"partial-typo{edits}", edits) for edits in (1, 2)},
    "shuffled": _shuffled,
    "acronym": _acronym,
    "abstract-words": _abstract_words,
}


def _sample(words: list[str], count: int, chance: Random) -> list[str]:
    return [words[at] for at in sorted(chance.sample(range(len(words)), count))]


def _typo(text: str, chance: Random) -> str:
    """One edit at a character that is no space."""
    at = chance.choice([at for at, char in enumerate(text) if not char.isspace()])
    return chance.choice((_insert, _leave_out, _mistake, _swap))(text, at, chance)


def _insert(text: str, at: int, chance: Random) -> str:
    at += chance.randint(0, 1)
    return text[:at] + chance.choice(ascii_lowercase) + text[at:]


def _leave_out(text: str, at: int, chance: Random) -> str:
    alone = not text[:at][-1:].strip() and not text[at + 1 :][:1].strip()
    return text if alone else text[:at] + text[at + 1 :]


def _mistake(text: str, at: int, chance: Random) -> str:
    return text[:at] + chance.choice(ascii_lowercase) + text[at + 1 :]


def _swap(text: str, at: int, chance: Random) -> str:
    pair = text[at : at + 2]
    return text if len(pair.strip()) < 2 else text[:at] + pair[::-1] + text[at + 2 :]


def _is_close(one: str, other: str, edits: int) -> bool:
    """Whether at most `edits` (0 or 1) typos turn one text into the other."""
    if one == other or not edits:
        return one == other
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    end = next((at for at, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), None)
    end = min(len(one), len(other)) if end is None else end
    one, other = one[: len(one) - end], other[: len(other) - end]
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == 2 and one == other[::-1])


def _hash(seed: int, key: str) -> bytes:
    return blake2b(f"{seed}|{key}".encode(), digest_size=8).digest()
