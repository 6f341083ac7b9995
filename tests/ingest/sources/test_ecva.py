"""ECVA's one page of all years as values of one, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.sources.ecva import SOURCE, editions
from ingest.sources.source import NotThisPage, NotYet, SourceEdition
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord
from tests.ingest.sources import hostile

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "ecva_list.html").read_bytes(), (PAGES / "ecva_paper.html").read_bytes()
ADDRESS = "ecva:/papers.php"
OF_2022, OF_2024, OF_2026 = (SourceEdition(f"ECCV.{year}", ADDRESS) for year in (2022, 2024, 2026))
FOLDER = "https://www.ecva.net/papers/eccv_2024/papers_ECCV"
DETAIL = "ecva:/papers/eccv_2024/papers_ECCV/html/4_ECCV_2024_paper.php"


def paper(title: str = "T", name: str = "1_ECCV_2024_paper", authors: str = "A B") -> bytes:
    anchor = f'<a href="papers/eccv_2024/papers_ECCV/html/{name}.php">{title}</a>'
    below = f"<dd>{authors}</dd><dd></dd>"
    return f'<html><button>ECCV 2024</button><dl><dt class="ptitle">{anchor}</dt>{below}</dl></html>'.encode()


TRIED = hostile.Tried(SOURCE, OF_2024, LIST, PAPER, DETAIL, write=paper, name="1_ECCV_2024_paper", words=b"We follow")
parsed, records, set_aside, detail = TRIED.parsed, TRIED.records, TRIED.set_aside, TRIED.detail


def test_there_is_an_edition_every_second_year() -> None:
    assert editions(2021) == (SourceEdition("ECCV.2018", ADDRESS), SourceEdition("ECCV.2020", ADDRESS))
    assert SOURCE.editions(2017) == ()


class TestTheList:
    def test_a_paper_is_read_whole(self) -> None:
        assert records()[0] == PaperRecord(
            source="ecva",
            source_id="4_ECCV_2024_paper",
            title="Paths of Light & Shade",
            authors=(Author("Ada Writer", "Writer", "Ada"), Author("Bo Li", "Li", "Bo")),
            doi="10.1007/978-3-031-00000-1_4",
            landing_url=f"{FOLDER}/html/4_ECCV_2024_paper.php",
            pdf_url=f"{FOLDER}/papers/00004.pdf",
            published=date(2024, 1, 1),
            appearances=(Appearance("ECCV.2024", position=1),),
            links=(Link("attachment", f"{FOLDER}/papers/00004-supp.pdf", "Supplementary material"),),
        )

    def test_markup_in_a_title_leaves_its_text_and_a_script_nothing(self) -> None:
        assert records()[1].title == r"A $\nabla$ of Nested Tags"

    def test_an_address_that_runs_is_no_pdf(self) -> None:
        assert records()[1].pdf_url == ""

    def test_only_the_papers_of_the_year_are_taken(self) -> None:
        assert [record.title for record in records(edition=OF_2022)] == ["A Paper of Two Years Before"]
        assert parsed(edition=OF_2022).details == ("ecva:/papers/eccv_2022/papers_ECCV/html/10_ECCV_2022_paper.php",)

    def test_what_cannot_be_taken_is_set_aside_in_the_year_of_its_section(self) -> None:
        elsewhere = "the link is not that of a paper of this edition"
        assert [it.reason for it in set_aside()] == ["4_ECCV_2024_paper stands twice on the page", elsewhere]
        assert [it.reason for it in set_aside(edition=OF_2022)] == [elsewhere]
        assert all(item.file == ADDRESS and item.line > 5 and item.raw for item in set_aside())

    def test_a_year_that_is_not_there_yet(self) -> None:
        with pytest.raises(NotYet, match="no papers of this year"):
            parsed(edition=OF_2026)

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parsed().items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.field) == ("ECCV", "Computer vision")
        assert edition == EditionRecord("ECCV.2024", "ECCV", 2024, url="https://www.ecva.net/papers.php")

    @pytest.mark.parametrize("name", ["A B", "a..b", "é", "%2e%2e", "x" * 201])
    def test_a_hostile_name_is_no_id(self, name: str) -> None:
        assert [it.reason for it in set_aside(paper(name=name))] == ["the id of the paper cannot stand in an address"]

    def test_a_thousand_authors_are_kept_in_order(self) -> None:
        (record,) = records(paper(authors=", ".join(f"Given{n} Family{n}th" for n in range(1_000))))
        assert (len(record.authors), record.authors[999].family) == (1_000, "Family999th")


class TestThePageOfAPaper:
    def test_it_adds_what_the_list_lacks(self) -> None:
        assert detail() == PaperRecord(
            source="ecva",
            source_id="4_ECCV_2024_paper",
            title="Paths of Light & Shade",
            authors=records()[0].authors,
            abstract="We follow paths of light of at most 2n steps.",
            doi="10.1007/978-3-031-00000-1_4",
            landing_url=records()[0].landing_url,
            pdf_url=records()[0].pdf_url,
            links=records()[0].links,
        )

    def test_the_page_of_the_list_is_not_that_of_a_paper(self) -> None:
        with pytest.raises(NotThisPage, match="of a paper"):
            detail(address=ADDRESS)


@pytest.mark.parametrize("holds", hostile.CASES)
def test_a_hostile_answer_does_no_harm(holds: hostile.Case) -> None:
    holds(TRIED)
