from datetime import UTC, date, datetime
from typing import Any

import pytest

from ingest.items import MAX_ABSTRACT, Malformed
from ingest.normalise import arxiv_record
from papers.record import Listing, ListingKind, PaperRecord, Version

TODAY = date(2025, 4, 1)


def raw(**changes: Any) -> dict[str, Any]:
    return {
        "id": "2503.11731",
        "submitter": None,
        "authors": "Xianming Zeng and Paul Erd\\H{o}s",
        "title": "Sensor\n  Simulation",
        "comments": None,
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": "cs.CV cs.RO",
        "license": None,
        "abstract": "  We simulate\nsensors. ",
        "versions": [{"version": "v1", "created": "Mon, 17 Mar 2025 09:00:00 GMT"}],
        "update_date": "2025-03-18",
        "authors_parsed": [["Zeng", "Xianming", ""], ["Erd\\H{o}s", "Paul", "Jr."]],
        **changes,
    }


def record(**changes: Any) -> PaperRecord:
    return arxiv_record(raw(**changes), TODAY)


def test_a_snapshot_object_becomes_a_record() -> None:
    found = record(
        comments="8 pages", doi="10.1145/3580305.3599", license="http://creativecommons.org/licenses/by/4.0/"
    )
    assert (found.source, found.source_id, found.title) == ("arxiv", "2503.11731", "Sensor Simulation")
    assert found.abstract == "We simulate sensors."
    assert [author.name for author in found.authors] == ["Xianming Zeng", "Paul Erdős Jr."]
    assert found.authors[1].family == "Erdős"
    assert found.categories == ("cs.CV", "cs.RO")
    assert found.doi == "10.1145/3580305.3599"
    assert found.landing_url == "https://arxiv.org/abs/2503.11731"
    assert found.pdf_url == "https://arxiv.org/pdf/2503.11731"
    assert found.versions == (Version(1, datetime(2025, 3, 17, 9, tzinfo=UTC)),)


def test_submitted_updated_and_announced_are_kept_apart() -> None:
    versions = [
        {"version": "v1", "created": "Mon, 3 Feb 2025 09:00:00 GMT"},
        {"version": "v2", "created": "Mon, 17 Mar 2025 09:00:00 GMT"},
    ]
    found = record(versions=versions)
    assert found.submitted == datetime(2025, 2, 3, 9, tzinfo=UTC)
    assert found.updated == datetime(2025, 3, 17, 9, tzinfo=UTC)
    assert found.announced == date(2025, 2, 4)  # by the schedule: update_date tells of the second version


def test_a_new_paper_is_announced_on_the_day_of_its_stamp() -> None:
    assert record().announced == date(2025, 3, 18)
    assert record(update_date="2025-03-31").announced == date(2025, 3, 18)  # stamped much later: by the schedule
    assert record(update_date="2025-03-16").announced == date(2025, 3, 18)  # before it was submitted: likewise


def test_it_is_new_in_its_primary_category_and_a_cross_list_in_the_others() -> None:
    day = date(2025, 3, 18)
    assert record().listings == (
        Listing("cs.CV", day, ListingKind.NEW, None, True),
        Listing("cs.RO", day, ListingKind.CROSS, None, True),
    )


def test_double_codes_are_listed_once_under_todays_name() -> None:
    found = record(categories="math-ph math.MP cmp-lg")
    assert found.categories == ("math-ph", "math.MP", "cmp-lg")
    assert [place.category for place in found.listings] == ["math-ph", "cs.CL"]


def test_an_unknown_category_is_kept() -> None:
    assert record(categories="cs.CL cs.QQ").categories == ("cs.CL", "cs.QQ")


def test_subject_classes_among_the_categories_become_subjects() -> None:
    found = record(categories="cs.CL I.2.7; H.3.3 68T50, 68T07")
    assert found.categories == ("cs.CL",)
    assert found.subjects == ("I.2.7", "H.3.3", "68T50", "68T07")


def test_a_paper_without_category_is_stored_but_not_listed() -> None:
    found = record(categories="")
    assert found.categories == () == found.listings


def test_without_parsed_authors_the_author_line_is_split() -> None:
    found = record(authors_parsed=None, authors="A. One (MIT), B. Two and C. Three")
    assert [author.name for author in found.authors] == ["A. One", "B. Two", "C. Three"]


def test_three_thousand_authors_are_kept() -> None:
    found = record(authors_parsed=[[f"Family{number}", "Given", ""] for number in range(3_000)])
    assert len(found.authors) == 3_000


@pytest.mark.parametrize(
    "comments", ["This paper has been withdrawn by the author due to an error", "Withdrawn", "withdrawn. see v2"]
)
def test_a_withdrawal_in_the_comments_is_a_notice(comments: str) -> None:
    assert record(comments=comments).withdrawn == comments


def test_a_withdrawal_in_place_of_the_abstract_is_a_notice() -> None:
    assert record(abstract="This paper has been withdrawn.").withdrawn == "This paper has been withdrawn."


@pytest.mark.parametrize("comments", ["replaces a withdrawn paper", "On cash withdrawals", "12 pages"])
def test_other_comments_are_no_withdrawal(comments: str) -> None:
    assert record(comments=comments).withdrawn == ""


def test_only_web_addresses_are_licences() -> None:
    assert record(license="javascript:alert(1)").licence == ""


def test_control_characters_and_lone_surrogates_are_dropped() -> None:
    found = record(title="A\x00 tit\ud800le", abstract="x\x07y")
    assert (found.title, found.abstract) == ("A title", "xy")


def test_right_to_left_and_combining_text_is_kept() -> None:
    found = record(title="تعلم عميق e\u0301tude")
    assert found.title == "تعلم عميق étude"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "10.1145/3580305.3599"}, "not an arXiv id"),
        ({"id": None}, "not an arXiv id"),
        ({"id": 2503.11731}, "id is not a text"),
        ({"title": None}, "no title"),
        ({"title": " \x00 "}, "no title"),
        ({"title": "x" * 2_001}, "title of 2,001 characters"),
        ({"abstract": "x" * (MAX_ABSTRACT + 1)}, "abstract of 100,001 characters"),
        ({"abstract": ["a"]}, "abstract is not a text"),
        ({"versions": None}, "versions is not a list"),
        ({"versions": [{"version": "v1"}]}, "version 1 cannot be read"),
        ({"versions": [{"version": "v1", "created": "yesterday"}]}, "version 1 cannot be read"),
        ({"versions": [{"version": "v1", "created": "Mon, 17 Mar 1825 09:00:00 GMT"}]}, "absurd"),
        ({"versions": [{"version": "v1", "created": "Mon, 17 Mar 2225 09:00:00 GMT"}]}, "absurd"),
        ({"update_date": "2025-02-30"}, "update_date is not a day"),
        ({"update_date": "9999-12-31"}, "absurd"),
        ({"update_date": 20250318}, "update_date is not a day"),
        ({"authors_parsed": ["Zeng"]}, "an author cannot be read"),
        ({"authors_parsed": [[None, "Xianming"]]}, "an author cannot be read"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        record(**changes)
