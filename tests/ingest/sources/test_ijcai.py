"""IJCAI's pages as values: sections as tracks, addresses made whole, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.sources.ijcai import SOURCE, editions
from ingest.sources.source import SourceEdition
from papers.record import Appearance, Author, EditionRecord, PaperRecord, VenueRecord
from tests.ingest.sources import hostile

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "ijcai_list.html").read_bytes(), (PAGES / "ijcai_paper.html").read_bytes()
EDITION = SourceEdition("IJCAI.2023", "ijcai:/proceedings/2023/")
DETAIL = "ijcai:/proceedings/2023/1"


def paper(title: str = "T", number: str = "1", authors: str = "A B") -> bytes:
    wrapper = f'<div id="paper{number}" class="paper_wrapper"><div class="title">{title}</div>'
    return f'<html><body>{wrapper}<div class="authors">{authors}</div></div></body></html>'.encode()


TRIED = hostile.Tried(SOURCE, EDITION, LIST, PAPER, DETAIL, write=paper, name="1", words=b"We herd agents.")
parsed, records, set_aside, detail = TRIED.parsed, TRIED.records, TRIED.set_aside, TRIED.detail


class TestEditions:
    def test_there_is_one_a_year_up_to_the_year_asked_for(self) -> None:
        assert editions(2018) == (
            SourceEdition("IJCAI.2017", "ijcai:/proceedings/2017/"),
            SourceEdition("IJCAI.2018", "ijcai:/proceedings/2018/"),
        )
        assert SOURCE.editions(2016) == ()


class TestTheList:
    def test_a_paper_is_read_whole(self) -> None:
        assert records()[0] == PaperRecord(
            source="ijcai",
            source_id="1@2023",
            title="Herding Agents & Other Cats",
            authors=(
                Author("Ada Writer", "Writer", "Ada"),
                Author("Bo Li", "Li", "Bo"),
                Author("Zoë Ångström", "Ångström", "Zoë"),
            ),
            landing_url="https://www.ijcai.org/proceedings/2023/1",
            pdf_url="https://www.ijcai.org/proceedings/2023/0001.pdf",
            published=date(2023, 1, 1),
            appearances=(Appearance("IJCAI.2023", "Main Track", 1),),
        )

    def test_sections_are_tracks_and_their_parts_are_not(self) -> None:
        assert [record.appearances[0].track for record in records()] == ["Main Track", "Main Track", "Survey Track"]

    def test_markup_within_a_word_does_not_divide_it(self) -> None:
        assert records()[1].title == r"Planning with H2O and k-Means in $O(\log n)$"

    def test_a_script_in_a_title_is_no_text(self) -> None:
        assert records()[2].title == "A Survey of Surveys"
        assert records()[2].authors == ()

    def test_an_address_that_runs_is_no_pdf(self) -> None:
        assert [record.pdf_url for record in records()] == [
            "https://www.ijcai.org/proceedings/2023/0001.pdf",
            "",
            "https://www.ijcai.org/proceedings/2023/0703.pdf",
        ]

    def test_each_paper_has_its_page_to_be_asked_for(self) -> None:
        numbers = (1, 2, 703)
        assert parsed().details == tuple(f"ijcai:/proceedings/2023/{number}" for number in numbers)

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parsed().items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.field) == ("IJCAI", "Artificial intelligence")
        assert edition == EditionRecord("IJCAI.2023", "IJCAI", 2023, url="https://www.ijcai.org/proceedings/2023/")

    def test_what_cannot_be_taken_is_set_aside_alone(self) -> None:
        assert [item.reason for item in set_aside()] == [
            "1@2023 stands twice on the page",
            "paper without a usable number",
            "no title",
        ]
        assert all(item.file == EDITION.address and item.line > 10 and item.raw for item in set_aside())

    @pytest.mark.parametrize("number", ["", "-1", "1/2", "..", "1 2", "١", "9" * 300])
    def test_an_impossible_number_is_no_id(self, number: str) -> None:
        assert [item.reason for item in set_aside(paper(number=number))] == ["paper without a usable number"]

    def test_a_thousand_authors_are_kept_in_order(self) -> None:
        (record,) = records(paper(authors=", ".join(f"Given{n}th Family{n}th" for n in range(1_000))))
        assert len(record.authors) == 1_000
        assert record.authors[999].family == "Family999th"


class TestThePageOfAPaper:
    def test_it_adds_what_the_list_lacks(self) -> None:
        record = detail()
        assert record.source_id == records()[0].source_id
        assert record.title == "Herding Agents & Other Cats"
        assert record.abstract == "We herd agents. They do not want to be herded <much>."
        assert record.doi == "10.24963/ijcai.2023/1"
        assert record.keywords == ("Agents: MAS: Herding", "Planning: Cats")
        assert record.pdf_url == "https://www.ijcai.org/proceedings/2023/0001.pdf"

    def test_it_leaves_the_place_to_the_list(self) -> None:
        assert detail().appearances == ()
        assert detail().published is None

    def test_what_it_does_not_say_stays_empty(self) -> None:
        body = b'<html><div class="proceedings-detail"><h1>Herding</h1></div></html>'
        assert detail(body) == PaperRecord(
            source="ijcai", source_id="1@2023", title="Herding", landing_url="https://www.ijcai.org/proceedings/2023/1"
        )

    def test_keywords_are_no_abstract(self) -> None:
        start, end = PAPER.index(b'<div class="col-md-12">\nWe'), PAPER.index(b'<div class="col-md-12"><div class="key')
        record = detail(PAPER[:start] + PAPER[end:])
        assert record.abstract == ""
        assert len(record.keywords) == 2


@pytest.mark.parametrize("holds", hostile.CASES)
def test_a_hostile_answer_does_no_harm(holds: hostile.Case) -> None:
    holds(TRIED)
