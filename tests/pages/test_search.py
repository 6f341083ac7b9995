from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.test import Client

from papers.models import Paper
from search.encoder import Encoded
from search.models import EmbeddingModel, Role
from search.ranking import Ranking, ranked
from search.retrieval import dense
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import acl, arxiv

Build = Callable[[], None]


@pytest.fixture
def corpus(keep: Keep, index: Build) -> None:
    keep(
        arxiv("2503.00001", title="Parsing sentences with trees", abstract="Trees are parsed."),
        arxiv(
            "2503.00002",
            title="Graphs of citations",
            abstract=r"We parse $parse^{2}$ \& trees \emph{parsing} <b>.",
            doi="10.1000/xyz",
        ),
        arxiv("2503.00003", title="Something else", abstract="Nothing to see."),
    )
    keep(acl("P19-1001", title="Parsing at a venue"))
    index()


@pytest.mark.parametrize("path", ["/search", "/arxiv/search", "/venue/search"])
def test_finds_papers_of_both_branches_at_every_address(client: Client, corpus: None, path: str) -> None:
    response = client.get(path, {"query": "parsing"})
    assert response.status_code == 200
    assert set(keys(response)) == {"2503.00001", "2503.00002", "P19-1001@ACL"}


def test_says_how_the_result_came_about(client: Client, corpus: None) -> None:
    seen = words(client.get("/search?query=parsing+trees"))
    assert "words #1" in seen
    assert "3 papers hold a word of your query; 3 results in all." in seen
    assert "Only words were searched" in seen
    assert "lexical" in seen


def test_says_what_meaning_put_where(client: Client, corpus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    unlike = Paper.objects.get(key="2503.00003").pk
    monkeypatch.setattr(dense, "active_model", lambda role=Role.DENSE: EmbeddingModel(name="stub", role=role))
    monkeypatch.setattr(dense, "encode_query", lambda model, query: Encoded(np.ones(1, np.float32)))
    monkeypatch.setattr(
        dense, "search", lambda model, vector, depth, only: Ranking("dense", ranked([(unlike, 0.9)]), 1)
    )
    monkeypatch.setattr(dense, "score", lambda model, vector, paper_ids: dict.fromkeys(paper_ids, 0.1))
    monkeypatch.setattr(dense, "vectors", lambda model, paper_ids: {})
    response = client.get("/search?query=parsing")
    assert "2503.00003" in keys(response)
    assert "meaning #1" in words(response)
    assert "3 papers hold a word of your query; 4 results in all." in words(response)
    assert "Only words" not in words(response)


def test_the_box_keeps_the_query(client: Client, corpus: None) -> None:
    page = text(client.get("/search", {"query": 'a "b" <c>'}))
    assert 'value="a &quot;b&quot; &lt;c&gt;"' in page
    assert "<c>" not in page


def test_marks_the_words_of_the_query_in_prose_only(client: Client, corpus: None) -> None:
    page = text(client.get("/search?query=parse+b+amp&highlight=1"))
    assert "<mark>Parsing</mark> sentences" in page
    assert "We <mark>parse</mark> <math " in page
    assert "&amp; trees <em><mark>parsing</mark></em> &lt;<mark>b</mark>&gt;." in page
    assert "&<mark>" not in page
    formula = page[page.index("<math") : page.index("</math>")]
    assert "mark" not in formula
    assert "<mark>" not in text(client.get("/search?query=parse"))


def test_common_words_are_not_marked_unless_there_are_no_others(client: Client, corpus: None) -> None:
    assert "<mark>of</mark>" not in text(client.get("/search?query=graphs+of+citations&highlight=1"))
    assert "<mark>of</mark>" in text(client.get("/search?query=of&highlight=1"))


def test_an_empty_query_shows_the_form_with_tips(client: Client, db: None) -> None:
    for query in ("", "   ", "\x00"):
        response = client.get("/search", {"query": query})
        assert response.status_code == 200
        assert "goes straight to it" in text(response)


def test_nothing_found_says_what_helps(client: Client, corpus: None) -> None:
    response = client.get("/search?query=zzzyqx")
    assert response.status_code == 200
    assert "Nothing was found" in text(response)


def test_without_any_index_the_page_says_so(client: Client, keep: Keep, settings: Any, tmp_path: Any) -> None:
    settings.INDEX_DIR = tmp_path / "none"
    keep(arxiv("2503.00001"))
    response = client.get("/search?query=paper")
    assert response.status_code == 200
    assert "Search is not ready yet" in text(response)


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("2503.00001", "/arxiv/2503.00001"),
        ("arXiv:2503.00001v3", "/arxiv/2503.00001"),
        ("https://arxiv.org/pdf/2503.00001.pdf", "/arxiv/2503.00001"),
        ("https://doi.org/10.1000/XYZ", "/arxiv/2503.00002"),
        ("https://aclanthology.org/P19-1001/", "/venue/P19-1001@ACL"),
        ("P19-1001@ACL", "/venue/P19-1001@ACL"),
    ],
)
def test_a_query_that_names_a_paper_goes_to_it(client: Client, corpus: None, query: str, location: str) -> None:
    response = client.get("/search", {"query": query})
    assert (response.status_code, response["Location"]) == (302, location)


def test_an_id_that_is_not_here_leads_to_arxiv(client: Client, corpus: None) -> None:
    response = client.get("/search?query=2503.09999")
    assert response.status_code == 200
    assert "https://arxiv.org/abs/2503.09999" in links(response)


def test_pages_through_the_results(client: Client, keep: Keep, index: Build) -> None:
    keep(*(arxiv(f"2503.{number:05}", title=f"Walrus {number}") for number in range(1, 31)))
    index()
    first, second = client.get("/search?query=walrus"), client.get("/search?query=walrus&skip=25")
    assert (len(keys(first)), len(keys(second))) == (25, 5)
    assert not set(keys(first)) & set(keys(second))
    newest = Paper.objects.order_by("-pk")[0].pk
    assert f"?query=walrus&upto={newest}&skip=25" in links(first)
    assert "26–30 of 30" in words(second)
    assert "words #26" in words(second)


def test_a_paper_deleted_since_the_index_was_written_is_left_out(client: Client, corpus: None) -> None:
    Paper.objects.filter(key="2503.00001").delete()
    assert "2503.00001" not in keys(client.get("/search?query=parsing"))


@pytest.mark.parametrize(
    "query",
    [
        "' OR 1=1 --",
        "a" * 50_000,
        "%00",
        "\ud83d",
        "$\\frac{",
        "\u202eabc",
        "@",
        "x@y",
        "10.1/",
        "https://[",
        "https://aclanthology.org/%00x",
        "10.1000/\x00",
    ],
)
def test_anything_is_a_query(client: Client, corpus: None, query: str) -> None:
    response = client.get(
        "/search", {"query": query.encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "highlight": "1"}
    )
    assert response.status_code == 200


def test_answers_head(client: Client, corpus: None) -> None:
    assert client.head("/search?query=parsing").status_code == 200
    assert client.post("/search?query=parsing").status_code == 405


def test_says_why_each_paper_is_there_and_takes_no_query_for_markup(client: Client, corpus: None) -> None:
    told = words(client.get("/search?query=parsing+zzqqx"))
    assert "In the title: parsing." in told
    assert "In the abstract: parsing." in told
    hostile = text(client.get("/search", {"query": "parsing <b>sentences</b>"}))
    assert "<b>sentences</b>" not in hostile
    assert "In the title: parsing, sentences." in words(client.get("/search", {"query": "parsing <b>sentences</b>"}))
