"""Related papers: by meaning and keywords, without hubs and without the same work."""

from typing import Any

import numpy as np
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from papers.models import Paper
from search import likeness, related
from search.indexing import follow, vectors
from search.indexing.keywords import follow_keywords
from search.models import Embedding, EmbeddingModel, PaperKeywords
from search.related import Kin
from tests.search.conftest import papers, put

TEXTS = [
    ("Byte pair encoding for translation", "We use byte pair encoding. Rare words are split by byte pair encoding."),
    ("Subword models of rare words", "Byte pair encoding gives subword models of rare words."),
    ("Byte pair encoding of proteins", "Proteins are cut by byte pair encoding."),
    ("A walrus on the beach", "The walrus sleeps."),
    ("Seals and a walrus", "A walrus and seals sleep on the beach."),
]


def read(texts: list[tuple[str, str]] = TEXTS) -> None:
    put(*papers(texts))
    follow_keywords()


def embed() -> None:
    row, wanted = vectors.target()
    follow.enqueue_vectors()
    vectors.embed_all(row, wanted)


def paper(number: int) -> Paper:
    return Paper.objects.get(key=f"2503.{number:05}")


def numbers(found: related.Related) -> list[int]:
    keys = {each.pk: each.key for each in Paper.objects.all()}
    return [int(keys[kin.paper_id].partition(".")[2]) for kin in found.hits]


def kin(found: related.Related, number: int) -> Kin:
    return next(each for each in found.hits if each.paper_id == paper(number).pk)


@pytest.mark.usefixtures("word_encoder")
@pytest.mark.django_db(transaction=True)
class TestPapers:
    def test_near_papers_and_those_with_the_same_keywords_come_first(self) -> None:
        read()
        embed()
        found = related.of(paper(1))
        assert set(numbers(found)[:2]) == {2, 3}
        assert paper(1).pk not in [each.paper_id for each in found.hits]
        assert [each.rank for each in found.hits] == [1, 2, 3, 4]
        assert [each.score for each in found.hits] == sorted((each.score for each in found.hits), reverse=True)

    def test_says_which_keywords_are_shared_and_whether_the_meaning_is_near(self) -> None:
        read()
        embed()
        found = related.of(paper(1))
        assert (found.by_meaning, found.by_keywords) == (True, True)
        assert "byte pair encoding" in [each.lower() for each in kin(found, 3).shared]
        assert kin(found, 4).shared == ()
        assert kin(found, 4).is_near

    def test_without_a_vector_keywords_decide(self) -> None:
        read()
        found = related.of(paper(1))
        assert (found.by_meaning, found.by_keywords) == (False, True)
        assert set(numbers(found)) == {2, 3}
        assert not any(each.is_near for each in found.hits)

    def test_a_paper_whose_own_vector_is_missing_is_compared_by_keywords_alone(self) -> None:
        read()
        embed()
        Embedding.objects.filter(paper=paper(1)).delete()
        found = related.of(paper(1))
        assert not found.by_meaning
        assert set(numbers(found)) == {2, 3}

    def test_a_related_paper_without_a_vector_is_found_by_its_keywords(self) -> None:
        read()
        embed()
        Embedding.objects.filter(paper=paper(3)).delete()
        found = related.of(paper(1))
        assert not kin(found, 3).is_near
        assert kin(found, 3).shared

    def test_without_keywords_the_meaning_decides(self) -> None:
        read()
        embed()
        PaperKeywords.objects.all().delete()
        found = related.of(paper(4))
        assert (found.by_meaning, found.by_keywords) == (True, False)
        assert numbers(found)[0] == 5

    def test_with_neither_nothing_is_related(self) -> None:
        put(*papers(TEXTS))
        assert related.of(paper(1)) == related.Related((), by_meaning=False, by_keywords=False)

    def test_only_vectors_of_the_active_model_count(self) -> None:
        read()
        embed()
        EmbeddingModel.objects.update(active=False)
        assert not related.of(paper(1)).by_meaning

    def test_the_same_work_is_not_related_to_itself(self) -> None:
        read([*TEXTS, TEXTS[0], TEXTS[1]])
        Paper.objects.filter(key="2503.00006").update(title="BYTE PAIR ENCODING FOR TRANSLATION.")
        embed()
        found = related.of(paper(1))
        assert paper(6).title_key == paper(1).title_key
        assert 6 not in numbers(found)
        assert len({2, 7} & set(numbers(found))) == 1

    def test_papers_of_short_titles_are_other_works_unless_their_texts_are_the_same(self) -> None:
        same = ("Preface", "Byte pair encoding is in this book.")
        read([same, same, ("Preface", "Byte pair encoding is in another book."), *TEXTS])
        assert paper(1).title_key == paper(3).title_key == 0
        found = numbers(related.of(paper(1)))
        assert 3 in found
        assert 2 not in found

    def test_a_keyword_of_a_thousand_papers_crowds_out_no_rare_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(related, "MAX_SHARING", 5)
        read([("Rare words", f"Rare words in corpus number{n}x.") for n in range(12)] + [
            ("Rare words of Basque", "Basque is spoken."), ("Basque verbs", "Basque has verbs.")])  # fmt: skip
        assert 14 in numbers(related.of(paper(13)))

    def test_asks_the_database_a_fixed_number_of_times(self, django_assert_max_num_queries: Any) -> None:
        read([(f"{title} {number}", abstract) for number in range(20) for title, abstract in TEXTS])
        embed()
        with django_assert_max_num_queries(13):
            assert len(related.of(paper(1)).hits) == 99

    def test_the_vectors_index_is_used(self) -> None:
        read()
        embed()
        model = EmbeddingModel.objects.get()
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")
            cursor.execute("SET enable_sort = off")
            cursor.execute("EXPLAIN " + related.nearest_query(model), [1, f"[{','.join('1' for _ in range(32))}]", 10])
            plan = "\n".join(row[0] for row in cursor.fetchall())
            cursor.execute("RESET enable_seqscan")
            cursor.execute("RESET enable_sort")
        assert f"search_embedding_hnsw_{model.pk}" in plan


def clustered(seed: int, clusters: int = 8, each: int = 125, dimension: int = 64) -> Any:
    """Unit vectors around centres, some nearer than others: those are the hubs."""
    chance = np.random.default_rng(seed)
    centres = chance.normal(size=(clusters, dimension))
    depths = chance.uniform(1.0, 3.0, size=(clusters, each, 1))
    points = centres[:, None] + depths * chance.normal(size=(clusters, each, dimension))
    points = points.reshape(-1, dimension)
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def occurrences(points: Any, *, correct: bool) -> Any:
    """In how many lists of ten each point stands."""
    cosines = points @ points.T
    np.fill_diagonal(cosines, -1)
    counts = np.zeros(len(points), int)
    for point in range(len(points)):
        pool = np.argsort(-cosines[point])[:100]
        values = cosines[point, pool]
        ranked = likeness.scaled(points[pool], values) if correct else values
        counts[pool[np.argsort(-ranked)[:10]]] += 1
    return counts


def skewness(counts: Any) -> float:
    away = counts - counts.mean()
    return float((away**3).mean() / (away**2).mean() ** 1.5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_hubs_are_demoted(seed: int) -> None:
    points = clustered(seed)
    before, after = occurrences(points, correct=False), occurrences(points, correct=True)
    assert skewness(before) > 1.0
    assert skewness(after) < skewness(before) / 2
    assert after.max() < before.max() * 0.6
    assert (after == 0).sum() < (before == 0).sum()


def test_a_hub_loses_to_a_paper_that_is_nearer_than_it_is_to_others() -> None:
    """The hub is near to everything; the other one is a little farther, yet near to nothing else."""
    crowd = np.eye(12, dtype=np.float32)
    hub = crowd.sum(axis=0) / np.sqrt(12)
    query = np.zeros(12, np.float32)
    query[:3] = (0.6, 0.7, 0.4)
    query /= np.linalg.norm(query)
    loner = np.zeros(12, np.float32)
    loner[[0, 11]] = (0.75, 0.66)
    vectors_ = np.array([hub, loner, *crowd[3:]])
    cosines = vectors_ @ query
    assert cosines[0] > cosines[1]
    scaled = likeness.scaled(vectors_, cosines)
    assert scaled[1] > scaled[0]


def test_one_candidate_has_the_paper_as_its_only_neighbour() -> None:
    assert likeness.scaled(np.array([[1.0, 0.0]]), np.array([0.8])) == pytest.approx([0.4])


def test_the_part_of_the_weight_that_is_shared() -> None:
    shares = likeness.shares({1: 3.0, 2: 1.0}, {7: [1], 8: [2, 5], 9: [5], 10: [1, 2]})
    assert shares == {7: 0.75, 8: 0.25, 10: 1.0}
    assert likeness.shares({}, {7: [1]}) == {}


def test_a_paper_that_was_not_compared_counts_as_the_farthest() -> None:
    scores = likeness.scores({1: 0.5, 2: 0.2}, {2: 1.0, 3: 0.5})
    assert scores == pytest.approx({1: 0.5, 2: 0.2 + likeness.SHARE_WEIGHT, 3: 0.2 + likeness.SHARE_WEIGHT / 2})
    assert likeness.scores({}, {3: 1.0}) == {3: likeness.SHARE_WEIGHT}
    assert likeness.scores({}, {}) == {}


@given(st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_the_order_of_candidates_makes_no_difference(count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    points = chance.normal(size=(count, 8))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    cosines = points @ points[0]
    order = chance.permutation(count)
    assert likeness.scaled(points[order], cosines[order]) == pytest.approx(likeness.scaled(points, cosines)[order])
