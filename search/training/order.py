"""What the order of identifiers (search.title.easy_first) needs to know of each word piece, from titles. Pure."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from search.evaluation.known_items import content_words

_CONTINUES = "##"
_SHORTEST = 3
_RAREST = 255

Order = dict[str, npt.NDArray[np.uint8]]


def order(texts: Sequence[str], titles: Sequence[Sequence[int]]) -> Order:
    """`texts` are the vocabulary's word pieces by id, `titles` the pieces of titles. `rarity` is the idf of each piece,
    scaled to a byte; `telling` pieces are no stop words, numbers or single letters."""
    papers = np.zeros(len(texts), np.int64)
    for title in titles:
        papers[list(set(title))] += 1
    idf = np.log((len(titles) + 1) / (papers + 0.5))
    return {
        "rarity": np.round(np.clip(idf / math.log(2 * len(titles) + 2), 0, 1) * _RAREST).astype(np.uint8),
        "continues": np.array([text.startswith(_CONTINUES) for text in texts], np.uint8),
        "telling": np.array([_is_telling(text) for text in texts], np.uint8),
    }


def frequency(tokens: Sequence[Sequence[int]], pieces: int) -> npt.NDArray[Any]:
    """Each token's share of all tokens, END included."""
    counts = np.bincount(np.concatenate([np.array([*each, 0], np.int64) for each in tokens]), minlength=pieces)
    return counts / counts.sum()


def _is_telling(text: str) -> bool:
    return len(text) >= _SHORTEST and text.isalpha() and bool(content_words(text))
