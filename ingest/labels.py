"""arXiv records of which we know, without their title and authors, which paper of the Anthology they are. Pure.

Two kinds of labels. `id`: the record's DOI is the paper's, or its comments or journal reference name the paper's
Anthology id. `abstract`: the abstracts are the same but for little. An abstract that is a label is hidden from the
matcher, and so are all DOIs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from ingest.names import agreement
from papers.record import PaperRecord
from papers.text import title_key, words

_SAME = 0.6  # of the runs of both abstracts; those below, looked at by eye, are often a group's next paper
_RUN = 5  # words
_KEPT = 16  # one run in so many is looked up: two abstracts of one paper share dozens
_SHORT = 300  # characters that say too little
_COMMON = 50  # papers that share a run: a phrase of the field
_ANTHOLOGY_ID = re.compile(
    r"(?:acl(?:anthology|web)\.(?:org|info)/\S*?|\b)([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)\b"
)


@dataclass(frozen=True, slots=True)
class Label:
    """`right` are ids of Anthology papers, more than one where the Anthology has the paper twice."""

    kind: str
    right: frozenset[str]


class Labels:
    """Knows the Anthology, and labels arXiv records. `refuted` counts labels by id that cannot be: the two have no
    author in common (arXiv's authors mistype DOIs)."""

    def __init__(self, anthology: Sequence[PaperRecord]):
        self._papers = {paper.source_id: paper for paper in anthology}
        self._by_doi = {paper.doi: paper.source_id for paper in anthology if paper.doi}
        self._numbers: dict[str, int] = {}
        self._by_run: dict[int, list[str]] = {}
        for paper in anthology:
            for run in self._looked_up(paper.abstract):
                self._by_run.setdefault(run, []).append(paper.source_id)
        self._twins: dict[int, list[str]] = {}
        for paper in anthology:
            self._twins.setdefault(title_key(paper.title), []).append(paper.source_id)
        self.refuted = 0

    def of(self, record: PaperRecord) -> Label | None:
        if named := self._named(record):
            if agreement(record.authors, self._papers[named].authors)[1] == 0:
                self.refuted += 1
                return None
            return Label("id", frozenset({named}))
        same = frozenset(self._with_abstract(record))
        return Label("abstract", same) if same else None

    def with_twins(self, label: Label) -> frozenset[str]:
        """The right papers, and others of their titles: one paper under two ids, or its journal version."""
        keys = {title_key(self._papers[each].title) for each in label.right} - {0}
        return label.right | {twin for key in keys for twin in self._twins[key]}

    def _named(self, record: PaperRecord) -> str:
        if record.doi in self._by_doi:
            return self._by_doi[record.doi]
        found = _ANTHOLOGY_ID.findall(f"{record.comments} {record.journal_ref}")
        return next((each for each in found if each in self._papers), "")

    def _with_abstract(self, record: PaperRecord) -> Iterator[str]:
        shared: Counter[str] = Counter()
        for run in self._looked_up(record.abstract):
            papers = self._by_run.get(run, ())
            shared.update(papers if len(papers) <= _COMMON else ())
        for source_id, runs in shared.items():
            if runs >= 2 and self._alike(record.abstract, self._papers[source_id].abstract) >= _SAME:
                yield source_id

    def _alike(self, one: str, other: str) -> float:
        left, right = set(self._runs(one)), set(self._runs(other))
        return len(left & right) / max(len(left | right), 1)

    def _looked_up(self, abstract: str) -> set[int]:
        return {run for run in self._runs(abstract) if run % _KEPT == 0} if len(abstract) >= _SHORT else set()

    def _runs(self, text: str) -> Iterator[int]:
        """Words as numbers: Python gives texts another hash in every process."""
        found = [self._numbers.setdefault(word, len(self._numbers)) for word in words(text)]
        return map(hash, zip(*(found[at:] for at in range(_RUN)), strict=False))


def held_out(arxiv_id: str) -> bool:
    """Half of the records: figures are read off these, thresholds were chosen on the others."""
    return bool(blake2b(arxiv_id.encode(), digest_size=1).digest()[0] % 2)
