"""Which words of a query a title has, however they are misspelt. Pure.

Serves the look-ahead of the decoder (how many more words of the query would the best title under this child cover?) and
the reranker (how much of the query does the title cover, and how much of the title does the query?)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.title.decoding import Floats, Gain
from search.title.trie import Children

Bits = npt.NDArray[np.uint64]
MOST_WORDS = 48  # of a query: one bit each


@dataclass(frozen=True, slots=True)
class Meant:
    """A word of the query, or several that translate one of its words: index terms that may be meant by it, each with
    how surely (0 to 1), and what it weighs (the idf of the rarest)."""

    terms: Mapping[str, float]
    weight: float


class Coverage:
    """Compares titles with a query. Titles are sequences of index terms."""

    def __init__(self, meant: Sequence[Meant], weigh: Any):
        """`weigh` gives the idf of a term of a title that no word of the query means."""
        self.meant = tuple(meant[:MOST_WORDS])
        self._weigh = weigh
        self._places: dict[str, list[tuple[int, float]]] = {}
        for place, each in enumerate(self.meant):
            for term, surely in each.terms.items():
                self._places.setdefault(term, []).append((place, surely))
        self._total = sum(each.weight for each in self.meant) or 1.0

    def bits(self, title: Sequence[str]) -> int:
        """The words of the query that a title has, one bit each."""
        found = 0
        for term in title:
            for place, _ in self._places.get(term, ()):
                found |= 1 << place
        return found

    def of_query(self, title: Sequence[str]) -> float:
        """The part of the query's weight that a title covers, 0 to 1."""
        return sum(self.meant[place].weight * surely for place, surely in self._covered(title).items()) / self._total

    def of_title(self, title: Sequence[str]) -> float:
        """The part of a title's weight that the query covers, 0 to 1."""
        places, covered, total = self._covered(title), 0.0, 0.0
        for term in dict.fromkeys(title):
            weight = self._weigh(term)
            total += weight
            covered += weight * max((places[place] for place, _ in self._places.get(term, ())), default=0.0)
        return covered / total if total else 0.0

    def _covered(self, title: Sequence[str]) -> dict[int, float]:
        """How surely a title has each word of the query that it may have: the terms of one word, as those of a
        translation, add up."""
        found: dict[int, float] = {}
        for term in dict.fromkeys(title):
            for place, surely in self._places.get(term, ()):
                found[place] = min(found.get(place, 0.0) + surely, 1.0)
        return found


def gain(rows: Sequence[int], bits: Sequence[int], prefix_bits: Any) -> Gain:
    """The look-ahead over titles of given trie rows and the words each covers: how many more of the query's words the
    best title under a child has than the prefix. `prefix_bits` gives the words that a prefix has."""
    order = np.argsort(np.asarray(rows, np.int64), kind="stable")
    sorted_rows, sorted_bits = np.asarray(rows, np.int64)[order], np.asarray(bits, np.uint64)[order]

    def look(prefix: tuple[int, ...], children: Children) -> Floats:
        more = np.bitwise_count(sorted_bits & ~np.uint64(prefix_bits(prefix))).astype(np.float64)
        return children.best(sorted_rows, more)

    return look
