"""MICCAI's pages as values: names turned round, Springer's DOIs, code, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.sources.miccai import SOURCE, editions
from ingest.sources.source import SourceEdition
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord
from tests.ingest.sources import hostile

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "miccai_list.html").read_bytes(), (PAGES / "miccai_paper.html").read_bytes()
EDITION = SourceEdition("MICCAI.2024", "miccai:/miccai-2024/")
DETAIL = "miccai:/miccai-2024/001-Paper1234.html"
FOLDER = "https://papers.miccai.org/miccai-2024/"


def paper(title: str = "T", href: str = "001-Paper1.html", people: str = "") -> bytes:
    beside = f'<ul><li>{people}</li><li><a href="{href}">Paper Information</a></li></ul>'
    return f"<html><ul><li><b>{title}</b>{beside}</li></ul></html>".encode()


TRIED = hostile.Tried(
    SOURCE,
    EDITION,
    LIST,
    PAPER,
    DETAIL,
    write=lambda title, name: paper(title, f"001-Paper{name}.html"),
    name="1",
    words=b"Bones are seen.",
)
parsed, records, set_aside, detail = TRIED.parsed, TRIED.records, TRIED.set_aside, TRIED.detail


class TestEditions:
    def test_there_is_one_a_year_up_to_the_year_asked_for(self) -> None:
        assert editions(2025) == (EDITION, SourceEdition("MICCAI.2025", "miccai:/miccai-2025/"))


class TestTheList:
    def test_a_paper_is_read_whole(self) -> None:
        assert records()[0] == PaperRecord(
            source="miccai",
            source_id="1234@2024",
            title="Seeing Bones & Stones in $T_1$",
            authors=(Author("Ada Writer", "Writer", "Ada"), Author("Bo Li", "Li", "Bo")),
            landing_url=f"{FOLDER}001-Paper1234.html",
            pdf_url=f"{FOLDER}paper/1234_paper.pdf",
            published=date(2024, 1, 1),
            appearances=(Appearance("MICCAI.2024", "", 1),),
        )

    def test_an_odd_paper_is_read_without_its_traps(self) -> None:
        record = records()[1]
        assert record.title == "Hearts3 of Glass"
        assert (record.source_id, record.pdf_url) == ("7@2024", "")
        assert record.landing_url == f"{FOLDER}002-Paper0007.html"

    def test_a_menu_is_no_paper(self) -> None:
        assert not any("Categories" in item.raw for item in set_aside())

    def test_each_paper_has_its_page_to_be_asked_for(self) -> None:
        assert parsed().details == (DETAIL, "miccai:/miccai-2024/002-Paper0007.html")

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parsed().items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.field) == ("MICCAI", "Medical imaging")
        assert edition == EditionRecord("MICCAI.2024", "MICCAI", 2024, url=FOLDER)

    def test_what_cannot_be_taken_is_set_aside_alone(self) -> None:
        assert [item.reason for item in set_aside()] == [
            "1234@2024 stands twice on the page",
            "no link to the page of the paper",
            "no title",
        ]

    @pytest.mark.parametrize(
        "href", ["", "javascript:001-Paper1.htm", "001-Paper.html", "001-Paper-1.html", f"001-Paper{'1' * 300}.html"]
    )
    def test_an_impossible_name_is_no_id(self, href: str) -> None:
        assert [item.reason for item in set_aside(paper(href=href))] == ["no link to the page of the paper"]

    def test_what_stands_before_a_papers_name_does_not_reach_our_addresses(self) -> None:
        (record,) = records(paper(href="https://elsewhere.example/../../001-Paper1.html"))
        assert record.landing_url == f"{FOLDER}001-Paper1.html"

    def test_a_thousand_authors_are_kept(self) -> None:
        people = " | ".join(f'<a href="/miccai-2024/tags#{n}">Family{n}th, Given{n}th</a>' for n in range(1_000))
        (record,) = records(paper(people=people))
        assert len(record.authors) == 1_000
        assert record.authors[999] == Author("Given999th Family999th", "Family999th", "Given999th")


class TestThePageOfAPaper:
    def test_it_adds_what_the_list_lacks(self) -> None:
        record = detail()
        assert (record.source_id, record.title) == (records()[0].source_id, records()[0].title)
        assert record.authors == records()[0].authors
        assert record.abstract == "Bones are seen. Stones are not."
        assert record.doi == "10.1007/978-3-031-00000-0_1"
        assert record.pdf_url == f"{FOLDER}paper/1234_paper.pdf"
        assert (record.appearances, record.published) == ((), None)

    def test_code_data_and_supplements_are_links_unless_they_run(self) -> None:
        assert detail().links == (
            Link("code", "https://github.com/writer/bones"),
            Link("dataset", "https://data.example/bones"),
            Link("attachment", f"{FOLDER}supp/1234_supp.pdf", "Supplementary material"),
        )

    def test_the_preprint_is_the_one_beside_the_paper_not_one_in_a_review(self) -> None:
        assert detail().same_as == ("arxiv:2401.01234",)

    def test_a_supplement_is_not_the_paper(self) -> None:
        assert detail(PAPER.replace(b"1234_paper.pdf", b"1234_paper.html")).pdf_url == ""

    def test_springers_own_address_tells_the_doi_too(self) -> None:
        springer = b"https://link.springer.com/chapter/10.1007/978-3-031-00000-0_7?utm=x"
        assert detail(PAPER.replace(b"https://doi.org/10.1007/978-3-031-00000-0_1", springer)).doi.endswith("-0_7")

    def test_what_it_does_not_say_stays_empty(self) -> None:
        body = b'<html><h1>Bones</h1><h1 id="abstract-id">Abstract</h1><p>Seen.</p></html>'
        assert detail(body) == PaperRecord(
            source="miccai",
            source_id="1234@2024",
            title="Bones",
            abstract="Seen.",
            landing_url=f"{FOLDER}001-Paper1234.html",
        )


@pytest.mark.parametrize("holds", hostile.CASES)
def test_a_hostile_answer_does_no_harm(holds: hostile.Case) -> None:
    holds(TRIED)
