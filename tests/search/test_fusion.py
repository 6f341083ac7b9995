import pytest

from search import fusion
from search.ranking import Ranking, ranked

EVEN = {"lexical": 0.5, "dense": 0.5}


def ranking(stage: str, **scores: float) -> Ranking:
    return Ranking(stage, ranked((int(name[1:]), score) for name, score in scores.items()), total=len(scores))


def fused(lexical: dict[int, float], dense: dict[int, float], *paper_ids: int, rest: tuple[int, ...] = ()) -> Ranking:
    return fusion.fuse({"lexical": lexical, "dense": dense}, list(paper_ids), list(rest), EVEN)


def test_ranked_breaks_ties_by_paper_id() -> None:
    assert [hit.paper_id for hit in ranked([(3, 1.0), (1, 1.0), (2, 5.0)])] == [2, 1, 3]
    assert [hit.rank for hit in ranked([(3, 1.0), (1, 2.0)])] == [1, 2]


def test_candidates_are_the_first_of_each_arm_once() -> None:
    words, meaning = ranking("lexical", p1=3, p2=2, p3=1), ranking("dense", p3=0.9, p4=0.8, p5=0.7)
    assert fusion.candidates(words, meaning, depth=2) == [1, 2, 3, 4]


def test_what_both_arms_put_first_stays_first() -> None:
    assert fused({1: 9.0, 2: 3.0}, {1: 0.8, 2: 0.7}, 1, 2).paper_ids == [1, 2]


def test_a_clear_win_of_one_arm_beats_a_narrow_win_of_the_other() -> None:
    # The words say 2 by far, the meaning says 1 by a hair: ranks alone would call it a draw.
    assert fused({1: 2.0, 2: 20.0}, {1: 0.81, 2: 0.80}, 1, 2).paper_ids == [2, 1]


def test_without_a_matching_word_the_dense_order_stands() -> None:
    assert fused({}, {4: 0.9, 5: 0.5, 6: 0.7}, 4, 5, 6).paper_ids == [4, 6, 5]


def test_without_vectors_of_the_candidates_the_lexical_order_stands() -> None:
    assert fused({4: 1.0, 5: 3.0}, {}, 4, 5).paper_ids == [5, 4]


def test_a_paper_without_a_vector_is_ranked_by_its_words() -> None:
    found = fused({1: 10.0, 2: 9.0, 3: 1.0}, {2: 0.8, 3: 0.7}, 1, 2, 3)
    assert found.paper_ids == [1, 2, 3]
    assert found.hits[0].score == 1.0


def test_few_vectors_are_not_worth_fusing() -> None:
    assert fusion.covers({1: 0.5, 2: 0.5}, [1, 2])
    assert fusion.covers(dict.fromkeys(range(9), 0.5), list(range(10)))
    assert not fusion.covers({1: 0.5}, [1, 2])
    assert fusion.covers({}, [])


def test_negative_cosines_count_as_nothing() -> None:
    assert fused({1: 1.0, 2: 0.9}, {1: -0.5, 2: -0.1}, 1, 2).paper_ids == [1, 2]


def test_the_rest_follows_in_its_order_each_paper_once() -> None:
    found = fused({1: 1.0}, {1: 0.5}, 1, rest=(3, 1, 2, 3))
    assert found.paper_ids == [1, 3, 2]
    assert [hit.rank for hit in found.hits] == [1, 2, 3]
    assert found.total == 3


def test_an_arm_counts_by_its_weight() -> None:
    scores = {"lexical": {1: 2.0, 2: 1.0}, "multilingual": {1: 0.85, 2: 0.95}}
    assert fusion.fuse(scores, [1, 2], [], {"lexical": 0.9, "multilingual": 0.1}).paper_ids == [1, 2]
    assert fusion.fuse(scores, [1, 2], [], {"lexical": 0.1, "multilingual": 0.9}).paper_ids == [2, 1]
    assert fusion.fuse(scores, [1, 2], [], {"lexical": 1.0, "multilingual": 0.0}).paper_ids == [1, 2]


def test_what_any_two_texts_share_counts_for_nothing() -> None:
    """Cosines of multilingual-e5 lie between .75 and .9: without the floor the nearest would hardly lead."""
    scores = {"lexical": {1: 10.0, 2: 9.0}, "multilingual": {1: 0.76, 2: 0.90}}
    even = {"lexical": 0.5, "multilingual": 0.5}
    first, second = fusion.fuse(scores, [1, 2], [], even).hits
    assert (first.paper_id, second.paper_id) == (2, 1)
    assert first.score - second.score > 0.3
    below = {"lexical": {1: 1.0}, "multilingual": {1: 0.2, 2: 0.1}}
    assert [hit.score for hit in fusion.fuse(below, [1, 2], [], even).hits] == [0.5, 0.0]


@pytest.mark.parametrize(
    ("text", "is_foreign"),
    [
        ("attention is all you need", False),
        ("naïve Gödel α-divergence", False),
        ("强化学习 reward", True),
        ("обучение", True),
        ("注意機構 とは", True),
        ("", False),
        ("ﬁne—“quoted” ‰ →", False),
    ],
)
def test_a_query_is_foreign_by_its_letters(text: str, is_foreign: bool) -> None:
    assert fusion.is_foreign(text) is is_foreign
