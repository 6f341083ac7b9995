"""ECVA's one page of all years as values of one, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.items import MAX_ABSTRACT, MAX_TITLE, SetAside, Taken
from ingest.sources.ecva import SOURCE, editions, parse, parse_detail
from ingest.sources.source import NotThisPage, NotYet, Page, SourceEdition
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "ecva_list.html").read_bytes(), (PAGES / "ecva_paper.html").read_bytes()
ADDRESS = "ecva:/papers.php"
FOLDER = "https://www.ecva.net/papers/eccv_2024/papers_ECCV"
DETAIL = "ecva:/papers/eccv_2024/papers_ECCV/html/4_ECCV_2024_paper.php"


def listed(body: bytes = LIST, year: int = 2024) -> Page:
    return Page(SourceEdition(f"ECCV.{year}", ADDRESS), ADDRESS, body)


def records(body: bytes = LIST, year: int = 2024) -> list[PaperRecord]:
    return [item.record for item in parse(listed(body, year)).items if isinstance(item, Taken)]


def set_aside(body: bytes = LIST, year: int = 2024) -> list[SetAside]:
    return [item for item in parse(listed(body, year)).items if isinstance(item, SetAside)]


def paper(title: str = "T", name: str = "1_ECCV_2024_paper", authors: str = "A B") -> bytes:
    anchor = f'<a href="papers/eccv_2024/papers_ECCV/html/{name}.php">{title}</a>'
    return f'<html><dl><dt class="ptitle">{anchor}</dt><dd>{authors}</dd><dd></dd></dl></html>'.encode()


def detail(body: bytes = PAPER, address: str = DETAIL) -> PaperRecord:
    (item,) = parse_detail(Page(listed().edition, address, body)).items
    assert isinstance(item, Taken)
    return item.record


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
        assert [record.title for record in records(year=2022)] == ["A Paper of Two Years Before"]
        assert parse(listed(year=2022)).details == ("ecva:/papers/eccv_2022/papers_ECCV/html/10_ECCV_2022_paper.php",)

    def test_what_cannot_be_taken_is_set_aside_in_the_year_of_its_section(self) -> None:
        elsewhere = "the link is not that of a paper of this edition"
        assert [it.reason for it in set_aside()] == ["4_ECCV_2024_paper stands twice on the page", elsewhere]
        assert [it.reason for it in set_aside(year=2022)] == [elsewhere]
        assert all(item.file == ADDRESS and item.line > 5 and item.raw for item in set_aside())

    def test_a_year_that_is_not_there_yet(self) -> None:
        with pytest.raises(NotYet, match="no papers of this year"):
            parse(listed(year=2026))

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parse(listed()).items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.field) == ("ECCV", "Computer vision")
        assert edition == EditionRecord("ECCV.2024", "ECCV", 2024, url="https://www.ecva.net/papers.php")

    @pytest.mark.parametrize("name", ["A B", "a..b", "é", "%2e%2e", "x" * 201])
    def test_a_hostile_name_is_no_id(self, name: str) -> None:
        assert [it.reason for it in set_aside(paper(name=name))] == ["the id of the paper cannot stand in an address"]

    def test_a_thousand_authors_are_kept_in_order(self) -> None:
        (record,) = records(paper(authors=", ".join(f"Given{n} Family{n}th" for n in range(1_000))))
        assert (len(record.authors), record.authors[999].family) == (1_000, "Family999th")

    def test_a_title_beyond_measure_is_set_aside(self) -> None:
        assert [it.reason for it in set_aside(paper("x" * (MAX_TITLE + 1)))] == ["title of more than 2,000 characters"]


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

    def test_an_abstract_beyond_measure_is_set_aside(self) -> None:
        body = PAPER.replace(b"We follow", b"x" * (MAX_ABSTRACT + 1))
        (item,) = parse_detail(Page(listed().edition, DETAIL, body)).items
        assert isinstance(item, SetAside)
        assert item.reason == "abstract of more than 100,000 characters"

    @pytest.mark.parametrize(
        "body", [b"", b"<html><h1>Not found</h1></html>", PAPER[:-300], PAPER.replace(b"Paths", b"\xff")]
    )
    def test_another_page_is_refused(self, body: bytes) -> None:
        with pytest.raises(NotThisPage):
            detail(body)

    @pytest.mark.parametrize("address", [ADDRESS, DETAIL.replace("/html/", "/html/../"), f"cvf{DETAIL[4:]}"])
    def test_the_page_of_another_address_is_refused(self, address: str) -> None:
        with pytest.raises(NotThisPage, match="address"):
            detail(address=address)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not HTML"),
        (LIST[: len(LIST) // 2], "cut short"),
        (b"<html><body><h1>Service Unavailable</h1></body></html>", "no papers"),
        (LIST.replace(b"Paths", b"\xff"), "not UTF-8"),
        (b"<dl>" * 100_000 + b"</html>", "no papers"),
    ],
)
def test_answers_that_are_not_the_list_are_refused_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(NotThisPage, match=reason) as refused:
        parse(listed(body))
    assert not isinstance(refused.value, NotYet)
