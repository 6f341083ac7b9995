"""The proceedings of NeurIPS as values: tracks, further volumes, abstracts, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.sources.neurips import SOURCE, editions
from ingest.sources.source import NotThisPage, NotYet, SourceEdition
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord
from tests.ingest.sources import hostile

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "neurips_list.html").read_bytes(), (PAGES / "neurips_paper.html").read_bytes()
EDITION = SourceEdition("NeurIPS.2023", "neurips:/paper_files/paper/2023")
HASH = "0123456789abcdef0123456789abcdef"
FOLDER = "https://proceedings.neurips.cc/paper_files/paper/2023"
DETAIL = f"neurips:/paper_files/paper/2023/hash/{HASH}-Abstract-Conference.html"


def paper(title: str = "T", hashed: str = HASH, track: str = "", authors: str = "A B", marks: str = "") -> bytes:
    anchor = f'<a title="paper title" href="/paper_files/paper/2023/hash/{hashed}-Abstract{track}.html">{title}</a>'
    return f"<html><ul><li {marks}>{anchor} <i>{authors}</i></li></ul></html>".encode()


TRIED = hostile.Tried(SOURCE, EDITION, LIST, PAPER, DETAIL, write=paper, name=HASH, words=b"We learn")
parsed, records, set_aside, detail = TRIED.parsed, TRIED.records, TRIED.set_aside, TRIED.detail


def test_there_is_an_edition_each_year_since_1987() -> None:
    assert len(editions(2023)) == 37
    assert editions(1987) == (SourceEdition("NeurIPS.1987", "neurips:/paper_files/paper/1987"),)
    assert SOURCE.editions(1986) == ()


class TestTheList:
    def test_a_paper_is_read_whole(self) -> None:
        assert records()[0] == PaperRecord(
            source="neurips",
            source_id=f"{HASH}@2023",
            title="Learning & Forgetting",
            authors=(
                Author("Ada Writer", "Writer", "Ada"),
                Author("Bo Li", "Li", "Bo"),
                Author("Zoë Ångström", "Ångström", "Zoë"),
            ),
            landing_url=f"{FOLDER}/hash/{HASH}-Abstract-Conference.html",
            pdf_url=f"{FOLDER}/file/{HASH}-Paper-Conference.pdf",
            published=date(2023, 1, 1),
            appearances=(Appearance("NeurIPS.2023", "Main", 1),),
        )

    def test_markup_in_a_title_leaves_its_text_and_a_script_nothing(self) -> None:
        assert records()[1].title == r"A Benchmark of Benchmarks in $\ell_1$"
        assert records()[1].authors == ()

    @pytest.mark.parametrize(
        ("marks", "track", "expected"),
        [
            ('data-track="conference"', "-Conference", "Main"),
            ("", "-Conference", "Main"),
            ('data-track="none"', "", ""),
            ('data-track="datasets_and_benchmarks"', "-Datasets_and_Benchmarks", "Datasets and Benchmarks"),
            ("", "-Datasets_and_Benchmarks_Track", "Datasets and Benchmarks"),
            ('data-track="position_paper_track"', "-Position_Paper_Track", "Position Paper"),
            ('data-track="creative_ai_track"', "-Creative_AI_Track", "Creative AI"),
            ('data-track="<script>"', "", ""),
            (f'data-track="{"x" * 5_000}"', "", ""),
        ],
    )
    def test_the_track_is_told_by_the_entry_or_by_its_address(self, marks: str, track: str, expected: str) -> None:
        (record,) = records(paper(marks=marks, track=track))
        assert record.appearances[0].track == expected

    def test_authors_stand_in_italics_in_older_lists(self) -> None:
        assert [author.name for author in records(paper(authors="Ada Writer, Bo Li"))[0].authors] == [
            "Ada Writer",
            "Bo Li",
        ]

    def test_each_paper_has_its_page_to_be_asked_for(self) -> None:
        found = parsed()
        assert found.details[0] == DETAIL
        assert len(found.details) == 2

    def test_the_number_of_papers_is_as_the_page_states_it(self) -> None:
        assert parsed().announced == 3_540
        assert parsed(LIST.replace(b"3,540 papers", b"soon")).announced is None
        assert parsed(LIST.replace(b"3,540 papers", b"9" * 10_000)).announced is None

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parsed().items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.aliases, venue.field) == ("NeurIPS", ("NIPS",), "Machine learning")
        assert edition == EditionRecord("NeurIPS.2023", "NeurIPS", 2023, url=FOLDER)

    def test_what_cannot_be_taken_is_set_aside_alone(self) -> None:
        elsewhere = "the link is not that of a paper of this edition"
        assert [item.reason for item in set_aside()] == [
            f"{HASH}@2023 stands twice on the page",
            elsewhere,
            elsewhere,
            elsewhere,
        ]
        assert all(item.file == EDITION.address and item.line > 10 and item.raw for item in set_aside())

    @pytest.mark.parametrize("hashed", ["", "../../etc/passwd", HASH.upper(), HASH + "0", "%2e%2e", "a b", "z" * 32])
    def test_what_is_no_hash_is_no_id(self, hashed: str) -> None:
        assert records(paper(hashed=hashed)) == []
        assert len(set_aside(paper(hashed=hashed))) == 1

    def test_a_page_on_another_host_is_none(self) -> None:
        assert records(paper().replace(b'href="/', b'href="https://elsewhere.example/')) == []

    def test_a_thousand_authors_are_kept_in_order(self) -> None:
        (record,) = records(paper(authors=", ".join(f"Given{n} Family{n}th" for n in range(1_000))))
        assert (len(record.authors), record.authors[999].family) == (1_000, "Family999th")


class TestFurtherVolumes:
    VOLUME = "neurips:/paper_files/paper/2023/vol36-main-conference"
    BODY = LIST.replace(
        b'<ul class="paper-list">',
        b'<ul class="paper-list"><a href="/paper_files/paper/2023/vol36-main-conference">Main Conference</a>'
        b'<a href="/paper_files/paper/2022/vol35-main-conference">The Year Before</a>'
        b'<a href="https://elsewhere.example/paper_files/paper/2023/vol36">Elsewhere</a>'
        b'<a href="/paper_files/paper/2023/../../../etc/passwd">Climbs</a>',
    )

    def test_those_of_the_year_are_asked_for(self) -> None:
        assert parsed(self.BODY).more == (self.VOLUME,)

    def test_the_number_on_the_page_is_then_not_that_of_the_edition(self) -> None:
        assert parsed(self.BODY).announced is None

    def test_they_name_no_further_ones(self) -> None:
        assert parsed(self.BODY, address=self.VOLUME).more == ()


class TestThePageOfAPaper:
    def test_it_adds_what_the_list_lacks(self) -> None:
        assert detail() == PaperRecord(
            source="neurips",
            source_id=f"{HASH}@2023",
            title="Learning & Forgetting",
            authors=(Author("Ada Writer", "Writer", "Ada"), Author("Bo Li", "Li", "Bo")),
            abstract="We learn k-means. Then we forget: R&D.",
            doi="10.52202/000000-0001",
            landing_url=records()[0].landing_url,
            pdf_url=records()[0].pdf_url,
            published=date(2023, 12, 15),
            links=(Link("attachment", f"{FOLDER}/file/{HASH}-Supplemental-Conference.zip", "Supplementary material"),),
        )

    def test_what_it_does_not_say_stays_empty(self) -> None:
        body = b'<html><meta name="citation_title" content="Learning"></html>'
        assert detail(body) == PaperRecord(
            source="neurips", source_id=f"{HASH}@2023", title="Learning", landing_url=records()[0].landing_url
        )

    def test_an_abstract_that_is_not_there_is_none(self) -> None:
        body = PAPER.replace(b"<p>We learn <i>k</i>-means.</p>", b"Abstract Unavailable")
        assert detail(body.replace(b"<p>Then we forget: R&amp;amp;D.</p>", b"")).abstract == ""

    def test_the_page_of_the_list_is_not_that_of_a_paper(self) -> None:
        with pytest.raises(NotThisPage, match="of a paper"):
            detail(address=EDITION.address)


@pytest.mark.parametrize("holds", hostile.CASES)
def test_a_hostile_answer_does_no_harm(holds: hostile.Case) -> None:
    holds(TRIED)


def test_an_empty_list_is_to_come() -> None:
    with pytest.raises(NotYet):
        parsed(b'<html><ul class="paper-list"></ul></html>')
