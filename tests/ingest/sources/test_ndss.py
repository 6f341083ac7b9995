"""NDSS' pages as values: authors with their places, paragraphs within paragraphs, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.sources.ndss import SOURCE, editions
from ingest.sources.source import NotThisPage, NotYet, SourceEdition
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord
from tests.ingest.sources import hostile

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "ndss_list.html").read_bytes(), (PAGES / "ndss_paper.html").read_bytes()
EDITION = SourceEdition("NDSS.2024", "ndss:/ndss2024/accepted-papers/")
SITE = "https://www.ndss-symposium.org"
DETAIL = "ndss:/ndss-paper/hiding-in-plain-sight/"


def paper(title: str = "T", slug: str = "t", authors: str = "A B (C)") -> bytes:
    heading = f'<h2 class="pt-cv-title"><a href="/ndss-paper/{slug}/">{title}</a></h2>'
    return f'<html><div class="pt-cv-ifield">{heading}<p>{authors}</p></div></html>'.encode()


TRIED = hostile.Tried(SOURCE, EDITION, LIST, PAPER, DETAIL, write=paper, name="t", words=b"We hide")
parsed, records, set_aside, detail = TRIED.parsed, TRIED.records, TRIED.set_aside, TRIED.detail


def data(inside: str) -> PaperRecord:
    return detail(f'<html><h1>T</h1><div class="paper-data">{inside}</div></html>'.encode())


def test_there_is_an_edition_each_year() -> None:
    assert editions(2020)[1] == SourceEdition("NDSS.2020", "ndss:/ndss2020/accepted-papers/")
    assert SOURCE.editions(2018) == ()


class TestTheList:
    def test_a_paper_is_read_whole(self) -> None:
        assert records()[0] == PaperRecord(
            source="ndss",
            source_id="hiding-in-plain-sight",
            title="Hiding in “Plain” Sight & Sound",
            authors=(
                Author("Ada Writer", "Writer", "Ada", "University of Nowhere, Town"),
                Author("Bo Li", "Li", "Bo", "Lab (North) and Co"),
                Author("Zoë Ångström", "Ångström", "Zoë"),
            ),
            landing_url=f"{SITE}/ndss-paper/hiding-in-plain-sight/",
            published=date(2024, 1, 1),
            appearances=(Appearance("NDSS.2024", position=1),),
        )

    def test_markup_in_a_title_leaves_its_text_and_a_script_nothing(self) -> None:
        assert records()[1].title == r"A $\sqrt{n}$ Attack"
        assert records()[1].authors == ()

    def test_what_leads_elsewhere_is_a_sponsor(self) -> None:
        assert all("Sponsor" not in item.raw for item in set_aside())
        assert len(records()) == 2

    @pytest.mark.parametrize(
        "href",
        ["/wp-content/uploads/t.pdf", "https://elsewhere.example/t.PDF?x=1", "/news/t/", "https://doi.org/10.1/t"],
    )
    def test_a_box_among_papers_that_leads_elsewhere_is_set_aside(self, href: str) -> None:
        body = LIST.replace(b"/ndss-paper/auto-draft-7/", href.encode(), 1)
        assert len(records(body)) == 2
        assert TRIED.reasons(body) == ["the link is not that of a paper"] * 3
        assert href in set_aside(body)[0].raw

    def test_a_box_without_a_title_is_no_paper(self) -> None:
        menu = b'<div class="pt-cv-ifield"><a href="/wp-content/uploads/t.pdf">More</a></div></html>'
        assert set_aside(paper().replace(b"</html>", menu)) == []

    def test_a_list_of_files_is_set_aside_and_not_taken_for_one_to_come(self) -> None:
        files = paper().replace(b"/ndss-paper/t/", b"/wp-content/uploads/t.pdf")
        assert TRIED.reasons(files.replace(b"<html>", b"<html><title>Accepted Papers</title>")) == [
            "the link is not that of a paper"
        ]

    def test_files_in_a_view_of_their_own_do_not_hide_the_papers(self) -> None:
        older = b'<h3 class="blog-post-title">Hid</h3><a class="paper-link-abs" href="/ndss-paper/hid/">More</a>'
        prospectus = paper().replace(b"/ndss-paper/t/", b"/prospectus.pdf")
        body = prospectus.replace(b"</html>", b'<div class="rel-paper">' + older + b"</div></html>")
        assert [record.source_id for record in records(body)] == ["hid"]
        assert set_aside(body) == []

    def test_news_alone_are_no_list(self) -> None:
        with pytest.raises(NotThisPage, match="no papers"):
            parsed(paper().replace(b"/ndss-paper/t/", b"/news/t/"))

    def test_each_paper_has_its_page_to_be_asked_for(self) -> None:
        assert parsed().details == (DETAIL, "ndss:/ndss-paper/auto-draft-7/")

    def test_the_number_of_papers_is_that_of_all_cycles(self) -> None:
        assert parsed().announced == 5
        assert parsed(LIST.replace(b"Fall (3)", b"Fall")).announced is None

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parsed().items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.field) == ("NDSS", "Computer security")
        assert edition == EditionRecord("NDSS.2024", "NDSS", 2024, url=f"{SITE}/ndss2024/")

    def test_what_cannot_be_taken_is_set_aside_alone(self) -> None:
        elsewhere = "the link is not that of a paper"
        assert [it.reason for it in set_aside()] == ["auto-draft-7 stands twice on the page", elsewhere, elsewhere]
        assert all(item.file == EDITION.address and item.line > 5 and item.raw for item in set_aside())

    def test_the_older_kind_of_list(self) -> None:
        body = (
            b'<html><div class="tag-box rel-paper"><div class="rel-paper-in"><h3 class="blog-post-title">Hid...</h3>'
            b'<p>Ada Writer (Lab)</p><a class="paper-link-abs" href="/ndss-paper/hid/">More</a></div></div></html>'
        )
        (record,) = records(body)
        assert (record.source_id, record.title, record.authors[0].affiliation) == ("hid", "Hid...", "Lab")

    @pytest.mark.parametrize("slug", ["a b", "..", "%2e%2e", "a..b", "é", "a/b", "x" * 201])
    def test_a_hostile_slug_is_no_id(self, slug: str) -> None:
        assert records(paper(slug=slug)) == []
        assert len(set_aside(paper(slug=slug))) == 1

    def test_a_page_on_another_host_is_none(self) -> None:
        body = paper().replace(b'href="/', b'href="https://elsewhere.example/')
        assert [item.reason for item in set_aside(body)] == ["the link is not that of a paper"]

    @pytest.mark.parametrize(
        ("authors", "expected"),
        [
            ("A B (C) and D E (F)", [("A B", "C"), ("D E", "F")]),
            ("A B (C); D E", [("A B", "C"), ("D E", "")]),
            ("A B (C (D), E), F G", [("A B", "C (D), E"), ("F G", "")]),
            ("A B (C, D E", [("A B", "C, D E")]),
            ("A B), C D", [("A B)", ""), ("C D", "")]),
            ("", []),
        ],
    )
    def test_authors_and_their_places(self, authors: str, expected: list[tuple[str, str]]) -> None:
        (record,) = records(paper(authors=authors))
        assert [(author.name, author.affiliation) for author in record.authors] == expected

    def test_a_thousand_authors_are_kept_in_order(self) -> None:
        (record,) = records(paper(authors=", ".join(f"Given{n} Family{n}th (Lab {n}, Town)" for n in range(1_000))))
        assert len(record.authors) == 1_000
        assert (record.authors[999].family, record.authors[999].affiliation) == ("Family999th", "Lab 999, Town")


class TestThePageOfAPaper:
    def test_it_adds_what_the_list_lacks(self) -> None:
        assert detail() == PaperRecord(
            source="ndss",
            source_id="hiding-in-plain-sight",
            title="Hiding in “Plain” Sight & Sound",
            authors=records()[0].authors[:2],
            abstract="We hide (in plain sight). Nobody finds us in 2n steps.",
            landing_url=records()[0].landing_url,
            pdf_url=f"{SITE}/wp-content/uploads/2024-1-paper.pdf",
            links=(Link("video", "https://videos.example/watch?v=1"),),
        )

    @pytest.mark.parametrize(
        "inside",
        [
            "<p><strong>Ada Writer (Lab)</strong></p><p>We hide.</p>",
            "<p><strong>Ada Writer (Lab)</strong><br>We hide.</p>",
            "<p><strong><p>Ada Writer (Lab)</p></strong></p><p><p>We hide.</p></p>",
            "<p><strong>Ada Writer (Lab)</strong></p><p><span><p>We hide.</p></span></p>",
            "<p>Ada Writer (Lab)</p><p>We hide.</p>",
            "<p>Ada Writer (Lab)</p><p>We <strong>hide</strong>.</p>",
        ],
    )
    def test_authors_and_abstract_are_told_apart(self, inside: str) -> None:
        record = data(inside)
        assert [author.name for author in record.authors] == ["Ada Writer"]
        assert record.abstract == "We hide."

    def test_a_paragraph_alone_is_the_abstract(self) -> None:
        assert data("<p>We hide, and seek.</p>").abstract == "We hide, and seek."
        assert data("<p>We hide, and seek.</p>").authors == ()

    def test_paragraphs_without_places_are_all_of_the_abstract(self) -> None:
        record = data("<p>We hide, and seek.</p><p>Nobody finds us.</p>")
        assert (record.authors, record.abstract) == ((), "We hide, and seek. Nobody finds us.")

    def test_paragraphs_of_authors_are_none_of_the_abstract(self) -> None:
        record = data("<p><strong><p>Ada Writer (Lab),</p><p>Bo Li (Co)</p></strong></p><p>We hide.</p>")
        assert ([author.name for author in record.authors], record.abstract) == (["Ada Writer", "Bo Li"], "We hide.")

    def test_what_it_does_not_say_stays_empty(self) -> None:
        assert data("") == PaperRecord(
            source="ndss", source_id="hiding-in-plain-sight", title="T", landing_url=records()[0].landing_url
        )

    @pytest.mark.parametrize("href", [b"javascript:steal('x.pdf')", b"https://elsewhere.example/x.pdf", b"/x.exe"])
    def test_only_a_pdf_of_its_own_host_is_one(self, href: bytes) -> None:
        body = PAPER.replace(b"https://www.ndss-symposium.org/wp-content/uploads/2024-1-paper.pdf", href)
        assert detail(body).pdf_url == ""

    def test_the_page_of_the_list_is_not_that_of_a_paper(self) -> None:
        with pytest.raises(NotThisPage, match="of a paper"):
            detail(address=EDITION.address)


@pytest.mark.parametrize("holds", hostile.CASES)
def test_a_hostile_answer_does_no_harm(holds: hostile.Case) -> None:
    holds(TRIED)


def test_an_announcement_without_papers_is_to_come() -> None:
    with pytest.raises(NotYet):
        parsed(b"<html><title>NDSS Symposium 2031 Accepted Papers</title></html>")
