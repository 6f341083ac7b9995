"""Top lists by numbers that were worked out by hand."""

from datetime import date, timedelta
from typing import Any

import pytest

from papers import listings
from papers.models import Appearance, Edition, InterestDay, Paper
from papers.record import Appearance as Place
from papers.record import Author, Listing, ListingKind, PaperRecord
from papers.top import ALL, PERIODS, Scope, Top, top
from tests.search.conftest import put

pytestmark = pytest.mark.django_db

TODAY = date(2025, 3, 18)
DAY, WEEK, MONTH = PERIODS["day"], PERIODS["week"], PERIODS["month"]


def preprint(number: int, *categories: str) -> PaperRecord:
    listed = tuple(Listing(code, TODAY, ListingKind.NEW) for code in categories)
    return PaperRecord(
        "arxiv", f"2503.0000{number}", f"A title with the number {number}", (Author("Ada"),),
        categories=categories, listings=listed,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def stored() -> None:
    put(preprint(1, "cs.CL"), preprint(2, "cs.CL", "cs.CY"), preprint(3, "cs.AI"), preprint(4, "math-ph"))
    put(PaperRecord("acl", "P19-1001", "A title in print", (Author("Bo"),), appearances=(Place("ACL.2019"),)))
    put(PaperRecord("acl", "P18-1001", "Another title in print", (Author("Bo"),), appearances=(Place("ACL.2018"),)))


def opened(number: int | str, age: int, **counts: int) -> None:
    key = f"2503.0000{number}" if isinstance(number, int) else number
    InterestDay.objects.create(paper=Paper.objects.get(key=key), day=TODAY - timedelta(days=age), **counts)


def numbers(found: Top) -> dict[str, float]:
    keys = dict(Paper.objects.values_list("pk", "key"))
    return {keys[entry.paper_id].removeprefix("2503.0000"): entry.interest for entry in found.entries}


def selected(spec: str) -> Scope:
    return Scope(selection=listings.selection(spec))


def test_with_every_half_life_an_opening_loses_half_its_weight() -> None:
    opened(1, 0, pdf=4)
    opened(2, 3, pdf=4)
    opened(3, 6, pdf=4)
    assert numbers(top(ALL, WEEK, TODAY)) == {"1": 4.0, "2": 2.0, "3": 1.0}


def test_days_of_a_paper_add_up_and_a_star_counts_three() -> None:
    opened(1, 0, pdf=1, answers=1, related=1, opens=1, stars=1)  # 4 + 3
    opened(1, 1, stars=2)  # 6 / 2
    assert numbers(top(ALL, DAY, TODAY)) == {"1": 10.0}
    found = top(ALL, DAY, TODAY)
    assert [(entry.openings, entry.stars) for entry in found.entries] == [(4, 3)]
    assert (found.papers, found.openings, found.stars) == (1, 4, 3)


def test_periods_hold_their_days_and_none_before_or_after() -> None:
    for number, age in ((1, 1), (2, 6), (3, 29), (4, 30)):
        opened(number, age, pdf=8)
    opened("P19-1001@ACL", -1, pdf=8)
    assert set(numbers(top(ALL, DAY, TODAY))) == {"1"}
    assert set(numbers(top(ALL, WEEK, TODAY))) == {"1", "2"}
    assert set(numbers(top(ALL, MONTH, TODAY))) == {"1", "2", "3"}


def test_a_fresh_opening_can_outweigh_several_old_ones() -> None:
    opened(1, 20, pdf=7)  # 7 / 4
    opened(2, 0, pdf=2)
    assert list(numbers(top(ALL, MONTH, TODAY))) == ["2", "1"]
    assert numbers(top(ALL, MONTH, TODAY))["1"] == 1.75


def test_equal_papers_stand_in_one_order_the_newest_first() -> None:
    for number in (3, 1, 2):
        for age in (0, 1, 2, 5):
            opened(number, age, pdf=1 + age)
    assert list(numbers(top(ALL, WEEK, TODAY))) == ["3", "2", "1"]


def test_a_star_taken_back_leaves_no_entry() -> None:
    opened(1, 0, stars=0)
    assert top(ALL, DAY, TODAY) == Top()


def test_categories_hold_their_papers_once_and_without_those_excluded() -> None:
    for number in (1, 2, 3, 4):
        opened(number, 0, pdf=5 - number)
    assert list(numbers(top(selected("cs.CL"), DAY, TODAY))) == ["1", "2"]
    assert list(numbers(top(selected("cs.CL,cs.CY,cs.AI"), DAY, TODAY))) == ["1", "2", "3"]
    assert list(numbers(top(selected("cs.CL+cs.AI-cs.CY"), DAY, TODAY))) == ["1", "3"]
    assert list(numbers(top(selected("math.MP"), DAY, TODAY))) == ["4"]
    assert top(selected("hep-th"), DAY, TODAY) == Top()


def test_venues_hold_the_papers_of_their_editions() -> None:
    for number in (1, "P19-1001@ACL", "P18-1001@ACL"):
        opened(number, 0, pdf=1)
    both = [edition.pk for edition in Edition.objects.all()]
    assert set(numbers(top(Scope(editions=both), DAY, TODAY))) == {"P19-1001@ACL", "P18-1001@ACL"}
    one = list(Appearance.objects.filter(edition__name="ACL.2019").values_list("edition_id", flat=True))
    assert set(numbers(top(Scope(editions=one), DAY, TODAY))) == {"P19-1001@ACL"}
    assert top(Scope(editions=[]), DAY, TODAY) == Top()


@pytest.mark.parametrize("spec", ["", "cs.CL", "cs.CL+cs.AI-cs.CY"])
def test_a_list_is_one_query(django_assert_num_queries: Any, spec: str) -> None:
    opened(1, 0, pdf=1)
    scope = selected(spec) if spec else ALL
    with django_assert_num_queries(1):
        assert top(scope, WEEK, TODAY).papers == 1


def test_half_lives_are_about_a_third_of_their_periods() -> None:
    assert {each.name: (each.days, each.half_life) for each in PERIODS.values()} == {
        "day": (2, 1),
        "week": (7, 3),
        "month": (30, 10),
    }
