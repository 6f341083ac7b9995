from typing import Any

import pytest
from django.test import Client

from papers.models import Paper
from papers.record import Author
from search.indexing.keywords import follow_keywords
from search.models import PaperKeywords
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, meta, text, words
from tests.pages.samples import acl, arxiv

HOSTILE = ('"><script>alert(1)</script>', "a,b", 'say "x"', "OR", "-not", "ti:title", "C++", "强化学习")


@pytest.fixture
def corpus(keep: Keep) -> None:
    keep(
        arxiv("2503.00001", title="Byte pair encoding of rare words", abstract="Byte pair encoding splits rare words."),
        arxiv("2503.00002", title="Byte pair encoding of proteins", abstract="Proteins by byte pair encoding."),
        arxiv("hep-th/9901001", title="Walruses on branes", abstract="A walrus and a brane."),
        arxiv("2503.00004", title="Walrus brane collisions", abstract="A brane meets a walrus, a brane, a walrus."),
    )
    keep(acl("P19-1001", title="Rare words at a venue", abstract="Rare words and walruses."))
    follow_keywords()


def test_lists_related_papers_with_the_reason(client: Client, corpus: None) -> None:
    response = client.get("/related/2503.00001")
    assert response.status_code == 200
    assert keys(response) == ["2503.00002", "P19-1001@ACL"]
    assert "shares Byte pair encoding" in words(response)
    assert "Compared by keywords only" in words(response)
    assert "/arxiv/2503.00001" in links(response)
    assert meta(response, "robots") == ["noindex"]


@pytest.mark.parametrize("path", ["/related/hep-th/9901001", "/related/P19-1001@ACL"])
def test_every_kind_of_id_has_a_page(client: Client, corpus: None, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_another_name_of_a_paper_leads_to_its_page(client: Client, corpus: None) -> None:
    response = client.get("/related/arXiv:2503.00001v2")
    assert (response.status_code, response["Location"]) == (301, "/related/2503.00001")


@pytest.mark.parametrize("key", ["2503.09999", "x", "x@y", "%00", "@", "a/b/c", "a" * 5_000, "<b>", "%F0%9F%98%80@ACL"])
def test_what_is_no_paper_is_said_to_be_none(client: Client, corpus: None, key: str) -> None:
    response = client.get(f"/related/{key}")
    assert response.status_code == 404
    assert "<b>" not in text(response).replace("cool<b>papers</b>", "")


def test_a_paper_like_no_other_says_so(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", title="Alone", abstract=""))
    response = client.get("/related/2503.00001")
    assert response.status_code == 200
    assert "Nothing is known yet" in words(response)
    assert "No related papers were found" in words(response)


def test_pages_through_the_list(client: Client, keep: Keep) -> None:
    keep(*(arxiv(f"2503.{n:05}", title=f"Byte pair encoding {n}x", abstract="Of rare words.") for n in range(1, 41)))
    follow_keywords()
    first, second = client.get("/related/2503.00001"), client.get("/related/2503.00001?skip=25")
    assert (len(keys(first)), len(keys(second))) == (25, 14)
    assert not set(keys(first)) & set(keys(second))
    assert "?skip=25" in links(first)


def test_a_paper_deleted_meanwhile_is_left_out(client: Client, corpus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from search import related

    found = related.of(Paper.objects.get(key="2503.00001"))
    Paper.objects.filter(key="2503.00002").delete()
    monkeypatch.setattr(related, "of", lambda paper: found)
    assert keys(client.get("/related/2503.00001")) == ["P19-1001@ACL"]


@pytest.mark.parametrize("path", ["/arxiv/cs.CL?date=2025-03-18", "/arxiv/2503.00001", "/related/2503.00002"])
def test_keywords_are_shown_as_links_to_their_search(client: Client, corpus: None, path: str) -> None:
    response = client.get(path)
    [wanted] = PaperKeywords.objects.filter(paper__key="2503.00001").values_list("phrases", flat=True)
    assert f'id="2503.00001" keywords="{",".join(wanted)}"' in text(response)
    phrase = next(each for each in wanted if each.lower() == "byte pair encoding")
    assert f"/search?query=%22{phrase.replace(' ', '+')}%22" in links(response)
    assert "/related/2503.00001" in links(response)


def test_hostile_keywords_are_words_and_nothing_else(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", keywords=HOSTILE))
    follow_keywords()
    response = client.get("/arxiv/2503.00001")
    page = text(response)
    assert "<script>alert" not in page
    assert "a b,say" in page  # a comma parts keywords
    searched = [link.partition("query=")[2] for link in links(response) if link.startswith("/search?query=")]
    for query in ("C%2B%2B", "OR", "-not", "ti%3Atitle"):
        assert f"%22{query}%22" in searched
    assert "%22say++x%22" in searched
    assert "%E5%BC%BA%E5%8C%96%E5%AD%A6%E4%B9%A0" in searched


def test_until_keywords_are_made_those_of_the_authors_are_shown(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", keywords=("tests", "pages")))
    assert 'keywords="tests,pages"' in text(client.get("/arxiv/cs.CL?date=2025-03-18"))


@pytest.mark.parametrize("show", [25, 60])
def test_costs_the_same_however_many_are_shown(
    client: Client, keep: Keep, django_assert_max_num_queries: Any, show: int
) -> None:
    keep(
        *(
            arxiv(f"2503.{n:05}", title=f"Byte pair encoding {n}x", authors=(Author("A B"),), abstract="Of rare words.")
            for n in range(1, 80)
        )
    )
    follow_keywords()
    with django_assert_max_num_queries(14):
        assert len(keys(client.get(f"/related/2503.00001?show={show}"))) == show
