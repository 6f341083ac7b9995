"""Records by datestamp: pages, tokens, windows, deletions, and a host that misbehaves."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from coolpapers.source_urls import DEFAULTS
from ingest import clock, jobs, store
from ingest.harvest import by_hand, oai, schedule, work
from ingest.http import addresses
from ingest.http.client import fetch
from ingest.models import Alarm, Job, Source
from ingest.sources import arxiv_oai
from papers.models import Listing, Paper, Record
from tests.ingest.http.scripted import Script
from tests.world import WorldClock, faults
from tests.world.population import World
from tests.world.server import serve

FIRST = date(2025, 3, 3)
NOW = datetime(2025, 3, 7, 16, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def world(settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[World]:
    monkeypatch.setattr(addresses, "PAUSE", 0.0)
    monkeypatch.setattr(addresses, "PAUSES", {})
    made = World(first_day=FIRST, days=5, new_per_day=20, crosses_per_day=4, replacements_per_day=8, old_papers=20,
                 page_size=10, clock=WorldClock(NOW), crowd=100)  # fmt: skip
    with serve(made) as url:
        settings.CONTACT = "tests@example.org"
        settings.SOURCE_URLS = {name: f"{url}/{name}" for name in DEFAULTS}
        clock.simulate(lambda: NOW, 1_000.0)
        yield made
        clock.restore()


def ask(since: date = FIRST, until: date = TODAY, *codes: str, by: str = "arxiv") -> None:
    jobs.enqueue(by_hand.wanted(by, since, until, list(codes), []))


def run() -> None:
    until = time.monotonic() + 120
    while Job.objects.filter(state__in=["waiting", "running"]).exists() and time.monotonic() < until:
        if not work.work(until):
            time.sleep(0.01)


def living(world: World) -> set[str]:
    return {name for name, paper in world.as_of(TODAY).items() if not paper.deleted and paper.datestamp >= FIRST}


def test_every_record_of_the_days_comes_once(world: World) -> None:
    ask()
    run()
    assert set(Record.objects.values_list("source_id", flat=True)) == living(world)
    assert len([line for line in world.log.of("arxiv-oai") if "resumptionToken" in line.path]) > 5


def test_again_it_changes_nothing(world: World) -> None:
    ask()
    run()
    before = list(Record.objects.order_by("source_id").values_list("source_id", "record_hash"))
    ask()
    run()
    assert list(Record.objects.order_by("source_id").values_list("source_id", "record_hash")) == before


@pytest.mark.parametrize(
    "kind",
    [faults.EXPIRED, faults.REPEATED, faults.TRUNCATED, faults.CUT, faults.EMPTY, faults.HTML, faults.BOMB,
     faults.ENCODING, faults.UNAVAILABLE, faults.RESET, faults.REDIRECT_PRIVATE, faults.REDIRECT_LOOP, faults.HUGE,
     faults.SKEW],
)  # fmt: skip
def test_a_spoiled_answer_costs_nothing(world: World, kind: str) -> None:
    ask()
    for _ in range(3):
        world.fail_next(1, kind, "arxiv-oai")
        work.do(jobs.take() or [])
        Job.objects.filter(state="waiting").update(not_before=datetime(2000, 1, 1, tzinfo=UTC))
        Job.objects.filter(state="running").update(state="waiting")
        if not Job.objects.filter(state="waiting").exists():
            break
    run()
    assert set(Record.objects.values_list("source_id", flat=True)) == living(world)
    assert not Job.objects.filter(state="dead").exists()


def test_a_worker_that_dies_between_two_pages_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ask()
    pages = 0
    real = oai._store

    def dies(*args: Any) -> Any:
        nonlocal pages
        pages += 1
        if pages == 4:
            raise SystemExit
        return real(*args)

    monkeypatch.setattr(oai, "_store", dies)
    with pytest.raises(SystemExit):
        run()
    stored = Record.objects.count()
    assert 0 < stored < len(living(world))
    Job.objects.update(leased_until=datetime(2000, 1, 1, tzinfo=UTC))
    jobs.sweep()
    run()
    assert set(Record.objects.values_list("source_id", flat=True)) == living(world)


def test_a_deleted_record_stays_with_a_notice(world: World, settings: Any) -> None:
    gone = next(name for name, paper in world.as_of(TODAY).items() if paper.deleted)
    day = world.as_of(TODAY)[gone].datestamp
    moment = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)  # before it was deleted
    world.clock.set(moment)
    clock.simulate(lambda: moment, 1_000.0)
    ask(FIRST - timedelta(days=4_000), moment.date())
    job = jobs.take()[0]
    jobs.finish(job)
    body = fetch(f"arxiv-oai:?verb=GetRecord&identifier=oai:arXiv.org:{gone}&metadataPrefix=arXivRaw").body
    items, _ = arxiv_oai.parse(body, moment.date())
    with transaction.atomic():
        store.store([items[0].record])
    world.clock.set(NOW)
    clock.simulate(lambda: NOW, 1_000.0)
    ask()
    run()
    assert Paper.objects.get(key=gone).withdrawn == "The source has deleted this record."


def test_only_wished_categories_are_kept(world: World) -> None:
    ask(FIRST, TODAY, "hep-th", "cs.CL")
    run()
    assert Paper.objects.exists()
    for codes in Paper.objects.values_list("categories", flat=True):
        assert {"hep-th", "cs.CL"} & set(codes)
    sets = {
        line.path.partition("set=")[2].partition("&")[0] for line in world.log.of("arxiv-oai") if "set=" in line.path
    }
    assert sets == {"cs", "physics%3Ahep-th"}


def test_days_whose_lists_were_missed_are_rebuilt(world: World) -> None:
    ask()
    run()
    rebuilt = set(Listing.objects.filter(kind="new", estimated=True).values_list("category", "day", "paper__key"))
    told = {
        (code, day, entry.paper.id)
        for code in world.categories
        for day in world.list_days
        for entry in world.announcements(day, code)
        if entry.kind == "new" and entry.paper.id in living(world)
    }
    assert len(told) > 90
    assert told <= rebuilt


def test_a_list_shorter_than_promised_is_begun_anew_and_then_told(host: Script) -> None:
    clock.simulate(lambda: NOW, 1_000_000.0)
    first = f"/arxiv-oai?verb=ListRecords&metadataPrefix=arXivRaw&from={FIRST}&until={FIRST}"
    host.says(
        first, body=answer("2503.00001", '<resumptionToken completeListSize="3" cursor="0">t|1</resumptionToken>')
    )
    host.says("/arxiv-oai?verb=ListRecords&resumptionToken=t%7C1",
              body=answer("2503.00002", '<resumptionToken completeListSize="3" cursor="1"/>'))  # fmt: skip
    ask(FIRST, FIRST)
    run()
    assert Record.objects.count() == 2
    assert len(host.asked) == 2 * (oai.MOST_RESTARTS + 1)
    assert "promised 3 records" in Alarm.objects.get(cleared=None).text


def answer(identifier: str, after: str) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2025-03-07T16:00:00Z</responseDate>
<request verb="ListRecords">http://export.arxiv.org/oai2</request><ListRecords>
<record><header><identifier>oai:arXiv.org:{identifier}</identifier><datestamp>2025-03-03</datestamp></header>
<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{identifier}</id><submitter>Ada</submitter>
<version version="v1"><date>Fri, 28 Feb 2025 10:00:00 GMT</date><size>1kb</size></version>
<title>On the subject of {identifier}</title><authors>Ada Writer</authors><categories>cs.CL</categories>
<abstract>We study.</abstract></arXivRaw></metadata></record>{after}</ListRecords></OAI-PMH>""".encode()


def test_harvesting_since_a_day_tells_how_far_it_is_complete(world: World) -> None:
    schedule.tick()
    Job.objects.exclude(key__startswith="arxiv-oai").delete()
    run()
    assert Source.objects.get(name="arxiv-oai").harvested_until == TODAY


def test_the_command_says_what_it_did(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("harvest", "arxiv", since=FIRST, until=TODAY, verbosity=0)
    assert f"{len(living(world)):,} records" in capsys.readouterr().out


def test_the_command_names_a_missing_contact(settings: Any, db: None) -> None:
    settings.CONTACT = ""
    with pytest.raises(CommandError, match="COOLPAPERS_CONTACT"):
        call_command("harvest", "arxiv")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"source": "arxiv", "since": date(2025, 3, 4), "until": date(2025, 3, 3)}, "lies before"),
        ({"source": "arxiv", "edition": ["ICLR.2024"]}, "by day"),
        ({"source": "arxiv", "category": ["cs.ZZ"]}, "neither a category"),
        ({"source": "pmlr", "since": date(2025, 3, 4)}, "by edition"),
        ({"source": "pmlr", "edition": ["COLT.1923"]}, "has no edition COLT.1923"),
        ({"source": "aaai", "category": ["cs.CL"]}, "no arXiv categories"),
    ],
)
def test_wishes_that_make_no_sense_are_told_what_to_give(
    settings: Any, db: None, options: dict[str, Any], said: str
) -> None:
    settings.CONTACT = "tests@example.org"
    source = options.pop("source")
    with pytest.raises(CommandError, match=said):
        call_command("harvest", source, **options)
