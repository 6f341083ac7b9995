"""Orders of a list: stable, and never worse than the list's own."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from papers import interest, ordering, preference
from papers.interest import Counts, Kind
from papers.models import Paper
from papers.ordering import By
from papers.preference import Scores, Word
from papers.readers import reader
from tests.search.conftest import papers, put

DAY = date(2025, 3, 18)
LIST = [5, 3, 9, 1, 7]


@pytest.fixture
def worth() -> Iterator[dict[str, dict[int, float]]]:
    """What words are worth, by word and paper id, in the place of a search index."""
    told: dict[str, dict[int, float]] = {}
    before = list(preference._rankers)

    def scores(words: Sequence[Word], paper_ids: Sequence[int]) -> Scores:
        found: dict[int, list[tuple[Word, float]]] = {}
        for word in words:
            for paper_id, score in told.get(word.text, {}).items():
                found.setdefault(paper_id, []).append((word, score))
        return {paper_id: each for paper_id, each in found.items() if paper_id in paper_ids}

    preference.register(scores)
    yield told
    preference._rankers[:] = before


@pytest.mark.parametrize("sort", ["", "0", ",", "-", '"', "\x00", "'"])
def test_without_another_wish_the_list_stands_as_it_is(sort: str) -> None:
    order = ordering.ordered(LIST, sort)
    assert (order.paper_ids, order.by, dict(order.reasons)) == (LIST, By.OWN, {})


def test_papers_with_wanted_words_come_first_and_say_why(worth: dict[str, dict[int, float]]) -> None:
    worth |= {"trees": {9: 2.0, 1: 0.5}, "graph rewriting": {1: 3.14}}
    order = ordering.ordered(LIST, "trees,graph rewriting")
    assert order.paper_ids == [1, 9, 5, 3, 7]
    assert order.reasons == {1: "your words: graph rewriting (3.1), trees (0.5)", 9: "your words: trees (2.0)"}
    assert (order.by, order.moved) == (By.WORDS, 2)


def test_papers_with_unwanted_words_go_down_and_say_why(worth: dict[str, dict[int, float]]) -> None:
    worth |= {"trees": {9: 2.0, 5: 2.0}, "robots": {5: 1.0, 3: 1.0}}
    order = ordering.ordered(LIST, "trees,-robots")
    assert order.paper_ids == [9, 5, 1, 7, 3]
    assert order.reasons[5] == "your words: trees (2.0), robots (−1.0)"
    assert order.reasons[3] == "your words: robots (−1.0)"
    assert order.moved == 2


def test_equal_scores_keep_the_order_of_the_list(worth: dict[str, dict[int, float]]) -> None:
    worth["trees"] = {7: 1.02, 1: 1.04, 3: 0.98}  # all shown as 1.0
    assert ordering.ordered(LIST, "trees").paper_ids == [3, 1, 7, 5, 9]


def test_words_that_no_paper_holds_change_nothing(worth: dict[str, dict[int, float]]) -> None:
    worth["trees"] = {99: 5.0}
    order = ordering.ordered(LIST, "trees,forests")
    assert (order.paper_ids, order.moved, dict(order.reasons)) == (LIST, 0, {})


def test_where_words_cannot_be_looked_up_the_list_stands_and_that_is_known() -> None:
    before = list(preference._rankers)
    try:
        preference.register(lambda words, paper_ids: None)
        order = ordering.ordered(LIST, "trees")
    finally:
        preference._rankers[:] = before
    assert (order.paper_ids, order.by, order.is_off) == (LIST, By.WORDS, True)


@pytest.mark.django_db
def test_by_interest_a_star_outweighs_looks_and_ties_keep_their_order(django_assert_num_queries: Any) -> None:
    put(*papers())
    ids = {paper.key: paper.pk for paper in Paper.objects.all()}
    listed = [ids[f"2503.0000{n}"] for n in (4, 2, 5, 1, 3)]
    for key, kinds in {
        "2503.00001": [Kind.STAR],
        "2503.00005": [Kind.PDF, Kind.OPEN],
        "2503.00002": [Kind.ANSWERS, Kind.RELATED],
    }.items():
        for kind in kinds:
            interest.count(key, kind, reader("192.0.2.1", "Firefox"), DAY)
    with django_assert_num_queries(1):
        order = ordering.ordered(listed, "1")
    assert order.paper_ids == [ids[f"2503.0000{n}"] for n in (1, 2, 5, 4, 3)]
    assert (order.by, order.moved) == (By.INTEREST, 3)


def test_interest_is_every_opening_and_three_for_a_star() -> None:
    assert Counts(pdf=1, answers=2, related=3, stars=4, opens=5).interest == 1 + 2 + 3 + 5 + 3 * 4
