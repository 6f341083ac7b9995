"""Celery only knocks."""

from typing import Any

import pytest
from kombu.exceptions import OperationalError

from ingest import jobs, tasks
from ingest.harvest import announcements
from ingest.models import Job, Queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    queues: list[str] = []
    monkeypatch.setattr(tasks.work, "apply_async", lambda queue, retry: queues.append(queue))
    return queues


def test_a_tick_wakes_a_worker_for_each_queue_in_which_something_is_due(woken: list[str]) -> None:
    for queue in (Queue.HISTORY, Queue.DEMAND, Queue.VENUES):
        jobs.enqueue([jobs.Wanted("edition", queue.value, queue, {})])
    jobs.enqueue([jobs.Wanted("edition", "later", Queue.TODAY, {}, after=600)])
    tasks.tick()
    assert woken == ["demand", "venues", "history"]


def test_a_tick_returns_the_jobs_of_the_dead(woken: list[str]) -> None:
    jobs.enqueue([jobs.Wanted("edition", "x", Queue.VENUES, {})])
    jobs.take()
    Job.objects.update(leased_until="2000-01-01T00:00:00Z")
    tasks.tick()
    assert Job.objects.get().state == "waiting"
    assert woken == ["venues"]


def test_without_a_contact_a_tick_adds_nothing(woken: list[str]) -> None:
    assert tasks.tick() == 0
    assert not Job.objects.exists()


def test_with_a_contact_it_adds_what_is_due(woken: list[str], settings: Any) -> None:
    settings.CONTACT = "tests@example.org"
    assert tasks.tick() > 0
    assert Job.objects.exclude(kind=announcements.PROBE).exists()
    assert tasks.tick() == 0


def test_without_a_broker_the_next_tick_knocks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(**options: Any) -> None:
        raise OperationalError("nobody listens")

    monkeypatch.setattr(tasks.work, "apply_async", down)
    jobs.enqueue([jobs.Wanted("edition", "x", Queue.VENUES, {})])
    tasks.tick()
    assert Job.objects.get().state == "waiting"


def test_a_check_forgets_what_was_done_long_ago() -> None:
    jobs.enqueue([jobs.Wanted("edition", "x", Queue.VENUES, {})])
    jobs.finish(jobs.take()[0])
    Job.objects.update(finished="2000-01-01T00:00:00Z")
    tasks.check()
    assert not Job.objects.exists()
