"""Takes jobs and does them: the one place that knows which function does which kind, and what a failure means."""

import logging
import time
from collections.abc import Callable, Iterable

from django.db import DatabaseError, InterfaceError, connection, transaction

from ingest import jobs, store
from ingest.harvest import announcements, oai, on_demand, proceedings, state
from ingest.http.client import NoContact
from ingest.http.errors import FetchFailed
from ingest.items import SetAside
from ingest.jobs import LeaseLost, Taken
from ingest.sources import arxiv_api
from ingest.sources.oai_pmh import OaiError
from ingest.sources.source import NotThisPage

log = logging.getLogger(__name__)

_DOES: dict[str, Callable[[Taken], None]] = {
    announcements.PROBE: announcements.probe,
    announcements.ARCHIVE: announcements.archive,
    announcements.CATEGORY: announcements.category,
    oai.KIND: oai.run,
    proceedings.EDITION: proceedings.edition,
    proceedings.DETAILS: proceedings.details,
}
KINDS = (*_DOES, on_demand.KIND)


def work(until: float, kinds: Iterable[str] = KINDS, queues: Iterable[str] = ()) -> int:
    """Does jobs, the most urgent first, until none is due or `until` (time.monotonic()) has come. How many it took."""
    done = 0
    while time.monotonic() < until and (taken := jobs.take(kinds, queues)):
        batch = [*taken, *_more_of(taken[0])]
        done += len(batch)
        do(batch)
    return done


def do(batch: list[Taken]) -> None:
    """One job, or several that one call answers. No failure of a job gets out, except that of the database."""
    try:
        _run(batch)
    except LeaseLost as lost:
        log.warning("%s", lost)
    except NoContact:
        _each(batch, lambda job: jobs.give_back(job, 600))
    except (DatabaseError, InterfaceError):
        # The lease runs out by itself; the server may be gone, so nothing can be written now.
        connection.close()
        raise
    except (FetchFailed, NotThisPage, OaiError) as error:
        _failed(batch, error)
    except Exception as error:  # a fault of ours: the job waits for the next try, the others go on
        log.exception("%s %s", batch[0].kind, batch[0].key)
        _failed(batch, error)


def source_of(job: Taken) -> str:
    """The name under which a job's source is judged."""
    if job.kind == on_demand.KIND:
        return on_demand.SOURCE
    if job.kind == oai.KIND:
        return str(job.payload["base"])
    return str(job.payload.get("source", announcements.SOURCE))


def _run(batch: list[Taken]) -> None:
    if batch[0].kind == on_demand.KIND:
        on_demand.run(batch)
    else:
        _DOES[batch[0].kind](batch[0])


def _more_of(job: Taken) -> list[Taken]:
    return jobs.take([on_demand.KIND], limit=arxiv_api.MOST_IDS - 1) if job.kind == on_demand.KIND else []


def _failed(batch: list[Taken], error: Exception) -> None:
    told = error if isinstance(error, FetchFailed) else None
    reason = told.reason if told else f"{type(error).__name__}: {error}"
    if isinstance(error, NotThisPage):
        reason = str(error)
    state.failed(source_of(batch[0]), reason)
    for job in batch:
        with transaction.atomic():
            _fail(job, reason, told)


def _fail(job: Taken, reason: str, told: FetchFailed | None) -> None:
    try:
        dead = jobs.fail(job, reason, told.retry_after if told else None)
    except LeaseLost as lost:
        log.warning("%s", lost)
        return
    if dead:
        store.set_aside(source_of(job), [SetAside(f"{job.kind} {job.key}", 0, reason)])


def _each(batch: list[Taken], does: Callable[[Taken], None]) -> None:
    for job in batch:
        try:
            does(job)
        except LeaseLost as lost:
            log.warning("%s", lost)
