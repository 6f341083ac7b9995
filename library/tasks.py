"""Celery tasks of the library. They only wake the work up: what there is to do stands in PostgreSQL, so a lost or
doubled message changes nothing."""

import logging
import time

from celery import shared_task
from kombu.exceptions import OperationalError

from library.answers import endpoint, queue
from library.answers import work as answers
from library.answers.kinds import Kind

LONGEST = 120.0  # seconds of one message's work
log = logging.getLogger(__name__)


@shared_task(name="library.tick", ignore_result=True, expires=20)
def tick() -> None:
    """Returns the askings of the dead, and wakes the workers where something is due."""
    queue.sweep()
    for kind in queue.due_kinds():
        wake(kind)


@shared_task(name="library.answer", ignore_result=True, expires=60)
def answer() -> int:
    """Has a language model answer what waits, for a while."""
    return answers.work(Kind.WRITTEN, time.monotonic() + LONGEST)


# Where the encoder is loaded already.
@shared_task(name="library.extract", ignore_result=True, expires=60)
def extract() -> int:
    """Chooses key sentences for what waits, for a while."""
    return answers.work(Kind.EXTRACTED, time.monotonic() + LONGEST)


def wake(kind: str) -> None:
    """Tells a worker that there is work. Without a broker the next tick will."""
    if kind == Kind.WRITTEN and not endpoint.is_there():
        return  # nobody serves that queue
    try:
        (answer if kind == Kind.WRITTEN else extract).apply_async(retry=False)
    except (OperationalError, OSError) as error:
        log.warning("no worker could be woken: %s", error)
