"""Whether two accounts are of one work, and what says so. Pure.

Strongest first: the same DOI, the same title, nearly the same title; each with authors in common. The thresholds are
fitted on one half of the labelled sample of ingest.labels and measured on the other: DECISIONS.md has the figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.names import agreement
from ingest.titles import Likeness, Title, are_strangers, likeness
from papers.record import Author, PaperRecord
from papers.text import words

# Of the shorter list of authors, and of the longer one.
_SOME, _MOST, _NEARLY_ALL = 0.5, 0.6, 0.75
_SAME_WORDS = 0.97  # of all letters of both titles: spelling, abbreviations, little words
_WORDS_ADDED = 0.8
_ALIKE, _STRANGE = 0.35, 0.1  # of the shorter abstract's runs of three words
_TITLE, _TITLE_AND_ABSTRACT = 0.55, 1.2  # where the abstract speaks for what is left of the title
_COPIED = 0.8  # an abstract that speaks for a paper of any year
_RUN = 3
_SHORT_ABSTRACT = 20  # runs
_EARLIEST, _LATEST = -1, 3  # years from preprint to proceedings
_LONG_TITLE = 5  # words


class Kind(StrEnum):
    """What says that two records are of one work, the strongest first."""

    ID = "id"
    DOI = "doi"
    TITLE = "title"
    NEAR_TITLE = "near-title"


@dataclass(frozen=True, slots=True)
class Account:
    """What is compared. `submitted` is the year of the preprint, `published` that of the proceedings, where known."""

    title: Title
    authors: Sequence[Author]
    doi: str = ""
    abstract: str = ""
    submitted: int | None = None
    published: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One work; `score` from 0 to 1 orders several that would do. `detail` is for people, and JSON."""

    kind: Kind
    score: float
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """A record and the paper it is of."""

    source_id: str
    paper_id: int
    verdict: Verdict

    @property
    def rank(self) -> tuple[int, float]:
        return list(Kind).index(self.verdict.kind), -self.verdict.score


def account(record: PaperRecord) -> Account:
    return Account(
        Title(record.title),
        record.authors,
        record.doi,
        record.abstract,
        record.submitted.year if record.submitted else None,
        record.published.year if record.published else None,
    )


def best(matches: Iterable[Match]) -> dict[str, Match]:
    """source_id -> match: the strongest first, each record and each paper once; of equals the one named first."""
    found: dict[str, Match] = {}
    taken: set[int] = set()
    for match in sorted(matches, key=lambda match: match.rank):
        if match.source_id not in found and match.paper_id not in taken:
            found[match.source_id] = match
            taken.add(match.paper_id)
    return found


def judge(ours: Account, theirs: Account) -> Verdict | None:
    """None where nothing says that they are one work, or something that they are two."""
    if _different_dois(ours.doi, theirs.doi) or ours.title.part != theirs.title.part:
        return None
    both, shorter = agreement(ours.authors, theirs.authors)
    if ours.doi and ours.doi == theirs.doi and shorter >= _SOME:
        return Verdict(Kind.DOI, 1.0, {"doi": ours.doi, "authors": round(both, 2)})
    if shorter < _SOME or ours.title.is_generic or theirs.title.is_generic:
        return None
    if ours.title.key and ours.title.key == theirs.title.key:
        return _same_title(ours, theirs, both, shorter)
    return _near_title(ours, theirs, both) if both >= _MOST else None


def _same_title(ours: Account, theirs: Account, both: float, shorter: float) -> Verdict | None:
    """Short titles are given twice more often: there, and years apart, a few authors in common do not do."""
    years = _years(ours, theirs)
    at_once = years is None or _EARLIEST <= years <= _LATEST
    if len(ours.title.words) < _LONG_TITLE and both < (_SOME if at_once else _MOST):
        return None
    late = 0.0 if years is None else min(abs(years), 10) / 100
    return Verdict(Kind.TITLE, round(0.5 + both / 2 - late, 3), {"authors": round(both, 2), "years": years})


def _near_title(ours: Account, theirs: Account, both: float) -> Verdict | None:
    alike = likeness(ours.title, theirs.title)
    years = _years(ours, theirs)
    if alike.words < _TITLE or not alike.numbers_agree or years is None:
        return None
    abstract = overlap(ours.abstract, theirs.abstract)
    if not (_told_by_title(alike, both, years, abstract) or _told_by_abstract(alike, years, abstract)):
        return None
    score = round((alike.words + both + (alike.words if abstract is None else abstract)) / 3, 3)
    detail = {"title": round(alike.words, 2), "authors": round(both, 2), "years": years}
    return Verdict(Kind.NEAR_TITLE, score, detail | ({} if abstract is None else {"abstract": round(abstract, 2)}))


def _told_by_title(alike: Likeness, both: float, years: int, abstract: float | None) -> bool:
    if both < _NEARLY_ALL:
        return False
    if alike.words >= _SAME_WORDS:
        return True
    if not _EARLIEST <= years <= _LATEST or (abstract is not None and abstract < _STRANGE):
        return False
    return alike.one_is_part or (alike.only_added and alike.words >= _WORDS_ADDED)


def _told_by_abstract(alike: Likeness, years: int, abstract: float | None) -> bool:
    if abstract is None or abstract < _ALIKE or alike.words + abstract < _TITLE_AND_ABSTRACT:
        return False
    return _EARLIEST <= years <= _LATEST or abstract >= _COPIED


def could_be(ours: str, theirs: str) -> bool:
    """Whether two titles are near enough to look at the rest."""
    if are_strangers(ours, theirs):
        return False
    left, right = Title(ours), Title(theirs)
    alike = likeness(left, right)
    return alike.words >= _TITLE and alike.numbers_agree and left.part == right.part


def overlap(ours: str, theirs: str) -> float | None:
    """How much of the shorter abstract stands in the longer one, from 0 to 1; None where one says too little."""
    left, right = _runs(ours), _runs(theirs)
    shorter = min(len(left), len(right))
    return len(left & right) / shorter if shorter >= _SHORT_ABSTRACT else None


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + _RUN]) for at in range(len(found) - _RUN + 1)}


def _years(ours: Account, theirs: Account) -> int | None:
    """From the preprint to the proceedings; between two of a kind, how far they are apart."""
    for preprint, paper in ((ours, theirs), (theirs, ours)):
        if preprint.submitted and paper.published and not paper.submitted:
            return paper.published - preprint.submitted
    left, right = ours.submitted or ours.published, theirs.submitted or theirs.published
    return abs(left - right) if left and right else None


def _different_dois(ours: str, theirs: str) -> bool:
    """One publisher gives a work one DOI; two publishers may each give it theirs."""
    return bool(ours and theirs) and ours != theirs and ours.split("/")[0] == theirs.split("/")[0]
