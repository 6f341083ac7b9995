"""What readers open most, and what is near to a paper, as feeds."""

from typing import Any

import pytest
from django.test import Client

from papers import interest
from papers.day_key import today
from papers.interest import Kind
from papers.readers import reader
from search.indexing.keywords import follow_keywords
from tests.feeds.reader import keys, link, parsed
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv


@pytest.fixture
def opened(keep: Keep) -> None:
    """Two of three papers were opened."""
    keep(arxiv("2503.00001"), arxiv("2503.00002", categories=("cs.AI",)), arxiv("2503.00003"), acl("P19-1001"))
    for number, key in enumerate(("2503.00001", "2503.00002", "2503.00002", "P19-1001@ACL")):
        assert interest.count(key, Kind.PDF, reader(f"192.0.2.{number}", "Firefox"), today())


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/top/feed", {"2503.00001", "2503.00002", "P19-1001@ACL"}),
        ("/top/cs.CL/feed", {"2503.00001"}),
        ("/top/cs.AI+cs.CL/feed?over=month", {"2503.00001", "2503.00002"}),
        ("/top/venue/ACL/feed", {"P19-1001@ACL"}),
        ("/top/venue/ACL.2019/feed?over=day", {"P19-1001@ACL"}),
    ],
)
def test_holds_what_was_opened_and_leads_to_its_page(client: Client, opened: None, path: str, found: set[str]) -> None:
    response = client.get(path)
    assert set(keys(response)) == found
    assert link(parsed(response), "self") == f"http://127.0.0.1:8000{path}"
    page = client.get(link(parsed(response), "alternate"))
    assert page.status_code == 200
    assert page.context["feed"] == path


def test_the_same_is_not_sent_again_and_a_newcomer_is(
    client: Client, opened: None, django_assert_max_num_queries: Any
) -> None:
    etag = client.get("/top/feed")["ETag"]
    with django_assert_max_num_queries(2):
        assert client.get("/top/feed", headers={"If-None-Match": etag}).status_code == 304
    assert interest.count("2503.00003", Kind.STAR, reader("192.0.2.9", "Firefox"), today())
    assert "2503.00003" in keys(client.get("/top/feed", headers={"If-None-Match": etag}))


@pytest.mark.parametrize("path", ["/top/cs.ZZ/feed", "/top/venue/Nowhere/feed", "/related/2503.99999/feed"])
def test_what_is_not_there_is_told(client: Client, opened: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain")


def test_papers_related_to_a_paper(client: Client, keep: Keep) -> None:
    keep(*(arxiv(f"2503.0000{n}", keywords=("parsing of trees", "trees")) for n in range(1, 5)))
    follow_keywords()
    response = client.get("/related/2503.00001/feed")
    assert set(keys(response)) == {"2503.00002", "2503.00003", "2503.00004"}
    assert link(parsed(response), "self") == "http://127.0.0.1:8000/related/2503.00001/feed"


def test_the_page_leads_to_files_of_its_papers(client: Client, opened: None) -> None:
    page = client.get("/top/cs.CL")
    assert page.context["export"].links[0].url == "/export.bib?ids=2503.00001"
