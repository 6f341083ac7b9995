"""What is wrong with an address is said in words."""

import pytest
from django.test import Client

from tests.feeds.reader import keys
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv


def said(client: Client, path: str, status: int) -> str:
    response = client.get(path)
    assert response.status_code == status
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode()


def test_an_unknown_category_is_named_and_others_are_suggested(client: Client, db: None) -> None:
    text = said(client, "/arxiv/cs.CLL/feed", 404)
    assert "cs.CLL" in text
    assert "cs.CL\n" in text or "cs.CL," in text
    assert "no-such" in said(client, "/arxiv/no-such/feed", 404)


def test_an_unknown_venue_is_named_and_editions_are_suggested(client: Client, keep: Keep) -> None:
    keep(acl("P19-0001"))
    assert "ACL.2019" in said(client, "/venue/ACLL/feed", 404)
    assert "XYZ.2031" in said(client, "/venue/XYZ.2031/feed", 404)
    assert "<script>" in said(client, "/venue/<script>/feed", 404)


def test_a_group_without_papers_is_an_empty_feed(client: Client, keep: Keep) -> None:
    keep(acl("P19-0001"))
    assert keys(client.get("/venue/ACL.2019/feed?group=Oral")) == []
    assert keys(client.get("/venue/ACL.2019/feed", {"group": "\x00" * 9})) == ["P19-0001@ACL"]


def test_an_author_nobody_is_is_not_found(client: Client, keep: Keep) -> None:
    keep(acl("P19-0001"))
    for name in ("Nobody Here", "%00", "%20", "Hopper%20Grace"):
        assert "bears the name" in said(client, f"/author/{name}/feed", 404)


@pytest.mark.parametrize("path", ["/arxiv/cs.CL/feed", "/venue/ACL/feed", "/venue/latest/feed", "/author/x/feed",
                                  "/search/feed"])  # fmt: skip
def test_a_mark_that_no_feed_gave_out_is_refused(client: Client, db: None, path: str) -> None:
    for mark in ("yesterday", "1e9", "1", "-1.-1", "99999999999999.1", "' OR 1=1"):
        assert "before" in said(client, f"{path}?query=x&before={mark}", 400)


@pytest.mark.parametrize("before", ["99999999999.1", "-62135578800.1", "4102444800.999999999999999999"])
def test_a_mark_before_or_behind_all_papers_is_no_fault(client: Client, keep: Keep, before: str) -> None:
    keep(arxiv("2503.00001"), acl("P19-0001"))
    for path in ("/arxiv/cs.CL,cs.LG/feed", "/venue/ACL/feed", "/author/Ada Lovelace/feed", "/arxiv/2503.00001/feed"):
        assert len(keys(client.get(f"{path}?before={before}"))) == (0 if before.startswith("-") else 1)


def test_a_search_for_nothing_is_refused(client: Client, db: None) -> None:
    for query in ("", "?query=", "?query=%20%20", "?query=%00"):
        assert "query" in said(client, f"/search/feed{query}", 400)


def test_feeds_are_read_and_not_written_to(client: Client, db: None) -> None:
    assert client.post("/arxiv/cs.CL/feed").status_code == 405
    assert client.post("/opml").status_code == 405


@pytest.mark.parametrize("path", ["/arxiv//feed", "/arxiv/feed", "/arxiv/%00/feed", "/venue/%00/feed", "/venue//feed",
                                  f"/arxiv/{'cs.CL,' * 900}/feed", "/arxiv/%F0%9F%A6%9C/feed"])  # fmt: skip
def test_odd_addresses_are_answered(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code in (200, 301, 404)
