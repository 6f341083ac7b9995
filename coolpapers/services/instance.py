"""The one `up` of a data folder, known to others by `up.lock`: it holds the lock and says in the file who it is."""

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from coolpapers.services import processes
from coolpapers.services.layout import Layout
from coolpapers.services.locks import FileLock


@dataclass
class Instance:
    pid: int
    url: str
    started: str = ""
    children: dict[str, int] = field(default_factory=dict)


class Claim:
    """The exclusive right to run `up` on a data folder."""

    def __init__(self, layout: Layout):
        self._lock = FileLock(_path(layout))

    def take(self) -> bool:
        # `status` holds the lock for a moment to find out whether somebody runs.
        return processes.wait_until(self._lock.acquire, 1)

    def publish(self, instance: Instance) -> None:
        self._lock.write(json.dumps(asdict(instance)))

    def drop(self) -> None:
        self._lock.write("")
        self._lock.close()


def running(layout: Layout) -> Instance | None:
    """The running `up`, or None."""
    if not _path(layout).exists():
        return None
    lock = FileLock(_path(layout))
    try:
        if lock.acquire(shared=True):
            return None
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            if instance := _read(lock):
                return instance
            time.sleep(0.05)  # it has the lock and is about to say who it is
        return Instance(pid=0, url="an unknown address")
    finally:
        lock.close()


def _read(lock: FileLock) -> Instance | None:
    try:
        instance = Instance(**json.loads(lock.read()))
    except (ValueError, TypeError):
        return None
    return instance if _is_up(instance.pid) else None


def _is_up(pid: int) -> bool:
    """A killed `up` leaves its number in the file, and its number may be a stranger's by now."""
    if not processes.exists(pid):
        return False
    command = processes.PROC / str(pid) / "cmdline"
    return not processes.has_proc() or b"manage.py\0up" in command.read_bytes()


def _path(layout: Layout) -> Path:
    return layout.folder(layout.lock_dir) / "up.lock"
