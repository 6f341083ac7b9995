from dataclasses import replace
from datetime import UTC, date, datetime

from ingest.combine import brief, filled, kept, newest, replaced
from papers.record import Appearance, PaperRecord, Version

DAY = datetime(2025, 8, 19, 9, tzinfo=UTC)
WHOLE = PaperRecord(
    "arxiv", "2508.00001", "A title", abstract="Old.", comments="8 pages", doi="10.1/x", submitted=DAY,
    announced=date(2025, 8, 20), versions=(Version(1, DAY), Version(2, DAY)),
)  # fmt: skip


def test_a_whole_account_of_a_newer_version_takes_the_place_of_the_old_one() -> None:
    told = replace(WHOLE, abstract="New.", comments="", versions=(*WHOLE.versions, Version(3, DAY)))
    assert newest(WHOLE, told) == told


def test_an_account_older_than_what_is_known_changes_nothing() -> None:
    assert newest(WHOLE, replace(WHOLE, abstract="Older.", versions=(Version(1, DAY),))) == WHOLE


def test_the_day_of_the_first_announcement_stays() -> None:
    assert newest(WHOLE, replace(WHOLE, announced=date(2025, 9, 1))).announced == date(2025, 8, 20)
    assert newest(replace(WHOLE, announced=None), WHOLE).announced == date(2025, 8, 20)


def test_a_brief_account_of_a_known_version_adds_but_the_day_of_the_list() -> None:
    told = PaperRecord("arxiv", "2508.00001", "Shouted", versions=(Version(2),), announced=date(2025, 8, 21))
    assert brief(WHOLE, told) == replace(WHOLE, announced=date(2025, 8, 21))


def test_a_brief_account_of_a_new_version_keeps_what_it_does_not_tell() -> None:
    told = PaperRecord("arxiv", "2508.00001", "A new title", abstract="New.", versions=(Version(4),))
    after = brief(WHOLE, told)
    assert (after.title, after.abstract, after.comments, after.doi) == ("A new title", "New.", "8 pages", "10.1/x")
    assert after.versions == (Version(1, DAY), Version(2, DAY), Version(3), Version(4))
    assert after.submitted == DAY


def test_pages_that_tell_a_part_each_make_a_whole() -> None:
    listed = PaperRecord("cvf", "x", "A title", appearances=(Appearance("CVPR.2023", "", 7),))
    alone = PaperRecord("cvf", "x", "A title", abstract="We see.")
    for first, second in ((listed, alone), (alone, listed)):
        after = filled(first, second)
        assert (after.abstract, after.appearances) == ("We see.", listed.appearances)


def test_who_knows_better_is_kept_and_who_tells_all_replaces() -> None:
    other = replace(WHOLE, title="Another")
    assert kept(WHOLE, other) == WHOLE
    assert replaced(WHOLE, other) == other
