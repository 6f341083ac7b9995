"""How well records of one work are brought together: precision and recall on labelled records. No database.

The matcher of ingest.evidence runs over the whole Anthology and the arXiv records in their order, a batch at a time,
as an import does. What ingest.join finds by SQL, Pool finds in memory, by the same keys."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from ingest.batches import BATCH
from ingest.evidence import Account, Match, account, best, could_be, judge
from ingest.labels import Label, Labels, held_out
from ingest.names import search_pairs
from papers.record import PaperRecord
from papers.text import title_key
from papers.work import derive

_MOST_OF_A_PAIR = 30  # as in ingest.join


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled record that came out wrong, or a join that somebody should look at."""

    what: str
    record: PaperRecord
    paper: PaperRecord
    detail: str = ""

    def __str__(self) -> str:
        names = (", ".join(author.name for author in each.authors[:4]) for each in (self.record, self.paper))
        ours, theirs = names
        return (
            f"{self.what}  {self.detail}\n    arxiv:{self.record.source_id}  {self.record.title}  ({ours})\n"
            f"    acl:{self.paper.source_id}  {self.paper.title}  ({theirs})"
        )


@dataclass(slots=True)
class Half:
    """Counts of labelled records. `lured`: joined to another paper when their own was taken out of the Anthology."""

    labelled: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    lured: int = 0

    def figures(self) -> dict[str, Any]:
        joined = self.right + self.wrong
        return {
            "labelled": self.labelled, "right": self.right, "wrong": self.wrong, "missed": self.missed,
            "lured": self.lured,
            "precision": _part(self.right, joined), "precision_95": _interval(self.right, joined),
            "strict_precision": _part(self.right, joined + self.lured),
            "strict_precision_95": _interval(self.right, joined + self.lured),
            "recall": _part(self.right, self.labelled), "recall_95": _interval(self.right, self.labelled),
        }  # fmt: skip


@dataclass(slots=True)
class Measure:
    """All that was counted; `by_label` by half and kind of label."""

    papers: int = 0
    records: int = 0
    by_evidence: Counter[str] = field(default_factory=Counter)
    by_label: dict[tuple[str, str], Half] = field(default_factory=dict)
    refuted: int = 0
    other_doi: int = 0
    cases: list[Case] = field(default_factory=list)
    joins: list[Case] = field(default_factory=list)

    def of(self, half: str, kind: str = "") -> Half:
        """The sum over the kinds of labels, or one of them."""
        total = Half()
        for (its_half, its_kind), counts in self.by_label.items():
            if half in (its_half, "all") and kind in (its_kind, ""):
                for name in ("labelled", "right", "wrong", "missed", "lured"):
                    setattr(total, name, getattr(total, name) + getattr(counts, name))
        return total

    def summary(self) -> dict[str, Any]:
        """What JSON says of it."""
        return {
            "records": self.records, "papers": self.papers, "merged": dict(self.by_evidence),
            "other_doi": self.other_doi, "labels_set_aside": self.refuted,
            **{half.replace(" ", "_"): self.of(half).figures() for half in ("held out", "fitted", "all")},
        }  # fmt: skip


class Pool:
    """The Anthology, as ingest.join would find it in a database. A paper is taken by one arXiv record."""

    def __init__(self, anthology: Sequence[PaperRecord]):
        self.papers = anthology
        self._accounts: dict[int, Account] = {}
        self._by_title: dict[int, list[int]] = {}
        self._by_author: dict[str, set[int]] = {}
        self._taken: set[int] = set()
        for at, paper in enumerate(anthology):
            self._by_title.setdefault(title_key(paper.title), []).append(at)
            for key in derive([paper]).author_keys:
                self._by_author.setdefault(key, set()).add(at)
        self._by_title.pop(0, None)

    def match(self, records: Sequence[tuple[PaperRecord, Account]]) -> dict[str, Match]:
        found = best(
            Match(record.source_id, at, verdict)
            for record, ours in records
            for at in self._candidates(record, ours, self._taken)
            if (verdict := judge(ours, self._account(at)))
        )
        self._taken.update(match.paper_id for match in found.values())
        return found

    def without(self, record: PaperRecord, ours: Account, papers: frozenset[str]) -> Match | None:
        """What the record would be joined to if these papers were not there."""
        absent = {at for at in self._candidates(record, ours, set()) if self.papers[at].source_id in papers}
        matches = (
            Match(record.source_id, at, verdict)
            for at in self._candidates(record, ours, absent)
            if (verdict := judge(ours, self._account(at)))
        )
        return best(matches).get(record.source_id)

    def _candidates(self, record: PaperRecord, ours: Account, without: set[int]) -> list[int]:
        if by_title := [at for at in self._by_title.get(ours.title.key, ()) if at not in without]:
            return by_title
        near: set[int] = set()
        for one, other in search_pairs(record.authors):
            both = self._by_author.get(one, set()) & self._by_author.get(other, set())
            near.update(sorted(both - without)[:_MOST_OF_A_PAIR])
        return sorted(at for at in near if could_be(record.title, self.papers[at].title))

    def _account(self, at: int) -> Account:
        if at not in self._accounts:
            self._accounts[at] = account(self.papers[at])
        return self._accounts[at]


def measure(anthology: Sequence[PaperRecord], records: Iterable[PaperRecord]) -> Measure:
    labels, pool = Labels(anthology), Pool(anthology)
    result = Measure(papers=len(anthology))
    stream = iter(records)
    while batch := list(islice(stream, BATCH)):
        labelled = {record.source_id: label for record in batch if (label := labels.of(record))}
        shown = [(record, _without_label(record, labelled)) for record in batch]
        found = pool.match(shown)
        result.records += len(batch)
        for record, ours in shown:
            match, label = found.get(record.source_id), labelled.get(record.source_id)
            if match:
                _note_join(result, record, pool.papers[match.paper_id], match)
            if label:
                lured = pool.without(record, ours, labels.with_twins(label))
                _note_label(result, pool, record, label, match, lured)
    result.refuted = labels.refuted
    return result


def _without_label(record: PaperRecord, labelled: dict[str, Label]) -> Account:
    label = labelled.get(record.source_id)
    whole = replace(account(record), doi="")
    return replace(whole, abstract="") if label and label.kind == "abstract" else whole


def _note_join(result: Measure, record: PaperRecord, paper: PaperRecord, match: Match) -> None:
    kind = match.verdict.kind.value
    result.by_evidence[kind] += 1
    other_doi = bool(record.doi and record.doi != paper.doi)
    result.other_doi += other_doi
    what = f"{kind}, but arXiv names another DOI ({record.doi}, {paper.doi})" if other_doi else kind
    result.joins.append(Case(what, record, paper, str(match.verdict.detail)))


def _note_label(
    result: Measure, pool: Pool, record: PaperRecord, label: Label, match: Match | None, lured: Match | None
) -> None:
    half = "held out" if held_out(record.source_id) else "fitted"
    counts = result.by_label.setdefault((half, label.kind), Half())
    counts.labelled += 1
    if match is None:
        counts.missed += 1
        right = next(paper for paper in pool.papers if paper.source_id in label.right)
        result.cases.append(Case(f"missed ({label.kind})", record, right))
    elif pool.papers[match.paper_id].source_id in label.right:
        counts.right += 1
    else:
        counts.wrong += 1
        detail = f"{match.verdict.kind} {match.verdict.detail}, not {', '.join(sorted(label.right))}"
        result.cases.append(Case(f"wrong ({label.kind})", record, pool.papers[match.paper_id], detail))
    if lured:
        counts.lured += 1
        result.cases.append(Case("lured", record, pool.papers[lured.paper_id], str(lured.verdict.detail)))


def _part(some: int, of: int) -> float:
    return round(some / of, 4) if of else 0.0


def _interval(some: int, of: int) -> tuple[float, float]:
    """Wilson's, 95 %."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, some / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return round(max(middle - reach, 0.0), 4), round(min(middle + reach, 1.0), 4)
