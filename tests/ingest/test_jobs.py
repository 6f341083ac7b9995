"""Work as rows: nothing is done twice at once, nothing is lost, the urgent comes first."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from ingest import jobs
from ingest.jobs import LeaseLost, Wanted
from ingest.models import Job, Queue

pytestmark = pytest.mark.django_db


def add(key: str, queue: Queue = Queue.VENUES, after: float = 0.0) -> int:
    return jobs.enqueue([Wanted("edition", key, queue, {"edition": key}, after)])


def run_out() -> None:
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def test_the_urgent_comes_first_and_the_old_before_the_new() -> None:
    add("history", Queue.HISTORY)
    add("venue 1")
    add("venue 2")
    add("today", Queue.TODAY)
    add("demand", Queue.DEMAND)
    assert [jobs.take()[0].key for _ in range(5)] == ["demand", "today", "venue 1", "venue 2", "history"]
    assert jobs.take() == []


def test_open_work_is_not_added_twice_and_done_work_can_be_again() -> None:
    assert [add("x"), add("x")] == [1, 0]
    job = jobs.take()[0]
    assert add("x") == 0
    jobs.finish(job)
    assert add("x") == 1


def test_a_job_for_later_is_not_taken_now() -> None:
    add("x", after=60)
    assert jobs.take() == []


def test_who_lost_the_lease_can_store_nothing() -> None:
    add("x")
    first = jobs.take()[0]
    run_out()
    assert jobs.sweep() == 1
    second = jobs.take()[0]
    with pytest.raises(LeaseLost), transaction.atomic():
        add("stored beside it")
        jobs.advance(first, {"page": 1})
    assert not Job.objects.filter(key="stored beside it").exists()
    jobs.advance(second, {"page": 2})
    assert Job.objects.get().progress == {"page": 2}


def test_progress_survives_the_worker() -> None:
    add("x")
    jobs.advance(jobs.take()[0], {"page": 7})
    run_out()
    jobs.sweep()
    assert jobs.take()[0].progress == {"page": 7}


def test_a_living_lease_is_not_swept() -> None:
    add("x")
    jobs.take()
    assert jobs.sweep() == 0


def test_a_failed_job_waits_longer_each_time_and_is_given_up_in_the_end() -> None:
    add("x")
    waits = []
    for _ in range(jobs.MOST_FAILURES[Queue.VENUES]):
        job = jobs.take()[0]
        dead = jobs.fail(job, "the host answers 500")
        row = Job.objects.get()
        waits.append((row.not_before - timezone.now()).total_seconds())
        Job.objects.update(not_before=timezone.now())
    assert dead
    assert row.state == Job.State.DEAD
    assert waits[0] < 31 < 60 < waits[4]
    assert jobs.take() == []


def test_retry_after_is_honoured() -> None:
    add("x")
    jobs.fail(jobs.take()[0], "busy", 5_000)
    assert Job.objects.get().not_before > timezone.now() + timedelta(seconds=4_900)


def test_success_forgets_earlier_failures() -> None:
    add("x")
    jobs.fail(jobs.take()[0], "busy")
    Job.objects.update(not_before=timezone.now())
    jobs.advance(jobs.take()[0], {"page": 1})
    assert Job.objects.get().attempts == 0


def test_a_job_that_kills_its_workers_ends() -> None:
    add("x")
    for _ in range(25):
        jobs.take()
        run_out()
        jobs.sweep()
    assert Job.objects.get().state == Job.State.DEAD


def test_the_dead_can_be_tried_again_unless_a_twin_is_open() -> None:
    add("x")
    jobs.fail(jobs.take()[0], "gone", for_good=True)
    dead = Job.objects.get()
    assert jobs.retry([dead.pk]) == 1
    jobs.fail(jobs.take()[0], "gone", for_good=True)
    add("x")
    assert jobs.retry([dead.pk]) == 0


def test_what_was_done_long_ago_is_forgotten_and_the_dead_are_not() -> None:
    for key in ("done", "dead", "open"):
        add(key)
    jobs.finish(jobs.take(keys=["done"])[0])
    jobs.fail(jobs.take(keys=["dead"])[0], "gone", for_good=True)
    Job.objects.exclude(key="open").update(finished=timezone.now() - timedelta(days=20))
    assert jobs.forget() == 1
    assert set(Job.objects.values_list("key", flat=True)) == {"dead", "open"}


def test_a_job_knows_that_something_more_urgent_waits() -> None:
    add("venue")
    job = jobs.take()[0]
    assert not jobs.is_outranked(job)
    add("history", Queue.HISTORY)
    assert not jobs.is_outranked(job)
    add("later", Queue.DEMAND, after=60)
    assert not jobs.is_outranked(job)
    add("reader", Queue.DEMAND)
    assert jobs.is_outranked(job)


def test_one_job_is_one_however_the_database_plans_the_query() -> None:
    jobs.enqueue(Wanted("edition", str(number), Queue.VENUES, {}) for number in range(50))
    with connection.cursor() as cursor:
        for way in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert len(jobs.take(limit=1)) == 1
    assert len(jobs.take(limit=7)) == 7
    assert Job.objects.filter(state="running").count() == 8


@pytest.mark.django_db(transaction=True)
def test_racing_workers_share_the_jobs_without_a_double() -> None:
    jobs.enqueue(Wanted("edition", str(number), Queue.VENUES, {}) for number in range(200))
    taken: list[int] = []

    def race() -> None:
        while found := jobs.take():
            taken.extend(job.id for job in found)
        connection.close()

    racers = [threading.Thread(target=race) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert len(taken) == len(set(taken)) == 200
