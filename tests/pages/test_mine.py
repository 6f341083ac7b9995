"""The page of what the browser keeps, as the server sends it, and the days of lists that its scripts ask for."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from papers.catch_up import MOST_DAYS
from papers.models import Venue
from papers.taxonomy import groups
from tests.pages.conftest import Keep
from tests.pages.reading import text, words
from tests.pages.samples import acl, arxiv


def days(client: Client, spec: str, since: str) -> Any:
    return client.get("/mine/lists", {"spec": spec, "since": since}).json()["days"]


def test_all_categories_can_be_chosen_or_left_out(client: Client, db: None) -> None:
    page = text(client.get("/mine"))
    codes = [category.code for members in groups().values() for category in members]
    for code in codes:
        assert f'data-choose="categories" data-name="{code}"' in page
        assert f'data-choose="excluded" data-name="{code}"' in page


def test_it_says_that_it_needs_a_script_and_that_nothing_is_on_the_server(client: Client, db: None) -> None:
    response = client.get("/mine")
    assert "This page needs JavaScript" in words(response)
    assert "nothing is kept on the server" in words(response)
    assert '<meta name="robots" content="noindex">' in text(response)


def test_venues_are_suggested(client: Client, keep: Keep) -> None:
    keep(acl("P19-1001"))
    Venue.objects.create(name='"><script>')
    page = text(client.get("/mine"))
    assert '<option value="ACL"></option>' in page
    assert '<option value="&quot;&gt;&lt;script&gt;"></option>' in page


def test_its_queries_do_not_grow(client: Client, keep: Keep, django_assert_max_num_queries: Any) -> None:
    keep(*(acl(f"P{year}-1001", edition=f"Conf{year}.20{year}") for year in range(10, 20)))
    with django_assert_max_num_queries(1):
        client.get("/mine")


def test_every_page_leads_to_it(client: Client, db: None) -> None:
    assert '<a href="/mine">Mine</a>' in text(client.get("/venue/latest"))


def test_categories_and_venues_of_the_front_page_can_be_chosen(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"), acl("P19-1001"))
    page = text(client.get("/"))
    for kind, name in [("categories", "cs.CL"), ("categories", "hep-th"), ("venues", "ACL")]:
        assert f'data-choose="{kind}" data-name="{name}"' in page


def test_days_of_lists_after_a_day_the_newest_first(client: Client, keep: Keep) -> None:
    keep(
        arxiv("2503.00001", day=date(2025, 3, 14)),
        arxiv("2503.00002", day=date(2025, 3, 17)),
        arxiv("2503.00003", day=date(2025, 3, 18)),
        arxiv("2503.00004", day=date(2025, 3, 18)),
        arxiv("2503.00005", day=date(2025, 3, 19), categories=("hep-th",)),
    )
    assert days(client, "cs.CL", "2025-03-14") == ["2025-03-18", "2025-03-17"]
    assert days(client, "cs.CL,hep-th", "2025-03-17") == ["2025-03-19", "2025-03-18"]
    assert days(client, "cs.CL", "2025-03-18") == []
    assert days(client, "cs.CL", "9999-12-31") == []
    assert days(client, "math.CO", "2025-03-14") == []


def test_days_go_back_as_far_as_catching_up_does(client: Client, keep: Keep) -> None:
    keep(
        arxiv("2503.00001", day=date(2025, 1, 1)),
        arxiv("2503.00002", day=date(2025, 3, 18)),
    )
    assert (date(2025, 3, 18) - date(2025, 1, 1)).days > MOST_DAYS
    assert days(client, "cs.CL", "0001-01-01") == ["2025-03-18"]


def test_days_take_two_queries(client: Client, keep: Keep, django_assert_max_num_queries: Any) -> None:
    keep(*(arxiv(f"2503.{number:05}", day=date(2025, 3, number)) for number in range(3, 29)))
    with django_assert_max_num_queries(2):
        assert len(days(client, "cs.CL,cs.AI,hep-th", "2025-03-02")) == 26


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"spec": "cs.CL", "since": "yesterday"}, 400),
        ({"spec": "cs.CL", "since": "2025-02-30"}, 400),
        ({"since": "2025-03-14"}, 404),
        ({"spec": "cs.ZZ", "since": "2025-03-14"}, 404),
        ({"spec": "\x00cs.CL\x00", "since": "2025-03-14"}, 200),
        ({"spec": "x" * 30_000, "since": "2025-03-14"}, 404),
        ({"spec": "cs.CL-cs.AI", "since": "2025-03-14"}, 200),
    ],
)
def test_bad_requests_for_days_say_so(client: Client, db: None, asked: dict[str, str], status: int) -> None:
    assert client.get("/mine/lists", asked).status_code == status
