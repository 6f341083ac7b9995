import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.spelling import LONGEST, Vocabulary

WORDS = ["attention", "attentive", "retention", "translation", "transition", "neural", "neutral", "a", "ab", "learning"]


def test_near_words_come_nearest_first_then_the_most_frequent() -> None:
    words = Vocabulary(["neural", "neutral", "neuron", "central"], [5, 50, 7, 900])
    assert words.near("nueral") == [("neural", 5, 1), ("neutral", 50, 2)]
    assert words.near("neurol", 1) == [("neuron", 7, 1), ("neural", 5, 1)]
    assert words.near("neutral", 0) == [("neutral", 50, 0)]
    assert words.near("nueral", limit=1) == [("neural", 5, 1)]


@pytest.mark.parametrize("word", ["", "x" * (LONGEST + 1), "注意力", "\ud83d\ud83d\ud83d\ud83d", "'; --"])
def test_a_word_like_no_other_has_none_near(word: str) -> None:
    assert Vocabulary(WORDS, [1] * len(WORDS)).near(word) == []
    assert Vocabulary([], []).near(word) == []


SHORT = st.text("abcde", min_size=1, max_size=9)


@given(st.lists(SHORT, unique=True, max_size=40), SHORT, st.integers(0, 2))
@settings(max_examples=300)
def test_none_is_missed(words: list[str], word: str, distance: int) -> None:
    found = Vocabulary(words, [1] * len(words)).near(word, distance, limit=1_000)
    assert {near for near, _, _ in found} == {near for near in words if OSA.distance(word, near) <= distance}


def test_none_is_missed_among_many() -> None:
    chance = random.Random(7)
    words = sorted(
        {"".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 12))) for _ in range(30_000)}
    )
    known = Vocabulary(words, list(range(len(words))))
    for word in chance.sample(words, 50):
        at = chance.randrange(len(word))
        typed = word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
        found = {near for near, _, _ in known.near(typed, 2, limit=100_000)}
        assert found == {near for near in words if abs(len(near) - len(typed)) <= 2 and OSA.distance(near, typed) <= 2}
