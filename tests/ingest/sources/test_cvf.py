"""CVF's pages as values: lists, indexes of days, pages of papers, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.items import Taken
from ingest.sources.cvf import SOURCE, editions
from ingest.sources.source import NotThisPage, NotYet, SourceEdition
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord
from tests.ingest.sources import hostile

PAGES = Path(__file__).parent / "pages"
LIST, DAYS, PAPER = ((PAGES / f"cvf_{name}.html").read_bytes() for name in ("list", "days", "paper"))
EDITION = SourceEdition("CVPR.2023", "cvf:/CVPR2023?day=all")
OF_DAYS = SourceEdition("CVPR.2018", "cvf:/CVPR2018")
ID = "Writer_Seeing_Double_Cats__Dogs_CVPR_2023_paper"
DETAIL = f"cvf:/content/CVPR2023/html/{ID}.html"
FOLDER = "https://openaccess.thecvf.com/content/CVPR2023"


def paper(
    title: str = "T", name: str = "A_T_CVPR_2023_paper", below: str = "", folder: str = "content/CVPR2023"
) -> bytes:
    anchor = f'<a href="/{folder}/html/{name}.html">{title}</a>'
    return f'<html><body><dl><dt class="ptitle">{anchor}</dt>{below}</dl></body></html>'.encode()


TRIED = hostile.Tried(SOURCE, EDITION, LIST, PAPER, DETAIL, write=paper, name="A_T_CVPR_2023_paper", words=b"We see")
parsed, records, set_aside, detail = TRIED.parsed, TRIED.records, TRIED.set_aside, TRIED.detail


class TestEditions:
    def test_each_conference_has_its_rhythm_and_its_address(self) -> None:
        found = {edition.name: edition.address for edition in editions(2023)}
        assert len(found) == 11 + 6 + 4
        assert found["CVPR.2013"] == "cvf:/CVPR2013"
        assert found["CVPR.2020"] == "cvf:/CVPR2020"
        assert found["CVPR.2021"] == "cvf:/CVPR2021?day=all"
        assert found["ICCV.2019"] == "cvf:/ICCV2019"
        assert found["ICCV.2023"] == "cvf:/ICCV2023?day=all"
        assert found["WACV.2020"] == "cvf:/WACV2020"
        assert "ICCV.2022" not in found

    def test_before_the_first_there_is_none(self) -> None:
        assert SOURCE.editions(2012) == ()


class TestTheList:
    def test_a_paper_is_read_whole(self) -> None:
        assert records()[0] == PaperRecord(
            source="cvf",
            source_id=ID,
            title="Seeing Double: Cats & Dogs",
            authors=(Author("Ada Writer", "Writer", "Ada"), Author("Zoë Ångström", "Ångström", "Zoë")),
            landing_url=f"{FOLDER}/html/{ID}.html",
            pdf_url=f"{FOLDER}/papers/{ID}.pdf",
            published=date(2023, 6, 1),
            appearances=(Appearance("CVPR.2023", position=1),),
            links=(
                Link(
                    "attachment",
                    f"{FOLDER}/supplemental/Writer_Seeing_Double_Cats_CVPR_2023_supplemental.pdf",
                    "Supplementary material",
                ),
            ),
            same_as=("arxiv:2303.01234",),
        )

    def test_markup_in_a_title_leaves_its_text_and_a_script_nothing(self) -> None:
        assert records()[1].title == r"Depth in $O(\log n)$ with H2O and k-Means"

    def test_an_address_that_runs_is_neither_pdf_nor_attachment(self) -> None:
        assert (records()[1].pdf_url, records()[1].links) == ("", ())

    def test_a_plain_line_of_authors_is_read_too(self) -> None:
        assert [author.name for author in records()[2].authors] == ["Chi Wu", "Dee Xu"]

    def test_without_a_reference_the_year_is_the_day(self) -> None:
        assert records()[2].published == date(2023, 1, 1)

    def test_each_paper_has_its_page_to_be_asked_for(self) -> None:
        found = parsed()
        assert found.details[0] == DETAIL
        assert len(found.details) == 3
        assert found.more == ()

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parsed().items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.field) == ("CVPR", "Computer vision")
        assert edition == EditionRecord("CVPR.2023", "CVPR", 2023, url="https://openaccess.thecvf.com/CVPR2023")

    def test_what_cannot_be_taken_is_set_aside_alone(self) -> None:
        elsewhere = "the link is not that of a paper of this edition"
        assert [item.reason for item in set_aside()] == [
            "Li_Depth_in_Ologn_CVPR_2023_paper stands twice on the page",
            elsewhere,
            elsewhere,
            "no title",
        ]
        assert all(item.file == EDITION.address and item.line > 10 and item.raw for item in set_aside())

    @pytest.mark.parametrize("name", ["A B", "..", "a..b", "-a", "ü", "%2e%2e%2fpasswd", "a%00b", "x" * 201])
    def test_a_hostile_name_is_no_id(self, name: str) -> None:
        assert records(paper(name=name)) == []
        assert len(set_aside(paper(name=name))) == 1

    def test_the_longest_name_that_can_stand_in_an_address_is_one(self) -> None:
        assert records(paper(name="x" * 200))[0].source_id == "x" * 200

    @pytest.mark.parametrize("folder", ["content/CVPR2023", "content_CVPR_2023", "content_cvpr_2023"])
    def test_folders_old_and_new(self, folder: str) -> None:
        (record,) = records(paper(folder=folder))
        assert record.landing_url == f"https://openaccess.thecvf.com/{folder}/html/A_T_CVPR_2023_paper.html"

    @pytest.mark.parametrize("folder", ["content/CVPR2023W", "content_CVPRW_2023", "content/ICCV2023", "etc"])
    def test_papers_of_workshops_and_other_conferences_are_none(self, folder: str) -> None:
        assert records(paper(folder=folder)) == []

    def test_a_page_on_another_host_is_none(self) -> None:
        body = paper().replace(b'href="/', b'href="https://elsewhere.example/')
        assert records(body) == []

    def test_a_thousand_authors_are_kept_in_order(self) -> None:
        fields = "".join(f'<input name="query_author" value="Given{n} Family{n}th">' for n in range(1_000))
        (record,) = records(paper(below=f"<dd>{fields}</dd>"))
        assert len(record.authors) == 1_000
        assert record.authors[999].family == "Family999th"


class TestDays:
    def test_an_index_of_days_names_their_pages(self) -> None:
        found = parsed(DAYS, OF_DAYS)
        assert found.more == ("cvf:/CVPR2018?day=2018-06-19", "cvf:/CVPR2018?day=2018-06-20")
        assert [type(item) for item in found.items] == [VenueRecord, EditionRecord]

    def test_the_page_of_all_days_is_preferred(self) -> None:
        body = DAYS.replace(b"day=2018-06-20", b"day=all")
        assert parsed(body, OF_DAYS).more == ("cvf:/CVPR2018?day=all",)

    def test_an_empty_page_of_all_days_names_the_days(self) -> None:
        body = DAYS.replace(b"<dl>", b'<dl><a href="/CVPR2018?day=all">All</a>')
        assert parsed(body, OF_DAYS, "cvf:/CVPR2018?day=all").more == (
            "cvf:/CVPR2018?day=2018-06-19",
            "cvf:/CVPR2018?day=2018-06-20",
        )

    def test_old_pages_keep_their_ending(self) -> None:
        body = DAYS.replace(b'"CVPR2018?', b'"CVPR2018.py?')
        assert parsed(body, OF_DAYS).more[0] == "cvf:/CVPR2018.py?day=2018-06-19"

    def test_papers_of_a_day_are_published_on_it_and_follow_those_of_the_day_before(self) -> None:
        body = paper(name="A_T_CVPR_2018_paper", folder="content_cvpr_2018")
        places = []
        for day in (19, 20):
            address = f"cvf:/CVPR2018?day=2018-06-{day}"
            (record,) = [it.record for it in parsed(body, OF_DAYS, address).items if isinstance(it, Taken)]
            assert record.published == date(2018, 6, day)
            places.append(record.appearances[0].position)
        assert places[0] < places[1]

    def test_a_day_without_papers_is_not_the_page(self) -> None:
        with pytest.raises(NotThisPage, match="no papers"):
            parsed(DAYS, OF_DAYS, "cvf:/CVPR2018?day=2018-06-19")


class TestThePageOfAPaper:
    def test_it_adds_what_the_list_lacks(self) -> None:
        record = detail()
        assert record.source_id == records()[0].source_id
        assert record.landing_url == records()[0].landing_url
        assert record.title == "Seeing Double: Cats & Dogs"
        assert record.abstract == "We see double, as others do, where x < y and R&D is done."
        assert record.authors[1] == Author("Zoë van Ångström", "van Ångström", "Zoë")
        assert record.pdf_url == records()[0].pdf_url
        assert record.links == records()[0].links
        assert record.same_as == ("arxiv:2303.01234",)

    def test_it_leaves_place_and_day_to_the_list(self) -> None:
        assert detail().appearances == ()
        assert detail().published is None

    def test_without_tags_the_page_itself_is_read(self) -> None:
        record = detail(PAPER.replace(b"citation_", b"other_"))
        assert [author.name for author in record.authors] == ["Ada Writer", "Zoë van Ångström"]
        assert record.pdf_url == records()[0].pdf_url

    def test_what_it_does_not_say_stays_empty(self) -> None:
        body = b'<html><div id="papertitle">Seeing</div></html>'
        landing = f"{FOLDER}/html/{ID}.html"
        assert detail(body) == PaperRecord(source="cvf", source_id=ID, title="Seeing", landing_url=landing)

    def test_the_page_of_the_list_is_not_that_of_a_paper(self) -> None:
        with pytest.raises(NotThisPage, match="of a paper"):
            detail(address=EDITION.address)


@pytest.mark.parametrize("holds", hostile.CASES)
def test_a_hostile_answer_does_no_harm(holds: hostile.Case) -> None:
    holds(TRIED)


def test_their_own_page_without_papers_is_to_come() -> None:
    with pytest.raises(NotYet):
        parsed(b"<html><title>CVPR 2031 Open Access Repository</title></html>")
