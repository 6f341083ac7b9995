import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from papers.record import AbstractKind, Appearance, Link, Version
from search.indexing.keywords import follow_keywords
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, meta, text, words
from tests.pages.samples import acl, arxiv, author


def test_shows_everything_that_is_known(client: Client, keep: Keep) -> None:
    keep(
        arxiv(
            "2503.00001",
            categories=("cs.CL", "stat.ML"),
            subjects=("I.2.7",),
            comments="12 pages",
            journal_ref="J. Tests 1 (2025)",
            report_no="TR-7",
            doi="10.1000/xyz",
            licence="http://creativecommons.org/licenses/by/4.0/",
            updated=datetime(2025, 5, 1, 8, 0, 1, tzinfo=UTC),
            published=date(2025, 6, 2),
            appearances=(Appearance("ACL.2025", "Oral"),),
            links=(
                Link("code", "https://example.org/code"),
                Link("dataset", "https://example.org/data", "Corpus"),
                Link("award", "", "Best Paper"),
            ),
            keywords=("tests", "pages"),
        )
    )
    response = client.get("/arxiv/2503.00001")
    seen = words(response)
    assert response.status_code == 200
    for fact in (
        "A paper called 2503.00001", "Ada Lovelace", "Alan Turing", "We study what 2503.00001 means.",
        "cs.CL Computation and Language", "stat.ML", "I.2.7", "12 pages", "J. Tests 1 (2025)", "TR-7", "10.1000/xyz",
        "CC BY 4.0", "2025-03-17 17:59:03 UTC", "2025-03-18", "2025-05-01 08:00:01 UTC", "2025-06-02", "ACL.2025",
        "Oral", "Code", "Data set: Corpus", "Award: Best Paper", "tests , pages",
    ):  # fmt: skip
        assert fact in seen
    for link in (
        "https://arxiv.org/abs/2503.00001", "https://arxiv.org/pdf/2503.00001", "https://example.org/code",
        "https://doi.org/10.1000/xyz", "/venue/ACL.2025", "/arxiv/stat.ML", "/author/Ada%20Lovelace",
    ):  # fmt: skip
        assert link in links(response)


def test_keeps_the_names_that_scripts_look_for(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", categories=("cs.CL", "cs.AI"), keywords=("a", "b")))
    page = text(client.get("/arxiv/cs.CL"))
    assert '<div class="paper" id="2503.00001" keywords="a,b"' in page
    assert '<h2 class="title"><a class="title-link" href="/arxiv/2503.00001"' in page
    assert '<a class="title-pdf" data="https://arxiv.org/pdf/2503.00001"' in page
    assert ">[PDF]</a>" in page
    assert '<a class="author" href="/author/Alan%20Turing">Alan Turing</a>' in page
    assert '<p class="summary"' in page
    assert '<a class="subject-1" href="/arxiv/cs.CL"' in page
    assert '<a class="subject-2" href="/arxiv/cs.AI"' in page
    assert '<span class="date-data">2025-03-17 17:59:03 UTC</span>' in page
    assert '<a class="index" href="https://arxiv.org/abs/2503.00001"' in page


def test_has_the_tags_that_reference_managers_read(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", title=r"On $\alpha$-\emph{things}", doi="10.1000/xyz"))
    response = client.get("/arxiv/2503.00001")
    assert meta(response, "citation_title") == ["On α-things"]
    assert meta(response, "citation_author") == ["Lovelace, Ada", "Turing, Alan"]
    assert meta(response, "citation_arxiv_id") == ["2503.00001"]
    assert meta(response, "citation_doi") == ["10.1000/xyz"]
    assert meta(response, "citation_pdf_url") == ["https://arxiv.org/pdf/2503.00001"]
    assert meta(response, "citation_online_date") == ["2025/03/17"]
    assert meta(response, "og:title") == ["On α-things"]
    assert "<title>On α-things · coolpapers</title>" in text(response)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("1406.02661", "/arxiv/1406.2661"),
        ("arXiv:1406.2661", "/arxiv/1406.2661"),
        ("1406.02661v2", "/arxiv/1406.2661v2"),
        ("1406.2661/", "/arxiv/1406.2661"),
        ("math.GT/0309136", "/arxiv/math/0309136"),
    ],
)
def test_other_spellings_of_an_id_lead_to_the_canonical_one(
    client: Client, db: None, typed: str, canonical: str
) -> None:
    response = client.get(f"/arxiv/{typed}?show=5")
    assert (response.status_code, response["Location"]) == (301, f"{canonical}?show=5")


def test_old_ids_hold_a_slash(client: Client, keep: Keep) -> None:
    keep(arxiv("hep-th/9901001", categories=("hep-th",), day=date(1999, 1, 4)))
    response = client.get("/arxiv/hep-th/9901001")
    assert response.status_code == 200
    assert "http://127.0.0.1:8000/arxiv/hep-th/9901001" in links(response)
    assert keys(client.get("/arxiv/hep-th")) == ["hep-th/9901001"]


def test_a_version_is_linked_and_its_page_says_which_text_it_shows(client: Client, keep: Keep) -> None:
    versions = tuple(Version(number, datetime(2025, 3, number, tzinfo=UTC)) for number in (1, 2, 3))
    keep(arxiv("2503.00001", versions=versions))
    old = client.get("/arxiv/2503.00001v2")
    assert "Title and abstract are those of the latest, version 3" in words(old)
    assert "https://arxiv.org/pdf/2503.00001v2" in links(old)
    assert "https://arxiv.org/abs/2503.00001v1" in links(old)
    assert '<link rel="canonical" href="http://127.0.0.1:8000/arxiv/2503.00001">' in text(old)
    assert "Version 9 is not known here" in words(client.get("/arxiv/2503.00001v9"))


def test_an_unknown_id_is_not_found_and_leads_to_arxiv(client: Client, db: None) -> None:
    response = client.get("/arxiv/2503.00009v2")
    assert response.status_code == 404
    assert "https://arxiv.org/abs/2503.00009v2" in links(response)


def test_a_withdrawn_paper_says_so_first(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", withdrawn="This paper has been withdrawn by the authors."))
    page = text(client.get("/arxiv/2503.00001"))
    assert page.index("has been withdrawn by the authors") < page.index('class="summary"')
    assert "has been withdrawn by the authors" in text(client.get("/arxiv/cs.CL"))


def test_our_summaries_are_not_passed_off_as_abstracts(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", abstract_kind=AbstractKind.SUMMARY), arxiv("2503.00002"))
    label = "Summary by coolpapers, not the authors’ abstract"
    assert label in text(client.get("/arxiv/2503.00001"))
    assert label not in text(client.get("/arxiv/2503.00002"))
    assert text(client.get("/arxiv/cs.CL")).count(label) == 1


def test_a_paper_without_abstract_or_authors_or_links_has_a_page(client: Client, keep: Keep) -> None:
    keep(
        arxiv(
            "2503.00001", abstract="", authors=(), landing_url="", pdf_url="", submitted=None, categories=(), day=None
        )
    )
    response = client.get("/arxiv/2503.00001")
    assert response.status_code == 200
    assert "No abstract is known" in text(response)


def test_a_work_of_two_sources_shows_both(client: Client, keep: Keep) -> None:
    keep(arxiv("1906.00001"), acl("P19-1001", same_as=("arxiv:1906.00001",)))
    for address in ("/arxiv/1906.00001", "/venue/P19-1001@ACL"):
        response = client.get(address)
        assert response.status_code == 200
        assert "https://aclanthology.org/P19-1001.pdf" in links(response)
        assert "https://arxiv.org/abs/1906.00001" in links(response)
        assert '<link rel="canonical" href="http://127.0.0.1:8000/arxiv/1906.00001">' in text(response)


def test_authors_past_forty_are_folded_away(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", authors=tuple(author(f"Given{number} Family{number}") for number in range(3_000))))
    page = text(client.get("/arxiv/2503.00001"))
    assert "et al. (2960 more)" in page
    assert page.count('class="author"') == 3_000
    assert page.index("Family39<") < page.index("<details") < page.index("Family40<")
    assert page.count('name="citation_author"') == 3_000


def test_a_text_in_another_language_is_marked_as_such(client: Client, keep: Keep) -> None:
    keep(acl("F19-1001", language="fra", title="Une étude"))
    assert '<h1 class="title" lang="fr" dir="auto">' in text(client.get("/venue/F19-1001@ACL"))


def test_links_to_code_and_data_wait_to_be_asked_for(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", abstract="Code: https://github.com/a/b.", comments="Page: https://a.github.io/<b>/"))
    page = text(client.get("/arxiv/2503.00001"))
    assert "2 links to code, data or a project, found in the text" in page
    assert '<li><a href="https://github.com/a/b" rel="noopener nofollow ugc">github.com/a/b</a></li>' in page
    card = text(client.get("/arxiv/cs.CL"))
    assert '<li class="found-links"><a href="https://github.com/a/b"' in card


def test_the_nearest_papers_stand_on_the_page(client: Client, keep: Keep) -> None:
    keep(*(arxiv(f"2503.0000{n}", keywords=("parsing of trees", "trees")) for n in range(1, 9)))
    follow_keywords()
    page = text(client.get("/arxiv/2503.00001"))
    nearest = re.search(r'<section class="nearest".*?</section>', page, re.DOTALL)
    assert nearest
    assert len(re.findall("<li>", nearest[0])) == 5
    assert "shares " in nearest[0]
    assert 'href="/related/2503.00001"' in nearest[0]
