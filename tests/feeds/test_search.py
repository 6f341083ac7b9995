"""Searches as feeds."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.feeds.conftest import At
from tests.feeds.reader import keys, link, parsed
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv


@pytest.fixture
def papers(keep: Keep, index: Any) -> None:
    keep(
        arxiv("2503.00001", abstract="Neural parsing of graphs."),
        arxiv("2503.00002", abstract="Neural translation.", day=date(2025, 3, 19)),
        acl("P19-0001", abstract="Neural parsing before that."),
        arxiv("2503.00004", abstract="Something else."),
    )
    index()


def test_holds_what_the_search_finds_the_newest_first(client: Client, papers: None) -> None:
    assert keys(client.get("/search/feed?query=neural")) == ["2503.00002", "2503.00001", "P19-0001@ACL"]
    assert keys(client.get('/search/feed?query="neural parsing" in:arxiv')) == ["2503.00001"]
    assert keys(client.get("/search/feed?query=neural -translation venue:ACL")) == ["P19-0001@ACL"]


def test_the_addresses_of_the_reference_site_give_the_same_feed(client: Client, papers: None) -> None:
    for path in ("/arxiv/search/feed", "/venue/search/feed"):
        feed = parsed(client.get(f"{path}?query=neural&sort=relevance&highlight=1"))
        assert link(feed, "self") == "http://127.0.0.1:8000/search/feed?query=neural"
    assert link(feed, "alternate") == "http://127.0.0.1:8000/search?query=neural"


def test_a_phrase_that_nobody_wrote_finds_nothing_until_somebody_does(
    client: Client, keep: Keep, papers: None, index: Any
) -> None:
    assert keys(client.get('/search/feed?query="neural cooking"')) == []
    keep(arxiv("2503.00005", abstract="On neural cooking."))
    index()
    assert keys(client.get('/search/feed?query="neural cooking"')) == ["2503.00005"]


def test_a_paper_that_comes_late_comes_first(client: Client, keep: Keep, at: At, index: Any) -> None:
    at(datetime(2025, 3, 20, tzinfo=UTC))
    keep(arxiv("2503.00001"))
    at(datetime(2025, 3, 21, tzinfo=UTC))
    keep(arxiv("2503.00002", day=date(2025, 3, 12)))
    index()
    assert keys(client.get("/search/feed?query=paper")) == ["2503.00002", "2503.00001"]


def test_without_an_index_a_reader_is_asked_to_come_again(
    client: Client, db: None, settings: Any, tmp_path: Path
) -> None:
    settings.INDEX_DIR = tmp_path / "none"
    response = client.get("/search/feed?query=x")
    assert (response.status_code, response["Retry-After"]) == (503, "600")


@pytest.mark.parametrize(
    "query", ["'", '"', "((", "a" * 5_000, "-x", "NOT", "<script>", "\u202e", "中文", "*", "x AND"]
)
def test_any_query_has_a_feed(client: Client, papers: None, query: str) -> None:
    parsed(client.get("/search/feed", {"query": query}))
