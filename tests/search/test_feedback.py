import numpy as np
import pytest

from search import feedback

SCORES = {1: 1.0, 2: 0.9, 3: 0.8, 4: 0.5, 5: 0.4}


def turned(degrees: float) -> np.ndarray:
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def test_a_paper_among_the_first_in_meaning_is_like_them_and_one_far_off_is_not() -> None:
    like = feedback.likeness(SCORES, {1: turned(0), 2: turned(10), 3: turned(5), 4: turned(90), 5: turned(6)})
    assert like[4] == 0.0
    assert like[5] > 0.9
    assert max(like.values()) == 1.0


def test_the_better_of_the_first_papers_speak_louder() -> None:
    vectors = {1: turned(0), 2: turned(40), 3: turned(40), 4: turned(-5), 5: turned(45)}
    like = feedback.likeness({1: 1.0, 2: 0.3, 3: 0.3, 4: 0.2, 5: 0.1}, vectors)
    assert like[4] > like[5]
    even = feedback.likeness({1: 1.0, 2: 1.0, 3: 1.0, 4: 0.2, 5: 0.1}, vectors)
    assert even[5] > even[4]


def test_a_candidate_without_a_vector_counts_as_the_mean() -> None:
    scores = dict.fromkeys(range(1, 21), 0.5)
    vectors = {paper_id: turned(paper_id) for paper_id in range(1, 20)}
    like = feedback.likeness(scores, vectors)
    assert like[20] == pytest.approx(np.mean([like[paper_id] for paper_id in range(1, 20)]))


def test_too_few_vectors_tell_nothing() -> None:
    assert feedback.likeness(SCORES, {1: turned(0), 2: turned(1), 3: turned(2)}) == {}
    assert feedback.likeness(SCORES, {2: turned(0), 3: turned(1), 4: turned(2), 5: turned(3)}) == {}
    assert feedback.likeness({1: 1.0}, {1: turned(0)}) == {}
    assert feedback.likeness({}, {}) == {}


def test_papers_that_all_mean_the_same_are_not_told_apart() -> None:
    like = feedback.likeness(SCORES, dict.fromkeys(SCORES, turned(30)))
    assert set(like.values()) == {0.0}
