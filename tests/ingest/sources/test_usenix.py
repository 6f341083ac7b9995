"""USENIX's programmes as values: sessions, names and places, talks left out, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.items import MAX_ABSTRACT, MAX_TITLE
from ingest.sources.source import SourceEdition
from ingest.sources.usenix import SOURCE, editions
from papers.record import Appearance, Author, EditionRecord, PaperRecord, VenueRecord
from tests.ingest.sources import hostile

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "usenix_programme.html").read_bytes(), (PAGES / "usenix_paper.html").read_bytes()
EDITION = SourceEdition("OSDI.2023", "usenix:/conference/osdi23/technical-sessions")
SECURITY = SourceEdition("USENIX-Sec.2025", "usenix:/conference/usenixsecurity25/technical-sessions")
DETAIL = "usenix:/conference/osdi23/presentation/writer"
HILL = "A University, Hill Campus"


def paper(title: str = "T", path: str = "presentation/x", inside: str = "", session: str = "S") -> bytes:
    heading = f'<h2><a href="/conference/osdi23/{path}">{title}</a></h2>'
    entry = f'<article class="node node-paper">{heading}{inside}</article>'
    return f'<html><article class="node-session"><h2>{session}</h2>{entry}</article></html>'.encode()


TRIED = hostile.Tried(
    SOURCE,
    EDITION,
    LIST,
    PAPER,
    DETAIL,
    write=lambda title, name: paper(title, f"presentation/{name}"),
    name="x",
    words=b"Owls store bytes.",
)
parsed, records, set_aside, detail = TRIED.parsed, TRIED.records, TRIED.set_aside, TRIED.detail


def people(markup: str) -> list[tuple[str, str]]:
    (record,) = records(paper(inside=f'<div class="field-name-field-paper-people-text">{markup}</div>'))
    return [(author.name, author.affiliation) for author in record.authors]


class TestEditions:
    def test_osdi_was_held_every_other_year_until_2020(self) -> None:
        years = [edition.year for edition in editions(2023) if edition.venue == "OSDI"]
        assert years == [2012, 2014, 2016, 2018, 2020, 2021, 2022, 2023]
        assert [edition.year for edition in editions(2015) if edition.venue == "OSDI"] == [2012, 2014]

    def test_addresses_have_the_year_in_two_digits(self) -> None:
        found = {edition.name: edition.address for edition in editions(2023)}
        assert found["OSDI.2023"] == EDITION.address
        assert found["USENIX-FAST.2012"] == "usenix:/conference/fast12/technical-sessions"
        assert found["USENIX-Sec.2023"] == "usenix:/conference/usenixsecurity23/technical-sessions"


class TestTheProgramme:
    def test_a_paper_is_read_whole(self) -> None:
        assert records()[0] == PaperRecord(
            source="usenix",
            source_id="writer@osdi23",
            title="Owls & Bytes: O2 for Disks",
            authors=(
                Author("Ada Writer", "Writer", "Ada", HILL),
                Author("Bo Li", "Li", "Bo", HILL),
                Author("Chi Wu", "Wu", "Chi", "B Lab"),
                Author("Dan Ek", "Ek", "Dan", "B Lab"),
                Author("Eva Vu", "Vu", "Eva", "B Lab"),
            ),
            abstract="Owls store bytes. Bytes store owls.",
            landing_url="https://www.usenix.org/conference/osdi23/presentation/writer",
            published=date(2023, 1, 1),
            appearances=(Appearance("OSDI.2023", "Storage for Breakfast", 1),),
        )

    def test_talks_and_what_belongs_to_a_neighbour_are_left_out(self) -> None:
        titles = [record.title for record in records()]
        assert titles == ["Owls & Bytes: O2 for Disks", "Panels of Light"]
        assert not any("Cloud" in item.raw or "Recording" in item.raw for item in set_aside())

    def test_a_paper_of_a_neighbouring_conference_is_not_taken(self) -> None:
        foreign = b'<article class="node-paper"><h2><a href="/conference/atc23/presentation/y">Y</a></h2></article>'
        body = paper().replace(b"</html>", foreign + b"</html>")
        assert [record.source_id for record in records(body)] == ["x@osdi23"]
        assert set_aside(body) == []

    @pytest.mark.parametrize(
        ("title", "path", "session"),
        [
            ("Thoughts", "presentation/star", "Keynote Address"),
            ("Thoughts", "presentation/star", "Invited Talks"),
            ("Keynote: Thoughts", "presentation/star", "S"),
            ("Joint Keynote Address", "presentation/star", "S"),
            ("Thoughts", "presentation/keynote-star", "S"),
            ("Thoughts", "presentation/panel", "S"),
        ],
    )
    def test_a_talk_is_known_by_any_of_its_signs(self, title: str, path: str, session: str) -> None:
        assert records(paper(title, path, session=session)) == []

    @pytest.mark.parametrize("title", ["Panel-Free Solar Clouds", "Keynotes Considered", "Remarks on Locks"])
    def test_a_paper_is_not_left_out_for_a_word_in_its_title(self, title: str) -> None:
        assert [record.title for record in records(paper(title))] == [title]

    def test_before_files_are_there_a_recording_is_no_sign_of_a_talk(self) -> None:
        assert len(records(paper(inside='<span class="usenix-schedule-media video"></span>'))) == 1

    def test_a_file_is_taken_from_its_field_unless_it_runs(self) -> None:
        assert [record.pdf_url for record in records()] == ["", "https://www.usenix.org/system/files/osdi23-li-bo.pdf"]

    def test_names_that_cannot_be_told_from_places_are_left_to_the_papers_page(self) -> None:
        assert records()[1].authors == ()

    @pytest.mark.parametrize(
        ("markup", "expected"),
        [
            ("Ada Writer, <em>A</em>", [("Ada Writer", "A")]),
            ("<p>Ada Writer, <em>A;</em> Bo Li</p>", [("Ada Writer", "A"), ("Bo Li", "")]),
            ("Ada <b>Writer</b>, <em>A <i>and</i> B;</em>", [("Ada Writer", "A and B")]),
            ('<em>A</em><span class="paper-award-badge">Awarded!</span>', []),
        ],
    )
    def test_names_stand_before_their_places(self, markup: str, expected: list[tuple[str, str]]) -> None:
        assert people(markup) == expected

    def test_a_thousand_authors_are_kept(self) -> None:
        assert len(people(", ".join(f"Given{n}th Family{n}th" for n in range(1_000)) + ", <em>A</em>")) == 1_000

    def test_each_paper_has_its_page_to_be_asked_for(self) -> None:
        names = ("writer", "li-bo")
        assert parsed().details == tuple(f"usenix:/conference/osdi23/presentation/{name}" for name in names)

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parsed().items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.field) == ("OSDI", "Computer systems")
        assert edition == EditionRecord("OSDI.2023", "OSDI", 2023, url="https://www.usenix.org/conference/osdi23")

    def test_what_cannot_be_taken_is_set_aside_alone(self) -> None:
        elsewhere = "the link is not that of a paper of this edition"
        reasons = [item.reason for item in set_aside()]
        assert reasons == ["writer@osdi23 stands twice on the page", elsewhere, elsewhere, elsewhere]

    def test_a_row_of_headings_without_blocks_is_read_too(self) -> None:
        path = "/conference/osdi12/technical-sessions/presentation/writer"
        body = f'<html><h2>Storage</h2><h2 class="node-title"><a href="{path}">Owls</a></h2></html>'.encode()
        edition = SourceEdition("OSDI.2012", "usenix:/conference/osdi12/technical-sessions")
        (record,) = records(body, edition)
        assert (record.source_id, record.title) == ("writer@osdi12", "Owls")
        assert record.landing_url == f"https://www.usenix.org{path}"
        assert parsed(body, edition).details == (f"usenix:{path}",)

    @pytest.mark.parametrize("path", ["", "presentation/", "presentation/a%2Fb", "presentation/" + "x" * 201, "a/b/c"])
    def test_an_impossible_path_is_no_id(self, path: str) -> None:
        assert len(set_aside(paper(path=path))) == 1

    def test_texts_beyond_measure_are_set_aside(self) -> None:
        long = f'<div class="field-name-field-paper-description-long">{"x" * (MAX_ABSTRACT + 1)}</div>'
        assert [item.reason for item in set_aside(paper(inside=long))] == ["abstract of more than 100,000 characters"]
        assert [item.reason for item in set_aside(paper("x" * (MAX_TITLE + 1)))] == [
            "title of more than 2,000 characters"
        ]


class TestRounds:
    BODY = (
        b'<html><a href="/conference/usenixsecurity25/cycle1-accepted-papers">1</a>'
        b'<a href="https://www.usenix.org/conference/usenixsecurity25/cycle1-accepted-papers">1</a>'
        b'<a href="/conference/usenixsecurity25/cycle2-accepted-papers">2</a>'
        b'<a href="/conference/usenixsecurity24/fall-accepted-papers">last year</a></html>'
    )

    def test_lists_of_rounds_are_asked_for_while_there_is_no_programme(self) -> None:
        more = parsed(self.BODY, SECURITY).more
        base = "usenix:/conference/usenixsecurity25/cycle{}-accepted-papers"
        assert more == (base.format(1), base.format(2))

    def test_they_are_not_asked_for_beside_a_programme(self) -> None:
        body = paper().replace(b"osdi23", b"usenixsecurity25").replace(b"</html>", self.BODY)
        found = parsed(body, SECURITY)
        assert len(found.details) == 1
        assert found.more == ()


class TestThePageOfAPaper:
    def test_it_adds_what_the_programme_lacks(self) -> None:
        record = detail()
        assert record.source_id == records()[0].source_id
        assert [(author.name, author.affiliation) for author in record.authors] == [
            ("Ada Writer", "A University"),
            ("Bo Li", "A University"),
        ]
        assert record.abstract == "Owls store bytes. At length."
        assert record.pdf_url == "https://www.usenix.org/system/files/osdi23-writer.pdf"
        assert (record.appearances, record.published) == ((), None)

    def test_slides_are_not_the_paper(self) -> None:
        assert detail(PAPER.replace(b"citation_pdf_url", b"citation_other")).pdf_url == ""

    def test_names_come_from_the_tags_where_the_text_mixes_them_with_places(self) -> None:
        body = PAPER.replace(b"<em>", b"").replace(b"</em>", b"")
        assert [author.name for author in detail(body).authors] == ["Ada Writer", "Bo Li"]

    def test_what_it_does_not_say_stays_empty(self) -> None:
        assert detail(b'<html><meta name="citation_title" content="Owls"></html>') == PaperRecord(
            source="usenix",
            source_id="writer@osdi23",
            title="Owls",
            landing_url="https://www.usenix.org/conference/osdi23/presentation/writer",
        )

    def test_the_page_of_an_early_year_has_the_id_of_the_list(self) -> None:
        record = detail(address="usenix:/conference/osdi12/technical-sessions/presentation/writer")
        assert record.source_id == "writer@osdi12"


@pytest.mark.parametrize("holds", hostile.CASES)
def test_a_hostile_answer_does_no_harm(holds: hostile.Case) -> None:
    holds(TRIED)
