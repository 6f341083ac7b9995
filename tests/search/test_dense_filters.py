"""However few or far away the papers are that filters leave: as many come back as there are, up to the depth."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from pgvector import HalfVector

from papers.models import Paper
from papers.record import PaperRecord
from papers.work import derive
from search.indexing import vectors
from search.models import Embedding, EmbeddingModel
from search.retrieval import dense

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("word_encoder")]

PAPERS, CLUSTERS, DIMENSION, DEPTH = 4_000, 40, 32, 200


@dataclass(frozen=True)
class Kept:
    """The papers that some filters leave."""

    kept: frozenset[int]

    @property
    def total(self) -> int:
        return len(self.kept)

    @property
    def share(self) -> float:
        return len(self.kept) / PAPERS

    def paper_ids(self) -> list[int]:
        return sorted(self.kept)

    def among(self, paper_ids: list[int]) -> set[int]:
        return self.kept.intersection(paper_ids)


@dataclass(frozen=True)
class Corpus:
    """Vectors in clusters; those of one cluster are alike, and far from the others."""

    model: EmbeddingModel
    ids: list[int]
    vectors: Any

    def cluster(self, number: int) -> list[int]:
        return self.ids[number::CLUSTERS]

    def query(self) -> Any:
        """Amid the first cluster."""
        return self.vectors[::CLUSTERS].mean(axis=0)

    def exactly(self, kept: list[int], depth: int) -> list[int]:
        cosines = self.vectors @ self.query() / np.linalg.norm(self.query())
        return sorted(kept, key=lambda paper_id: -cosines[paper_id - self.ids[0]])[:depth]


@pytest.fixture
def corpus() -> Corpus:
    chance = np.random.default_rng(5)
    centres = chance.normal(size=(CLUSTERS, DIMENSION))
    found = centres[np.arange(PAPERS) % CLUSTERS] + 0.25 * chance.normal(size=(PAPERS, DIMENSION))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    works = [
        derive([PaperRecord(source="x", source_id=str(number), title=f"Paper {number}")]) for number in range(PAPERS)
    ]
    rows = Paper.objects.bulk_create(Paper(**{name: getattr(work, name) for name in work.__slots__}) for work in works)
    model, _ = vectors.target()
    Embedding.objects.bulk_create(
        Embedding(model=model, paper=row, text_hash=b"x", vector=HalfVector(vector))
        for row, vector in zip(rows, found, strict=True)
    )
    return Corpus(model, [row.pk for row in rows], found)


def choices(corpus: Corpus) -> dict[str, list[int]]:
    """Papers that filters may leave: few and many, near the query, far from it, and everywhere."""
    chance = np.random.default_rng(9)
    far = [paper_id for number in range(20, 40) for paper_id in corpus.cluster(number)]
    return {
        "one": corpus.cluster(30)[:1],
        "ten": corpus.cluster(30)[:10],
        "one in a hundred": chance.choice(corpus.ids, PAPERS // 100, replace=False).tolist(),
        "a near cluster": corpus.cluster(0),
        "a far cluster": corpus.cluster(33),
        "half": chance.choice(corpus.ids, PAPERS // 2, replace=False).tolist(),
        "the far half": far,
        "none": [],
        "all": corpus.ids,
    }


@pytest.mark.parametrize(
    ("exact_up_to", "farthest"),
    [(20_000, 20_000), (0, 20_000), (0, 800), (50, 1_600)],
    ids=["one by one", "through the nearest", "and then one by one", "both"],
)
def test_as_many_papers_come_back_as_filters_leave(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, exact_up_to: int, farthest: int
) -> None:
    monkeypatch.setattr(dense, "EXACT_UP_TO", exact_up_to)
    monkeypatch.setattr(dense, "FARTHEST", farthest)
    for name, kept in choices(corpus).items():
        found = dense.search(corpus.model, corpus.query(), DEPTH, Kept(frozenset(kept)))
        assert len(found.hits) == min(DEPTH, len(kept)), name
        assert set(found.paper_ids) <= set(kept), name
        assert found.total == len(found.hits)
        best = corpus.exactly(kept, 10)
        assert len(set(best) & set(found.paper_ids)) >= 0.9 * len(best), name


def test_few_papers_are_compared_exactly(corpus: Corpus) -> None:
    for name, kept in choices(corpus).items():
        found = dense.search(corpus.model, corpus.query(), 20, Kept(frozenset(kept)))
        assert len(set(found.paper_ids) & set(corpus.exactly(kept, 20))) >= len(kept[:20]) - 1, name  # halves round


def test_papers_without_a_vector_are_not_waited_for(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = corpus.cluster(7)[10:]
    Embedding.objects.filter(paper_id__in=gone).delete()
    for exact_up_to in (20_000, 0):
        monkeypatch.setattr(dense, "EXACT_UP_TO", exact_up_to)
        found = dense.search(corpus.model, corpus.query(), DEPTH, Kept(frozenset(corpus.cluster(7))))
        assert set(found.paper_ids) == set(corpus.cluster(7)[:10])


def test_without_filters_the_depth_is_reached(corpus: Corpus) -> None:
    for depth in (1, 10, 1_000, 3_900):
        assert len(dense.search(corpus.model, corpus.query(), depth).hits) == depth
