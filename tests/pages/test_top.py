"""Pages of what readers opened most."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from papers.models import Interest, InterestDay, Paper
from papers.views import top
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import acl, arxiv

TODAY = date(2025, 3, 20)
Opened = Callable[..., None]


@pytest.fixture
def site(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Five papers, and what gives them counts of a day so many days ago."""
    monkeypatch.setattr(top, "today", lambda: TODAY)
    keep(
        arxiv("2503.00001"),
        arxiv("2503.00002", categories=("cs.CL", "cs.CY")),
        arxiv("2503.00003", categories=("cs.AI",)),
    )
    keep(acl("P19-1001"), acl("P18-1001", edition="ACL.2018"))

    def opened(key: str, age: int = 0, **counts: int) -> None:
        paper = Paper.objects.get(key=key)
        InterestDay.objects.create(paper=paper, day=TODAY - timedelta(days=age), **counts)
        Interest.objects.create(paper=paper, **counts)

    return opened


def test_papers_stand_by_interest_and_say_from_what(client: Client, site: Opened) -> None:
    site("2503.00001", 3, pdf=4, opens=6, stars=2)  # 16 / 2
    site("2503.00003", 0, pdf=8, answers=1)
    site("2503.00002", 0, stars=1)
    response = client.get("/top")
    assert keys(response) == ["2503.00003", "2503.00001", "2503.00002"]
    told = words(response)
    assert "interest 9.0: 9 openings" in told
    assert "interest 8.0: 10 openings, 2 stars" in told
    assert "interest 3.0: 1 star" in told
    assert "This is the interest of 19 openings, 3 stars, 3 papers." in told.replace(" ,", ",").replace(" .", ".")
    assert "[PDF 4 ]" in told


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ("day", "the last 2 days, today among them (UTC)"),
        ("week", "with every 3 days that pass, what a reader did loses half of its weight"),
        ("month", "with every 10 days that pass"),
        ("", "the last 7 days"),
        ("year", "the last 7 days"),
        ("\x00", "the last 7 days"),
    ],
)
def test_the_decay_is_explained(client: Client, site: Opened, over: str, sentence: str) -> None:
    assert sentence in words(client.get("/top", {"over": over}))


def test_periods_differ(client: Client, site: Opened) -> None:
    for key, age in (("2503.00001", 0), ("2503.00002", 5), ("2503.00003", 20)):
        site(key, age, pdf=1)
    assert keys(client.get("/top?over=day")) == ["2503.00001"]
    assert keys(client.get("/top?over=week")) == ["2503.00001", "2503.00002"]
    assert keys(client.get("/top?over=month")) == ["2503.00001", "2503.00002", "2503.00003"]


def test_little_interest_is_called_little(client: Client, site: Opened) -> None:
    site("2503.00001", pdf=29)
    assert "a single reader can change this order" in words(client.get("/top"))
    site("2503.00002", pdf=1)
    assert "a single reader can change this order" not in words(client.get("/top"))


def test_no_interest_is_said_plainly(client: Client, site: Opened) -> None:
    response = client.get("/top/hep-th")
    assert (response.status_code, keys(response)) == (200, [])
    assert "No reader has opened a paper of these in this time." in words(response)
    assert "?over=month" in links(response)


def test_of_categories(client: Client, site: Opened) -> None:
    for key in ("2503.00001", "2503.00002", "2503.00003"):
        site(key, pdf=int(key[-1]))
    assert keys(client.get("/top/cs.CL")) == ["2503.00002", "2503.00001"]
    assert keys(client.get("/top/CS.cl")) == ["2503.00002", "2503.00001"]
    assert keys(client.get("/top/cs.CL,cs.AI")) == ["2503.00003", "2503.00002", "2503.00001"]
    assert keys(client.get("/top/cs.CL+cs.AI-cs.CY")) == ["2503.00003", "2503.00001"]
    assert '<link rel="canonical" href="http://127.0.0.1:8000/top/cs.CL">' in text(client.get("/top/CS.cl"))


def test_of_a_venue_and_an_edition(client: Client, site: Opened) -> None:
    for key in ("2503.00001", "P19-1001@ACL", "P18-1001@ACL"):
        site(key, pdf=1)
    assert sorted(keys(client.get("/top/venue/ACL"))) == ["P18-1001@ACL", "P19-1001@ACL"]
    assert keys(client.get("/top/venue/acl.2019")) == ["P19-1001@ACL"]
    assert "/venue/ACL.2019" in links(client.get("/top/venue/acl.2019"))


def test_what_is_not_there_is_not_found_and_others_are_suggested(client: Client, site: Opened) -> None:
    response = client.get("/top/cs.CLL")
    assert response.status_code == 404
    assert "/arxiv/cs.CL" in links(response)
    response = client.get("/top/venue/ACLL")
    assert response.status_code == 404
    assert "/venue/ACL.2019" in links(response)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("cs.CL", "/top/cs.CL"),
        (" cs.ai,cs.cl ", "/top/cs.AI+cs.CL"),
        ("acl", "/top/venue/ACL"),
        ("ACL.2019", "/top/venue/ACL.2019"),
        ("nonsense", "/top/nonsense"),
        ("a\nb\x00", "/top/a%20b"),
        ("//evil.example", "/top///evil.example"),
    ],
)
def test_what_is_typed_leads_to_its_list(client: Client, site: Opened, typed: str, address: str) -> None:
    response = client.get("/top", {"of": typed})
    assert (response.status_code, response["Location"]) == (302, address)
    assert client.get(address).status_code in (200, 404)


def test_the_form_keeps_the_period(client: Client, site: Opened) -> None:
    assert client.get("/top?of=cs.CL&over=month")["Location"] == "/top/cs.CL?over=month"


def test_a_long_list_is_paged(client: Client, site: Opened, keep: Keep) -> None:
    names = [f"2503.1{number:04}" for number in range(60)]
    keep(*map(arxiv, names))
    for number, name in enumerate(names):
        site(name, pdf=100 - number)
    assert keys(client.get("/top?skip=25")) == names[25:50]
    assert ">26</a>" in text(client.get("/top?skip=25"))
    assert "There is nothing so far down" in text(client.get("/top?skip=1000"))


@pytest.mark.parametrize("query", ["skip=-1", "show=1e9", "skip=999999999", "over=%00", "of=%00", "sort=x"])
def test_bad_parameters_are_no_errors(client: Client, site: Opened, query: str) -> None:
    assert client.get(f"/top?{query}").status_code == 200


@pytest.mark.parametrize(
    "spec", ["%00", "x" * 5000, "cs.CL%00", "venue/%00", "venue/" + "y" * 5000, "'", "cs.CL/feeds"]
)
def test_hostile_addresses_are_no_errors(client: Client, site: Opened, spec: str) -> None:
    assert client.get(f"/top/{spec}").status_code in (200, 404)


@pytest.mark.parametrize(
    ("path", "queries"), [("/top", 6), ("/top/cs.CL", 6), ("/top/cs.CL+cs.AI-cs.CY", 6), ("/top/venue/ACL.2019", 7)]
)
@pytest.mark.parametrize("show", [2, 40])
def test_what_a_list_costs_does_not_grow(
    client: Client, site: Opened, keep: Keep, django_assert_max_num_queries: Any, path: str, queries: int, show: int
) -> None:
    names = [f"2503.1{number:04}" for number in range(40)]
    keep(*(arxiv(name, categories=("cs.CL", "cs.AI")) for name in names))
    keep(*(acl(f"P19-2{number:03}") for number in range(40)))
    for name in (*names, *(f"P19-2{number:03}@ACL" for number in range(40))):
        site(name, pdf=1)
    with django_assert_max_num_queries(queries):
        assert len(keys(client.get(f"{path}?show={show}"))) == show
