"""Identifiers: sequences of token ids, many of them in two flat arrays, and their exact order. Pure.

Each ends with END, which sorts before every token: an identifier that begins another one comes before it, and is an
identifier of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

Tokens = npt.NDArray[np.uint16]
Rows = npt.NDArray[np.int64]

END = 0
LONGEST = 254  # tokens before END: what two identifiers share then fits a byte
_AT_ONCE = 4  # tokens of 16 bits in a key of 64


@dataclass(frozen=True, slots=True)
class Identifiers:
    """`tokens` (uint16) of all identifiers one after the other; the one numbered i stands at offsets[i]:offsets[i + 1].
    `offsets` has one entry more than there are identifiers."""

    tokens: Tokens
    offsets: npt.NDArray[Any]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> Tokens:
        return self.tokens[self.offsets[number] : self.offsets[number + 1]]

    def take(self, rows: npt.NDArray[Any]) -> "Identifiers":
        """Those of the given numbers, in the given order."""
        begins = self.offsets[rows].astype(np.int64)
        lengths = self.offsets[np.asarray(rows) + 1].astype(np.int64) - begins
        offsets = _offsets(lengths)
        inside = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        return Identifiers(self.tokens[np.repeat(begins, lengths) + inside], offsets)


def pack(token_lists: Sequence[Sequence[int]]) -> Identifiers:
    """Closes each list of token ids with END. Raises ValueError for ids outside 1 to 65,535 and for lists of more than
    LONGEST tokens."""
    lengths = np.array([len(tokens) + 1 for tokens in token_lists], np.int64)
    if lengths.max(initial=0) > LONGEST + 1:
        raise ValueError(f"an identifier has {lengths.max() - 1} tokens: at most {LONGEST} are possible")
    flat = np.fromiter(chain.from_iterable((*tokens, END) for tokens in token_lists), np.int64, int(lengths.sum()))
    offsets = _offsets(lengths)
    ends = np.zeros(len(flat), bool)
    ends[offsets[1:] - 1] = True
    if flat.min(initial=0) < 0 or flat.max(initial=0) > 0xFFFF or (flat[~ends] == END).any():
        raise ValueError("a token id is outside 1 to 65,535")
    return Identifiers(flat.astype(np.uint16), offsets)


def joined(many: Iterable[Identifiers]) -> Identifiers:
    """All of them one after the other."""
    parts = list(many)
    lengths = [np.diff(part.offsets.astype(np.int64)) for part in parts]
    tokens = np.concatenate([np.zeros(0, np.uint16), *(part.tokens for part in parts)])
    return Identifiers(tokens, _offsets(np.concatenate([np.zeros(0, np.int64), *lengths])))


def sorted_order(identifiers: Identifiers) -> Rows:
    """Their numbers in the lexicographic order of their tokens; equal ones keep their order.

    Four tokens a round: those that are told apart by then are in their place, the others go on."""
    order = np.arange(len(identifiers))
    places, group = order.copy(), np.zeros(len(order), np.int64)
    depth = 0
    while places.size:
        numbers = order[places]
        keys = _keys(identifiers, numbers, depth)
        within = np.lexsort((keys, group))
        order[places], keys = numbers[within], keys[within]
        # Places of a group lie together and stay its own, so `group` itself is in order already.
        group = np.cumsum(np.concatenate([[0], (np.diff(keys) != 0) | (np.diff(group) != 0)]))
        undecided = (np.bincount(group)[group] > 1) & (keys & np.uint64(0xFFFF) != END)
        places, group = places[undecided], group[undecided]
        depth += _AT_ONCE
    return order


def shared_prefixes(ordered: Identifiers) -> npt.NDArray[np.uint8]:
    """For each of some sorted identifiers, how many tokens it shares with the one before; 0 for the first. Equal ones
    share their END too."""
    shared = np.zeros(len(ordered), np.uint8)
    rows, depth = np.arange(1, len(ordered)), 0
    while rows.size:
        tokens = ordered.tokens[ordered.offsets[rows] + depth]
        same = tokens == ordered.tokens[ordered.offsets[rows - 1] + depth]
        rows, depth = rows[same], depth + 1
        shared[rows] = depth
        rows = rows[tokens[same] != END]
    return shared


def _keys(identifiers: Identifiers, numbers: Rows, depth: int) -> npt.NDArray[np.uint64]:
    """The four tokens from `depth` on as one number that sorts like them; END where there are none."""
    keys = np.zeros(len(numbers), np.uint64)
    ends = identifiers.offsets[numbers + 1].astype(np.int64)
    at = identifiers.offsets[numbers].astype(np.int64) + depth
    for _ in range(_AT_ONCE):
        tokens = np.where(at < ends, identifiers.tokens[np.minimum(at, ends - 1)], END)
        keys = (keys << np.uint64(16)) | tokens.astype(np.uint64)
        at += 1
    return keys


def _offsets(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
