"""The feeds of what a reader chose, in one file."""

from typing import Any

import pytest
from django.test import Client
from lxml import etree

from papers.models import Venue
from tests.feeds.reader import path_of
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv


@pytest.fixture
def papers(keep: Keep, index: Any) -> None:
    keep(
        arxiv("2503.00001"),
        arxiv("2503.00002", categories=("cs.QQ",)),
        acl("P19-0001"),
        acl("P18-0001", edition="NAACL.2018"),
    )
    Venue.objects.filter(name="NAACL").update(aliases=["HLT"])
    index()


def outlines(response: Any) -> dict[str, list[tuple[str, str]]]:
    """Titles and feeds by folder."""
    assert response.status_code == 200, response.content
    root = etree.fromstring(response.content)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [each.tag for each in root] == ["head", "body"]
    return {
        folder.get("text"): [(each.get("text"), path_of(each.get("xmlUrl"))) for each in folder]
        for folder in root.find("body")
    }


def test_names_the_feeds_of_all_that_was_chosen(client: Client, papers: None) -> None:
    response = client.get(
        "/opml",
        {"categories": "cs.CL,cs.ai+cs.LG-cs.CY", "venues": ["ACL,hlt", "acl.2019"], "searches": ["a, b & c", "x"]},
    )
    assert outlines(response) == {
        "Categories": [
            ("cs.CL Computation and Language", "/arxiv/cs.CL/feed"),
            ("cs.AI+cs.LG-cs.CY", "/arxiv/cs.AI+cs.LG-cs.CY/feed"),
        ],
        "Venues": [("ACL", "/venue/ACL/feed"), ("NAACL", "/venue/NAACL/feed"), ("ACL.2019", "/venue/ACL.2019/feed")],
        "Searches": [("a, b & c", "/search/feed?query=a%2C+b+%26+c"), ("x", "/search/feed?query=x")],
    }  # fmt: skip
    assert response["Content-Disposition"] == 'attachment; filename="coolpapers.opml"'
    assert response["Content-Type"] == "text/x-opml; charset=utf-8"


def test_every_feed_that_it_names_is_there(client: Client, papers: None) -> None:
    found = outlines(client.get("/opml?categories=cs.CL,cs.QQ&venues=ACL,HLT,ACL.2019&searches=paper"))
    assert [client.get(feed).status_code for folder in found.values() for _, feed in folder] == [200] * 6


def test_a_code_that_the_taxonomy_lacks_is_good_if_papers_bear_it(client: Client, papers: None) -> None:
    assert outlines(client.get("/opml?categories=cs.QQ"))["Categories"] == [("cs.QQ cs.QQ", "/arxiv/cs.QQ/feed")]


def test_all_unknown_names_are_told(client: Client, papers: None) -> None:
    response = client.get("/opml?categories=cs.CL,cs.ZZ,<b>&venues=ACL,NoSuch")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode() == "Not known here: cs.ZZ, <b>, NoSuch\n"


@pytest.mark.parametrize("query", ["", "?categories=", "?categories=,,&venues=%20&searches=%00"])
def test_nothing_chosen_is_said(client: Client, db: None, query: str) -> None:
    response = client.get(f"/opml{query}")
    assert response.status_code == 400
    assert "Name what to follow" in response.content.decode()


def test_a_file_has_an_end(client: Client, db: None) -> None:
    searches = "&".join(f"searches={number}" for number in range(501))
    response = client.get(f"/opml?{searches}")
    assert response.status_code == 400
    assert "500" in response.content.decode()
