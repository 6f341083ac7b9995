"""Looking at and ending the servers' processes.

A server is known by its working folder, which is its data folder: unlike a number in a pid file this cannot belong to
a stranger, leaves out zombies, and finds the children that a killed PostgreSQL leaves behind.
"""

import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from coolpapers.services.account import Account

PROC = Path("/proc")


def working_in(folder: Path, account: Account) -> set[int]:
    """The living processes of `account` whose working folder is `folder`; without /proc none can be seen."""
    wanted = folder.resolve()
    with account.eyes():
        return {int(entry.name) for entry in PROC.glob("[0-9]*") if _works_in(entry, wanted)}


def is_running(pid: int, folder: Path, account: Account) -> bool:
    """Whether `pid` is a living process of `account` that works in `folder`."""
    if not has_proc():
        return exists(pid)
    with account.eyes():
        return _works_in(PROC / str(pid), folder.resolve())


def _works_in(entry: Path, folder: Path) -> bool:
    try:
        return (entry / "cwd").readlink() == folder
    except OSError:
        return False


def has_proc() -> bool:
    return (PROC / "self" / "cwd").exists()


def exists(pid: int) -> bool:
    """Whether a process `pid` lives; a zombie does not."""
    try:
        os.kill(pid, 0)
        state = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] if has_proc() else "S"
    except PermissionError:
        return True
    except (OSError, IndexError):
        return False
    return state != "Z"


def read_pid(path: Path) -> int | None:
    try:
        return int(path.read_text().split(maxsplit=1)[0])
    except (OSError, ValueError, IndexError):
        return None


def send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True
