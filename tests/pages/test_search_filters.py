"""The search page narrows, widens, reorders and explains by links alone."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from search.help import SECTIONS
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import acl, arxiv

Build = Callable[[], None]


@pytest.fixture
def corpus(keep: Keep, index: Build) -> None:
    keep(
        *(
            arxiv(f"2503.{number:05}", title=f"Walrus {number}", categories=("cs.CL", "cs.LG"))
            for number in range(1, 8)
        ),
        arxiv("2503.00020", title="A walrus in speech", categories=("cs.SD",)),
        arxiv("2503.00021", title="Speech alone", categories=("cs.SD",)),
    )
    keep(acl("P19-1001", title="A walrus at a venue", track='Long & "wide"'))
    index()


def queries(found: list[str]) -> list[str]:
    """The queries that links of a page lead to."""
    return [parse_qs(urlsplit(link).query).get("query", [""])[0] for link in found if link.startswith("?")]


def test_facets_count_and_narrow(client: Client, corpus: None) -> None:
    page = client.get("/search?query=walrus&highlight=1")
    seen = words(page)
    assert "Counts are of the 9 papers that hold a word of the query." in seen
    assert "cs.CL 7" in seen
    assert "cs.SD 1" in seen
    narrowed = [link for link in links(page) if "cat%3Acs.SD" in link]
    assert narrowed == ["?query=walrus+cat%3Acs.SD&highlight=1"]
    assert keys(client.get("/search" + narrowed[0])) == ["2503.00020"]


def test_every_value_leads_to_as_many_papers_as_it_says(client: Client, corpus: None) -> None:
    import re

    page = text(client.get("/search?query=walrus"))
    values = re.findall(
        r'<li><a href="(\?[^"]+)"[^>]*><span class="value">[^<]*</span> <span class="n">(\d+)</span>', page
    )
    assert len(values) >= 8
    for link, papers in values:
        assert len(keys(client.get("/search" + link.replace("&amp;", "&")))) == int(papers), link


def test_filters_are_named_and_can_be_taken_back(client: Client, corpus: None) -> None:
    page = client.get("/search", {"query": "walrus cat:cs.SD -zebra"})
    assert keys(page) == ["2503.00020"]
    assert "category cs.SD" in words(page)
    assert "not “zebra”" in words(page)
    assert 'walrus -"zebra"' in queries(links(page))
    assert "walrus cat:cs.SD" in queries(links(page))
    assert "1 paper holds a word of your query and meets its filters; 1 result in all." in words(page)
    assert "✓" not in words(page)
    assert 'class="chosen" aria-current="true"' in text(page)


def test_a_link_adds_to_the_query_as_it_was_read(client: Client, corpus: None) -> None:
    assert 'walrus "speech cat:cs.SD' in queries(links(client.get("/search", {"query": 'walrus "speech'})))
    page = client.get("/search", {"query": "walrus OR"})  # what is put behind this would be taken for an alternative
    assert "“OR” with nothing beside it was passed over." in words(page)
    assert "walrus cat:cs.SD" in queries(links(page))


def test_the_newest_first_and_back(client: Client, corpus: None) -> None:
    page = client.get("/search?query=walrus&sort=time")
    assert keys(page)[-1] == "P19-1001@ACL"
    assert "9 papers, the newest first." in words(page)
    assert "?query=walrus&sort=relevance" in links(page)
    assert client.get("/search?query=walrus&sort=%00").status_code == 200


def test_only_filters_list_what_is_left_by_time_and_say_so(client: Client, corpus: None) -> None:
    page = client.get("/search?query=-speech")
    assert len(keys(page)) == 8
    assert "There are no words to rank by: the newest papers stand first." in words(page)


def test_pages_keep_to_the_papers_there_were(client: Client, keep: Keep, corpus: None, index: Build) -> None:
    first = client.get("/search?query=walrus&show=5&sort=time")
    following = next(link for link in links(first) if "skip=5" in link)
    keep(*(arxiv(f"2503.{number:05}", title="A new walrus") for number in range(100, 130)))
    index()
    second = client.get("/search" + following)
    assert len(keys(second)) == 4
    assert not set(keys(first)) & set(keys(second))
    assert "6–9 of 9" in words(second)


@pytest.mark.parametrize("upto", ["x", "-1", "9" * 40, "", "1.5", "\u0663"])
def test_a_marker_that_makes_no_sense_counts_as_none(client: Client, corpus: None, upto: str) -> None:
    assert len(keys(client.get("/search", {"query": "walrus", "upto": upto}))) == 9


def test_a_better_spelling_is_offered_and_the_typed_one_searched(
    client: Client, keep: Keep, corpus: None, index: Build
) -> None:
    page = client.get("/search", {"query": "walruss <b>"})
    assert "Did you mean walrus <b> ?" in words(page).replace("&lt;", "<")
    assert "walrus <b>" in queries(links(page))
    assert "<b>?" not in text(page)
    assert keys(page) == []


def test_what_is_not_known_is_said(client: Client, corpus: None) -> None:
    seen = words(client.get("/search", {"query": "walrus venue:<script> cat:cs.ZZ colour:blue"}))
    assert "No venue here goes by the name “<script>”." in seen
    assert "“cs.ZZ” is no category that papers here have." in seen
    assert "“colour:blue” was searched as words" in seen


def test_deeper_than_papers_are_ranked_it_says_how_to_go_on(
    client: Client, corpus: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.stages.DEEPEST", 5)
    monkeypatch.setattr("search.views.DEEPEST", 5)
    page = client.get("/search?query=walrus&skip=5")
    assert "Papers are ranked so far down only." in words(page)
    assert "9 papers hold a word of your query; the best 5 are listed." in words(page)


def test_the_help_page_leads_to_each_of_its_examples(client: Client, corpus: None) -> None:
    page = client.get("/search/help")
    assert page.status_code == 200
    examples = [example.query for section in SECTIONS for example in section.examples]
    found = [parse_qs(urlsplit(link).query)["query"][0] for link in links(page) if link.startswith("/search?")]
    assert found == examples
    for link in links(page):
        if link.startswith("/search?"):
            assert client.get(link).status_code in (200, 302)


def test_a_track_with_a_quotation_mark_narrows_to_itself(client: Client, corpus: None) -> None:
    page = client.get("/search?query=walrus")
    link = next(link for link in links(page) if "track" in link)
    assert keys(client.get("/search" + link)) == ["P19-1001@ACL"]
