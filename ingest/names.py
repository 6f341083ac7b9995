"""How far two lists of authors are the same people: names are spelt out, turned round and cut by each source. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from papers.record import Author
from papers.text import name_key, words

_MOST_COMPARED = 50  # authors; every pair of them is looked at
_PARTICLES = frozenset(
    ["van", "von", "de", "der", "den", "di", "da", "du", "del", "della", "dos", "la", "le", "el", "al", "bin", "ibn",
     "ter", "ten", "zu"]
)  # fmt: skip
_UMLAUT = re.compile(r"(?<=[aou])e(?!\b)")
_SPELLING = 85  # of 100: Omeri and Omri, Mussman and Mussmann
_CERTAIN, _LIKELY = 1.0, 0.5

Name = tuple[tuple[str, ...], tuple[str, ...]]  # family names without particles, given names


def agreement(ours: Sequence[Author], theirs: Sequence[Author]) -> tuple[float, float]:
    """The part of the longer and of the shorter list that stands in the other one, from 0 to 1."""
    left, right = [name(author) for author in ours], [name(author) for author in theirs]
    if not left or not right:
        return 0.0, 0.0
    found = _met(left, right) if max(len(left), len(right)) <= _MOST_COMPARED else _met_exactly(left, right)
    return found / max(len(left), len(right)), found / min(len(left), len(right))


def name(author: Author) -> Name:
    return _read(author.family or author.name, author.given)


@lru_cache(maxsize=65_536)
def _read(family: str, given: str) -> Name:
    families = tuple(_UMLAUT.sub("", word) for word in words(family))
    bare = tuple(word for word in families if word not in _PARTICLES)
    return bare or families, tuple(_UMLAUT.sub("", word) for word in words(given))


def _met(left: Sequence[Name], right: Sequence[Name]) -> float:
    """Each name is met once, the surest pairs first."""
    open_left, open_right = list(left), list(right)
    found = 0.0
    for wanted in (_CERTAIN, _LIKELY):
        for one in open_left.copy():
            other = next((other for other in open_right if same(one, other) >= wanted), None)
            if other is not None:
                open_left.remove(one)
                open_right.remove(other)
                found += wanted
    return found


def _met_exactly(left: Sequence[Name], right: Sequence[Name]) -> float:
    """For the lists of whole collaborations: by family names and first initial."""
    ours, theirs = ({(each[0], each[1][0][0] if each[1] else "") for each in names} for names in (left, right))
    return float(len(ours & theirs))


def same(one: Name, other: Name) -> float:
    """How likely two names are one person's: 1, .5 or 0."""
    if one == other:
        return _CERTAIN
    if _families_meet(one, other):
        return _given_names(one, other)
    left, right = (" ".join(sorted([*each[0], *each[1]])) for each in (one, other))
    return _LIKELY if min(len(left), len(right)) >= 8 and fuzz.ratio(left, right) >= _SPELLING else 0.0


def _families_meet(one: Name, other: Name) -> bool:
    """A family name of one is any name of the other, or both are one when written together: Vander Linden."""
    return bool(
        set(one[0]) & {*other[0], *other[1]}
        or set(other[0]) & {*one[0], *one[1]}
        or "".join(one[0]) == "".join(other[0])
    )


def _given_names(one: Name, other: Name) -> float:
    if not one[1] or not other[1]:
        return _LIKELY
    ours, theirs = {*one[0], *one[1]}, {*other[0], *other[1]}
    if one[1][0] in theirs or other[1][0] in ours:
        return _CERTAIN
    if one[1][0][0] not in {word[0] for word in theirs - ours}:
        return 0.0
    left, right = one[1][0], other[1][0]
    cut = left.startswith(right) or right.startswith(left)
    return _CERTAIN if cut or fuzz.ratio(left, right) >= _SPELLING else _LIKELY


def search_pairs(authors: Sequence[Author]) -> list[tuple[str, str]]:
    """Pairs of author keys by which other accounts of a work are looked for: a paper that has both of one pair. The
    first and the last author, and two others, so that one name spelt otherwise hides nothing."""
    keys = [name_key(author.family or author.name, author.given) for author in authors]
    keys = [key for key in keys if key]
    if len(keys) < 3:
        return [(keys[0], keys[-1])] if keys else []
    return [(keys[0], keys[-1]), (keys[0], keys[1]) if len(keys) == 3 else (keys[1], keys[-2])]
