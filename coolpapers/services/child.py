"""One process that `up` starts and keeps running."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

LAUNCHER = Path(__file__).with_name("launcher.py")
LARGEST_LOG = 10 << 20
# Back-off after a death, in seconds; a minute of life earns a fresh start.
PAUSES = (1, 2, 5, 10, 30, 60)
FRESH_AFTER = 60


@dataclass(frozen=True)
class Role:
    """What a child does and how it is ended: asked first, then told."""

    name: str
    title: str
    command: tuple[str, ...]
    ask: signal.Signals = signal.SIGTERM
    tell: signal.Signals = signal.SIGQUIT
    niceness: int = 0


class Child:
    """A process in a session of its own: the terminal's Ctrl-C reaches `up` only, which ends all in order."""

    def __init__(self, role: Role, log: Path, lock_descriptors: tuple[int, ...], environment: Mapping[str, str]):
        self.role, self.log = role, log
        self._descriptors, self._environment = lock_descriptors, dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._due = 0.0
        self._deaths = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.returncode is None else None

    def start(self) -> None:
        # As its parent may be killed, it is told to end at once then: nobody would be left to insist.
        conditions = (os.getpid(), int(self.role.tell), self.role.niceness)
        launch = [sys.executable, "-S", str(LAUNCHER), *map(str, conditions)]
        self._process = subprocess.Popen(
            [*launch, *self.role.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=self._descriptors,
            start_new_session=True,
            env=self._environment,
        )
        self._started = time.monotonic()
        if self._process.stdout:
            threading.Thread(target=_copy, args=(self._process.stdout, self.log), daemon=True).start()

    def revive(self) -> str | None:
        """Starts the child again when it is dead and its pause is over. Returns what there is to say."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._due:
                self.start()
            return None
        code = self._process.poll()
        if code is None:
            return None
        self.signal(signal.SIGKILL)  # what a killed worker leaves: its pool
        self._deaths = 1 if now - self._started > FRESH_AFTER else self._deaths + 1
        pause = PAUSES[min(self._deaths, len(PAUSES)) - 1]
        self._process, self._due = None, now + pause
        return f"The {self.role.title} ended ({_ending(code)}); starting it again in {pause} s. See {self.log}"

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal: SIGKILL to all that the child has started, others to the child alone."""
        if self._process is None:
            return
        try:
            if number == signal.SIGKILL:
                os.killpg(self._process.pid, number)
            elif self._process.poll() is None:
                self._process.send_signal(number)
        except (ProcessLookupError, PermissionError):
            pass  # nobody is left

    def is_gone(self) -> bool:
        return self._process is None or self._process.poll() is not None


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _copy(source: IO[bytes], log: Path) -> None:
    """Copies a child's output into a log file of bounded size until the child closes it."""
    handler = RotatingFileHandler(log, maxBytes=LARGEST_LOG, backupCount=1, errors="replace", delay=True)
    handler.handleError = lambda record: None  # type: ignore[method-assign]  # a full disk must not stop the pipe
    with source:
        for line in source:
            message = line.rstrip(b"\n").decode(errors="replace")
            handler.emit(logging.makeLogRecord({"msg": message}))
    handler.close()
