"""OJS's Dublin Core: editions and tracks from lines of text, files from relations, and records that are no papers."""

from datetime import date
from xml.etree.ElementTree import Element, SubElement

import pytest

from ingest.items import MAX_ABSTRACT, MAX_RAW, MAX_TITLE, SetAside, Taken
from ingest.sources.oai_journals import Journal, journals, read
from ingest.sources.oai_pmh import Deleted, OaiRecord
from ingest.sources.source import Provenance
from papers.record import Appearance, Author, PaperRecord, VenueRecord

DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BY_BASE = {journal.base: journal for journal in journals()}
AAAI = BY_BASE["aaai"]
SITE = "https://ojs.aaai.org/index.php/AAAI/article/view"
PROCEEDINGS = "Proceedings of the AAAI Conference on Artificial Intelligence"
PAPER = {
    "title": ["Planning in <em>Some</em> Depth"],
    "creator": ["Writer, Ada; Some University", "Li, Bo"],
    "subject": ["ML: Planning; KRR: Reasoning", "Search"],
    "description": ["<p>We plan $a<b$ &amp; search.</p>"],
    "date": ["2023-06-26"],
    "type": ["info:eu-repo/semantics/article"],
    "format": ["application/pdf"],
    "identifier": [f"{SITE}/25067", "10.1609/AAAI.v37i1.25067"],
    "source": ["2374-3468", f"{PROCEEDINGS}; Vol. 37 No. 01: AAAI-23 Technical Tracks 1; 3-11", "2159-5399"],
    "language": ["eng"],
    "relation": [f"{SITE}/25067/24839"],
    "rights": ["Copyright (c) 2023 Nobody", "https://creativecommons.org/licenses/by/4.0"],
}


def core(changes: dict[str, list[str]]) -> Element:
    root = Element("{http://www.openarchives.org/OAI/2.0/oai_dc/}dc")
    for name, values in (PAPER | changes).items():
        for value in values:
            language, mark, text = value.partition("@@")
            element = SubElement(root, DC + name, {LANG: language} if mark else {})
            element.text = text if mark else value
    return root


def item(
    journal: Journal = AAAI,
    header: str = "oai:ojs.aaai.org:article/25067",
    sets: tuple[str, ...] = ("AAAI:ML",),
    deleted: bool = False,
    **changes: list[str],
) -> Taken | SetAside | Deleted | None:
    metadata = None if deleted else core(changes)
    return read(OaiRecord(header, date(2024, 5, 2), sets, deleted, metadata), journal)


def paper(journal: Journal = AAAI, sets: tuple[str, ...] = ("AAAI:ML",), **changes: list[str]) -> PaperRecord:
    found = item(journal, sets=sets, **changes)
    assert isinstance(found, Taken), found
    return found.record


def reason(**changes: list[str]) -> str:
    found = item(**changes)
    assert isinstance(found, SetAside), found
    assert len(found.raw) <= MAX_RAW
    return found.reason


def place(label: str, venue: str = "aaai", **changes: list[str]) -> tuple[str, str]:
    journal = Journal("x", "X", "x", BY_BASE[venue].venue)
    (at,) = paper(journal, source=[f"Proceedings; {label}; 3-11"], **changes).appearances
    return at.edition, at.track


class TestTable:
    def test_what_stands_in_it_was_not_seen_live(self) -> None:
        assert set(BY_BASE) == {"aaai", "icwsm", "aiide", "hcomp", "jair"}
        assert {journal.provenance for journal in journals()} == {Provenance.DOCUMENTED}

    def test_the_settings_add_journals_by_their_venues(self) -> None:
        *_, added = journals(["JMLR", "AAAI"])
        assert (added.source, added.base, added.venue.name) == ("jmlr", "JMLR", "JMLR")
        assert len(journals(["JMLR", "aaai"])) == len(journals()) + 1


class TestPaper:
    def test_a_paper(self) -> None:
        assert paper() == PaperRecord(
            source="aaai",
            source_id="25067",
            title="Planning in Some Depth",
            authors=(Author("Ada Writer", "Writer", "Ada", "Some University"), Author("Bo Li", "Li", "Bo")),
            abstract="We plan $a<b$ & search.",
            doi="10.1609/aaai.v37i1.25067",
            journal_ref=f"{PROCEEDINGS} 37(1), 3–11",
            licence="https://creativecommons.org/licenses/by/4.0",
            landing_url=f"{SITE}/25067",
            pdf_url="https://ojs.aaai.org/index.php/AAAI/article/download/25067/24839",
            published=date(2023, 6, 26),
            appearances=(Appearance("AAAI.2023", "Technical Tracks", 3),),
            keywords=("ML: Planning", "KRR: Reasoning", "Search"),
        )

    def test_of_several_languages_english_is_read(self) -> None:
        found = paper(title=["fr-CA@@Un titre", "en-US@@A title"], description=["fr-CA@@Un résumé", "en@@A summary"])
        assert (found.title, found.abstract) == ("A title", "A summary")

    def test_another_language_is_kept(self) -> None:
        assert paper(language=["fra"]).language == "fra"

    def test_the_pdf_is_found_among_the_files(self) -> None:
        found = paper(relation=[f"{SITE}/1/2", f"{SITE}/1/3"], format=["text/html", "application/pdf"])
        assert found.pdf_url.endswith("/article/download/1/3")

    @pytest.mark.parametrize(
        ("dates", "expected"),
        [(["2011"], date(2011, 1, 1)), (["2011-05"], date(2011, 5, 1)), (["soon", "2012-02-30"], None), ([], None)],
    )
    def test_dates(self, dates: list[str], expected: date | None) -> None:
        assert paper(date=dates).published == expected

    def test_addresses_that_are_no_web_addresses_are_left_out(self) -> None:
        found = paper(identifier=["javascript:alert(1)"], relation=["file:///etc/passwd"], rights=["data:x"])
        assert (found.landing_url, found.pdf_url, found.licence, found.doi) == ("", "", "", "")


class TestPlaces:
    @pytest.mark.parametrize(
        ("label", "expected"),
        [
            ("Vol. 37 No. 1: AAAI-23 Technical Tracks 1", ("AAAI.2023", "Technical Tracks")),
            ("Vol. 33 No. 01: AAAI-19, IAAI-19, EAAI-20", ("AAAI.2019", "")),
            ("Vol. 37 No. 13: IAAI-24", ("AAAI.2023", "IAAI")),
            ("Vol. 24 No. 1 (2010): Twenty-Fourth AAAI Conference", ("AAAI.2010", "")),
            ("Vol. 35 No. 18: AAAI-21 Student Papers and Demonstrations", ("AAAI.2021", "")),
            ("Vol. 30 No. 1: Somewhere", ("AAAI.2023", "")),
            ("", ("AAAI.2023", "")),
        ],
    )
    def test_edition_and_track_from_the_issue(self, label: str, expected: tuple[str, str]) -> None:
        assert place(label) == expected

    def test_other_venues(self) -> None:
        assert place("Vol. 17 (2022): Seventeenth Conference", "icwsm")[0] == "ICWSM.2022"
        assert place("Vol. 70 (2021)", "jair")[0] == "JAIR.2021"

    def test_a_student_abstract_says_so_in_its_title(self) -> None:
        assert (
            place("Vol. 37 No. 1: AAAI-23 Technical Tracks 1", title=["X (Student Abstract)"])[1] == "Student Abstract"
        )

    @pytest.mark.parametrize(
        ("section", "track"),
        [
            ("AAAI:IAAI23", "IAAI"),
            ("AAAI:EAAI", "EAAI"),
            ("AIES:A25-SA-2", "Student Abstract"),
            ("AAAI:STU", "Student Abstract"),
            ("AAAI:DEMO", "Demonstrations"),
            ("AAAI:SAT", "Technical Tracks"),
        ],
    )
    def test_the_section_goes_before_the_issue(self, section: str, track: str) -> None:
        (at,) = paper(sets=("driver", section)).appearances
        assert at.track == track

    def test_without_a_year_there_is_no_edition(self) -> None:
        assert paper(source=["Proceedings"], date=[]).appearances == ()


class TestNoPapers:
    @pytest.mark.parametrize(
        "title",
        ["Front Matter", "AAAI-23 Front Matter", "Frontmatter for the Proceedings", "Editorial Board", "Preface",
         "Table of Contents", "Author Index", "Organizing Committee"],
    )  # fmt: skip
    def test_they_are_left_out(self, title: str) -> None:
        assert item(title=[title]) is None

    @pytest.mark.parametrize("section", ["AIES:FMT", "AAAI:FM", "IASEAI:FrontMatter"])
    def test_a_section_of_front_matter_is_left_out(self, section: str) -> None:
        assert item(sets=(section,)) is None

    @pytest.mark.parametrize("title", ["Covering the Front: Matters of Planning", "On the Organization of Memory"])
    def test_papers_that_sound_like_them_are_kept(self, title: str) -> None:
        assert paper(title=[title]).title == title


class TestDeleted:
    def test_a_deleted_article(self) -> None:
        assert item(deleted=True) == Deleted("25067")

    def test_a_number_of_the_repository_before_the_move_is_another_s_today(self) -> None:
        assert item(header="oai:ojs.pkp.sfu.ca:article/25067", deleted=True) is None


class TestBadRecords:
    @pytest.mark.parametrize(
        "header",
        ["oai:ojs.aaai.org:../../etc/passwd", "oai:ojs.aaai.org:article/../1", "oai:ojs.aaai.org:article/", "25067", "",
         "oai:ojs.aaai.org::1"],
    )  # fmt: skip
    def test_what_is_no_identifier(self, header: str) -> None:
        found = item(header=header)
        assert isinstance(found, SetAside) and "not the identifier" in found.reason

    def test_a_record_of_another_repository(self) -> None:
        found = item(header="oai:elsewhere.org:article/1")
        assert isinstance(found, SetAside) and "elsewhere.org" in found.reason

    def test_another_format(self) -> None:
        found = read(OaiRecord("oai:ojs.aaai.org:article/1", date(2024, 1, 1), metadata=Element("marc")), AAAI)
        assert isinstance(found, SetAside) and "not Dublin Core" in found.reason

    def test_no_metadata(self) -> None:
        found = read(OaiRecord("oai:ojs.aaai.org:article/1", date(2024, 1, 1)), AAAI)
        assert isinstance(found, SetAside) and found.reason == "record without metadata"

    def test_texts_without_end(self) -> None:
        assert "title of" in reason(title=["x" * (MAX_TITLE + 1)])
        assert "description of" in reason(description=["x" * (MAX_ABSTRACT + 1)])

    def test_no_title(self) -> None:
        assert reason(title=[" "]) == "no title"

    def test_a_venue_s_name_is_no_pattern(self) -> None:
        journal = Journal("x", "X", "x", VenueRecord("C++"))
        assert paper(journal, source=["P; Vol. 1: C++-21; 1"]).appearances[0].edition == "C++.2021"
