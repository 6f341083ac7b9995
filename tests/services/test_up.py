"""`manage.py up`, as a reader meets it: started, asked, interrupted, killed."""

import os
import signal
import socket
import subprocess
import time
import urllib.request

import pytest

from coolpapers.services import instance
from tests.services.sandbox import Sandbox, read_until, wait_for

pytestmark = pytest.mark.slow
READY = "coolpapers is running at"


def get(sandbox: Sandbox, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{sandbox.port}{path}", timeout=60) as answer:
        return int(answer.status)


def interrupt(up: subprocess.Popen[str]) -> float:
    """Ctrl-C: the terminal sends the signal to the whole process group. Returns the seconds until the end."""
    began = time.monotonic()
    os.killpg(up.pid, signal.SIGINT)
    up.communicate(timeout=120)
    return time.monotonic() - began


def test_up_serves_is_told_apart_revives_and_ends_on_ctrl_c(sandbox: Sandbox) -> None:
    up = sandbox.start("up")
    said = read_until(up, "stop ")
    assert READY in said
    assert str(sandbox.data_dir) in said
    assert get(sandbox, "/livez") == 200

    status = sandbox.manage("status")
    assert status.returncode == 0, status.stdout
    assert f"http://127.0.0.1:{sandbox.port}" in status.stdout

    second = sandbox.manage("up")
    assert second.returncode == 0
    assert "already running" in second.stdout
    assert str(up.pid) in second.stdout

    kept = sandbox.manage("clean_data", "--yes")
    assert kept.returncode == 1
    assert "make stop" in kept.stderr

    wait_for(lambda: "embed" in _children(sandbox))
    worker = _children(sandbox)["embed"]
    os.kill(worker, signal.SIGKILL)
    read_until(up, "worker for vectors ended (signal SIGKILL)")
    wait_for(lambda: _children(sandbox).get("embed", worker) != worker)

    assert interrupt(up) < 30  # ten at the most, where the machine has nothing else to do
    assert up.returncode == 0
    assert sandbox.commands() == set()
    assert sandbox.servers() == []
    assert sandbox.manage("status").returncode == 3


def test_a_killed_up_takes_its_children_with_it(sandbox: Sandbox) -> None:
    up = sandbox.start("up")
    read_until(up, READY)
    up.kill()
    up.wait()
    wait_for(lambda: not sandbox.commands())
    stopped = sandbox.manage("stop")
    assert "left over" in stopped.stdout
    assert sandbox.servers() == []


def test_stop_ends_a_running_up_and_the_data_can_go(sandbox: Sandbox) -> None:
    up = sandbox.start("up")
    read_until(up, READY)
    assert "has stopped" in sandbox.manage("stop").stdout
    assert up.wait(120) == 0
    assert sandbox.commands() == set()
    (sandbox.data_dir / "thesis.txt").write_text("mine")
    refused = sandbox.manage("clean_data")
    assert refused.returncode == 1
    assert (sandbox.layout.postgres_dir / "PG_VERSION").exists()
    assert sandbox.manage("clean_data", "--yes").returncode == 0
    assert [path.name for path in sandbox.data_dir.iterdir()] == ["thesis.txt"]


def test_a_busy_port_is_told_before_anything_starts(sandbox: Sandbox) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", sandbox.port))
        other.listen()
        done = sandbox.manage("up")
    assert done.returncode == 1
    assert "COOLPAPERS_PORT" in done.stderr
    assert "Traceback" not in done.stderr
    assert not sandbox.layout.postgres_dir.exists()


def test_an_address_of_another_machine_is_told(sandbox: Sandbox) -> None:
    done = sandbox.manage("up", COOLPAPERS_HOST="192.0.2.1")
    assert done.returncode == 1
    assert "COOLPAPERS_HOST" in done.stderr


def test_nothing_runs_and_stop_and_status_say_so(sandbox: Sandbox) -> None:
    assert "Nothing was running" in sandbox.manage("stop").stdout
    status = sandbox.manage("status")
    assert status.returncode == 3
    assert "down" in status.stdout


def test_links_are_removed_and_not_followed(sandbox: Sandbox) -> None:
    outside = sandbox.data_dir / "thesis"
    outside.mkdir()
    (outside / "chapter.txt").write_text("mine")
    (sandbox.data_dir / "index").symlink_to(outside)
    logs = sandbox.data_dir / "logs"
    logs.mkdir()
    (logs / "link").symlink_to(outside)
    assert sandbox.manage("clean_data", "--yes").returncode == 0
    assert (outside / "chapter.txt").read_text() == "mine"
    assert not (sandbox.data_dir / "index").is_symlink()
    assert not logs.exists()


def _children(sandbox: Sandbox) -> dict[str, int]:
    running = instance.running(sandbox.layout)
    return running.children if running else {}
