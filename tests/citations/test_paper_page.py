"""What programs read from the page of a paper, and from cards."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client

from papers.citations.highwire import tags
from papers.citations.json_ld import scholarly_article
from papers.record import Appearance, Author
from tests.citations.reading import bib_fields
from tests.citations.samples import IN_JOURNAL, IN_PROCEEDINGS, PREPRINT
from tests.pages.conftest import Keep
from tests.pages.reading import links, meta, text
from tests.pages.samples import acl, arxiv

EVIL = '</script><script>alert(1)</script>"><!-- &amp; \u2028'


def linked_data(response: Any) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text(response), re.DOTALL)
    found: dict[str, Any] = json.loads(block)
    return found


def spans(response: Any) -> list[dict[str, list[str]]]:
    titles = re.findall(r'<span class="Z3988" title="([^"]*)"', text(response))
    return [parse_qs(unescape(title), strict_parsing=True) for title in titles]


def test_highwire_tags_of_a_conference_paper(client: Client, keep: Keep) -> None:
    keep(
        arxiv(
            "1906.00001",
            categories=("cs.CL", "cs.AI"),
            keywords=("trees; graphs",),
            authors=(
                Author("Ada Lovelace", "Lovelace", "Ada", "London"),
                Author("Bo A. van der Berg", "van der Berg", "Bo A."),
            ),
            doi="10.1000/preprint",
            report_no="TR-7",
        )
    )  # fmt: skip
    keep(acl("P19-1001", same_as=("arxiv:1906.00001",), journal_ref="Proceedings of the 57th Meeting, pages 11–23"))
    response = client.get("/arxiv/1906.00001")
    for name, contents in {
        "author": ["Lovelace, Ada", "van\u00a0der\u00a0Berg, Bo A."],
        "author_institution": ["London"],
        "publication_date": ["2019/07/01"],
        "online_date": ["2025/03/17"],
        "conference_title": ["Proceedings of the 57th Meeting"],
        "journal_title": [],
        "publisher": [],
        "firstpage": ["11"],
        "lastpage": ["23"],
        "arxiv_id": ["1906.00001"],
        "pdf_url": ["https://arxiv.org/pdf/1906.00001"],
        "abstract_html_url": ["http://127.0.0.1:8000/arxiv/1906.00001"],
        "keywords": ["trees, graphs", "cs.CL", "cs.AI"],
        "technical_report_number": ["TR-7"],
        "language": ["en"],
        "abstract": ["We study what 1906.00001 means."],
    }.items():
        assert meta(response, f"citation_{name}") == contents, name


def test_highwire_tags_tell_the_kind_of_a_paper() -> None:
    assert ("citation_journal_title", "Computational Linguistics") in tags(IN_JOURNAL)
    assert ("citation_issue", "2") in tags(IN_JOURNAL)
    assert ("citation_publisher", "arXiv") in tags(PREPRINT)
    assert not [name for name, _ in tags(PREPRINT) if name.endswith("_title") and name != "citation_title"]


def test_the_page_of_an_old_version_names_its_pdf(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"))
    assert meta(client.get("/arxiv/2503.00001v1"), "citation_pdf_url") == ["https://arxiv.org/pdf/2503.00001v1"]


def test_linked_data_of_a_paper(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", title=r"On $\alpha$", doi="10.1000/x", appearances=(Appearance("ACL.2025", "Long"),)))
    found = linked_data(client.get("/arxiv/2503.00001"))
    assert (found["@context"], found["@type"]) == ("https://schema.org", "ScholarlyArticle")
    assert found["url"] == found["@id"] == "http://127.0.0.1:8000/arxiv/2503.00001"
    assert (found["name"], found["headline"]) == ("On α", "On α")
    assert found["author"][0] == {
        "@type": "Person", "name": "Ada Lovelace", "familyName": "Lovelace", "givenName": "Ada",
    }  # fmt: skip
    assert (found["datePublished"], found["dateCreated"]) == ("2025", "2025-03-17")
    assert found["isPartOf"] == {"@type": "Book", "name": "ACL 2025"}
    assert {each["propertyID"]: each["value"] for each in found["identifier"]} == {
        "doi": "10.1000/x", "arXiv": "2503.00001",
    }  # fmt: skip
    assert found["encoding"]["contentUrl"] == "https://arxiv.org/pdf/2503.00001"
    assert "https://doi.org/10.1000/x" in found["sameAs"]


def test_linked_data_nests_issue_volume_and_journal() -> None:
    issue = scholarly_article(IN_JOURNAL)["isPartOf"]
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", "2")
    assert issue["isPartOf"]["isPartOf"] == {"@type": "Periodical", "name": "Computational Linguistics"}
    assert scholarly_article(replace(IN_PROCEEDINGS, volume="195"))["isPartOf"]["volumeNumber"] == "195"
    assert "isPartOf" not in scholarly_article(PREPRINT)


def test_nothing_that_strangers_wrote_ends_the_block(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", title=EVIL, abstract=EVIL, authors=(Author(EVIL),), keywords=(EVIL,), journal_ref=EVIL))
    response = client.get("/arxiv/2503.00001")
    found = linked_data(response)
    assert "</script><script>alert(1)</script>" in found["name"]
    assert text(response).count("</script>") == len(re.findall("<script", text(response)))


def test_open_graph(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", updated=datetime(2025, 5, 1, tzinfo=UTC)))
    response = client.get("/arxiv/2503.00001")
    for name, content in {
        "og:type": "article",
        "og:site_name": "coolpapers",
        "og:title": "A paper called 2503.00001",
        "og:description": "We study what 2503.00001 means.",
        "og:url": "http://127.0.0.1:8000/arxiv/2503.00001",
        "og:image": "http://127.0.0.1:8000/static/papers/preview.png",
        "article:published_time": "2025-03-17",
        "article:section": "Computation and Language",
        "article:tag": "cs.CL",
        "twitter:card": "summary",
    }.items():
        assert meta(response, name) == [content], name


def test_the_page_shows_bibtex_and_leads_to_every_format(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", title="On <b>BERT</b> & more"))
    response = client.get("/arxiv/2503.00001")
    (shown,) = re.findall(r"<code>(@.*?)</code>", text(response), re.DOTALL)
    fields = bib_fields(unescape(shown))
    assert fields["eprint"] == "2503.00001"
    assert "abstract" not in fields
    assert [f"/arxiv/2503.00001/export.{end}" in links(response) for end in ("bib", "ris", "json", "md", "csv")] == [
        True
    ] * 5


def test_every_card_tells_reference_managers_of_its_paper(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"), arxiv("2503.00002", title='"><i>'))
    found = spans(client.get("/arxiv/cs.CL"))
    assert [each["rft.title"] for each in found] == [['"><i>'], ["A paper called 2503.00001"]]
    assert found[1]["rft_id"] == ["https://arxiv.org/abs/2503.00001"]


def test_a_card_of_a_venue_is_of_its_proceedings(client: Client, keep: Keep) -> None:
    keep(acl("P19-1001", journal_ref="Proceedings of the 57th Meeting, pages 11–23", published=date(2019, 7, 1)))
    (found,) = spans(client.get("/venue/ACL.2019"))
    assert (found["rft.btitle"], found["rft.pages"]) == (["Proceedings of the 57th Meeting"], ["11-23"])


def test_the_page_of_one_paper_has_no_second_account_of_it(client: Client, keep: Keep) -> None:
    """Zotero would take that before the tags, which tell more."""
    keep(arxiv("2503.00001"))
    assert spans(client.get("/arxiv/2503.00001")) == []


@pytest.mark.parametrize("authors", [(), (Author("王伟", "王", "伟"),), tuple(Author(f"A B{n}") for n in range(1_000))])
def test_any_number_of_authors_is_told(client: Client, keep: Keep, authors: tuple[Author, ...]) -> None:
    keep(arxiv("2503.00001", authors=authors))
    response = client.get("/arxiv/2503.00001")
    assert len(meta(response, "citation_author")) == len(linked_data(response).get("author", [])) == len(authors)
