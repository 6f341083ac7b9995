"""The reranker on made-up evidence: what it lifts, and what it leaves alone."""

from hypothesis import given
from hypothesis import strategies as st

from search import rerank
from search.ranking import Ranking, ranked
from search.rerank import Signals
from search.title.evidence import Evidence

FIRST = Ranking("fused", ranked([(1, 0.9), (2, 0.6), (3, 0.3)]), total=3)
ALL, HALF, NOTHING = Evidence(1.0, 0.9, 12.0), Evidence(0.55, 0.8, 12.0), Evidence(0.0, 0.0)


def order(signals: Signals, ranking: Ranking = FIRST, titles: Ranking | None = None) -> list[int]:
    return rerank.rerank(ranking, rerank.candidates(ranking, titles), signals).paper_ids


def test_without_evidence_the_order_stands_scores_and_all() -> None:
    reranked = rerank.rerank(FIRST, rerank.candidates(FIRST, None), Signals())
    assert (reranked.stage, reranked.hits, reranked.total) == ("reranked", FIRST.hits, 3)
    assert Signals().reranker == "none"


def test_a_title_that_the_query_names_comes_first() -> None:
    assert order(Signals({1: NOTHING, 2: NOTHING, 3: ALL})) == [3, 1, 2]
    assert Signals({1: NOTHING}).reranker == "seq2seq-prefix-tree"


def test_half_a_query_in_a_title_is_a_topic_and_moves_nothing() -> None:
    assert order(Signals({1: NOTHING, 2: NOTHING, 3: HALF})) == [1, 2, 3]


def test_half_a_query_in_a_title_is_much_where_the_other_half_is_misspelt() -> None:
    assert order(Signals({1: NOTHING, 2: NOTHING, 3: HALF}, doubtful=0.4)) == [3, 1, 2]


def test_of_titles_that_cover_as_much_the_likelier_wins() -> None:
    even = Ranking("fused", ranked([(1, 0.9), (2, 0.9)]), total=2)
    likely, unlikely = Evidence(1.0, 0.5, 0.0, -14.0), Evidence(1.0, 0.5, -14.0, 0.0)
    assert order(Signals({1: unlikely, 2: likely}), even) == [2, 1]
    assert order(Signals({1: likely, 2: unlikely}), even) == [1, 2]


def test_papers_found_by_their_title_alone_join_and_are_counted() -> None:
    titles = Ranking("title", ranked([(9, 1.0)]))
    signals = Signals({9: ALL})
    reranked = rerank.rerank(FIRST, rerank.candidates(FIRST, titles), signals)
    assert reranked.paper_ids == [9, 1, 2, 3]
    assert reranked.total == 4


def test_feedback_lifts_what_is_like_the_first_but_never_over_the_first() -> None:
    even = Ranking("fused", ranked([(1, 0.9), (2, 0.88), (3, 0.87)]), total=3)
    like = {1: 0.0, 2: 0.0, 3: 1.0}
    assert order(Signals(likeness=like), even) == [1, 3, 2]
    assert order(Signals(likeness=like, is_foreign=True), even) == [3, 1, 2]
    assert Signals(likeness=like).reranker == "feedback"


def test_in_another_language_what_both_cover_counts_from_the_start() -> None:
    close = Ranking("fused", ranked([(1, 0.9), (2, 0.85)]), total=2)
    evidence = {1: Evidence(0.1, 0.1), 2: Evidence(0.6, 0.6)}
    assert order(Signals(evidence), close) == [1, 2]
    assert order(Signals(evidence, is_foreign=True), close) == [2, 1]


def test_only_the_first_candidates_are_read_again() -> None:
    many = Ranking("fused", ranked((number, 1.0 / number) for number in range(1, 201)), total=500)
    scores = rerank.candidates(many, Ranking("title", ranked((900 + number, 1.0) for number in range(40))))
    assert len(scores) == rerank.DEPTH + rerank.TITLES
    reranked = rerank.rerank(many, scores, Signals({50: ALL, 60: ALL}))
    assert reranked.paper_ids[:2] == [50, 1]
    assert reranked.paper_ids[-1] == 200
    assert reranked.total == 500 + rerank.TITLES


shares = st.floats(0, 1)
nats = st.floats(-500, 500)
evidences = st.builds(Evidence, shares, shares, nats, nats)


@given(st.lists(st.floats(-1, 100), min_size=1, max_size=70), st.data(), shares, st.booleans())
def test_every_paper_stays_once_and_the_order_is_the_same_again(
    scores: list[float], data: st.DataObject, doubtful: float, is_foreign: bool
) -> None:
    ranking = Ranking("fused", ranked(enumerate(scores, start=1)), total=len(scores))
    titles = Ranking("title", ranked((number, 1.0) for number in data.draw(st.lists(st.integers(60, 99), unique=True))))
    found = rerank.candidates(ranking, titles)
    evidence = {number: data.draw(evidences) for number in found if data.draw(st.booleans())}
    signals = Signals(evidence, doubtful, dict.fromkeys(found, 0.5), is_foreign)
    reranked = rerank.rerank(ranking, found, signals)
    assert sorted(reranked.paper_ids) == sorted({*ranking.paper_ids, *found})
    assert [hit.rank for hit in reranked.hits] == list(range(1, len(reranked.hits) + 1))
    assert reranked.total == len(reranked.hits)
    assert rerank.rerank(ranking, found, signals) == reranked
