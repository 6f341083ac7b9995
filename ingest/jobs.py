"""Work to do, as rows. Who takes a job gets a lease; whoever lost it cannot write any more; a sweep gives the jobs of
the dead to the living. Celery only wakes those who look here."""

import json
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from ingest import clock
from ingest.http.backoff import delay
from ingest.models import Job, Queue

PRIORITY = {Queue.DEMAND: 0, Queue.TODAY: 1, Queue.VENUES: 2, Queue.HISTORY: 3}
# Seconds; longer than the longest wait for a turn and the longest answer together. A reader's wish is taken over
# sooner: should its first worker be alive after all, one call too many was made.
LEASES = {Queue.DEMAND: 90.0, Queue.TODAY: 600.0, Queue.VENUES: 600.0, Queue.HISTORY: 600.0}
# A reader waits for the first; the others outlast an outage of days.
MOST_FAILURES = {Queue.DEMAND: 5, Queue.TODAY: 14, Queue.VENUES: 14, Queue.HISTORY: 20}


SLICE = 60.0  # seconds of one job, after which others get a turn


class LeaseLost(Exception):
    """Another worker has this job by now: nothing more may be stored for it."""

    def __init__(self, job: "Taken"):
        self.job = job
        super().__init__(f"the lease of {job.kind} {job.key} has passed to another worker")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A job to be. One that is open already is not made twice."""

    kind: str
    key: str
    queue: Queue
    payload: dict[str, Any]
    after: float = 0.0  # seconds


@dataclass(slots=True)
class Taken:
    """A job in our hands. `progress` is what the last stored step left."""

    id: int
    kind: str
    key: str
    queue: str
    payload: dict[str, Any]
    progress: dict[str, Any]
    attempts: int
    lease: str

    @property
    def is_last_attempt(self) -> bool:
        return self.attempts + 1 >= MOST_FAILURES[Queue(self.queue)]


def enqueue(wanted: Iterable[Wanted]) -> int:
    """Adds what is not open yet, in the caller's transaction if there is one. The number added."""
    rows = [
        (job.kind, job.key, job.queue.value, PRIORITY[job.queue], _json(job.payload), clock.real(job.after))
        for job in wanted
    ]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ingest_job (kind, key, queue, priority, payload, progress, state, attempts, lease, error,
                                    not_before)
            SELECT kind, key, queue, priority, payload::jsonb, '{}', 'waiting', 0, '', '',
                   clock_timestamp() + make_interval(secs => after)
            FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[], %s::text[], %s::float[])
                 AS told (kind, key, queue, priority, payload, after)
            ON CONFLICT DO NOTHING
            """,
            [list(column) for column in zip(*rows, strict=True)],
        )
        return int(cursor.rowcount)


def take(
    kinds: Iterable[str] = (), queues: Iterable[str] = (), keys: Iterable[str] = (), limit: int = 1
) -> list[Taken]:
    """The most urgent jobs whose time has come, leased to us. No kinds, queues or keys means all."""
    lease = secrets.token_hex(8)
    with connection.cursor() as cursor:
        cursor.execute(
            # MATERIALIZED: a sub-query may be run once for each row of the table, and then each run takes other jobs.
            """
            WITH chosen AS MATERIALIZED (
                SELECT id FROM ingest_job
                WHERE state = 'waiting' AND not_before <= clock_timestamp()
                  AND (%(kinds)s::text[] = '{}' OR kind = ANY(%(kinds)s))
                  AND (%(queues)s::text[] = '{}' OR queue = ANY(%(queues)s))
                  AND (%(keys)s::text[] = '{}' OR key = ANY(%(keys)s))
                ORDER BY priority, not_before, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
            UPDATE ingest_job job SET state = 'running', lease = %(lease)s,
                leased_until = clock_timestamp()
                    + make_interval(secs => CASE queue WHEN 'demand' THEN %(short)s ELSE %(long)s END)
            FROM chosen WHERE job.id = chosen.id
            RETURNING job.id, kind, key, queue, payload::text, progress::text, attempts, priority, not_before
            """,
            {
                "lease": lease,
                "short": LEASES[Queue.DEMAND],
                "long": LEASES[Queue.TODAY],
                "limit": limit,
                "kinds": list(kinds),
                "queues": list(queues),
                "keys": list(keys),
            },
        )
        rows = sorted(cursor.fetchall(), key=lambda row: (row[7], row[8], row[0]))
    return [Taken(i, kind, key, queue, _read(p), _read(g), n, lease) for i, kind, key, queue, p, g, n, *_ in rows]


def advance(job: Taken, progress: dict[str, Any]) -> None:
    """Keeps how far a job has come, in the transaction that stores what it fetched. Raises LeaseLost."""
    _update(job, "progress = %s::jsonb, attempts = 0, leased_until = clock_timestamp() + make_interval(secs => %s)",
            _json(progress), LEASES[Queue(job.queue)])  # fmt: skip
    job.progress, job.attempts = progress, 0


def finish(job: Taken, outcome: str = "") -> None:
    """The job is done. Raises LeaseLost."""
    _update(job, "state = 'done', leased_until = NULL, error = %s, finished = clock_timestamp()", outcome)


def give_back(job: Taken, seconds: float = 0.0) -> None:
    """The job goes on later, for no fault of its own. Raises LeaseLost."""
    _update(
        job,
        "state = 'waiting', leased_until = NULL, not_before = clock_timestamp() + make_interval(secs => %s)",
        clock.real(seconds),
    )


def turn_is_over(job: Taken, until: float) -> bool:
    """Whether others come first now: the time (of time.monotonic) is up, or something more urgent waits."""
    return time.monotonic() > until or is_outranked(job)


def is_outranked(job: Taken) -> bool:
    """Whether something more urgent waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT EXISTS (SELECT FROM ingest_job WHERE state = 'waiting' AND priority < %s
                              AND not_before <= clock_timestamp())""",
            [PRIORITY[Queue(job.queue)]],
        )
        return bool(cursor.fetchone()[0])


def fail(job: Taken, reason: str, retry_after: float | None = None, *, for_good: bool = False) -> bool:
    """The job failed: later again, or, after too many failures in a row or `for_good`, given up. True when given up.
    Raises LeaseLost."""
    dead = for_good or job.is_last_attempt
    seconds = 0.0 if dead else delay(job.attempts + 1, retry_after)
    if Queue(job.queue) is Queue.DEMAND and not dead:
        seconds = max(retry_after or 0.0, min(seconds, 10.0 * (job.attempts + 1)))
    _update(
        job,
        """state = %s, attempts = attempts + 1, leased_until = NULL, error = %s,
           not_before = clock_timestamp() + make_interval(secs => %s),
           finished = CASE WHEN %s THEN clock_timestamp() END""",
        "dead" if dead else "waiting", reason[:1_000].replace("\x00", "\ufffd"), clock.real(seconds), dead,
    )  # fmt: skip
    return dead


def sweep() -> int:
    """Returns jobs whose lease has run out, counting it as a failure: a job that kills its worker each time must end.
    The number returned."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE ingest_job SET state = CASE WHEN attempts >= %(most)s THEN 'dead' ELSE 'waiting' END,
                attempts = attempts + 1, leased_until = NULL, lease = '', not_before = clock_timestamp(),
                error = 'the worker that had it fell silent',
                finished = CASE WHEN attempts >= %(most)s THEN clock_timestamp() END
            WHERE state = 'running' AND leased_until < clock_timestamp()
            """,
            {"most": MOST_FAILURES[Queue.HISTORY]},
        )
        return int(cursor.rowcount)


def retry(ids: Iterable[int]) -> int:
    """Lets dead jobs try again, those that have an open twin left out. The number revived."""
    revived = 0
    for job in Job.objects.filter(pk__in=list(ids), state=Job.State.DEAD).order_by("pk"):
        with transaction.atomic():
            # The same kind and key may be open again: the twin does the work.
            if Job.objects.filter(kind=job.kind, key=job.key, state__in=["waiting", "running"]).exists():
                continue
            Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, attempts=0, finished=None)
            revived += 1
    return revived


def forget(days: float = 14) -> int:
    """Drops jobs that were done so many days ago; the dead stay until somebody looked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ingest_job WHERE state = 'done' AND finished < clock_timestamp() - make_interval(secs => %s)",
            [days * 86_400],
        )
        return int(cursor.rowcount)


def _update(job: Taken, change: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE ingest_job SET {change} WHERE id = %s AND lease = %s AND state = 'running'",  # noqa: S608
            [*values, job.id, job.lease],
        )
        if cursor.rowcount == 0:
            raise LeaseLost(job)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value)


def _read(text: str) -> dict[str, Any]:
    return dict(json.loads(text))


def due_queues() -> list[str]:
    """Queues in which a job's time has come, the most urgent first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT queue FROM ingest_job WHERE state = 'waiting' AND not_before <= clock_timestamp()
               GROUP BY queue, priority ORDER BY priority"""
        )
        return [row[0] for row in cursor.fetchall()]
