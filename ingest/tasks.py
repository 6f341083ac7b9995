"""Celery tasks of ingest. They only wake the work up: what there is to do stands in PostgreSQL, so a lost or doubled
message changes nothing."""

import logging
import time

from celery import shared_task
from kombu.exceptions import OperationalError

from ingest import checks, jobs
from ingest.harvest import schedule
from ingest.harvest import work as harvest
from ingest.models import Queue

LONGEST = 120.0  # seconds of one message's work
log = logging.getLogger(__name__)


@shared_task(name="ingest.tick", ignore_result=True, expires=30)
def tick() -> int:
    """Returns the jobs of the dead, adds what is due, and wakes the workers."""
    jobs.sweep()
    added = schedule.tick()
    for queue in jobs.due_queues():
        wake(queue)
    return added


@shared_task(name="ingest.work", ignore_result=True, expires=60)
def work() -> int:
    """Does jobs of any queue, the most urgent first, for a while."""
    return harvest.work(time.monotonic() + LONGEST)


@shared_task(name="ingest.check", ignore_result=True, expires=300)
def check() -> None:
    """Compares what was announced with what is here; forgets jobs that were done long ago."""
    checks.check()
    jobs.forget()


def wake(queue: str) -> None:
    """Tells a worker that there is work. Without a broker the next tick will."""
    try:
        work.apply_async(queue=Queue(queue).value, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("no worker could be woken: %s", error)
