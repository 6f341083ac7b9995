"""A query as the title model reads it: its words as character n-grams, Chinese ones by their English glosses. Pure.

Characters, because a misspelt word shares most of its n-grams with the right one, and none of its word pieces."""

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from papers.text import fold

MOST_WORDS = 32
BUCKETS = 32_768
_LONGEST_WORD = 40
_MOST_GRAMS = 14
_GLOSSES = 3  # of each Chinese word
_WORD = re.compile("[a-z0-9]+")

Grams = npt.NDArray[np.int32]


def words(text: str, translated: Iterable[Iterable[tuple[str, ...]]] = ()) -> list[str]:
    """The query's words as written, then those of the first senses of each Chinese word."""
    own = _WORD.findall(fold(text))
    glossed = [word for senses in translated for sense in islice(senses, _GLOSSES) for word in sense]
    return [word[:_LONGEST_WORD] for word in (own + list(dict.fromkeys(glossed)))[:MOST_WORDS]]


@lru_cache(maxsize=200_000)
def grams(word: str) -> Grams:
    """Buckets of the word itself and of its runs of three characters, ends included; 1 to BUCKETS."""
    marked = f"<{word}>"
    pieces = [marked, *(marked[at : at + 3] for at in range(len(marked) - 2))]
    return np.array([zlib.crc32(piece.encode()) % BUCKETS + 1 for piece in pieces], np.int32)


def packed(queries: Sequence[Sequence[str]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Of the words of each query (B): their buckets (B, words, n-grams), 0 where there is none, and which words there
    are (B, words)."""
    most = max(1, max(map(len, queries)))
    found = np.zeros((len(queries), most, _MOST_GRAMS), np.int64)
    seen = np.zeros((len(queries), most), bool)
    for row, query in enumerate(queries):
        for place, word in enumerate(query):
            pieces = grams(word)[:_MOST_GRAMS]
            found[row, place, : len(pieces)] = pieces
            seen[row, place] = True
    return found, seen
