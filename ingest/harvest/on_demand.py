"""Papers that a reader asked for by id and that were not here: arXiv's API is asked at once, many ids in one call."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from ingest import clock, jobs, store
from ingest.combine import brief
from ingest.harvest import state
from ingest.http.client import fetch
from ingest.jobs import Taken, Wanted
from ingest.models import Job, Queue
from ingest.sources import arxiv_api
from papers.identifiers import may_exist
from papers.wanted import Wish, WishState

SOURCE = "arxiv-api"
KIND = "arxiv-id"
FOUND, MISSING = "found", "arXiv does not know it"
MOST_WAITING = 300  # a reader, or a robot, must not have us ask arXiv for everything
_BELIEVED = timedelta(hours=6)  # a paper that arXiv did not know may be announced any day
_PAUSE = timedelta(minutes=10)


def wish(ids: Sequence[str]) -> dict[str, Wish]:
    """Has arXiv asked for papers, by their ids, and tells how far each is."""
    if not settings.CONTACT or not state.is_enabled(SOURCE):
        return dict.fromkeys(ids, Wish(WishState.OFF))
    known = {row.key: row for row in Job.objects.filter(kind=KIND, key__in=ids).order_by("id")}
    told = {name: _told(name, known.get(name)) for name in ids}
    fresh = [name for name, answer in told.items() if answer is None]
    room = MOST_WAITING - Job.objects.filter(kind=KIND, state__in=["waiting", "running"]).count()
    if jobs.enqueue(Wanted(KIND, name, Queue.DEMAND, {}) for name in fresh[: max(room, 0)]):
        transaction.on_commit(_wake)
    return {
        name: answer or Wish(WishState.WAITING if name in fresh[: max(room, 0)] else WishState.BUSY)
        for name, answer in told.items()
    }


def _wake() -> None:
    from ingest import tasks  # it imports what does the work, and so this module

    tasks.wake(Queue.DEMAND)


def _told(name: str, job: Job | None) -> Wish | None:
    """What is known of a wish already; None where arXiv is to be asked."""
    if not may_exist(name, clock.now().date()):
        return Wish(WishState.MISSING)
    if job is None:
        return None
    if job.state in {Job.State.WAITING, Job.State.RUNNING}:
        return Wish(
            WishState.WAITING, job.error if job.attempts else "", int((clock.now() - job.created).total_seconds())
        )
    age = clock.now() - (job.finished or job.created)
    if job.state == Job.State.DEAD:
        return Wish(WishState.FAILED, job.error) if age < _PAUSE else None
    return Wish(WishState.MISSING) if job.error == MISSING and age < _BELIEVED else None


def run(batch: Sequence[Taken]) -> None:
    """Asks for up to arxiv_api.MOST_IDS papers at once."""
    address = arxiv_api.address([job.key for job in batch])
    answer = arxiv_api.parse(fetch(address).body, clock.now().date(), address)
    found = {record.source_id: record for record in answer.records}
    wanted = {job.key: found.get(job.key) for job in batch}
    with transaction.atomic():
        store.set_aside(SOURCE, answer.faults)
        store.store([record for record in wanted.values() if record], brief)
        for job in batch:
            jobs.finish(job, FOUND if wanted[job.key] else MISSING)
        state.succeeded(SOURCE)
