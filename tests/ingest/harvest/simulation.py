"""A month of arXiv in minutes: the stand-in world on one side, four workers racing on the other, and a clock for both
that runs faster and leaps over the hours in which nobody has anything to do.

Pauses run on that clock: three of its seconds are 3 / SCALE of ours."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from coolpapers.source_urls import DEFAULTS
from ingest import checks, clock, jobs
from ingest.harvest import schedule
from ingest.models import Job, Source
from ingest.sources import oai_journals
from ingest.sources.registry import sources
from papers.calendar import EASTERN
from tests.ingest.harvest.simulated import SCALE, Time, serve_jobs
from tests.world.population import World
from tests.world.server import serve

WORKERS = 4


def simulate(world: World, until: datetime, each_look: Callable[[], None] = lambda: None) -> None:
    """Plays the service from the world's first day to `until`."""
    context = multiprocessing.get_context("spawn")
    start = datetime.combine(world.first_day, datetime.min.time(), UTC)
    now = Time(start, time.monotonic(), context.Value("d", 0.0))
    world.clock.set(now)
    for name in [*sources(), *(journal.base for journal in oai_journals.journals())]:
        Source.objects.update_or_create(name=name, defaults={"enabled": False})
    with serve(world) as url, _here(url, now), _workers(context, url, now) as workers:
        while now() < until:
            assert all(worker.is_alive() for worker in workers), "a worker has died"
            each_look()
            jobs.sweep()
            schedule.tick()
            if not _is_busy():
                checks.check()
                _leap(now, until)
            time.sleep(0.005)
        while _is_busy() and all(worker.is_alive() for worker in workers):
            time.sleep(0.01)


def _is_busy() -> bool:
    soon = "clock_timestamp() + interval '50 milliseconds'"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT EXISTS (SELECT FROM ingest_job
                               WHERE state = 'running' OR state = 'waiting' AND not_before < {soon})"""
        )
        return bool(cursor.fetchone()[0])


def _leap(now: Time, until: datetime) -> None:
    """To the next moment at which something may be due: a job, a list, a quarter of a day."""
    moment = now()
    hour = moment.replace(hour=moment.hour // 6 * 6, minute=0, second=1, microsecond=0) + timedelta(hours=6)
    midnight = datetime.combine(moment.astimezone(EASTERN).date() + timedelta(days=1), datetime.min.time(), EASTERN)
    seconds = min((each - moment).total_seconds() for each in (hour, midnight + timedelta(seconds=1), until))
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT extract(epoch FROM min(not_before) - clock_timestamp())::float
               FROM ingest_job WHERE state = 'waiting'"""
        )
        left = cursor.fetchone()[0]
        seconds = max(0.0, min(seconds, (left or 1e9) * SCALE))
        now.leap(seconds)
        cursor.execute(
            "UPDATE ingest_job SET not_before = not_before - make_interval(secs => %s) WHERE state = 'waiting'",
            [seconds / SCALE],
        )


@contextmanager
def _here(url: str, now: Time) -> Iterator[None]:
    clock.simulate(now, SCALE)
    _point_at(url)
    try:
        yield
    finally:
        clock.restore()


def _point_at(url: str) -> None:
    settings.CONTACT = "simulation@example.org"
    settings.SOURCE_URLS = {name: f"{url}/{name}" for name in DEFAULTS}


@contextmanager
def _workers(context: Any, url: str, now: Time) -> Iterator[list[Any]]:
    stop = context.Event()
    name, codes = connection.settings_dict["NAME"], settings.ARXIV_CATEGORIES
    # The settings of tests make a folder of their own unless they are a worker's.
    os.environ.setdefault("PYTEST_XDIST_WORKER", "simulation")
    arguments = (name, url, now.start, now.began, now.offset, codes, stop)
    workers = [context.Process(target=serve_jobs, args=arguments, daemon=True) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    try:
        yield workers
    finally:
        stop.set()
        for worker in workers:
            worker.join(30)
        if os.environ.get("PYTEST_XDIST_WORKER") == "simulation":
            del os.environ["PYTEST_XDIST_WORKER"]
    assert [worker.exitcode for worker in workers] == [0] * WORKERS


def open_jobs() -> list[tuple[str, str, str]]:
    return list(Job.objects.exclude(state="done").values_list("kind", "key", "error"))
