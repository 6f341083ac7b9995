"""OpenReview's answers as values: what is accepted and what only submitted, pages in a row, and hostile JSON."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.items import MAX_ABSTRACT, MAX_RAW, MAX_TITLE, SetAside, Taken
from ingest.sources.openreview import SOURCE, editions, parse
from ingest.sources.source import NotThisPage, Page, Parsed
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord

PAGES = Path(__file__).parent / "pages"
V2, V1 = (PAGES / "openreview_v2.json").read_bytes(), (PAGES / "openreview_v1.json").read_bytes()
DECISIONS = (PAGES / "openreview_decisions.json").read_bytes()
EDITIONS = {edition.name: edition for edition in editions(2026)}
ICML = "openreview:/notes?content.venueid=ICML.cc/2024/Conference&limit=1000&offset={}"


def parsed(body: bytes = V2, name: str = "ICML.2024", address: str = "") -> Parsed:
    return parse(Page(EDITIONS[name], address or EDITIONS[name].address, body))


def records(*args: Any, **kwargs: Any) -> list[PaperRecord]:
    return [item.record for item in parsed(*args, **kwargs).items if isinstance(item, Taken)]


def set_aside(*args: Any, **kwargs: Any) -> list[SetAside]:
    return [item for item in parsed(*args, **kwargs).items if isinstance(item, SetAside)]


def note(identifier: Any = "abc", venueid: str = "ICML.cc/2024/Conference", **content: Any) -> dict[str, Any]:
    content = {"title": "T", "venue": "ICML 2024 Poster", "venueid": venueid, **content}
    return {"id": identifier, "forum": identifier, "content": {name: {"value": it} for name, it in content.items()}}


def answer(*notes: Any, **more: Any) -> bytes:
    return json.dumps({"notes": notes, "count": len(notes), **more}).encode()


def one(**content: Any) -> PaperRecord:
    (record,) = records(answer(note(**content)))
    return record


class TestEditions:
    @pytest.mark.parametrize(
        ("name", "address"),
        [
            ("ICML.2024", ICML.format(0)),
            ("ICLR.2023", "openreview-v1:/notes?content.venueid=ICLR.cc/2023/Conference&limit=1000&offset=0"),
            ("NeurIPS.2022", "openreview-v1:/notes?content.venueid=NeurIPS.cc/2022/Conference&limit=1000&offset=0"),
            ("COLM.2025", "openreview:/notes?content.venueid=colmweb.org/COLM/2025/Conference&limit=1000&offset=0"),
            (
                "ICLR.2019",
                "openreview-v1:/notes?invitation=ICLR.cc/2019/Conference/-/Blind_Submission&details=directReplies"
                "&limit=100&offset=0",
            ),
        ],
    )
    def test_each_stands_where_its_api_has_it(self, name: str, address: str) -> None:
        assert EDITIONS[name].address == address

    def test_a_name_is_listed_once_and_none_after_the_year_asked_for(self) -> None:
        assert len({edition.name for edition in editions(2026)}) == len(editions(2026))
        assert {edition.name for edition in editions(2021)} == {
            *(f"ICLR.{year}" for year in range(2018, 2022)), "NeurIPS.2021", "CoRL.2021",
        }  # fmt: skip

    def test_there_is_no_page_of_single_papers(self) -> None:
        assert SOURCE.parse_detail is None


class TestANoteOfApi2:
    def test_it_is_read_whole(self) -> None:
        assert records()[0] == PaperRecord(
            source="openreview",
            source_id="aB-c_1",
            title=r"Owls that Learn $\alpha$-Bytes & <More>",
            authors=(Author("Ada Writer", "Writer", "Ada"), Author("Bo Li", "Li", "Bo")),
            abstract="We do things.",
            landing_url="https://openreview.net/forum?id=aB-c_1",
            pdf_url="https://openreview.net/pdf?id=aB-c_1",
            submitted=datetime(2024, 1, 23, 8, 53, 20, tzinfo=UTC),
            published=date(2024, 5, 1),
            appearances=(Appearance("ICML.2024", "Oral", 1),),
            links=(
                Link("code", "https://github.com/writer/owls"),
                Link(
                    "attachment",
                    "https://openreview.net/attachment?id=aB-c_1&name=supplementary_material",
                    "Supplementary material",
                ),
            ),
            keywords=("owls", "bytes"),
        )

    def test_what_is_missing_stays_empty(self) -> None:
        record = records()[1]
        assert (record.source_id, record.pdf_url) == ("-Aw0rrr_F", "")
        assert record.authors == (Author("Zoë Ångström", "Ångström", "Zoë"),)
        assert record.keywords == ("owls", "bytes")
        assert record.same_as == ("arxiv:2401.01234",)

    def test_traps_are_taken_out(self) -> None:
        record = records()[2]
        assert (record.title, record.pdf_url, record.abstract) == ("A Poster on Posters", "", "")
        assert (record.submitted, record.published) == (None, date(2024, 1, 1))

    def test_only_what_was_accepted_is_a_paper(self) -> None:
        assert [record.source_id for record in records()] == ["aB-c_1", "-Aw0rrr_F", "Q1w2e3"]

    def test_a_refused_note_is_not_even_set_aside(self) -> None:
        assert not any("Rejected" in item.raw or "Withdrawn" in item.raw for item in set_aside())

    @pytest.mark.parametrize(
        "venue",
        ["Submitted to ICML 2024", "ICML 2024 Conference Withdrawn Submission", "ICML 2024 Desk Rejected Submission"],
    )
    def test_a_venue_that_tells_of_no_acceptance_goes_before_the_venueid(self, venue: str) -> None:
        body = answer(note("yes"), note("no", venue=venue))
        assert [record.source_id for record in records(body)] == ["yes"]

    def test_an_author_may_be_an_object(self) -> None:
        record = one(authors=[{"fullname": "Ada Writer", "username": "~Ada_Writer1"}])
        assert record.authors == (Author("Ada Writer", "Writer", "Ada"),)

    def test_a_thousand_authors_are_kept(self) -> None:
        assert len(one(authors=[f"Given{n}th Family{n}th" for n in range(1_000)]).authors) == 1_000

    def test_a_pdf_elsewhere_is_named_as_it_stands(self) -> None:
        assert one(pdf="https://elsewhere.example/p.pdf").pdf_url == "https://elsewhere.example/p.pdf"

    @pytest.mark.parametrize("moment", [-1, 0, True, 1.5, "x", None, 10**13, 10**40, [], 1])
    def test_an_absurd_moment_is_none(self, moment: Any) -> None:
        (record,) = records(answer({**note(), "cdate": moment, "pdate": moment}))
        assert (record.submitted, record.published) == (None, date(2024, 1, 1))


class TestTracks:
    @pytest.mark.parametrize(
        ("venue", "track"),
        [
            ("ICLR 2024 oral", "Oral"),
            ("NeurIPS 2023 spotlight", "Spotlight"),
            ("ICML 2024 Poster", "Poster"),
            ("ICML 2023 OralPoster", "Oral"),
            ("ICML 2025 spotlightposter", "Spotlight"),
            ("CoRL 2023 Oral", "Oral"),
            ("COLM 2024", ""),
        ],
    )
    def test_a_decision_is_a_track(self, venue: str, track: str) -> None:
        assert one(venue=venue).appearances == (Appearance("ICML.2024", track, 1),)

    @pytest.mark.parametrize(
        ("venue", "track"),
        [
            ("ICLR 2023 notable top 5%", "Oral"),
            ("ICLR 2023 notable top 25%", "Spotlight"),
            ("ICLR 2023 poster", "Poster"),
        ],
    )
    def test_the_notable_ones_of_2023(self, venue: str, track: str) -> None:
        body = answer(note(venueid="ICLR.cc/2023/Conference", venue=venue))
        assert [record.appearances[0].track for record in records(body, "ICLR.2023")] == [track]

    def test_further_tracks_are_asked_for_once_beside_the_first_page(self) -> None:
        group = "NeurIPS.cc/2023/Conference"
        body = answer(note(venueid=group), count=1001)
        base = "openreview:/notes?content.venueid=NeurIPS.cc/2023/{}&limit=1000&offset={}"
        assert parsed(body, "NeurIPS.2023").more == (
            base.format("Conference", 1),
            base.format("Track/Datasets_and_Benchmarks", 0),
        )
        assert parsed(body, "NeurIPS.2023", base.format("Conference", 1000)).more == ()

    def test_a_further_track_names_itself(self) -> None:
        group = "NeurIPS.cc/2024/Datasets_and_Benchmarks_Track"
        address = f"openreview:/notes?content.venueid={group}&limit=1000&offset=0"
        body = answer(note(venueid=group, venue="NeurIPS 2024 Track Datasets and Benchmarks Spotlight"))
        (record,) = records(body, "NeurIPS.2024", address)
        assert record.appearances == (Appearance("NeurIPS.2024", "Datasets and Benchmarks Track", 1),)
        assert parsed(body, "NeurIPS.2024", address).more == ()

    def test_a_further_track_may_be_empty(self) -> None:
        address = "openreview:/notes?content.venueid=ICML.cc/2026/Position_Paper_Track&limit=1000&offset=0"
        assert records(answer(), "ICML.2026", address) == []


class TestApi1:
    def test_plain_values_are_read_as_wrapped_ones_are(self) -> None:
        record = records(V1, "ICLR.2022")[0]
        assert (record.source_id, record.title) == ("o1", "An Old Oral")
        assert (record.keywords, record.abstract) == (("owls",), "We did things.")
        assert [author.name for author in record.authors] == ["Ada Writer", "Bo Li"]
        assert record.pdf_url == "https://openreview.net/pdf?id=o1"

    def test_a_bare_venueid_does_not_tell_of_acceptance(self) -> None:
        assert [record.source_id for record in records(V1, "ICLR.2022")] == ["o1", "s1"]
        assert [record.appearances[0].track for record in records(V1, "ICLR.2022")] == ["Oral", "Spotlight"]

    def test_neurips_2022_says_accept(self) -> None:
        group = "NeurIPS.cc/2022/Conference"
        told = ("NeurIPS 2022 Accept", "NeurIPS 2022 Submitted")
        body = answer(*(note(f"n{place}", group, venue=venue) for place, venue in enumerate(told)))
        assert [record.source_id for record in records(body, "NeurIPS.2022")] == ["n0"]

    def test_until_2020_the_decision_below_the_note_tells(self) -> None:
        found = records(DECISIONS, "ICLR.2018")
        assert [(record.source_id, record.appearances[0].track) for record in found] == [
            ("d1", "Poster"),
            ("d4", "Oral"),
        ]

    def test_the_number_of_the_submitted_is_not_that_of_the_papers(self) -> None:
        assert parsed(V1, "ICLR.2022").announced is None
        assert parsed(DECISIONS, "ICLR.2018").announced is None

    def test_pages_follow_one_another_in_the_same_form(self) -> None:
        (more,) = parsed(DECISIONS, "ICLR.2018").more
        assert more == EDITIONS["ICLR.2018"].address.replace("offset=0", "offset=5")

    @pytest.mark.parametrize("details", [None, [], "x", {"directReplies": "x"}, {"directReplies": [1, None, {}]}])
    def test_details_of_another_shape_are_no_decision(self, details: Any) -> None:
        body = json.loads(DECISIONS)
        body["notes"].append({**body["notes"][0], "id": "odd", "forum": "odd", "details": details})
        assert "odd" not in [record.source_id for record in records(json.dumps(body).encode(), "ICLR.2018")]


class TestPages:
    def test_the_number_of_papers_is_told(self) -> None:
        assert parsed().announced == 2610

    def test_it_is_not_told_where_it_is_of_a_part(self) -> None:
        assert parsed(answer(note(venueid="NeurIPS.cc/2024/Conference")), "NeurIPS.2024").announced is None

    def test_the_next_page_begins_where_this_one_ends(self) -> None:
        assert parsed().more == (ICML.format(14),)
        full = answer(*(note(f"n{number}") for number in range(1000)), count=1500)
        assert parsed(full).more == (ICML.format(1000),)
        assert parsed(full, address=ICML.format(500)).more == ()

    def test_places_go_on_from_page_to_page(self) -> None:
        (record,) = records(answer(note(), count=2001), address=ICML.format(2000))
        assert record.appearances[0].position == 2001

    @pytest.mark.parametrize("count", [None, "3", -1, True, 1.5, []])
    def test_without_a_number_a_full_page_has_a_next(self, count: Any) -> None:
        short = answer(note(), count=count)
        full = answer(*(note(f"n{number}") for number in range(1000)), count=count)
        assert (parsed(short).more, parsed(short).announced) == ((), None)
        assert parsed(full).more == (ICML.format(1000),)

    def test_a_page_of_none_that_should_hold_some_is_refused(self) -> None:
        with pytest.raises(NotThisPage, match="no papers"):
            parsed(answer(count=3000), address=ICML.format(1000))

    def test_venue_and_edition_come_first(self) -> None:
        venue, edition, *_ = parsed().items
        assert isinstance(venue, VenueRecord)
        assert (venue.name, venue.field) == ("ICML", "Machine learning")
        assert edition == EditionRecord(
            "ICML.2024", "ICML", 2024, url="https://openreview.net/group?id=ICML.cc/2024/Conference"
        )


class TestWhatCannotBeTaken:
    def test_it_is_set_aside_alone_with_its_place(self) -> None:
        assert [(item.line, item.reason) for item in set_aside()] == [
            (9, "Q1w2e3 stands twice in the answer"),
            (10, "note without a usable id"),
            (11, "title is not a text but int"),
            (12, "authors is not a list"),
            (13, "no title"),
            (14, "not a note with content"),
        ]
        assert all(item.file == ICML.format(0) and item.raw for item in set_aside())

    @pytest.mark.parametrize("identifier", ["", "a/b", "..", "a b", "é", "x" * 201, "a\n", "a?b", None, 7, ["a"]])
    def test_an_impossible_id(self, identifier: Any) -> None:
        assert [item.reason for item in set_aside(answer(note(identifier)))] == ["note without a usable id"]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ({"title": ["T"]}, "title is not a text but list"),
            ({"abstract": {"a": 1}}, "abstract is not a text but dict"),
            ({"venue": 7}, "venue is not a text but int"),
            ({"keywords": [1]}, "keywords is not a list of texts"),
            ({"keywords": 7}, "keywords is not a list of texts"),
            ({"authors": [7]}, "an author without a name"),
            ({"authors": [{"username": "~A1"}]}, "an author without a name"),
            ({"pdf": 7}, "pdf is not a text but int"),
            ({"title": "x" * (MAX_TITLE + 1)}, "title of more than 2,000 characters"),
            ({"abstract": "x" * (MAX_ABSTRACT + 1)}, "abstract of more than 100,000 characters"),
        ],
    )
    def test_content_of_another_type_or_beyond_measure(self, content: dict[str, Any], reason: str) -> None:
        (aside,) = set_aside(answer(note(**content)))
        assert aside.reason == reason
        assert len(aside.raw) <= MAX_RAW

    def test_what_cannot_be_stored_is_taken_out_of_texts(self) -> None:
        assert one(title="A\x00 B\ud800 C").title == "A B C"
        (aside,) = set_aside(answer(note(title="\x00\ud800")))
        aside.raw.encode()
        assert "\x00" not in aside.raw

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (b"", "not JSON"),
            (V2[: len(V2) // 2], "not JSON"),
            (b"\n<!DOCTYPE html><title>Verifying your browser</title></html>", "HTML in place of JSON"),
            (V2.replace("Å".encode(), b"\xc5"), "not UTF-8"),
            (b"[]", "no list of notes"),
            (b"{}", "no list of notes"),
            (b'{"notes": {"a": 1}}', "no list of notes"),
            (b'{"name": "ForbiddenError", "message": "Log in first", "status": 403}', "Log in first"),
            (b'{"notes": [], "count": 0}', "no papers"),
            (answer(note(venueid="ICML.cc/2024/Conference/Rejected_Submission")), "no accepted papers"),
            (answer(note(venueid="ICML.cc/2025/Conference")), "no accepted papers"),
            (b'{"notes": ' + b"[" * 200_000, "not JSON"),
            (b'{"notes": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "not JSON"),
            (b'{"count": ' + b"9" * 10_000 + b', "notes": []}', "not JSON"),
        ],
    )
    def test_another_answer_is_refused_with_the_reason(self, body: bytes, reason: str) -> None:
        with pytest.raises(NotThisPage, match=reason):
            parsed(body)
