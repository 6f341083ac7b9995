"""The service was down for days: afterwards nothing is missing."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from coolpapers.source_urls import DEFAULTS
from ingest import checks, clock
from ingest.harvest import schedule, work
from ingest.http import addresses
from ingest.models import Alarm, AnnouncedList, Job, Source
from ingest.sources.registry import sources
from papers.models import Listing, Paper
from tests.world import WorldClock
from tests.world.population import World
from tests.world.server import serve

FIRST = date(2025, 3, 3)  # a Monday
CODES = ("cs.CL", "math.CO", "hep-th")


@pytest.fixture
def world(settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[World]:
    monkeypatch.setattr(addresses, "PAUSE", 0.0)
    monkeypatch.setattr(addresses, "PAUSES", {})
    made = World(first_day=FIRST, days=5, new_per_day=20, crosses_per_day=4, replacements_per_day=8, old_papers=20,
                 clock=WorldClock(), crowd=100, categories=CODES, deletions=0)  # fmt: skip
    with serve(made) as url:
        settings.CONTACT, settings.ARXIV_CATEGORIES = "tests@example.org", list(CODES)
        settings.SOURCE_URLS = {name: f"{url}/{name}" for name in DEFAULTS}
        for name in [*sources(), "aaai", "icwsm", "aiide", "hcomp", "jair"]:
            Source.objects.create(name=name, enabled=False)
        yield made
        clock.restore()


def live(world: World, moment: datetime) -> None:
    """What the service does at a moment, until nothing is due."""
    world.clock.set(moment)
    clock.simulate(lambda: moment, 1e9)
    for _ in range(3):
        schedule.tick()
        until = time.monotonic() + 120
        while Job.objects.filter(state="waiting").exists() and time.monotonic() < until:
            work.work(until)
    checks.check()


def test_after_an_outage_of_two_days_their_lists_are_rebuilt(world: World) -> None:
    tuesday, wednesday, thursday = (FIRST + timedelta(days=number) for number in (1, 2, 3))
    live(world, datetime(2025, 3, 3, 18, tzinfo=UTC))
    live(world, datetime(2025, 3, 6, 18, tzinfo=UTC))
    assert set(AnnouncedList.objects.values_list("day", flat=True)) == {FIRST, thursday}
    for day in (tuesday, wednesday):
        for code in CODES:
            told = {(entry.paper.id, entry.kind) for entry in world.announcements(day, code)}
            new = {name for name, kind in told if kind == "new"}
            rows = Listing.objects.filter(category=code, day=day, kind="new")
            assert set(rows.values_list("paper__key", flat=True)) == new
        # One that was replaced once more meanwhile is told of at its latest day only, and OAI-PMH does not tell since
        # when a paper is cross-listed: so the days are compared, not the single lists.
        entries = [entry for code in CODES for entry in world.announcements(day, code)]
        again = {entry.paper.id for entry in entries if entry.kind.startswith("replace")}
        rows = Listing.objects.filter(day=day, kind="replacement")
        assert set(rows.values_list("paper__key", flat=True)) <= again
    assert set(Paper.objects.values_list("key", flat=True)) >= {
        entry.paper.id for day in world.list_days[:4] for code in CODES for entry in world.announcements(day, code)
    }
    days = {day.day: day for day in checks.days(clock.now())}
    assert days[tuesday].rebuilt > 0
    assert not Alarm.objects.filter(cleared=None).exists()


def test_while_it_lasts_the_missing_lists_raise_an_alarm(world: World, settings: Any) -> None:
    live(world, datetime(2025, 3, 3, 18, tzinfo=UTC))
    urls = settings.SOURCE_URLS
    settings.SOURCE_URLS = urls | {"arxiv-oai": "http://127.0.0.1:1/oai", "arxiv-feed": "http://127.0.0.1:1"}
    moment = datetime(2025, 3, 4, 22, tzinfo=UTC)
    world.clock.set(moment)
    clock.simulate(lambda: moment, 1e9)
    schedule.tick()
    work.work(time.monotonic() + 60)
    checks.check()
    assert "2025-03-04" in Alarm.objects.get(subject="silent 2025-03-04").text
    assert Source.objects.get(name="arxiv-feed").error
    settings.SOURCE_URLS = urls
    Job.objects.filter(state="dead").delete()
    live(world, datetime(2025, 3, 5, 18, tzinfo=UTC))
    assert not Alarm.objects.filter(cleared=None).exists()
