"""What the search box and the browser's address bar offer while one types."""

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from papers.record import Author
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv, author


@pytest.fixture
def corpus(keep: Keep, index: Callable[[], None]) -> None:
    titles = [
        "Attention Is All You Need",
        "Sparse Attention for Long Texts",
        r"$\ell_1$ Norms and Attentive \emph{Readers}",
        "Translations of Poems",
        "Nothing Alike",
    ]
    keep(*(arxiv(f"2503.{number:05}", title=title) for number, title in enumerate(titles, start=1)))
    keep(
        arxiv("2503.00010", title="Sorting", authors=(Author("Donald E. Knuth", "Knuth", "Donald E."),)),
        arxiv("2503.00011", title="The Deep Sea", authors=(author("Émile Deepwater"),)),
        acl("P19-1001", title="Of Compilers"),
        acl("P20-1001", title="Sparse Attention for Long Texts", edition="EMNLP.2020"),
    )
    index()


def offered(client: Client, typed: str) -> list[tuple[str, str, str]]:
    response = client.get("/suggest", {"q": typed})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/x-suggestions+json"
    echoed, queries, says, urls = json.loads(response.content)
    assert echoed == typed[:200]
    assert len(queries) == len(says) == len(urls) <= 10
    assert all(url.startswith("http://127.0.0.1:8000/") for url in urls)
    return [
        (query, said, url.removeprefix("http://127.0.0.1:8000"))
        for query, said, url in zip(queries, says, urls, strict=True)
    ]


def queries(client: Client, typed: str) -> list[str]:
    return [query for query, _, _ in offered(client, typed)]


def test_titles_go_on_from_what_is_typed(client: Client, corpus: None) -> None:
    assert offered(client, "attention is a")[0] == ("Attention Is All You Need", "Paper", "/arxiv/2503.00001")
    assert queries(client, "attention is a") == ["Attention Is All You Need"]


def test_a_title_that_begins_so_comes_before_one_that_holds_it(client: Client, corpus: None) -> None:
    assert queries(client, "attent")[:2] == ["Attention Is All You Need", "Sparse Attention for Long Texts"]


@pytest.mark.parametrize("typed", ["translat", "translatio", "translations", "Translations of P", "poems trans"])
def test_a_word_that_is_not_whole_finds_its_endings(client: Client, corpus: None, typed: str) -> None:
    assert queries(client, typed) == ["Translations of Poems"]


def test_each_title_is_offered_once_and_without_tex(client: Client, corpus: None) -> None:
    assert queries(client, "sparse").count("Sparse Attention for Long Texts") == 1
    assert queries(client, "attentive r") == ["ℓ_1 Norms and Attentive Readers"]


def test_offers_venues_by_any_of_their_names(client: Client, corpus: None) -> None:
    assert offered(client, "acl")[0] == ("venue:ACL", "Venue", "/venue/ACL")
    assert offered(client, "acl 2019")[0] == ("venue:ACL.2019", "Venue", "/venue/ACL.2019")
    assert "venue:ACL.2018" not in queries(client, "acl 2018")


def test_offers_categories_by_code_and_by_name(client: Client, corpus: None) -> None:
    assert offered(client, "cs.cl")[0] == ("cat:cs.CL", "Computation and Language", "/arxiv/cs.CL")
    assert "cat:cs.CL" in queries(client, "computation and")


@pytest.mark.parametrize("typed", ["knuth", "knuth d", "Knuth, D", "donald e. k", "donald e knuth", "knut"])
def test_offers_authors_as_papers_spell_them(client: Client, corpus: None, typed: str) -> None:
    assert offered(client, typed)[-1] == ('au:"Donald E. Knuth"', "Author", "/author/Donald%20E.%20Knuth")


def test_a_word_of_titles_is_not_taken_for_the_beginning_of_a_name(client: Client, corpus: None) -> None:
    assert queries(client, "deep") == ["The Deep Sea"]
    assert queries(client, "deepw") == ['au:"Émile Deepwater"']


def test_what_is_offered_finds_what_it_says(client: Client, corpus: None) -> None:
    for typed in ("attention is", "knuth", "acl 2019", "cs.cl"):
        query, _, url = offered(client, typed)[0]
        assert client.get(url, follow=True).status_code == 200
        assert "Nothing was found" not in client.get("/search", {"query": query}).content.decode()


@pytest.mark.parametrize("typed", ["a", "attention is a", "knuth", "the deep", "acl 2019"])
def test_takes_two_queries(client: Client, corpus: None, django_assert_max_num_queries: Any, typed: str) -> None:
    with django_assert_max_num_queries(2):
        assert offered(client, typed)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "\x00", "\x00a", "(", "[.*", ".*", '"', "\\", "$\\ell", "a" * 100_000, "( OR (" * 50, "<script>",
     "\u202e", "😀", "ﷺ", "深", "NOT", "au:", "ti:(", "1e999", "%00%ff", "'; DROP TABLE papers_paper; --"],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_it(client: Client, corpus: None, typed: str) -> None:
    offered(client, typed)


def test_without_an_index_categories_and_venues_are_offered(
    client: Client, keep: Keep, settings: Any, tmp_path: Any
) -> None:
    settings.INDEX_DIR = tmp_path / "none"
    keep(acl("P19-1001"))
    assert queries(client, "acl") == ["venue:ACL"]


def test_browsers_are_told_where_to_ask(client: Client, db: None) -> None:
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(root.findtext(f"{name}ShortName") or "") <= 16
    told = {url.get("type"): url.get("template") for url in root.iter(f"{name}Url")}
    assert told == {
        "text/html": "http://127.0.0.1:8000/search?query={searchTerms}&highlight=1",
        "application/x-suggestions+json": "http://127.0.0.1:8000/suggest?q={searchTerms}",
        "application/opensearchdescription+xml": "http://127.0.0.1:8000/opensearch.xml",
    }
