"""Words that a reader prefers, as they stand in `?sort=sparse attention,retrieval,-robots`. Pure.

Whoever can look words up in papers registers itself here (search does), so that lists need not know who does."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from papers.text import clean, fold

MAX_WORDS, MAX_WORD, MAX_TEXT = 50, 100, 4_000
_QUOTES = str.maketrans("“”„«»＂", '""""""')
_PART = re.compile(r'(?:"[^"]*"|[^,，、;；\n])+')
_MINUS = "-−–"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or several that stand side by side; `is_wanted` is False for one that the reader does not want."""

    text: str
    is_wanted: bool = True

    def __str__(self) -> str:
        """As it is typed."""
        text = f'"{self.text}"' if re.search(r"[,，、;；]|\A[-−–]", self.text) else self.text
        return text if self.is_wanted else f"-{text}"


@dataclass(frozen=True, slots=True)
class Preference:
    """`is_cut` says that more was typed than counts."""

    words: tuple[Word, ...] = ()
    is_cut: bool = False

    def __str__(self) -> str:
        return ", ".join(map(str, self.words))


NO_WORDS = Preference()

# What each word adds to a paper, above 0, by paper id; None where words cannot be looked up just now.
Scores = Mapping[int, Sequence[tuple[Word, float]]]
Ranker = Callable[[Sequence[Word], Sequence[int]], Scores | None]

_rankers: list[Ranker] = []


def register(ranker: Ranker) -> None:
    """Makes `ranker` the one that is asked."""
    _rankers[:] = [ranker]


def scores(words: Sequence[Word], paper_ids: Sequence[int]) -> Scores | None:
    """What the words are worth in each of the papers; papers that hold none are left out."""
    return _rankers[0](words, paper_ids) if _rankers else None


def parse(text: str) -> Preference:
    """Reads words between commas; quotes keep a comma inside. Any text has a meaning, if only that of no words."""
    found: dict[tuple[str, bool], Word] = {}
    for part in _PART.findall(text[:MAX_TEXT].translate(_QUOTES)):
        if word := _word(part):
            found.setdefault((fold(word.text), word.is_wanted), word)
    words = tuple(found.values())
    return Preference(words[:MAX_WORDS], len(words) > MAX_WORDS or len(text) > MAX_TEXT)


def moved(told: Sequence[tuple[Word, float]]) -> float:
    """How far words move a paper: up by those that are wanted, down by the others."""
    return sum(score if word.is_wanted else -score for word, score in told)


def _word(part: str) -> Word | None:
    part = part.strip()
    is_wanted = part[:1] not in tuple(_MINUS)
    text = clean(part.lstrip(_MINUS if not is_wanted else "").replace('"', " "))[:MAX_WORD].strip()
    return Word(text, is_wanted) if any(char.isalnum() for char in text) else None
