"""Queries for known items: what each kind keeps of the paper and what it changes."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text import fold, title_key
from search.evaluation import known_items
from search.evaluation.acronyms import Definition, definitions, shortened
from search.evaluation.known_items import KINDS, KnownItem, content_words, query, shuffled, some_words, with_typos
from search.split import held_out

ITEM = KnownItem(
    key="2503.00001",
    title_key=1,
    title="A Study of Long Short-Term Memory for the Parsing of Spoken Dialogue",
    abstract=(
        "We show that a long short-term memory (LSTM) reads dialogue turn by turn. It needs no grammar, and beats a "
        "conditional random field (CRF) on two corpora of telephone conversations."
    ),
)
words = st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=9)
titles = st.lists(words, min_size=1, max_size=9).map(" ".join)
seeds = st.integers(0, 2**32)


def distance(one: str, other: str) -> int:
    """Damerau and Levenshtein's, with swapped neighbours (Lowrance and Wagner 1975)."""
    far = len(one) + len(other)
    last: Counter[str] = Counter()
    rows = {(-1, -1): far}
    rows |= {(at, -1): far for at in range(len(one) + 1)} | {(-1, at): far for at in range(len(other) + 1)}
    rows |= {(at, 0): at for at in range(len(one) + 1)} | {(0, at): at for at in range(len(other) + 1)}
    for i, a in enumerate(one, start=1):
        match = 0
        for j, b in enumerate(other, start=1):
            k, m = last[b], match
            match = j if a == b else match
            rows[i, j] = min(
                rows[i - 1, j - 1] + (a != b),
                rows[i, j - 1] + 1,
                rows[i - 1, j] + 1,
                rows[k - 1, m - 1] + (i - k - 1) + 1 + (j - m - 1) if k and m else far,
            )
        last[a] = i
    return rows[len(one), len(other)]


@pytest.mark.parametrize(("other", "edits"), [("abcd", 0), ("abd", 1), ("acbd", 1), ("xabcdy", 2), ("bxacd", 2)])
def test_the_distance_of_these_tests_is_right(other: str, edits: int) -> None:
    assert distance("abcd", other) == edits


@given(titles, st.sampled_from([1, 2]), seeds)
def test_typos_are_as_many_as_said_and_leave_spaces_alone(title: str, edits: int, seed: int) -> None:
    typed = with_typos(title, edits, Random(seed))
    assert typed is not None
    assert distance(title.lower(), typed.lower()) == edits
    assert len(typed.split(" ")) == len(title.split(" "))
    assert all(typed.split(" "))


@given(st.text(max_size=30), st.sampled_from([1, 2]), seeds)
def test_typos_in_any_text_are_never_more_than_said(text: str, edits: int, seed: int) -> None:
    typed = with_typos(text, edits, Random(seed))
    if typed is not None:
        assert 0 < distance(text, typed) <= edits
        assert fold(typed) != fold(text)
        assert [char for char in typed if char.isspace()] == [char for char in text if char.isspace()]


@pytest.mark.parametrize("text", ["", "  ", "?!", "--"])
def test_a_text_without_words_gets_no_typo(text: str) -> None:
    assert with_typos(text, 1, Random(0)) is None


def test_typos_are_of_every_sort_and_anywhere() -> None:
    made = [with_typos("attention", 1, Random(seed)) for seed in range(300)]
    lengths = Counter(len(typed) for typed in made if typed)
    swapped = [typed for typed in made if typed and sorted(typed) == sorted("attention")]
    assert lengths.keys() == {8, 9, 10}
    assert swapped
    assert lengths[9] > len(swapped)
    assert {first_difference("attention", typed or "") for typed in made} == set(range(10))


def first_difference(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def is_part_in_order(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)


@given(titles, st.integers(1, 5), seeds)
def test_some_words_are_different_content_words_in_their_order(title: str, count: int, seed: int) -> None:
    there = content_words(title)
    made = some_words(title, count, Random(seed))
    if len({fold(word) for word in there}) < count:
        assert made is None
        return
    assert made is not None
    assert len({fold(word) for word in made.split()}) == len(made.split()) == count
    assert is_part_in_order(made.split(), there)


@given(titles, seeds)
def test_shuffled_words_are_the_same_in_another_order(title: str, seed: int) -> None:
    made = shuffled(title, Random(seed))
    if len({fold(word) for word in title.split()}) < 2:
        assert made is None
        return
    assert made is not None
    assert Counter(made.split()) == Counter(title.split())
    assert fold(made) != fold(title)


def test_shuffled_words_have_no_punctuation_that_would_mean_something_else_there() -> None:
    made = shuffled('"Why Should I Trust You?": Explaining (any) classifier - a survey', Random(1))
    assert made is not None
    assert set(made) & set('"?:()-') == set()


def test_content_words_are_no_stop_words_and_no_single_characters() -> None:
    assert content_words("On the Use of X in What’s Called Self-Supervised Learning: 2 or 3 d’Alembert Models") == [
        "Called",
        "Self-Supervised",
        "Learning",
        "d’Alembert",
        "Models",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a long short-term memory (LSTM) network", [("LSTM", "long short-term memory")]),
        ("Generative Adversarial Networks (GANs; see below)", [("GANs", "Generative Adversarial Networks")]),
        ("we use conditional random fields (CRF) and support vector machines (SVM)",
         [("CRF", "conditional random fields"), ("SVM", "support vector machines")]),
        ("magnetic resonance imaging (MRI)", [("MRI", "magnetic resonance imaging")]),
        ("the Large Hadron Collider (LHC)", [("LHC", "Large Hadron Collider")]),
        ("a model (see Section 2) of (Eq. 3) things (e.g., cats)", []),
        ("we like cats (DOG)", []),
        ("(LSTM) alone", []),
        ("LSTM (LSTM)", []),
        ("an unclosed bracket (LSTM", []),
    ],
)  # fmt: skip
def test_short_forms_are_found_where_their_long_form_stands_before_them(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(each.short, each.long) for each in definitions(text)] == found


@given(st.text(alphabet="aAbB ()-;", max_size=60))
def test_a_definition_has_its_letters_in_order_and_stands_in_the_text(text: str) -> None:
    for definition in definitions(text):
        assert definition.long in " ".join(text.split())
        letters = [char for char in definition.short.lower() if char.isalnum()]
        assert is_part_in_order(letters, list(definition.long.lower()))


def test_a_thousand_brackets_take_no_time_to_speak_of() -> None:
    assert list(definitions("(AB" * 50_000)) == []
    assert len(list(definitions("all birds (AB) " * 5_000))) == 5_000


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Long Short-Term Memory (LSTM) networks", "LSTM networks"),
        ("Parsing with long short term memory", "Parsing with LSTM"),
        ("Longlong short-term memory", None),
        ("Long short-term memory-free parsing", "LSTM-free parsing"),
        ("Long short-term memoryless parsing", None),
    ],
)
def test_the_short_form_takes_the_place_of_the_long_one(title: str, made: str | None) -> None:
    assert shortened(title, Definition("LSTM", "long short-term memory")) == made


def test_an_acronym_stands_for_what_the_title_writes_out() -> None:
    assert query("acronym", ITEM, 0) == "A Study of LSTM for the Parsing of Spoken Dialogue"


def test_an_acronym_that_only_the_abstract_defines_comes_with_words_of_the_title() -> None:
    made = known_items.by_acronym("LSTM: Reading of Spoken Dialogue Turns", ITEM.abstract, Random(0))
    assert made is not None
    first, *rest = made.split()
    assert first == "LSTM"
    assert len(rest) == 3
    assert is_part_in_order(rest, ["Reading", "Spoken", "Dialogue", "Turns"])


def test_a_paper_that_defines_nothing_has_no_acronym() -> None:
    assert known_items.by_acronym("Reading of Spoken Dialogue", "It is read.", Random(0)) is None


def test_the_title_is_asked_for_as_it_stands() -> None:
    assert query("title", ITEM, 0) == ITEM.title


@pytest.mark.parametrize("edits", [1, 2])
def test_typos_of_a_partial_title_are_in_that_partial_title(edits: int) -> None:
    for seed in range(20):
        whole, typed = query("partial", ITEM, seed), query(f"partial-typo{edits}", ITEM, seed)
        assert whole is not None
        assert typed is not None
        assert distance(whole.lower(), typed.lower()) == edits
        assert is_part_in_order(whole.split(), content_words(ITEM.title))
        assert len(whole.split()) == 4


def test_words_of_the_abstract_are_five() -> None:
    made = query("abstract-words", ITEM, 0)
    assert made is not None
    assert len(made.split()) == 5
    assert is_part_in_order(made.split(), content_words(ITEM.abstract))


@pytest.mark.parametrize("kind", ["partial", "partial-typo1", "partial-typo2", "acronym", "abstract-words"])
def test_a_paper_with_too_few_words_is_left_out_of_a_kind(kind: str) -> None:
    assert query(kind, KnownItem("k", 1, "Three content words", "too short"), 0) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_query_comes_again_with_the_same_seed(kind: str) -> None:
    assert query(kind, ITEM, 7) == query(kind, ITEM, 7) is not None


@pytest.mark.parametrize("kind", ["title-typo1", "partial", "shuffled", "abstract-words"])
def test_another_seed_makes_other_queries(kind: str) -> None:
    assert len({query(kind, ITEM, seed) for seed in range(20)}) > 5


def test_only_titles_with_three_content_words_are_known_by() -> None:
    assert known_items.is_drawn(KnownItem("k", 1, "Attention for parsing of speech", ""))
    assert not known_items.is_drawn(KnownItem("k", 1, "On the attention of the speech", ""))


PAPERS = [(f"2503.{number:05d}", title_key(f"a title long enough to have number {number}")) for number in range(600)]


def test_papers_are_drawn_alike_whatever_order_they_come_in() -> None:
    order = known_items.hash_order(PAPERS, 1)
    assert order == known_items.hash_order(PAPERS[::-1], 1)
    assert order != known_items.hash_order(PAPERS, 2)
    assert order != sorted(order)
    assert sorted(order) == sorted(known_items.hash_order(PAPERS, 2))


def test_only_held_out_papers_are_drawn() -> None:
    drawn = known_items.hash_order([*PAPERS, ("short", 0)], 0)
    assert drawn
    assert all(held_out(key) for _, key in drawn)


def test_about_one_work_in_ten_is_held_out() -> None:
    keys = [title_key(f"some title of a paper with the number {number}") for number in range(20_000)]
    assert 0.09 < sum(map(held_out, keys)) / len(keys) < 0.11
    assert 0.09 < sum(map(held_out, range(1, 20_001))) / 20_000 < 0.11  # whatever the keys look like


def test_what_is_held_out_never_changes() -> None:
    assert [number for number in range(-60, 60) if held_out(number)] == [
        -53, -42, -33, -18, -11, -5, 11, 14, 15, 19, 30, 31, 41, 46, 49, 50, 51,
    ]  # fmt: skip


def test_versions_of_a_work_fall_on_the_same_side() -> None:
    sides = set()
    for number in range(60):
        preprint = held_out(title_key(f"Schrödinger operators, again: No {number}"))
        assert preprint == held_out(title_key(f"SCHRODINGER Operators again, no. {number}"))
        sides.add(preprint)
    assert sides == {True, False}


def test_titles_too_short_to_tell_apart_are_never_held_out() -> None:
    assert not held_out(title_key("Preface"))


@given(st.integers(-(2**63), 2**63 - 1))
def test_no_key_is_too_large(key: int) -> None:
    assert held_out(key) in (True, False)
