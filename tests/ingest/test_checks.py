"""Announced against stored, and what raises an alarm."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ingest import checks, clock, jobs
from ingest.harvest import announcements, state
from ingest.models import Alarm, AnnouncedList, Job, Queue, Source
from papers.models import Listing, Paper, Record

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2025, 8, 20)
EVENING = datetime(2025, 8, 20, 22, tzinfo=UTC)


@pytest.fixture(autouse=True)
def harvesting(settings: Any) -> Iterator[None]:
    settings.CONTACT = "tests@example.org"
    settings.ARXIV_CATEGORIES = ["cs.CL", "cs.LG"]
    clock.simulate(lambda: EVENING, 1.0)
    yield
    clock.restore()


def told(category: str, new: int, day: date = WEDNESDAY) -> None:
    AnnouncedList.objects.create(category=category, day=day, new=new, cross=0, replaced=0, batch=b"x", fetched=EVENING)


def stored(category: str, number: int, day: date = WEDNESDAY, *, estimated: bool = False) -> None:
    for each in range(number):
        key = f"{category} {day} {each} {estimated}"
        paper = Paper.objects.create(
            key=key, title=key, abstract_kind="author", title_key=0, text_hash=b"", content_hash=b""
        )
        record = Record.objects.create(paper=paper, source="arxiv", source_id=key, record_hash=b"", data={})
        Listing.objects.create(record=record, paper=paper, category=category, day=day, kind="new", estimated=estimated)


def alarms() -> list[str]:
    checks.check()
    return sorted(Alarm.objects.filter(cleared=None).values_list("subject", flat=True))


def test_all_that_was_announced_is_here() -> None:
    for category in ("cs.CL", "cs.LG"):
        told(category, 3)
        stored(category, 3)
    assert alarms() == []
    day = checks.days(EVENING)[0]
    assert (day.announced, day.stored, day.lists, day.is_complete) == (6, 6, 2, True)


def test_a_paper_that_is_missing_raises_an_alarm_which_ends_when_it_is_here() -> None:
    told("cs.CL", 3)
    told("cs.LG", 1)
    stored("cs.LG", 1)
    stored("cs.CL", 2)
    assert alarms() == ["fewer 2025-08-20"]
    assert "cs.CL" in Alarm.objects.get().text
    AnnouncedList.objects.filter(category="cs.CL").update(new=2)
    assert alarms() == []
    assert Alarm.objects.get().cleared == EVENING


def test_estimated_places_prove_nothing() -> None:
    told("cs.CL", 2)
    told("cs.LG", 0)
    stored("cs.CL", 2, estimated=True)
    assert alarms() == ["fewer 2025-08-20"]


def test_a_missing_list_raises_an_alarm() -> None:
    told("cs.CL", 1)
    stored("cs.CL", 1)
    assert alarms() == ["missing 2025-08-20"]


def test_a_weekday_without_anything_raises_one_alarm() -> None:
    told("cs.CL", 0)
    told("cs.LG", 0)
    assert alarms() == ["silent 2025-08-20"]


@pytest.mark.parametrize("day", [date(2025, 8, 23), date(2025, 8, 24), date(2025, 7, 4), date(2025, 12, 25)])
def test_a_weekend_or_holiday_without_anything_raises_none(day: date) -> None:
    clock.simulate(lambda: datetime(day.year, day.month, day.day, 22, tzinfo=UTC), 1.0)
    told("cs.CL", 0, day)
    told("cs.LG", 0, day)
    assert alarms() == []


def test_a_list_is_not_missed_before_it_is_due() -> None:
    clock.simulate(lambda: datetime(2025, 8, 20, 5, tzinfo=UTC), 1.0)
    told("cs.CL", 1)
    stored("cs.CL", 1)
    assert alarms() == []


def test_days_before_the_first_list_are_not_missed() -> None:
    for category in ("cs.CL", "cs.LG"):
        told(category, 0 if category == "cs.LG" else 1)
    stored("cs.CL", 1)
    assert [day.day for day in checks.days(EVENING)] == [WEDNESDAY]


def test_a_missed_day_that_was_rebuilt_raises_no_alarm() -> None:
    before = WEDNESDAY - timedelta(days=2)
    for day in (before, WEDNESDAY):
        for category in ("cs.CL", "cs.LG"):
            told(category, 1, day)
            stored(category, 1, day)
    assert alarms() == ["silent 2025-08-19"]
    stored("cs.CL", 5, WEDNESDAY - timedelta(days=1), estimated=True)
    state.succeeded("arxiv-oai", WEDNESDAY)
    assert alarms() == []


def test_a_source_that_stays_silent_raises_an_alarm() -> None:
    Source.objects.create(name="cvf", last_success=EVENING - timedelta(days=4), error="the host answers 500")
    Source.objects.create(name="ecva", last_success=EVENING - timedelta(days=1), error="the host answers 500")
    Source.objects.create(name="ndss", last_success=EVENING - timedelta(days=4), error="x", enabled=False)
    assert alarms() == ["source cvf"]


def test_jobs_that_were_given_up_raise_an_alarm() -> None:
    jobs.enqueue([jobs.Wanted("edition", "x", Queue.VENUES, {})])
    jobs.fail(jobs.take()[0], "gone", for_good=True)
    assert alarms() == ["dead jobs"]
    Job.objects.all().delete()
    assert alarms() == []


def test_an_alarm_is_raised_once() -> None:
    state.raise_alarm("x", "one")
    state.raise_alarm("x", "two")
    assert list(Alarm.objects.values_list("text", flat=True)) == ["two"]


def test_without_a_contact_nothing_is_late(settings: Any) -> None:
    settings.CONTACT = ""
    told("cs.CL", 5)
    assert alarms() == []


def test_the_probe_is_followed_when_no_list_came_at_all() -> None:
    jobs.enqueue([announcements.wanted_probe(WEDNESDAY)])
    assert alarms() == ["silent 2025-08-20"]
