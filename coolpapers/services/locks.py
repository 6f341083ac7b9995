"""Locks on files. The kernel drops them with the last process that holds them, even after kill -9."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """One open lock file. A child process holds the lock too when it is given the descriptor, else it does not."""

    def __init__(self, path: Path):
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def fileno(self) -> int:
        return self._descriptor

    def acquire(self, *, shared: bool = False) -> bool:
        try:
            fcntl.flock(self._descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self, *, shared: bool = False, on_wait: Callable[[], None] | None = None) -> None:
        """Waits for the lock and calls `on_wait` once when that takes more than two seconds."""
        told = time.monotonic() + 2
        while not self.acquire(shared=shared):
            if on_wait and time.monotonic() > told:
                on_wait()
                on_wait = None
            time.sleep(0.05)

    def read(self) -> str:
        return os.pread(self._descriptor, 4096, 0).decode(errors="replace")

    def write(self, text: str) -> None:
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)

    def close(self) -> None:
        os.close(self._descriptor)


@contextmanager
def exclusive(path: Path, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    lock = FileLock(path)
    try:
        lock.wait(on_wait=on_wait)
        yield
    finally:
        lock.close()
