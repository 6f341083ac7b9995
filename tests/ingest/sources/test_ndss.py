"""NDSS' pages as values: authors with their places, paragraphs within paragraphs, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.items import MAX_ABSTRACT, MAX_TITLE, SetAside, Taken
from ingest.sources.ndss import SOURCE, editions, parse, parse_detail
from ingest.sources.source import NotThisPage, NotYet, Page, SourceEdition
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "ndss_list.html").read_bytes(), (PAGES / "ndss_paper.html").read_bytes()
EDITION = SourceEdition("NDSS.2024", "ndss:/ndss2024/accepted-papers/")
SITE = "https://www.ndss-symposium.org"
DETAIL = "ndss:/ndss-paper/hiding-in-plain-sight/"


def listed(body: bytes = LIST) -> Page:
    return Page(EDITION, EDITION.address, body)


def records(body: bytes = LIST) -> list[PaperRecord]:
    return [item.record for item in parse(listed(body)).items if isinstance(item, Taken)]


def set_aside(body: bytes = LIST) -> list[SetAside]:
    return [item for item in parse(listed(body)).items if isinstance(item, SetAside)]


def paper(title: str = "T", slug: str = "t", authors: str = "A B (C)") -> bytes:
    heading = f'<h2 class="pt-cv-title"><a href="/ndss-paper/{slug}/">{title}</a></h2>'
    return f'<html><div class="pt-cv-ifield">{heading}<p>{authors}</p></div></html>'.encode()


def detail(body: bytes = PAPER, address: str = DETAIL) -> PaperRecord:
    (item,) = parse_detail(Page(EDITION, address, body)).items
    assert isinstance(item, Taken)
    return item.record


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

    def test_each_paper_has_its_page_to_be_asked_for(self) -> None:
        assert parse(listed()).details == (DETAIL, "ndss:/ndss-paper/auto-draft-7/")

    def test_the_number_of_papers_is_that_of_all_cycles(self) -> None:
        assert parse(listed()).announced == 5
        assert parse(listed(LIST.replace(b"Fall (3)", b"Fall"))).announced is None

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parse(listed()).items
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

    def test_a_title_beyond_measure_is_set_aside(self) -> None:
        assert [it.reason for it in set_aside(paper("x" * (MAX_TITLE + 1)))] == ["title of more than 2,000 characters"]


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

    def test_an_abstract_beyond_measure_is_set_aside(self) -> None:
        (item,) = parse_detail(Page(EDITION, DETAIL, PAPER.replace(b"We hide", b"x" * (MAX_ABSTRACT + 1)))).items
        assert isinstance(item, SetAside)
        assert item.reason == "abstract of more than 100,000 characters"

    @pytest.mark.parametrize(
        "body", [b"", b"<html><h1>Not found</h1></html>", PAPER[:-300], PAPER.replace(b"Hiding", b"\xff")]
    )
    def test_another_page_is_refused(self, body: bytes) -> None:
        with pytest.raises(NotThisPage):
            detail(body)

    @pytest.mark.parametrize("address", [EDITION.address, "ndss:/ndss-paper/../x/", "cvf:/ndss-paper/x/"])
    def test_the_page_of_another_address_is_refused(self, address: str) -> None:
        with pytest.raises(NotThisPage):
            detail(address=address)


class TestAnswersThatAreNotTheList:
    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (b"", "not HTML"),
            (LIST[: len(LIST) // 2], "cut short"),
            (b"<html><body><h1>Service Unavailable</h1></body></html>", "no papers"),
            (b"<html><form action='/wp-login.php'></form></html>", "no papers"),
            (LIST.replace("Å".encode(), b"\xc5"), "not UTF-8"),
            (b"<div class='pt-cv-ifield'>" * 100_000 + b"</html>", "no papers"),
        ],
    )
    def test_they_are_refused_with_the_reason(self, body: bytes, reason: str) -> None:
        with pytest.raises(NotThisPage, match=reason) as refused:
            parse(listed(body))
        assert not isinstance(refused.value, NotYet)

    def test_an_announcement_without_papers_is_to_come(self) -> None:
        with pytest.raises(NotYet):
            parse(listed(b"<html><title>NDSS Symposium 2031 Accepted Papers</title></html>"))
