"""The order of an identifier: its easy part first. Pure.

    cartpole control | learning cartpole control from pixels END

A title's two rarest words, which a query that means this title most likely names, then the whole title. They prune
the tree to a handful of papers at once; the seed of this idea gained 8 to 10 points by such an order."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

KEY_WORDS = 2
SEPARATOR = 1  # a piece that the vocabulary keeps free
LONGEST = 60  # tokens, the key included

Rarity = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]


def easy_first(pieces: Sequence[int], rarity: Rarity, continues: Flags, telling: Flags) -> list[int]:
    """The identifier of a title's word pieces. `rarity` says how rare each piece is in titles; `continues` marks those
    that continue a word, `telling` those that can begin a key word."""
    if not pieces:
        return []
    words = _words(pieces, continues)
    weights = {tuple(word): sum(int(rarity[piece]) for piece in word) for word in words if telling[word[0]]}
    rarest = sorted(weights, key=lambda word: (-weights[word], word))[:KEY_WORDS]
    return [*(piece for word in rarest for piece in word), SEPARATOR, *pieces][:LONGEST]


def _words(pieces: Sequence[int], continues: Flags) -> list[list[int]]:
    words: list[list[int]] = []
    for piece in pieces:
        if words and continues[piece]:
            words[-1].append(piece)
        else:
            words.append([piece])
    return words
