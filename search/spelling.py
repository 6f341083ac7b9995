"""A vocabulary that finds words near a misspelt one, fast and over all of it. Pure.

Distance is that of optimal string alignment: a letter changed, added, left out, or two neighbours swapped count one.
Only words that could be near are compared: an edit changes a word's length by one at most, which letters it has once
and twice by two, which pairs of neighbours it has by six. All three are looked at for all words at once."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

MAX_DISTANCE = 2
LONGEST = 40
_TOGETHER = 20_000  # words whose signatures are made at once, which takes some hundred bytes a letter

Near = tuple[str, int, int]  # word, frequency, distance


class Vocabulary:
    """`words` with how many papers have each. Takes about 100 bytes a word."""

    def __init__(self, words: Sequence[str], frequencies: Sequence[int]):
        order = sorted(range(len(words)), key=lambda at: len(words[at]))
        self._words = [words[at] for at in order]
        self._frequencies = np.array([frequencies[at] for at in order], dtype=np.int64)
        self._letters, self._pairs = _signatures(self._words)
        lengths = np.array([len(word) for word in self._words], dtype=np.int64)
        self._starts = np.searchsorted(lengths, np.arange(LONGEST + MAX_DISTANCE + 3))

    def __len__(self) -> int:
        return len(self._words)

    def near(self, word: str, distance: int = MAX_DISTANCE, limit: int = 10) -> list[Near]:
        """Words at most `distance` (0 to 2) from one, the nearest first, of these the most frequent; the word itself
        is among them if it is known. A word longer than 40 letters has none."""
        distance = min(distance, MAX_DISTANCE)
        if not 0 < len(word) <= LONGEST:
            return []
        first = int(self._starts[max(len(word) - distance, 0)])
        last = int(self._starts[len(word) + distance + 1])
        letters, pairs = _signatures([word])
        places = np.flatnonzero(np.bitwise_count(self._letters[first:last] ^ letters[0]) <= 2 * distance) + first
        places = places[np.bitwise_count(self._pairs[places] ^ pairs[0]) <= 6 * distance]
        words = [self._words[place] for place in places.tolist()]
        found = process.extract(word, words, scorer=OSA.distance, score_cutoff=distance, limit=None)
        ranked = [(near, int(self._frequencies[places[at]]), int(apart)) for near, apart, at in found]
        return sorted(ranked, key=lambda each: (each[2], -each[1], each[0]))[:limit]


Bits = npt.NDArray[np.uint64]


def _signatures(words: Sequence[str]) -> tuple[Bits, Bits]:
    """For each word 64 bits that tell which letters it has, once and twice, and 64 for its pairs of neighbours. Letters
    or pairs that share a bit only let more words pass."""
    parts = [_signatures_of(words[at : at + _TOGETHER]) for at in range(0, len(words), _TOGETHER)]
    if not parts:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint64)
    return np.concatenate([letters for letters, _ in parts]), np.concatenate([pairs for _, pairs in parts])


def _signatures_of(words: Sequence[str]) -> tuple[Bits, Bits]:
    count = len(words)
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    owners = np.repeat(np.arange(count), np.fromiter(map(len, words), dtype=np.int64, count=count))
    counted, times = np.unique(owners * 32 + codes % 32, return_counts=True)
    twice = counted[times > 1]
    letters = _bits(counted // 32, counted % 32, count) | _bits(twice // 32, twice % 32 + 32, count)
    neighbours = np.flatnonzero(owners[1:] == owners[:-1])
    return letters, _bits(owners[neighbours], (codes[neighbours] * 31 + codes[neighbours + 1] * 7) % 64, count)


def _bits(owners: npt.NDArray[np.int64], bits: npt.NDArray[np.int64], count: int) -> Bits:
    """Bits gathered by owner."""
    found = np.zeros(count, dtype=np.uint64)
    np.bitwise_or.at(found, owners, np.left_shift(np.uint64(1), bits.astype(np.uint64)))
    return found
