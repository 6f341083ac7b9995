"""The ISCA Archive's pages as values: sessions, names below titles, DOIs, and pages nobody should trust."""

from datetime import date
from pathlib import Path

import pytest

from ingest.sources.isca import SOURCE, editions
from ingest.sources.source import SourceEdition
from papers.record import Appearance, Author, EditionRecord, PaperRecord, VenueRecord
from tests.ingest.sources import hostile

PAGES = Path(__file__).parent / "pages"
LIST, PAPER = (PAGES / "isca_list.html").read_bytes(), (PAGES / "isca_paper.html").read_bytes()
EDITION = SourceEdition("INTERSPEECH.2023", "isca:/interspeech_2023/")
DETAIL = "isca:/interspeech_2023/writer23_interspeech.html"
FOLDER = "https://www.isca-archive.org/interspeech_2023/"


def paper(title: str = "T", href: str = "a23_interspeech.html", people: str = "A B") -> bytes:
    return f'<html><h4>S</h4><a href="{href}"><p>{title}<br><span>{people}</span></p></a></html>'.encode()


TRIED = hostile.Tried(
    SOURCE,
    EDITION,
    LIST,
    PAPER,
    DETAIL,
    write=lambda title, name: paper(title, f"{name}.html"),
    name="a23_interspeech",
    words=b"What is not said",
)
parsed, records, set_aside, detail = TRIED.parsed, TRIED.records, TRIED.set_aside, TRIED.detail


class TestEditions:
    def test_the_first_ones_stand_under_the_names_they_had_then(self) -> None:
        assert [edition.address for edition in editions(2005)] == [
            "isca:/icslp_2000/",
            "isca:/eurospeech_2001/",
            "isca:/icslp_2002/",
            "isca:/eurospeech_2003/",
            "isca:/interspeech_2004/",
            "isca:/interspeech_2005/",
        ]

    def test_all_have_the_name_of_today(self) -> None:
        assert {edition.venue for edition in editions(2025)} == {"INTERSPEECH"}
        assert editions(2025)[-1] == SourceEdition("INTERSPEECH.2025", "isca:/interspeech_2025/")


class TestTheList:
    def test_a_paper_is_read_whole(self) -> None:
        assert records()[0] == PaperRecord(
            source="isca",
            source_id="writer23_interspeech",
            title="Prosody of the Unsaid",
            authors=(Author("Ada Writer", "Writer", "Ada"), Author("Bo Li", "Li", "Bo")),
            landing_url=f"{FOLDER}writer23_interspeech.html",
            published=date(2023, 1, 1),
            appearances=(Appearance("INTERSPEECH.2023", "Speech Synthesis: Prosody", 1),),
        )

    def test_a_title_keeps_its_signs(self) -> None:
        assert records()[1].title == "Sing & Swing: the /æ/ of 10 kHz"

    def test_a_paper_without_names_is_taken(self) -> None:
        assert (records()[2].title, records()[2].authors) == ("A Demo without Names", ())
        assert records()[2].appearances[0].track == "Show and Tell"

    def test_each_paper_has_its_page_to_be_asked_for(self) -> None:
        names = ("writer23", "li23b", "wu23")
        assert parsed().details == tuple(f"isca:/interspeech_2023/{name}_interspeech.html" for name in names)

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parsed().items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.field) == ("INTERSPEECH", "Speech")
        assert edition == EditionRecord("INTERSPEECH.2023", "INTERSPEECH", 2023, url=FOLDER)

    def test_what_cannot_be_taken_is_set_aside_alone(self) -> None:
        elsewhere = "the link is not that of a paper of this edition"
        assert [item.reason for item in set_aside()] == [
            "writer23_interspeech stands twice on the page",
            elsewhere,
            elsewhere,
            "no title",
        ]
        assert "No Title" in set_aside()[-1].raw

    @pytest.mark.parametrize("href", ["", "a b.html", "/x.html", "..html", "a.html?b", f"{'x' * 201}.html", "é.html"])
    def test_an_impossible_name_is_no_id(self, href: str) -> None:
        assert len(set_aside(paper(href=href))) == 1

    def test_a_script_in_a_title_is_no_text(self) -> None:
        assert records(paper("Safe<script>alert(1)</script> Sound"))[0].title == "Safe Sound"

    def test_a_thousand_authors_are_kept(self) -> None:
        (record,) = records(paper(people=", ".join(f"Given{n}th Family{n}th" for n in range(1_000))))
        assert (record.title, len(record.authors)) == ("T", 1_000)


class TestThePageOfAPaper:
    def test_it_adds_what_the_list_lacks(self) -> None:
        record = detail()
        assert record.source_id == records()[0].source_id
        assert record.authors == records()[0].authors
        assert record.abstract == "What is not said has prosody too — mostly a falling one."
        assert record.doi == "10.21437/interspeech.2023-12"
        assert record.pdf_url == f"{FOLDER}writer23_interspeech.pdf"
        assert (record.appearances, record.published) == ((), None)

    def test_a_pdf_may_be_but_linked(self) -> None:
        tag = b'<meta name="citation_pdf_url" content="' + FOLDER.encode() + b'writer23_interspeech.pdf">'
        body = PAPER.replace(tag, b"").replace(b"<body>", b"<body><a href='writer23_interspeech.pdf'>PDF</a>")
        assert detail(body).pdf_url == f"{FOLDER}writer23_interspeech.pdf"

    def test_the_doi_in_a_tag_goes_before_one_in_the_text(self) -> None:
        tag = b'<meta name="citation_doi" content="10.21437/Interspeech.2023-99">'
        assert detail(PAPER.replace(b"</head>", tag + b"</head>")).doi == "10.21437/interspeech.2023-99"

    def test_a_pdf_that_runs_is_none(self) -> None:
        body = PAPER.replace(b"https://www.isca-archive.org/interspeech_2023/writer23", b"javascript:x/writer23")
        assert detail(body).pdf_url == ""

    def test_what_it_does_not_say_stays_empty(self) -> None:
        body = b'<html><div id="global-info"><h3>Prosody</h3></div></html>'
        assert detail(body) == PaperRecord(
            source="isca",
            source_id="writer23_interspeech",
            title="Prosody",
            landing_url=f"{FOLDER}writer23_interspeech.html",
        )


@pytest.mark.parametrize("holds", hostile.CASES)
def test_a_hostile_answer_does_no_harm(holds: hostile.Case) -> None:
    holds(TRIED)
