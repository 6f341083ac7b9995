"""arXiv's records over OAI-PMH: both formats, lines of authors, identifiers, and records nobody should trust."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ingest.items import MAX_NAME, MAX_RAW, SetAside, Taken
from ingest.sources.arxiv_authors import parsed
from ingest.sources.arxiv_oai import parse
from ingest.sources.oai_pmh import Deleted, OaiError
from ingest.sources.source import NotThisPage
from papers.record import Author, PaperRecord, Version

TODAY = date(2024, 6, 1)


def answer(*records: str) -> bytes:
    return (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-05-03T10:00:00Z</responseDate>'
        f'<request verb="ListRecords">http://x/oai</request><ListRecords>{"".join(records)}</ListRecords></OAI-PMH>'
    ).encode()


def record(metadata: str, identifier: str, stamp: str = "2024-05-02", status: str = "") -> str:
    status = f' status="{status}"' if status else ""
    head = f"<header{status}><identifier>{identifier}</identifier><datestamp>{stamp}</datestamp></header>"
    return f"<record>{head}<metadata>{metadata}</metadata></record>"


def fields(values: dict[str, Any]) -> str:
    return "".join(f"<{name.replace('_', '-')}>{value}</{name.replace('_', '-')}>" for name, value in values.items())


def raw(
    paper: str = "2405.00001", header: str = "", versions: int = 1, stamp: str = "2024-05-02", **changes: str
) -> str:
    told = "".join(
        f'<version version="v{number}"><date>Wed, {number} May 2024 09:00:00 GMT</date><size>9kb</size></version>'
        for number in range(1, versions + 1)
    )
    values = {"title": "A Study\n  in Two Lines", "authors": "Ada Writer and Bo Li", "categories": "cs.CL cs.LG"}
    inside = f"<id>{paper}</id><submitter>S</submitter>{told}{fields(values | changes)}"
    whole = f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">{inside}</arXivRaw>'
    return record(
        whole,
        header or f"oai:arXiv.org:{paper}",
        stamp,
    )


def plain(paper: str = "2405.00001", **changes: str) -> str:
    author = "<author><keyname>Writer</keyname><forenames>Ada</forenames></author>"
    values = {"created": "2024-05-01", "authors": author, "title": "A Study", "categories": "cs.CL"} | changes
    inside = f"<id>{paper}</id>{fields(values)}"
    return record(f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/">{inside}</arXiv>', f"oai:arXiv.org:{paper}")


def one(text: str) -> Taken | SetAside | Deleted:
    (item,), _ = parse(answer(text), TODAY)
    return item


def taken(text: str) -> PaperRecord:
    item = one(text)
    assert isinstance(item, Taken), item
    return item.record


def reason(text: str) -> str:
    item = one(text)
    assert isinstance(item, SetAside), item
    assert len(item.raw) <= MAX_RAW
    return item.reason


class TestRaw:
    def test_a_paper(self) -> None:
        found = taken(raw(abstract=" We study\nit. ", comments="9 pages", license="http://arxiv.org/licenses/x/1.0/"))
        assert (found.source, found.source_id, found.title) == ("arxiv", "2405.00001", "A Study in Two Lines")
        assert (found.abstract, found.comments) == ("We study it.", "9 pages")
        assert found.categories == ("cs.CL", "cs.LG")
        assert found.licence == "http://arxiv.org/licenses/x/1.0/"
        assert found.authors == (Author("Ada Writer", "Writer", "Ada"), Author("Bo Li", "Li", "Bo"))

    def test_every_version_has_its_time(self) -> None:
        found = taken(raw(versions=3))
        assert found.versions[2] == Version(3, datetime(2024, 5, 3, 9, tzinfo=UTC))
        assert len(found.versions) == 3 and found.updated == found.versions[2].submitted

    def test_a_new_paper_was_announced_on_the_day_of_its_datestamp(self) -> None:
        assert taken(raw(stamp="2024-05-03")).announced == date(2024, 5, 3)

    def test_of_two_dois_the_first_is_taken(self) -> None:
        assert (
            taken(raw(doi="10.1103/PhysRevC.76.024606\n 10.1103/PhysRevC.76.039902")).doi
            == "10.1103/physrevc.76.024606"
        )

    def test_subject_classes_lose_the_words_around_them(self) -> None:
        found = taken(raw(acm_class="I.2.7; H.3.m", msc_class="68T50 (Primary), 05-XX, 11A41 (Secondary)"))
        assert found.subjects == ("I.2.7", "H.3.m", "68T50", "05-XX", "11A41")

    def test_an_old_id(self) -> None:
        assert taken(raw("hep-th/9901001")).source_id == "hep-th/9901001"

    def test_items_stand_under_the_record_s_identifier(self) -> None:
        item = one(raw())
        assert isinstance(item, Taken) and item.file == "oai:arXiv.org:2405.00001"


class TestPlain:
    def test_a_paper_of_one_version(self) -> None:
        found = taken(plain())
        assert found.authors == (Author("Ada Writer", "Writer", "Ada"),)
        assert found.versions == (Version(1, datetime(2024, 5, 1, tzinfo=UTC)),) and found.updated is None

    def test_the_number_of_later_versions_is_not_made_up(self) -> None:
        found = taken(plain(updated="2024-05-20"))
        assert (found.submitted, found.updated) == (datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 20, tzinfo=UTC))
        assert found.versions == ()

    def test_suffix_and_affiliation(self) -> None:
        author = (
            "<author><keyname>Berg</keyname><forenames>Bo</forenames><suffix>Jr</suffix>"
            "<affiliation>MIT</affiliation></author>"
        )
        assert taken(plain(authors=author)).authors == (Author("Bo Berg Jr", "Berg", "Bo", "MIT"),)

    @pytest.mark.parametrize(("created", "said"), [("", "no day of submission"), ("2024-5-1", "created is not a day")])
    def test_without_a_day_it_is_set_aside(self, created: str, said: str) -> None:
        assert said in reason(plain(created=created))

    def test_a_day_far_from_now_is_absurd(self) -> None:
        assert "absurd" in reason(plain(created="2199-01-01"))


class TestDeleted:
    def test_a_deleted_record_gives_its_id(self) -> None:
        assert one(record("<x/>", "oai:arXiv.org:math/0309136", status="deleted")) == Deleted("math/0309136")

    def test_but_not_one_that_is_no_id(self) -> None:
        assert "not the identifier" in reason(record("<x/>", "oai:arXiv.org:../../etc/passwd", status="deleted"))


class TestIdentifiers:
    @pytest.mark.parametrize(
        "header",
        [
            "oai:arXiv.org:../../etc/passwd", "oai:arXiv.org:/etc/passwd", "oai:arXiv.org:2405.00001/../x",
            "oai:example.org:2405.00001", "2405.00001", "oai:arXiv.org:2405.00001v2", "oai:arXiv.org:",
            "oai:arXiv.org:9999",
        ],
    )  # fmt: skip
    def test_what_is_no_identifier_of_arxiv(self, header: str) -> None:
        assert "not the identifier of an arXiv paper" in reason(raw(header=header))

    @pytest.mark.parametrize("paper", ["2405.00002", "../../etc/passwd", ""])
    def test_header_and_paper_must_agree(self, paper: str) -> None:
        assert "holds another paper" in reason(raw(paper, header="oai:arXiv.org:2405.00001"))


class TestBadRecords:
    def test_another_format(self) -> None:
        assert "neither arXivRaw nor arXiv" in reason(record("<dc/>", "oai:arXiv.org:2405.00001"))

    def test_no_metadata(self) -> None:
        assert reason(record("", "oai:arXiv.org:2405.00001")) == "record without metadata"

    def test_no_version(self) -> None:
        assert reason(raw(versions=0)) == "no version"

    def test_no_title(self) -> None:
        assert reason(raw(title=" ")) == "no title"

    def test_a_name_without_end(self) -> None:
        assert "name of more than" in reason(raw(authors="x" * (MAX_NAME + 1)))

    def test_one_bad_record_leaves_the_others_alone(self) -> None:
        items, page = parse(answer(raw(), raw("2405.00002", title=""), raw("2405.00003")), TODAY)
        assert [type(item) for item in items] == [Taken, SetAside, Taken]
        assert page.verb == "ListRecords"

    def test_the_faults_of_the_envelope_are_among_the_items(self) -> None:
        items, page = parse(answer(raw(), "<record/>"), TODAY)
        assert items[1] == page.faults[0]

    def test_leniently_a_wrong_byte_costs_one_record(self) -> None:
        body = answer(raw(), raw("2405.00002", title="Erd?s")).replace(b"Erd?s", b"Erd\xf5s")
        with pytest.raises(NotThisPage):
            parse(body, TODAY)
        items, _ = parse(body, TODAY, lenient=True)
        assert [type(item) for item in items] == [Taken, SetAside]

    def test_a_refusal_is_passed_on(self) -> None:
        body = answer().replace(b"<ListRecords></ListRecords>", b'<error code="badVerb"/>')
        with pytest.raises(OaiError, match="badVerb"):
            parse(body, TODAY)


class TestAuthors:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("", []),
            ("Plato", [["Plato", "", ""]]),
            ("D.V. Shetty, S.J. Yennello, and G.A. Souliotis",
             [["Shetty", "D.V.", ""], ["Yennello", "S.J.", ""], ["Souliotis", "G.A.", ""]]),
            ("Ada Writer (MIT), Bo Li (ETH Zurich, Switzerland) and Chi Wu",
             [["Writer", "Ada", "", "MIT"], ["Li", "Bo", "", "ETH Zurich, Switzerland"], ["Wu", "Chi", ""]]),
            ("Ada Writer (1), Bo Li (1 and 2) ((1) MIT, (2) ETH, Zurich)",
             [["Writer", "Ada", "", "MIT"], ["Li", "Bo", "", "MIT", "ETH, Zurich"]]),
            ("Ada Writer (1,2), Bo Li", [["Writer", "Ada", ""], ["Li", "Bo", ""]]),
            ("Herbert Van de Sompel, Luc Van Gool, Da Zheng",
             [["Van de Sompel", "Herbert", ""], ["Van Gool", "Luc", ""], ["Zheng", "Da", ""]]),
            ("Fred Bloggs, Jr, Bo Berg III", [["Bloggs", "Fred", "Jr"], ["Berg", "Bo", "III"]]),
            ("The BELLE Collaboration: A. Person, et al.", [["The BELLE Collaboration", "", ""], ["Person", "A.", ""]]),
            (r"Paul Erd\H{o}s & Anders {\AA}ngstr\"om", [["Erdős", "Paul", ""], ["Ångström", "Anders", ""]]),
            ("Ada Writer (MIT (CSAIL)) and Bo Li", [["Writer", "Ada", "", "MIT (CSAIL)"], ["Li", "Bo", ""]]),
            ("Ada Writer (never closed, Bo Li", [["Writer", "Ada", "", "never closed, Bo Li"]]),
            ("Ada) Writer, Bo Li", [["Writer", "Ada", ""], ["Li", "Bo", ""]]),
            ("Alexander Anderson, Andy Brandt", [["Anderson", "Alexander", ""], ["Brandt", "Andy", ""]]),
        ],
    )  # fmt: skip
    def test_a_line_of_authors(self, line: str, expected: list[list[str]]) -> None:
        assert parsed(line) == expected

    @pytest.mark.parametrize("piece", ["(", ")", "()", ",", "and ", "(1)", "((1)"])
    def test_a_hostile_line_takes_no_time_to_speak_of(self, piece: str) -> None:
        assert len(parsed(piece * 50_000)) <= 1
