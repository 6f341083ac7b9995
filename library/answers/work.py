"""Takes askings and does them: the one place that knows what a failure means."""

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection

from library.answers import endpoint, extractive, queue, writing
from library.answers.failures import Busy, NoAnswer
from library.answers.kinds import Kind
from library.answers.material import NothingToRead
from library.answers.queue import LeaseLost, Taken
from papers.full_texts import NotNow

log = logging.getLogger(__name__)
_DOES: dict[str, Callable[[Taken], None]] = {
    Kind.WRITTEN: writing.write,
    Kind.EXTRACTED: extractive.extract,
}
_HELD = 30.0  # seconds that a busy endpoint is left alone, where it does not say how long


def work(kind: str, until: float) -> int:
    """Does askings of a kind, the most urgent first, until none is due or `until` (time.monotonic()) has come. How many
    it took. Without an endpoint nothing is written."""
    if kind == Kind.WRITTEN and not endpoint.is_there():
        return 0
    queue.sweep()
    done = 0
    while time.monotonic() < until and (taken := queue.take(kind)):
        done += 1
        do(taken)
    return done


def do(taken: Taken) -> None:
    """No failure of an asking gets out, except that of the database."""
    try:
        _DOES[taken.kind](taken)
    except LeaseLost as lost:
        log.warning("%s", lost)
    except (DatabaseError, InterfaceError):
        # The lease runs out by itself; the server may be gone, so nothing can be written now.
        connection.close()
        raise
    except Busy as busy:
        queue.hold_back(taken.kind, busy.retry_after or _HELD)
        _fail(taken, busy.reason, busy.retry_after)
    except (NoAnswer, NotNow) as error:
        _fail(taken, error.reason, error.retry_after)
    except NothingToRead as error:
        _fail(taken, str(error), for_good=True)
    except Exception as error:  # a fault of ours: this one waits for its next try, the others go on
        log.exception("asking %s", taken.id)
        _fail(taken, f"{type(error).__name__}: {error}")


def _fail(taken: Taken, reason: str, retry_after: float | None = None, *, for_good: bool = False) -> None:
    try:
        gave_up = queue.fail(taken, reason, retry_after, for_good=for_good)
    except LeaseLost as lost:
        log.warning("%s", lost)
        return
    log.warning(
        "asking %s of paper %s %s: %s", taken.id, taken.paper_id, "was given up" if gave_up else "failed", reason
    )
