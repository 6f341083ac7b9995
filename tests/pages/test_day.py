from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from papers.record import Listing, ListingKind
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import DAY, arxiv

BEFORE, AFTER = date(2025, 3, 17), date(2025, 4, 2)


@pytest.fixture
def days(keep: Keep) -> None:
    """Three days of cs.CL, the middle one with two new papers and a cross-list."""
    keep(
        arxiv("2503.00001", day=BEFORE),
        arxiv("2503.00010"),
        arxiv("2503.00011", categories=("cs.CL", "cs.AI", "cs.CY")),
        arxiv("2503.00012", categories=("cs.AI", "cs.CL")),
        arxiv("2504.00001", day=AFTER),
    )


def test_shows_the_latest_day_by_default(client: Client, days: None) -> None:
    response = client.get("/arxiv/cs.CL")
    assert response.status_code == 200
    assert keys(response) == ["2504.00001"]
    assert "Wednesday, 2 April 2025" in text(response)


def test_never_mixes_days_and_puts_new_papers_before_cross_lists(client: Client, days: None) -> None:
    response = client.get("/arxiv/cs.CL?date=2025-03-18")
    assert keys(response) == ["2503.00011", "2503.00010", "2503.00012"]
    assert "3 papers: 2 new, 1 cross-listed." in words(response)


def test_keeps_the_order_of_arxiv_where_it_is_known(client: Client, keep: Keep) -> None:
    places = {"2503.00001": 3, "2503.00002": 1, "2503.00003": 2}
    keep(*(arxiv(name, listings=(Listing("cs.CL", DAY, ListingKind.NEW, place),)) for name, place in places.items()))
    assert keys(client.get("/arxiv/cs.CL")) == ["2503.00002", "2503.00003", "2503.00001"]


def test_leaves_replacements_out(client: Client, keep: Keep) -> None:
    keep(
        arxiv("2503.00001"),
        arxiv("2301.00001", listings=(Listing("cs.CL", date(2025, 3, 20), ListingKind.REPLACEMENT),)),
    )
    response = client.get("/arxiv/cs.CL")
    assert keys(response) == ["2503.00001"]


def test_shows_a_paper_once_in_a_union(client: Client, days: None) -> None:
    response = client.get("/arxiv/cs.AI,cs.CL?date=2025-03-18")
    assert sorted(keys(response)) == ["2503.00010", "2503.00011", "2503.00012"]
    assert "3 papers: 3 new, 0 cross-listed." in words(response)


def test_excludes_papers_that_bear_an_excluded_category(client: Client, days: None) -> None:
    assert "2503.00011" not in keys(client.get("/arxiv/cs.AI+cs.CL-cs.CY?date=2025-03-18"))
    assert "2503.00011" not in keys(client.get("/arxiv/cs.AI%2Bcs.CL-cs.CY?date=2025-03-18"))


def test_the_latest_day_of_an_exclusion_has_papers(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"), arxiv("2504.00001", categories=("cs.CL", "cs.CY"), day=AFTER))
    assert keys(client.get("/arxiv/cs.CL-cs.CY")) == ["2503.00001"]


def test_reads_old_and_double_codes(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", categories=("math-ph",)))
    assert keys(client.get("/arxiv/MATH.MP")) == ["2503.00001"]


def test_finds_categories_that_the_taxonomy_does_not_know_yet(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", categories=("cs.QC",)))
    assert keys(client.get("/arxiv/cs.QC")) == ["2503.00001"]


def test_leads_to_the_days_before_and_after(client: Client, days: None) -> None:
    found = links(client.get("/arxiv/cs.CL?date=2025-03-18&show=2"))
    assert "?date=2025-03-17&show=2" in found
    assert "?date=2025-04-02&show=2" in found


def test_a_calendar_leads_to_the_days_with_papers(client: Client, days: None) -> None:
    response = client.get("/arxiv/cs.CL?date=2025-03-18")
    assert "March 2025" in text(response)
    assert "?date=2025-03-19" not in links(response)
    assert 'aria-current="date" title="3 papers"' in text(response)


@pytest.mark.parametrize("typed", ["yesterday", "2025-02-30", "20250318", "2025-3-18", "0000-00-00", "-", "<script>"])
def test_a_bad_date_gives_the_latest_day_and_says_so(client: Client, days: None, typed: str) -> None:
    response = client.get("/arxiv/cs.CL", {"date": typed})
    assert response.status_code == 200
    assert keys(response) == ["2504.00001"]
    assert "is not a day" in text(response)


@pytest.mark.parametrize("day", ["2025-03-22", "2030-01-01", "1990-01-01", "9999-12-31", "0001-01-01"])
def test_a_day_without_papers_leads_to_the_nearest_days(client: Client, days: None, day: str) -> None:
    response = client.get(f"/arxiv/cs.CL?date={day}")
    assert response.status_code == 200
    assert keys(response) == []
    assert "No papers were announced here" in text(response)
    assert any(f"date={near}" in link for near in (BEFORE, DAY, AFTER) for link in links(response))


def test_a_category_without_papers_says_so(client: Client, days: None) -> None:
    response = client.get("/arxiv/hep-th")
    assert response.status_code == 200
    assert "No papers of this category" in text(response)


def test_an_unknown_category_is_not_found_and_others_are_suggested(client: Client, days: None) -> None:
    response = client.get("/arxiv/cs.CLL")
    assert response.status_code == 404
    assert "/arxiv/cs.CL" in links(response)


def test_pages_through_a_day(client: Client, keep: Keep) -> None:
    keep(*(arxiv(f"2503.{number:05}") for number in range(1, 61)))
    first = client.get("/arxiv/cs.CL")
    assert len(keys(first)) == 25
    assert '<a rel="next" href="?skip=25">' in text(first)
    second = client.get("/arxiv/cs.CL?skip=25&sort=0")
    assert keys(second)[0] == "2503.00035"
    assert "26–50 of 60" in words(second)
    assert '<a rel="next" href="?skip=50&amp;sort=0">' in text(second)
    everything = client.get("/arxiv/cs.CL?show=1000")
    assert len(keys(everything)) == 60
    assert 'rel="next" href="?skip' not in text(everything)
    assert "There is nothing so far down" in text(client.get("/arxiv/cs.CL?skip=900"))


def test_numbers_go_on_through_the_pages(client: Client, keep: Keep) -> None:
    keep(*(arxiv(f"2503.{number:05}") for number in range(1, 31)))
    assert ">26</a>" in text(client.get("/arxiv/cs.CL?skip=25"))


def test_says_when_the_day_is_an_estimate(client: Client, keep: Keep) -> None:
    record = arxiv("2503.00001")
    keep(replace(record, listings=tuple(replace(listing, estimated=True) for listing in record.listings)))
    assert "computed from the times of submission" in text(client.get("/arxiv/cs.CL"))


def test_answers_head_and_refuses_to_be_written_to(client: Client, days: None) -> None:
    response = client.head("/arxiv/cs.CL")
    assert (response.status_code, response.content) == (200, b"")
    assert client.post("/arxiv/cs.CL").status_code == 405


def test_names_its_canonical_address(client: Client, days: None) -> None:
    assert '<link rel="canonical" href="http://127.0.0.1:8000/arxiv/cs.CL?date=2025-03-18">' in text(
        client.get("/arxiv/CS.cl?date=2025-03-18&show=3")
    )


def test_an_archive_shows_the_day_of_all_of_its_categories(client: Client, keep: Keep) -> None:
    keep(
        arxiv("2503.00001", categories=("cs.AI",)),
        arxiv("2503.00002", categories=("math.NA", "cs.NA")),
        arxiv("2503.00003", categories=("hep-th",)),
        arxiv("2503.00004", categories=("cs.AI", "cs.CL")),
    )
    response = client.get("/arxiv/cs")
    assert keys(response) == ["2503.00004", "2503.00002", "2503.00001"]
    assert "Computer Science" in words(response)
    assert "/arxiv/cs/feed" in links(response)
    assert keys(client.get("/arxiv/hep-th,CS-cs.CL")) == ["2503.00003", "2503.00002", "2503.00001"]
    assert keys(client.get("/arxiv/hep-th,cs.CL-cs")) == ["2503.00003"]
    assert [client.get(path).status_code for path in ("/top/cs", "/arxiv/cs/feed", "/arxiv/cs/export.bib")] == [200] * 3
    assert keys(client.get("/arxiv/cs?since=2025-03-17")) == ["2503.00004", "2503.00002", "2503.00001"]


def test_an_archive_asks_no_more_than_a_category(
    client: Client, keep: Keep, django_assert_max_num_queries: object
) -> None:
    keep(arxiv("2503.00001", categories=("cs.AI",)))
    for path in ("/arxiv/cs.AI", "/arxiv/physics,cs"):
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            assert keys(client.get(path)) == ["2503.00001"]
