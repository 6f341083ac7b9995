"""What came since a reader was here last."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from papers import interest
from papers.interest import Kind
from papers.readers import reader
from papers.record import Listing, ListingKind
from tests.citations.reading import rows
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import arxiv

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2025, 3, day) for day in (17, 18, 19, 20))


@pytest.fixture
def week(keep: Keep) -> None:
    crossed = Listing("cs.AI", THURSDAY, ListingKind.CROSS)
    replaced = Listing("cs.CL", THURSDAY, ListingKind.REPLACEMENT)
    monday = arxiv("2503.00001", day=MONDAY)
    keep(
        replace(monday, listings=(*monday.listings, crossed, replaced)),
        arxiv("2503.00002", day=TUESDAY),
        arxiv("2503.00003", day=WEDNESDAY, listings=(Listing("cs.CL", WEDNESDAY, ListingKind.NEW), crossed)),
        arxiv("2503.00004", day=THURSDAY, categories=("cs.AI", "cs.CL")),
    )


def test_shows_all_later_lists_the_newest_first(client: Client, week: None) -> None:
    response = client.get("/arxiv/cs.CL?since=2025-03-17")
    assert keys(response) == ["2503.00004", "2503.00003", "2503.00002"]
    assert "3 papers announced since the list of 17 March 2025" in words(response)


def test_shows_each_paper_once_under_its_first_day(client: Client, week: None) -> None:
    response = client.get("/arxiv/cs.CL,cs.AI?since=2025-03-17")
    assert keys(response) == ["2503.00004", "2503.00003", "2503.00002"]
    page = text(response)
    assert page.index("Thursday, 20 March 2025") < page.index('id="2503.00004"') < page.index("Wednesday, 19 March")
    assert page.index("Wednesday, 19 March 2025") < page.index('id="2503.00003"')


def test_leaves_out_what_one_of_the_categories_had_listed_before(client: Client, week: None) -> None:
    assert "2503.00001" not in keys(client.get("/arxiv/cs.CL,cs.AI?since=2025-03-17"))
    assert "2503.00001" in keys(client.get("/arxiv/cs.AI?since=2025-03-17"))


def test_pages_keep_their_days(client: Client, week: None) -> None:
    response = client.get("/arxiv/cs.CL?since=2025-03-17&show=2&skip=2")
    assert keys(response) == ["2503.00002"]
    assert "Tuesday, 18 March 2025" in text(response)
    assert "Thursday, 20 March 2025" not in text(response)


def test_another_order_goes_across_the_days(client: Client, week: None) -> None:
    assert interest.count("2503.00002", Kind.STAR, reader("192.0.2.1", "Firefox"), TUESDAY)
    response = client.get("/arxiv/cs.CL?since=2025-03-17&sort=1")
    assert keys(response) == ["2503.00002", "2503.00004", "2503.00003"]
    assert "day-heading" not in text(response)
    assert "/arxiv/cs.CL/export.csv?since=2025-03-17&sort=1" in links(response)
    assert "?since=2025-03-17" in links(response)  # the way to the order by days
    exported = client.get("/arxiv/cs.CL/export.csv?since=2025-03-17&sort=1").content.decode()
    assert [row["id"] for row in rows(exported)] == ["2503.00002", "2503.00004", "2503.00003"]


def test_nothing_new_says_so_and_leads_to_the_latest_list(client: Client, week: None) -> None:
    for day in ("2025-03-20", "2031-01-01", "9999-12-31"):
        response = client.get(f"/arxiv/cs.CL?since={day}")
        assert response.status_code == 200
        assert "Nothing has been announced here since" in words(response)
        assert "/arxiv/cs.CL" in links(response)


def test_a_long_absence_is_cut_and_told(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", day=THURSDAY), arxiv("2412.00001", day=THURSDAY - timedelta(days=100)))
    response = client.get("/arxiv/cs.CL?since=0001-01-01")
    assert keys(response) == ["2503.00001"]
    assert "That is long ago" in words(response)


@pytest.mark.parametrize("since", ["yesterday", "2025-02-30", "%00", "9" * 5000])
def test_what_is_no_day_gives_the_latest_list_and_says_so(client: Client, week: None, since: str) -> None:
    response = client.get(f"/arxiv/cs.CL?since={since}")
    assert response.status_code == 200
    assert "is not a day" in words(response)
    assert keys(response) == ["2503.00004"]


def test_asks_no_more_for_a_month_than_for_a_day(
    client: Client, keep: Keep, django_assert_max_num_queries: object
) -> None:
    keep(*(arxiv(f"2503.{n:05}", day=MONDAY + timedelta(days=n % 20)) for n in range(1, 200)))
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        assert len(keys(client.get("/arxiv/cs.CL?since=2025-03-01&show=1000"))) == 199
