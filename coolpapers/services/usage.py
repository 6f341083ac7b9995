"""Who uses the embedded servers: the first user starts them, the last one out stops them.

Each user holds `users.lock` shared. Whoever can take it exclusively is alone. Starting and stopping happen under
`start.lock`, so that nobody starts what another one is just stopping. A killed user's lock goes with it; the servers
that it leaves behind are found by the next one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from coolpapers.services import locks, processes
from coolpapers.services.layout import Layout
from coolpapers.services.locks import FileLock
from coolpapers.services.postgres import Postgres
from coolpapers.services.server import Say, Server
from coolpapers.services.valkey import Valkey


def users_lock(layout: Layout) -> Path:
    return layout.folder(layout.lock_dir) / "users.lock"


def start_lock(layout: Layout) -> Path:
    return layout.folder(layout.lock_dir) / "start.lock"


def servers(layout: Layout, *, postgres: bool = True, valkey: bool = True, durable: bool = True) -> list[Server]:
    wanted: list[Server] = []
    if postgres:
        wanted.append(Postgres(layout, durable=durable))
    if valkey:
        wanted.append(Valkey(layout))
    return wanted


@contextmanager
def using(layout: Layout, wanted: Sequence[Server], say: Say, patience: float = 0) -> Iterator[None]:
    """Runs its block with the wanted servers up. `patience` is for one who has just ended users of its own: seconds
    until the kernel has dropped their locks. Raises ServiceError when a server cannot be started."""
    users = FileLock(users_lock(layout))
    try:
        try:
            with locks.exclusive(start_lock(layout), lambda: say("Waiting for another process that starts ...")):
                users.wait(shared=True)
                for server in wanted:
                    server.ensure(say)
            yield
        finally:
            _leave(layout, users, patience)
    finally:
        users.close()


@contextmanager
def lent(layout: Layout) -> Iterator[int]:
    """A descriptor of the users' lock to hand to children: they are users themselves, as long as they live."""
    users = FileLock(users_lock(layout))
    try:
        users.wait(shared=True)
        yield users.fileno()
    finally:
        users.close()


def revive(layout: Layout, wanted: Sequence[Server], say: Say) -> None:
    """Starts those of the wanted servers again that died. For those who already use them."""
    if all(server.pid() for server in wanted):
        return
    with locks.exclusive(start_lock(layout)):
        for server in wanted:
            server.ensure(say)


def _leave(layout: Layout, users: FileLock, patience: float) -> None:
    with locks.exclusive(start_lock(layout)):
        if processes.wait_until(users.acquire, patience):
            stop_all(layout)


def stop_all(layout: Layout) -> list[str]:
    """Stops every embedded server of this data folder; returns the names of those that ran."""
    stopped = [server for server in servers(layout) if server.pid()]
    for server in stopped:
        server.stop()
    return [server.name for server in stopped]
