"""The order of a list: its own, by the interest of readers (`?sort=1`), or by a reader's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from papers import interest, preference
from papers.interest import NOBODY, Counts
from papers.preference import NO_WORDS, Preference, Scores, Word

_OWN, _INTEREST = ("", "0"), "1"  # of the parameter, as on the reference site


class By(StrEnum):
    """What a list is ordered by."""

    OWN = "own"
    INTEREST = "interest"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Order:
    """`reasons` say which words moved a paper, and how far; `moved` is how many papers readers opened, or how many hold
    wanted words. Where words could not be looked up (`is_off`) the list's own order stands. `counts` are the readers'
    of all papers, where the order needed them."""

    paper_ids: list[int]
    by: By = By.OWN
    preference: Preference = NO_WORDS
    reasons: Mapping[int, str] = field(default_factory=dict)
    moved: int = 0
    is_off: bool = False
    counts: Mapping[int, Counts] | None = None


def ordered(paper_ids: list[int], sort: str) -> Order:
    """Papers in the order that `sort` asks for; equal ones, and all that it does not move, in that of the list. At
    most one query."""
    if sort in _OWN:
        return Order(paper_ids)
    if sort == _INTEREST:
        return by_interest(paper_ids)
    return by_words(paper_ids, preference.parse(sort))


def by_interest(paper_ids: list[int]) -> Order:
    counts = interest.counts_of(paper_ids)
    found = sorted(paper_ids, key=lambda paper_id: -counts.get(paper_id, NOBODY).interest)
    return Order(found, By.INTEREST, moved=len(counts), counts=counts)


def by_words(paper_ids: list[int], wanted: Preference) -> Order:
    """Papers that hold wanted words before the others, those with unwanted ones behind them."""
    if not wanted.words:
        return Order(paper_ids)
    scores = preference.scores(wanted.words, paper_ids)
    if scores is None:
        return Order(paper_ids, By.WORDS, wanted, is_off=True)
    # Rounded as the page shows it: what looks equal is.
    worth = {paper_id: round(preference.moved(told), 1) for paper_id, told in scores.items()}
    return Order(
        paper_ids=sorted(paper_ids, key=lambda paper_id: -worth.get(paper_id, 0.0)),
        by=By.WORDS,
        preference=wanted,
        reasons={paper_id: _reason(told) for paper_id, told in scores.items()},
        moved=_holding(scores),
    )


def _holding(scores: Scores) -> int:
    return sum(any(word.is_wanted for word, _score in told) for told in scores.values())


def _reason(told: Sequence[tuple[Word, float]]) -> str:
    """The words that moved a paper, those that moved it most first."""
    by_size = sorted(told, key=lambda each: -each[1])
    return _("your words: %(words)s") % {"words": ", ".join(_told(word, score) for word, score in by_size)}


def _told(word: Word, score: float) -> str:
    return f"{word.text} ({score:.1f})" if word.is_wanted else f"{word.text} (−{score:.1f})"
