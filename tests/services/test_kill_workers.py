"""kill -9 of workers and of PostgreSQL while real papers are indexed and embedded: all of them are, once."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from coolpapers.services import instance
from coolpapers.services.postgres import Postgres
from tests.ingest.snapshot import paper, write
from tests.services.sandbox import Sandbox, read_until, wait_for

pytestmark = pytest.mark.slow

PAPERS = 1_500


def status(sandbox: Sandbox) -> dict[str, Any]:
    told = sandbox.manage("index", "status", "--json")
    return json.loads(told.stdout) if told.returncode == 0 else {"papers": 0, "lexical": {}, "vectors": []}


def embedded(sandbox: Sandbox) -> int:
    return sum(model["embedded"] for model in status(sandbox)["vectors"])


def is_complete(told: dict[str, Any]) -> bool:
    return bool(told["vectors"]) and all(
        [
            told["lexical"].get("documents") == told["papers"],
            told["lexical"].get("behind") == 0,
            told["vectors"][0]["embedded"] == told["papers"],
            told["vectors"][0]["waiting"] == told["vectors"][0]["failed"] == told["vectors"][0]["behind"] == 0,
        ]
    )


def children(sandbox: Sandbox) -> set[str]:
    running = instance.running(sandbox.layout)
    return set(running.children) if running else set()


def kill(sandbox: Sandbox, name: str) -> None:
    running = instance.running(sandbox.layout)
    assert running
    os.killpg(running.children[name], signal.SIGKILL)


def test_killed_workers_and_a_killed_database_lose_and_double_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    up = sandbox.start("up")
    read_until(up, "coolpapers is running at")
    snapshot = write(tmp_path / "snapshot.json", [paper(number) for number in range(PAPERS)])
    assert sandbox.manage("ingest", "arxiv-snapshot", str(snapshot)).returncode == 0
    before = embedded(sandbox)
    wait_for(lambda: embedded(sandbox) > before)
    kill(sandbox, "embed")
    kill(sandbox, "worker")
    wait_for(lambda: {"embed", "worker"} <= children(sandbox))
    pid = Postgres(sandbox.layout).pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: is_complete(status(sandbox)), 900)
    told = status(sandbox)
    assert told["papers"] > PAPERS
    assert told["vectors"][0]["active"]
    sandbox.manage("stop")
    up.wait(120)
