"""A feed in pages, by RFC 5005, while papers arrive."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from django.test import Client

from papers.models import Paper
from papers.record import Appearance
from tests.feeds.conftest import At
from tests.feeds.reader import keys, link, parsed, path_of
from tests.pages.conftest import Keep
from tests.pages.samples import arxiv, author

MORNING = datetime(2025, 3, 18, 5, tzinfo=UTC)
PATHS = [
    "/arxiv/cs.CL/feed", "/arxiv/cs.CL,cs.LG/feed", "/venue/ACL/feed", "/venue/ACL.2025/feed?group=Long",
    "/venue/latest/feed", "/author/Ada Lovelace/feed", "/search/feed?query=paper",
]  # fmt: skip


def paper(number: int, **more: Any) -> Any:
    places = (Appearance("ACL.2025", "Long"),)
    return arxiv(f"2503.{number:05}", appearances=places, authors=(author("Ada Lovelace"),), **more)


def pages(client: Client, path: str, between: Any = lambda: None) -> list[list[str]]:
    """All pages from the first one on, with something happening before each other one is asked for."""
    found = []
    while path:
        response = client.get(path)
        found.append(keys(response))
        following = link(parsed(response), "next")
        path = path_of(following) if following else ""
        between()
    return found


@pytest.mark.parametrize("path", PATHS)
def test_pages_hold_each_paper_once_in_one_order(client: Client, keep: Keep, index: Any, path: str) -> None:
    keep(*(paper(number) for number in range(1, 24)))
    index()
    join = "&" if "?" in path else "?"
    whole = keys(client.get(path))
    assert len(whole) == 23
    parts = pages(client, f"{path}{join}show=5")
    assert [len(part) for part in parts] == [5, 5, 5, 5, 3]
    assert list(chain(*parts)) == whole
    assert pages(client, f"{path}{join}show=23") == [whole]


@pytest.mark.parametrize("path", PATHS)
def test_papers_that_arrive_meanwhile_move_no_page(client: Client, keep: Keep, index: Any, at: At, path: str) -> None:
    at(MORNING)
    keep(*(paper(number) for number in range(1, 24)))
    index()
    whole = keys(client.get(path))
    arrived = iter(range(101, 200))

    def arrive() -> None:
        number = next(arrived)
        at(MORNING + timedelta(minutes=number))
        keep(paper(number))
        index()

    join = "&" if "?" in path else "?"
    assert list(chain(*pages(client, f"{path}{join}show=5", arrive))) == whole


def test_a_list_that_comes_again_in_another_order_moves_no_page(client: Client, keep: Keep) -> None:
    keep(*(paper(number) for number in range(1, 24)))
    whole = keys(client.get("/arxiv/cs.CL/feed"))

    def write_again() -> None:
        keep(*(paper(number, comments="Corrected.") for number in range(23, 0, -1)))

    assert list(chain(*pages(client, "/arxiv/cs.CL/feed?show=5", write_again))) == whole


def test_links_lead_to_the_first_page_and_keep_what_was_asked(client: Client, keep: Keep) -> None:
    keep(*(paper(number) for number in range(1, 24)))
    first = parsed(client.get("/venue/ACL.2025/feed?show=5&group=Long"))
    base = "http://127.0.0.1:8000/venue/ACL.2025/feed?group=Long"
    assert link(first, "self") == link(first, "first") == f"{base}&show=5"
    second = parsed(client.get(path_of(link(first, "next"))))
    assert link(second, "first") == f"{base}&show=5"
    assert link(second, "self") == link(first, "next")
    assert first.findtext("{*}id") == second.findtext("{*}id") == base


def test_a_mark_stands_where_it_stood_when_its_paper_has_gone(client: Client, keep: Keep) -> None:
    keep(*(paper(number) for number in range(1, 24)))
    whole = keys(client.get("/arxiv/cs.CL/feed"))
    following = path_of(link(parsed(client.get("/arxiv/cs.CL/feed?show=5")), "next"))
    Paper.objects.filter(key=whole[4]).delete()
    assert keys(client.get(following)) == whole[5:10]


def test_show_is_a_hundred_unless_asked_and_never_too_many(client: Client, keep: Keep) -> None:
    keep(*(paper(number) for number in range(1, 512)))
    for asked, given in (("", 100), ("?show=7", 7), ("?show=1000000000", 100), ("?show=999999999", 500),
                         ("?show=-1", 100), ("?show=0", 100), ("?show=x", 100), ("?show=%00", 100)):  # fmt: skip
        assert len(keys(client.get(f"/arxiv/cs.CL/feed{asked}"))) == given, asked
