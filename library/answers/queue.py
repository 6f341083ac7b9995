"""The queue of askings, as rows. Who takes one gets a lease; whoever lost it cannot write any more; a sweep gives what
the dead had to the living. Celery only wakes those who look here."""

import random
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from library.answers.kinds import State
from library.answers.models import Answer, Asking
from library.answers.questions import QUESTIONS

NEW, OTHER = 0, 1  # priorities
LEASE = 90.0  # seconds; longer than an endpoint may be silent in the middle of an answer
MOST_FAILURES = 4
MOST_WAITING = 500
_FIRST_PAUSE, _LONGEST_PAUSE = 8.0, 3_600.0
_SILENT = "the worker that had it fell silent"


class LeaseLost(Exception):
    """Another worker has this asking by now: nothing more may be written for it."""


@dataclass(slots=True)
class Taken:
    """An asking in our hands. `question` is the first that has no answer yet, from 1."""

    id: int
    paper_id: int
    kind: str
    language: str
    priority: int
    attempts: int
    question: int
    lease: str


def put(paper_id: int, kind: str, language: str, version: int, text_hash: bytes, priority: int) -> bool:
    """Adds an asking, unless the same one is open. False where it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO library_asking (paper_id, kind, language, version, text_hash, priority, state, question,
                                           draft, attempts, error, lease)
               VALUES (%s, %s, %s, %s, %s, %s, 'waiting', 0, '', 0, '', '') ON CONFLICT DO NOTHING""",
            [paper_id, kind, language, version, text_hash, priority],
        )
        return bool(cursor.rowcount)


def take(kind: str) -> Taken | None:
    """The most urgent asking of a kind whose time has come, leased to us."""
    lease = secrets.token_hex(8)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH chosen AS MATERIALIZED (
                SELECT id FROM library_asking
                WHERE state = 'waiting' AND kind = %s AND not_before <= clock_timestamp()
                ORDER BY priority, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            UPDATE library_asking asking SET state = 'running', lease = %s, draft = '',
                leased_until = clock_timestamp() + make_interval(secs => %s),
                question = 1 + (SELECT coalesce(max(answer.question), 0) FROM library_answer answer
                                WHERE answer.asking_id = asking.id)
            FROM chosen WHERE asking.id = chosen.id
            RETURNING asking.id, paper_id, kind, language, priority, attempts, question
            """,
            [kind, lease, LEASE],
        )
        row = cursor.fetchone()
    return Taken(*[*row, lease]) if row else None


def extend(taken: Taken, seconds: float) -> None:
    """The next step may take so long. Raises LeaseLost."""
    _update(taken, "leased_until = clock_timestamp() + make_interval(secs => %s)", seconds)


def begin(taken: Taken, question: int, seconds: float) -> None:
    """The question is being asked, and nothing has come yet. Raises LeaseLost."""
    _update(
        taken,
        "question = %s, draft = '', leased_until = clock_timestamp() + make_interval(secs => %s)",
        question, seconds,
    )  # fmt: skip


def keep_draft(taken: Taken, draft: str) -> None:
    """What has come so far, for readers to see it grow. Raises LeaseLost."""
    _update(taken, "draft = %s, leased_until = clock_timestamp() + make_interval(secs => %s)", draft, LEASE)


def keep(taken: Taken, answers: Iterable[Answer], *, is_last: bool) -> None:
    """Complete answers, in the transaction that moves the asking on. Raises LeaseLost."""
    rows = list(answers)
    with transaction.atomic():
        if is_last:
            _update(taken, "state = 'done', leased_until = NULL, draft = '', error = '', attempts = 0,"
                    " finished = clock_timestamp()")  # fmt: skip
        else:
            _update(taken, "draft = '', error = '', attempts = 0,"
                    " leased_until = clock_timestamp() + make_interval(secs => %s)", LEASE)  # fmt: skip
        Answer.objects.bulk_create(rows)
    taken.attempts = 0


def give_back(taken: Taken, seconds: float = 0.0, reason: str = "") -> None:
    """It goes on later, for no fault of its own. Raises LeaseLost."""
    _update(
        taken,
        """state = 'waiting', leased_until = NULL, draft = '', error = %s,
           not_before = clock_timestamp() + make_interval(secs => %s)""",
        reason, seconds,
    )  # fmt: skip


def fail(taken: Taken, reason: str, retry_after: float | None = None, *, for_good: bool = False) -> bool:
    """It failed: what was written of the answer is thrown away, and it is tried again later, or given up after too
    many failures in a row. True when given up. Raises LeaseLost."""
    gives_up = for_good or taken.attempts + 1 >= MOST_FAILURES
    _update(
        taken,
        """state = %s, attempts = attempts + 1, leased_until = NULL, draft = '', error = %s,
           not_before = clock_timestamp() + make_interval(secs => %s),
           finished = CASE WHEN %s THEN clock_timestamp() END""",
        State.FAILED.value if gives_up else State.WAITING.value, reason[:500].replace("\x00", "\ufffd"),
        0.0 if gives_up else pause(taken.attempts + 1, retry_after), gives_up,
    )  # fmt: skip
    return gives_up


def pause(failures: int, asked: float | None = None) -> float:
    """Seconds to the next try: three times as long each time, never less than the endpoint asked for, with jitter so
    that those who failed together do not come back together."""
    own = _FIRST_PAUSE * 3 ** min(failures - 1, 5) * random.uniform(0.75, 1.25)  # noqa: S311
    return min(max(own, asked or 0.0), _LONGEST_PAUSE)


def hold_back(kind: str, seconds: float) -> None:
    """The endpoint wants to be left alone: everybody waits, not only the one who was told."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE library_asking SET not_before =
                   greatest(not_before, clock_timestamp() + make_interval(secs => %s))
               WHERE state = 'waiting' AND kind = %s""",
            [min(seconds, _LONGEST_PAUSE), kind],
        )


def is_outranked(taken: Taken) -> bool:
    """Whether something more urgent waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT EXISTS (SELECT FROM library_asking WHERE state = 'waiting' AND kind = %s AND priority < %s
                              AND not_before <= clock_timestamp())""",
            [taken.kind, taken.priority],
        )
        return bool(cursor.fetchone()[0])


def ahead_of(asking: Asking) -> int:
    """How many askings come before one that waits. By an index over what is open."""
    is_open = Asking.objects.filter(kind=asking.kind, state__in=[State.WAITING, State.RUNNING])
    before = is_open.filter(priority=asking.priority, id__lt=asking.pk) | is_open.filter(priority__lt=asking.priority)
    return int((before | is_open.filter(state=State.RUNNING)).exclude(pk=asking.pk).count())


def is_full(kind: str) -> bool:
    return Asking.objects.filter(kind=kind, state=State.WAITING).count() >= MOST_WAITING


def sweep() -> int:
    """Returns askings whose lease has run out, counting it as a failure: one that kills its worker each time must end.
    The number returned."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE library_asking SET
                   state = CASE WHEN attempts + 1 >= %(most)s THEN 'failed' ELSE 'waiting' END,
                   finished = CASE WHEN attempts + 1 >= %(most)s THEN clock_timestamp() END,
                   attempts = attempts + 1, leased_until = NULL, lease = '', draft = '', error = %(reason)s,
                   not_before = clock_timestamp()
               WHERE state = 'running' AND leased_until < clock_timestamp()""",
            {"most": MOST_FAILURES, "reason": _SILENT},
        )
        return int(cursor.rowcount)


def revive(ids: Iterable[int]) -> int:
    """Lets askings that were given up go on where they stopped, those that have an open twin left out. The number
    revived."""
    return sum(_revived(asking_id) for asking_id in ids)


def _revived(asking_id: int) -> int:
    fresh = {"state": State.WAITING, "attempts": 0, "error": "", "finished": None, "not_before": Now()}
    try:
        with transaction.atomic():
            return int(Asking.objects.filter(pk=asking_id, state=State.FAILED).update(**fresh))
    except IntegrityError:  # the twin does the work
        return 0


def due_kinds() -> list[str]:
    """Kinds of which an asking's time has come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT kind FROM library_asking WHERE state = 'waiting' AND not_before <= clock_timestamp()"
        )
        return [row[0] for row in cursor.fetchall()]


def is_last(question: int) -> bool:
    return question >= len(QUESTIONS)


def _update(taken: Taken, change: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE library_asking SET {change} WHERE id = %s AND lease = %s AND state = 'running'",  # noqa: S608
            [*values, taken.id, taken.lease],
        )
        if cursor.rowcount == 0:
            raise LeaseLost(f"the lease of {taken.kind} {taken.id} has passed to another worker")
