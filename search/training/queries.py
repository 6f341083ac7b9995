"""Queries that a reader of a paper might have typed, made from its title and abstract. Pure and seeded.

The title as it is half remembered, misspelt, abbreviated or out of order; what the abstract says, in a sentence, a
phrase or loose words; and, word by word from the dictionary, in Chinese."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from search.evaluation.known_items import by_acronym, content_words, shuffled, some_words, with_typos

Reversed = Mapping[str, Sequence[str]]  # English word -> Chinese ones

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_LONGEST = 200  # characters
_WORD = re.compile(r"[a-zA-Z]+|[^a-zA-Z]+")
_COMMON = (6, 2, 1)  # how often each of a word's Chinese ones is taken, the most common first


def synthetic(title: str, abstract: str, chinese: Reversed, chance: Random) -> str:
    """One query; "" never."""
    kinds, weights = zip(*KINDS, strict=True)
    for _ in range(4):
        made = chance.choices(kinds, weights)[0](title, abstract, chinese, chance)
        if made:
            return made[:_LONGEST]
    return title[:_LONGEST]


def _title(title: str, abstract: str, chinese: Reversed, chance: Random) -> str | None:
    return with_typos(title, chance.choice((1, 1, 2)), chance) if chance.random() < 0.7 else title


def _partial(title: str, abstract: str, chinese: Reversed, chance: Random) -> str | None:
    part = some_words(title, chance.choice((2, 3, 4, 4, 5)), chance)
    if part and chance.random() < 0.6:
        return with_typos(part, chance.choice((1, 2)), chance)
    return part


def _shuffled(title: str, abstract: str, chinese: Reversed, chance: Random) -> str | None:
    return shuffled(some_words(title, chance.choice((3, 4, 5)), chance) or title, chance)


def _acronym(title: str, abstract: str, chinese: Reversed, chance: Random) -> str | None:
    return by_acronym(title, abstract, chance)


def _sentence(title: str, abstract: str, chinese: Reversed, chance: Random) -> str | None:
    sentences = [each for each in _SENTENCE.split(abstract) if len(each) > 30]
    return chance.choice(sentences) if sentences else None


def _phrase(title: str, abstract: str, chinese: Reversed, chance: Random) -> str | None:
    words = abstract.split()
    if len(words) < 12:
        return None
    begin, count = chance.randrange(len(words) - 8), chance.randint(3, 8)
    return " ".join(words[begin : begin + count]).strip(".,;:()")


def _loose_words(title: str, abstract: str, chinese: Reversed, chance: Random) -> str | None:
    return some_words(abstract, chance.randint(3, 6), chance)


def _question(title: str, abstract: str, chinese: Reversed, chance: Random) -> str | None:
    """Words of both, as a topic."""
    own = content_words(title)
    return " ".join([*chance.sample(own, min(2, len(own))), some_words(abstract, 2, chance) or ""]).strip() or None


def _chinese(title: str, abstract: str, chinese: Reversed, chance: Random) -> str | None:
    text = title if chance.random() < 0.6 else _sentence(title, abstract, chinese, chance)
    if not text:
        return None
    return "".join(_rendered(piece, chinese, chance) for piece in _WORD.findall(text))


def _rendered(piece: str, chinese: Reversed, chance: Random) -> str:
    known = chinese.get(piece.lower()) or chinese.get(piece.lower().removesuffix("s")) or ()
    if not piece.strip():
        return "" if chance.random() < 0.8 else piece
    return chance.choices(known, _COMMON[: len(known)])[0] if known and chance.random() < 0.9 else piece


Make = Callable[[str, str, Reversed, Random], str | None]
KINDS: tuple[tuple[Make, float], ...] = (
    (_title, 0.13), (_partial, 0.17), (_shuffled, 0.04), (_acronym, 0.04), (_sentence, 0.25), (_phrase, 0.10),
    (_loose_words, 0.08), (_question, 0.07), (_chinese, 0.12),
)  # fmt: skip
