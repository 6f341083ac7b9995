"""The whole service with its workers, against the stand-in world: killed, interrupted, and complete in the end."""

import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import psycopg
import pytest

from coolpapers.services import instance
from tests.services.sandbox import Sandbox, read_until, wait_for
from tests.world import WorldClock
from tests.world.population import World
from tests.world.server import serve

pytestmark = pytest.mark.slow

CODES = ("cs.CL", "cs.LG", "hep-th")


@pytest.fixture
def world() -> Iterator[tuple[World, dict[str, str]]]:
    """Five days of arXiv up to now, and the variables that point the service at them."""
    first = datetime.now(UTC).date() - timedelta(days=5)
    made = World(first_day=first, days=6, new_per_day=40, crosses_per_day=5, replacements_per_day=15, old_papers=40,
                 page_size=25, clock=WorldClock(), crowd=100, categories=CODES)  # fmt: skip
    with serve(made) as url:
        yield (
            made,
            {
                "COOLPAPERS_CONTACT": "tests@example.org",
                "COOLPAPERS_SOURCE_URLS": f"*={url}",
                "COOLPAPERS_ARXIV_CATEGORIES": ",".join(CODES),
            },
        )


def status_of(sandbox: Sandbox, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{sandbox.port}{path}", timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def ask(sandbox: Sandbox, query: str) -> list[tuple[Any, ...]]:
    at = sandbox.layout.database()
    with psycopg.connect(host=at.host, port=at.port, user=at.user, password=at.password, dbname=at.name) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def records(sandbox: Sandbox) -> set[str]:
    rows = ask(sandbox, "SELECT source_id FROM papers_record WHERE source = 'arxiv' AND data ? 'versions'")
    return {row[0] for row in rows}


def living(world: World) -> set[str]:
    papers = world.as_of(world.shown_day())
    return {name for name, paper in papers.items() if not paper.deleted}


def test_a_wish_is_fetched_and_a_killed_worker_loses_nothing(
    sandbox: Sandbox, world: tuple[World, dict[str, str]]
) -> None:
    made, variables = world
    up = sandbox.start("up", **variables)
    read_until(up, "stop ")
    wanted = sorted(living(made))[-1]
    assert status_of(sandbox, f"/arxiv/{wanted}") == 202
    wait_for(lambda: status_of(sandbox, f"/arxiv/{wanted}") == 200)
    # By itself the service asks for the days of a week; its worker is killed while it does.
    begun = "SELECT 1 FROM ingest_job WHERE kind = 'oai' AND queue = 'venues' AND progress ->> 'stored' > '0'"
    wait_for(lambda: ask(sandbox, begun) != [])
    running = instance.running(sandbox.layout)
    assert running
    os.killpg(running.children["harvest"], signal.SIGKILL)
    ask_and_commit(sandbox, "UPDATE ingest_job SET leased_until = now() WHERE state = 'running'")
    week = datetime.now(UTC).date() - timedelta(days=6)
    recent = {name for name in living(made) if made.as_of(made.shown_day())[name].datestamp >= week}
    wait_for(lambda: recent <= records(sandbox), 600)
    twins = "SELECT title_key FROM papers_paper WHERE title_key <> 0 GROUP BY 1 HAVING count(*) > 1"
    assert ask(sandbox, twins) == []
    lines = made.log.of("arxiv-*")
    arrivals = [line.arrived for line in lines]
    assert min(after - before for before, after in pairwise(arrivals)) >= 3.0
    assert {line.agent for line in lines} == {lines[0].agent}
    assert "tests@example.org" in lines[0].agent
    assert status_of(sandbox, "/status") == 200
    sandbox.manage("stop")
    up.wait(120)


def ask_and_commit(sandbox: Sandbox, statement: str) -> None:
    at = sandbox.layout.database()
    with psycopg.connect(host=at.host, port=at.port, user=at.user, password=at.password, dbname=at.name) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


def test_the_command_goes_on_where_ctrl_c_stopped_it(sandbox: Sandbox, world: tuple[World, dict[str, str]]) -> None:
    made, variables = world
    since = made.first_day.isoformat()
    arguments = ("harvest", "arxiv", "--since", since)
    with sandbox.servers_up():
        assert sandbox.manage("migrate").returncode == 0
        command = sandbox.start(*arguments, **variables)
        wait_for(lambda: len(records(sandbox)) >= 40)
        os.killpg(command.pid, signal.SIGINT)
        said, _ = command.communicate(timeout=120)
        assert "The same command again goes on from here" in said
        assert "Traceback" not in said
        stored, pages = len(records(sandbox)), len(made.log.of("arxiv-oai"))
        assert 40 <= stored < len(living(made))
        began = time.monotonic()
        done = sandbox.manage(*arguments, **variables)
        assert done.returncode == 0, done.stderr
        assert "harvest:" in done.stderr or "records" in done.stdout
        stamped = {name for name in living(made) if made.as_of(made.shown_day())[name].datestamp >= made.first_day}
        assert records(sandbox) == stamped
        # It did not begin anew: the first pages were not asked for again.
        again = [line.path for line in made.log.of("arxiv-oai")[pages:]]
        assert not any(f"from={since}" in path for path in again)
        assert time.monotonic() - began >= 3.0 * (len(again) - 1)
