from datetime import date

from django.test import Client

from papers.taxonomy import groups
from tests.pages.conftest import Keep
from tests.pages.reading import links, text, words
from tests.pages.samples import acl, arxiv


def test_without_papers_it_says_how_to_get_some(client: Client, db: None) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "There are no papers yet" in text(response)
    assert "manage.py ingest starter" in text(response)


def test_every_category_can_be_reached(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"))
    found = set(links(client.get("/")))
    assert {f"/arxiv/{category.code}" for members in groups().values() for category in members} <= found


def test_categories_tell_how_long_their_latest_list_is(client: Client, keep: Keep) -> None:
    keep(
        arxiv("2503.00001"),
        arxiv("2503.00002", categories=("cs.CL", "hep-th")),
        arxiv("2503.00003", categories=("hep-th",), day=date(2025, 3, 19)),
    )
    seen = words(client.get("/"))
    assert "cs.CL Computation and Language 18 Mar 2" in seen
    assert "hep-th High Energy Physics - Theory 1" in seen
    assert "that of 19 March 2025 where no other day is named" in seen
    assert "There are no papers yet" not in seen


def test_venues_lead_to_their_editions(client: Client, keep: Keep) -> None:
    keep(acl("P19-1001"), acl("P18-1001", edition="ACL.2018"))
    response = client.get("/")
    assert {"/venue/ACL", "/venue/ACL.2019", "/venue/ACL.2018", "/venue/latest"} <= set(links(response))
    assert "ACL 2019 1 2018 1" in words(response)


def test_has_a_search_box(client: Client, db: None) -> None:
    assert '<input id="query" type="search" name="query"' in text(client.get("/"))


def test_small_files_are_there(client: Client, db: None) -> None:
    assert b"Disallow: /search" in client.get("/robots.txt").content
    assert client.get("/favicon.ico")["Location"].endswith("icon.svg")
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert b"http://127.0.0.1:8000/search?query={searchTerms}" in response.content
