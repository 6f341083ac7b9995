"""One call at a time to a group of hosts, and a pause between calls, across all processes and machines.

An advisory lock of PostgreSQL says whose turn it is: the server drops it with the connection, however its holder ends.
A row says from when on the next call may begin. It is moved before the call too, so that also the holder's death in
the middle of one leaves the pause behind. All times are the database's, since machines disagree about theirs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection

from ingest import clock
from ingest.http.errors import Unavailable

PATIENCE = 300.0  # seconds to wait for one's turn
NAP = 10.0  # seconds to sleep while one has it
_LONGEST = 3_600.0


@contextmanager
def turn(group: str, pause: float) -> Iterator[None]:
    """The block may ask the group's hosts, once. `pause` is in seconds, from the end of the block to the beginning of
    the next one. Raises Unavailable when others hold the turn for too long."""
    _lock(group)
    asked = False
    try:
        _wait(group)
        _close(group, pause)
        asked = True
        yield
    finally:
        if connection.is_usable():
            if asked:
                _close(group, pause)
            _ask("SELECT pg_advisory_unlock(hashtextextended(%s, 3))", group)


def hold_back(group: str, seconds: float) -> None:
    """The group's hosts asked to be left alone so long: everybody waits, not only the one who was told."""
    _close(group, min(seconds, _LONGEST))


def _lock(group: str) -> None:
    """Waits in line, in the order of arrival."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{int(PATIENCE * 1000)}ms"])
        try:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 3))", [group])
        except DatabaseError as error:
            if connection.is_usable():
                raise Unavailable(f"{group}:", f"no turn to ask {group} in {PATIENCE:.0f} seconds") from error
            raise
        finally:
            if connection.is_usable():
                cursor.execute("SELECT set_config('lock_timeout', '0', false)")


def _wait(group: str) -> None:
    """Raises Unavailable rather than sleep for long: the worker has other hosts to ask meanwhile."""
    query = """
        SELECT coalesce(max(extract(epoch FROM opens - clock_timestamp())), 0)
        FROM ingest_turnstile WHERE "group" = %s
    """
    while (seconds := float(_ask(query, group) or 0)) > 0:
        if seconds > NAP:
            raise Unavailable(f"{group}:", "the host has asked to be left alone for a while", retry_after=seconds)
        time.sleep(min(seconds, 5.0) + 0.0005)


def _close(group: str, seconds: float) -> None:
    """Closes the group for the time from now on; never opens it earlier than it was to open."""
    query = """
        INSERT INTO ingest_turnstile ("group", opens) VALUES (%s, clock_timestamp() + make_interval(secs => %s))
        ON CONFLICT ("group") DO UPDATE SET opens = greatest(ingest_turnstile.opens, excluded.opens)
        RETURNING 1
    """
    _ask(query, group, clock.real(seconds))


def _ask(query: str, *values: object) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
        return row[0] if row else None
