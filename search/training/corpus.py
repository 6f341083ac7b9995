"""The site's own papers as training material: those that no evaluation asks for (search.split)."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt

from papers.models import Paper
from papers.tex import plain_text
from papers.text import fold
from search.evaluation.known_items import content_words
from search.split import held_out

CHUNK = 5_000
LEAST_WORDS = 3
_SHARED_BY = 2_000  # titles at most that a word may stand in to lead from one to another

Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Example:
    paper_id: int
    title: str
    abstract: str
    title_key: int


class Corpus:
    """Papers by number, with the means to find titles that are alike."""

    def __init__(self, examples: list[Example]):
        self.examples = examples
        self._words = [tuple({fold(word) for word in content_words(each.title)}) for each in examples]
        self._rows = _inverted(self._words)

    def __len__(self) -> int:
        return len(self.examples)

    def like(self, number: int, chance: Random) -> int:
        """Another paper whose title shares a telling word with this one's, or any other."""
        shared = [self._rows[word] for word in self._words[number] if word in self._rows]
        for _ in range(3):
            rows = chance.choice(shared) if shared and chance.random() < 0.85 else None
            other = int(rows[chance.randrange(len(rows))]) if rows is not None else chance.randrange(len(self))
            if self.examples[other].title_key != self.examples[number].title_key:
                return other
        return (number + 1) % len(self)


def read() -> Corpus:
    """All papers that a model may be trained on, in the order of their ids."""
    return Corpus([each for each in _read() if len(content_words(each.title)) >= LEAST_WORDS])


def _read() -> Iterator[Example]:
    last = 0
    columns = ("id", "title", "abstract", "title_key")
    while rows := list(Paper.objects.filter(id__gt=last).order_by("id").values_list(*columns)[:CHUNK]):
        for paper_id, title, abstract, title_key in rows:
            if not held_out(title_key):
                yield Example(paper_id, plain_text(title), plain_text(abstract), title_key)
        last = rows[-1][0]


def _inverted(words: list[tuple[str, ...]]) -> dict[str, Rows]:
    found: dict[str, list[int]] = {}
    for number, several in enumerate(words):
        for word in several:
            found.setdefault(word, []).append(number)
    return {word: np.array(rows, np.int32) for word, rows in found.items() if 1 < len(rows) <= _SHARED_BY}
