"""kill -9 half-way, then again: the same database as without."""

import json
import random
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from coolpapers.services.postgres import Postgres
from tests.ingest.snapshot import paper, write
from tests.services.sandbox import Sandbox, wait_for

pytestmark = pytest.mark.slow

PAPERS = 5_000


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox()
    yield box
    box.close()


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    lines: list[Any] = [paper(number) for number in range(PAPERS)]
    lines[1_500] = "{broken"
    lines[3_700] = paper(17)  # a repeat of what a killed run has read
    return write(tmp_path / "snapshot.json.gz", lines)


def connect(box: Sandbox) -> psycopg.Connection[Any]:
    at = box.layout.database()
    return psycopg.connect(host=at.host, port=at.port, user=at.user, password=at.password, dbname=at.name)


def content(box: Sandbox) -> dict[str, list[Any]]:
    """All rows by their natural keys, without numbers that a sequence gave."""
    queries = {
        "papers": "SELECT to_jsonb(p) - 'id' FROM papers_paper p ORDER BY key",
        "records": "SELECT p.key, to_jsonb(r) - 'id' - 'paper_id' - 'arrived' FROM papers_record r "
        "JOIN papers_paper p ON p.id = r.paper_id ORDER BY source, source_id",
        "listings": "SELECT p.key, category, day, kind, position, estimated FROM papers_listing l "
        "JOIN papers_paper p ON p.id = l.paper_id ORDER BY 1, 2, 3",
        "changes": "SELECT p.key, c.kind FROM papers_change c "
        "JOIN papers_paper p ON p.id = c.paper_id ORDER BY 1, c.id",
        "entries": "SELECT p.key, list, track, venue, name FROM papers_feedentry e "
        "JOIN papers_paper p ON p.id = e.paper_id ORDER BY 1, 2, 3",
        "set aside": "SELECT file, line, reason FROM ingest_setaside ORDER BY 1, 2",
    }
    with box.servers_up(), connect(box) as connection:
        return {name: connection.execute(query).fetchall() for name, query in queries.items()}  # type: ignore[arg-type]


def ingest(box: Sandbox, path: Path) -> dict[str, float]:
    done = box.manage("ingest", "arxiv-snapshot", str(path), "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def stored(connection: psycopg.Connection[Any]) -> int:
    return connection.execute("SELECT count(*) FROM papers_paper").fetchone()[0]  # type: ignore[index]


def start_and_wait(box: Sandbox, path: Path, papers: int) -> subprocess.Popen[str]:
    """An import that has stored `papers` of them, and is somewhere in what follows."""
    with connect(box) as connection:
        connection.autocommit = True
        process = box.start("ingest", "arxiv-snapshot", str(path))
        wait_for(lambda: process.poll() is not None or stored(connection) >= papers)
    assert process.poll() is None, "the import ended before it could be killed"
    return process


@pytest.fixture
def undisturbed(snapshot: Path) -> Iterator[dict[str, list[Any]]]:
    box = Sandbox()
    try:
        assert box.manage("migrate").returncode == 0
        ingest(box, snapshot)
        yield content(box)
    finally:
        box.close()


def test_a_killed_import_goes_on_and_ends_like_an_undisturbed_one(
    sandbox: Sandbox, snapshot: Path, undisturbed: dict[str, list[Any]]
) -> None:
    with sandbox.servers_up():
        assert sandbox.manage("migrate").returncode == 0
        for papers in (1, 2_000):
            process = start_and_wait(sandbox, snapshot, papers)
            process.send_signal(signal.SIGKILL)
            process.wait()
        summary = ingest(sandbox, snapshot)
        assert summary | {"seconds": 0} == {
            "read": PAPERS, "created": PAPERS - 2, "updated": 0, "unchanged": 0, "set_aside": 2, "seconds": 0,
        }  # fmt: skip
    assert content(sandbox) == undisturbed


def test_a_killed_database_loses_nothing_and_the_import_goes_on(
    sandbox: Sandbox, snapshot: Path, undisturbed: dict[str, list[Any]]
) -> None:
    with sandbox.servers_up():
        assert sandbox.manage("migrate").returncode == 0
        process = start_and_wait(sandbox, snapshot, random.choice([1, 2_000]))
        pid = Postgres(sandbox.layout).pid()
        assert pid
        subprocess.run(["kill", "-9", str(pid)], check=True)
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 1
        assert "Traceback" not in output
    ingest(sandbox, snapshot)
    assert content(sandbox) == undisturbed
