"""Stops what runs on a data folder, and removes what coolpapers made in it."""

import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from coolpapers.services import instance, locks, processes, usage
from coolpapers.services.errors import ServiceError
from coolpapers.services.layout import Layout
from coolpapers.services.locks import FileLock
from coolpapers.services.server import Say

# `up` ends within ten seconds; after that it is ended.
PATIENCE = 15
# A killed `up` takes its children with it, and they need a moment.
CHILDREN_PATIENCE = 8
# Only these names go: a data folder may hold files of its owner, too.
OURS = (
    "postgres",
    "postgres.draft-*",
    "valkey",
    "run",
    "programs",
    "static",
    "assets",
    "evaluate",
    "index",
    "beat-schedule*",
    "logs",
    "secrets",
    "locks",
)


def stop(layout: Layout, say: Say) -> None:
    """Ends the running `up` and servers that nobody uses any more. Says what it did."""
    running = instance.running(layout)
    if running:
        _end(running.pid)
        say(f"coolpapers at {running.url} has stopped.")
    users = FileLock(usage.users_lock(layout))
    try:
        if not processes.wait_until(users.acquire, CHILDREN_PATIENCE if _any_server(layout) else 0):
            say("The servers stay up: another command uses them, and will stop them at its end.")
            return
    finally:
        users.close()
    with locks.exclusive(usage.start_lock(layout)):
        names = usage.stop_all(layout)
    if names:
        say(f"Stopped {' and '.join(names)}, left over by an earlier run.")
    elif not running:
        say("Nothing was running.")


def _end(pid: int) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if not pid:
            return
        processes.send([pid], number)
        if processes.wait_until(lambda: not processes.exists(pid), PATIENCE):
            return
    raise ServiceError("coolpapers cannot be stopped", f"process {pid} does not end", "Look at it with `ps`.")


def _any_server(layout: Layout) -> bool:
    return any(server.pid() for server in usage.servers(layout))


def remove(layout: Layout) -> None:
    """Removes all data. Raises ServiceError while anything uses it."""
    if instance.running(layout):
        raise ServiceError("The data stays", "coolpapers is running", "Stop it first with `make stop`.")
    users = FileLock(usage.users_lock(layout))
    try:
        with locks.exclusive(usage.start_lock(layout)):
            if not users.acquire():
                raise ServiceError("The data stays", "a command is using it", "Wait for its end, or end it.")
            usage.stop_all(layout)
            for path in list(belongings(layout)):
                _remove(path)
    finally:
        users.close()
    for folder in (layout.elsewhere, layout.data_dir):
        with suppress(OSError):
            folder.rmdir()  # stays when it holds files of its owner


def belongings(layout: Layout) -> Iterator[Path]:
    """What coolpapers made, each a direct child of its data folder, or a folder elsewhere that is ours alone."""
    for home in (layout.data_dir, layout.elsewhere):
        for pattern in OURS:
            yield from home.glob(pattern)
    if layout.socket_dir.parent != layout.server_home and layout.socket_dir.exists():
        yield layout.socket_dir


def _remove(path: Path) -> None:
    """Removes a file, a folder, or a link: never what the link leads to."""
    try:
        if path.is_symlink() or not path.is_dir():
            path.unlink()
        else:
            shutil.rmtree(path)
    except OSError as error:
        raise ServiceError(
            f"{path} cannot be removed", error.strerror or str(error), f"Remove it as {_owner(path)}."
        ) from error


def _owner(path: Path) -> str:
    with suppress(OSError, KeyError):
        return path.owner()
    return "its owner"
