"""One import from its input to its last row: batches, progress kept with the papers, faults set aside."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from ingest import store
from ingest.batches import Batch, prefetched
from ingest.combine import Combine, newest
from ingest.models import ImportRun
from ingest.store import Counts

_PATIENCE = 10.0  # seconds that the server may take to notice that a killed importer is gone


class ImportFailed(Exception):
    """An import that cannot go on; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Input:
    """What to import: `batches(position)` yields what follows a position ("" is the beginning). See ingest.combine
    for `combine`."""

    source: str
    path: Path
    batches: Callable[[str], Iterable[Batch]]
    combine: Combine = newest


def run(what: Input, on_progress: Callable[[Counts], Any] = lambda counts: None) -> ImportRun:
    """Imports all of an input, going on where a killed run of the same input stopped. Raises ImportFailed."""
    with _alone(what):
        row = _unfinished(what) or ImportRun(
            source=what.source, input=str(what.path.resolve()), fingerprint=fingerprint(what.path)
        )
        on_progress(Counts(row.created, row.updated, row.unchanged, row.set_aside))
        clock = time.monotonic()
        for batch in prefetched(what.batches(row.position)):
            with transaction.atomic():
                _commit_without_waiting()
                counts = store.store_items(what.source, batch.items, what.combine)
                row.seconds += time.monotonic() - clock
                clock = time.monotonic()
                _advance(row, batch.position, counts)
            on_progress(counts)
        row.finished = timezone.now()
        row.seconds += time.monotonic() - clock
        row.save()
    return row


def summary(row: ImportRun) -> dict[str, float]:
    """The figures of a run, over all its parts if it was interrupted."""
    return {
        "read": row.read,
        "created": row.created,
        "updated": row.updated,
        "unchanged": row.unchanged,
        "set_aside": row.set_aside,
        "seconds": round(row.seconds, 3),
    }


def fingerprint(path: Path) -> str:
    """Changes when the file, or a file of the folder, does."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    stats = [file.stat() for file in files]
    return f"{len(stats)} {sum(stat.st_size for stat in stats)} {max((s.st_mtime_ns for s in stats), default=0)}"


def _commit_without_waiting() -> None:
    """A batch and the run's position are lost or kept together, so a crash of the server costs a batch read again at
    most. The last commit of a run waits for the disk, and so for all before it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _advance(row: ImportRun, position: str, counts: Counts) -> None:
    row.position = position
    row.read += counts.read
    row.created += counts.created
    row.updated += counts.updated
    row.unchanged += counts.unchanged
    row.set_aside += counts.set_aside
    row.save()


def _unfinished(what: Input) -> ImportRun | None:
    return (
        ImportRun.objects.filter(
            source=what.source,
            input=str(what.path.resolve()),
            fingerprint=fingerprint(what.path),
            finished=None,
        )
        .order_by("-id")
        .first()
    )


class _alone:  # noqa: N801 - reads as a word at its place of use
    """Holds the input for this process. The server drops the lock with the connection, however the process ends."""

    def __init__(self, what: Input):
        self._what = what
        self._name = f"{what.source} {what.path.resolve()}"

    def __enter__(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self._ask("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"):
            if time.monotonic() > deadline:
                raise ImportFailed(f"another import of {self._what.path} is running; wait for it or stop it")
            time.sleep(0.2)

    def __exit__(self, *error: object) -> None:
        if connection.is_usable():
            self._ask("SELECT pg_advisory_unlock(hashtextextended(%s, 0))")

    def _ask(self, query: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(query, [self._name])
            return bool(cursor.fetchone()[0])
