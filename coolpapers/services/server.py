"""What the two embedded servers have in common."""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from coolpapers.services import processes
from coolpapers.services.errors import ServiceError
from coolpapers.services.layout import Layout

Say = Callable[[str], None]

# Nothing of the reader's environment gets in: PGPORT or a broken LANG would change or kill the server.
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


class Server(Protocol):
    """An embedded server. `ensure` and `stop` are called while the start lock is held."""

    name: str
    folder: Path
    layout: Layout

    def ensure(self, say: Say) -> None: ...
    def stop(self) -> None: ...
    def pid(self) -> int | None: ...
    def version(self) -> str: ...


# A background job of a shell that ends: the server belongs to init, not to us, and we are told its number. Paths come
# as arguments, so that no character in them means anything to the shell.
IN_BACKGROUND = 'log=$1; shift; "$@" >>"$log" 2>&1 </dev/null & echo $!'


def run(layout: Layout, command: Sequence[str | Path], what: str) -> str:
    """Runs one program as the servers' account; returns its output. Raises ServiceError with its last words."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            env=CLEAN_ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            check=False,
            **layout.account.switch(),  # type: ignore[call-overload]
        )
    except OSError as error:
        raise failure(what, f"{command[0]}: {error.strerror}") from error
    output: str = done.stdout.decode(errors="replace")
    if done.returncode:
        raise failure(what, last_words(output) or f"exit code {done.returncode}")
    return output


def launch(layout: Layout, command: Sequence[str | Path], log: Path, what: str) -> int:
    """Starts a server that outlives us, in a session of its own. Returns its process."""
    return int(run(layout, ["/bin/sh", "-c", IN_BACKGROUND, "sh", log, *command], what))


def failure(what: str, why: str) -> ServiceError:
    if "No space left" in why or "Disk quota" in why:
        remedy = "Free some disk space and start again; nothing that was stored is lost."
    elif "Read-only file system" in why or "Permission denied" in why:
        remedy = "Set COOLPAPERS_DATA_DIR to a folder that you may write to."
    else:
        remedy = "Look into data/logs, or set DATABASE_URL and REDIS_URL to servers of your own."
    return ServiceError(what, why, remedy)


def last_words(text: str) -> str:
    """The most telling line of a server's output."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    grave = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error", "No space"))]
    return (grave or lines or [""])[-1][-300:]


def tail(path: Path, size: int = 4000) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - size))
            return file.read().decode(errors="replace")
    except OSError:
        return ""


def end(server: Server, steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Ends a server with ever stronger signals, each with its seconds of patience, then what it left behind."""
    pid = server.pid()

    def is_gone() -> bool:
        return pid is None or not processes.is_running(pid, server.folder, server.layout.account)

    for number, patience in steps:
        if is_gone():
            break
        processes.send([pid] if pid else [], number)
        processes.wait_until(is_gone, patience)
    end_orphans(server)


def end_orphans(server: Server, patience: float = 5) -> None:
    """The children of a killed server may still write to its files: no new one starts beside them."""

    def left() -> set[int]:
        return processes.working_in(server.folder, server.layout.account) - {os.getpid()}

    if not processes.wait_until(lambda: not left(), patience):
        processes.send(left(), signal.SIGKILL)
        processes.wait_until(lambda: not left(), patience)
