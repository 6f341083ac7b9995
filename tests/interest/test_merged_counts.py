"""Counts when two papers become one, and when they part again."""

from dataclasses import replace
from datetime import date
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from ingest import merging
from ingest.models import Merge
from papers import interest
from papers.interest import Counts, Kind
from papers.models import InterestDay, Paper
from papers.readers import reader
from papers.record import Author, PaperRecord
from tests.search.conftest import put

pytestmark = pytest.mark.django_db(transaction=True)

DAY, NEXT = date(2025, 3, 18), date(2025, 3, 19)
PREPRINT = PaperRecord("arxiv", "1803.00001", "One title of a preprint", (Author("Ada Writer", "Writer", "Ada"),))
PUBLISHED = PaperRecord("acl", "P18-0001", "Another title in print", (Author("Bo Reader", "Reader", "Bo"),))


@pytest.fixture(autouse=True)
def two_papers_that_readers_opened() -> None:
    put(PREPRINT)
    put(PUBLISHED)
    for number, (key, kind, day) in enumerate(
        [
            ("1803.00001", Kind.PDF, DAY), ("1803.00001", Kind.PDF, DAY), ("P18-0001@ACL", Kind.PDF, DAY),
            ("1803.00001", Kind.STAR, NEXT), ("P18-0001@ACL", Kind.OPEN, NEXT), ("P18-0001@ACL", Kind.STAR, NEXT),
        ]
    ):  # fmt: skip
        assert interest.count(key, kind, reader(f"192.0.2.{number}", "Firefox"), day)


def merge() -> None:
    put(replace(PREPRINT, same_as=("acl:P18-0001",)))
    assert Paper.objects.count() == 1


def counts(key: str) -> Counts:
    paper_id = Paper.objects.get(key=key).pk
    return interest.counts_of([paper_id]).get(paper_id, Counts())


def days() -> dict[date, tuple[int, ...]]:
    rows = InterestDay.objects.filter(paper__key="1803.00001")
    return {day: tuple(found) for day, *found in rows.values_list("day", "pdf", "stars", "opens")}


def test_two_papers_that_become_one_bring_their_counts_together() -> None:
    merge()
    assert counts("1803.00001") == Counts(pdf=3, stars=2, opens=1)
    assert days() == {DAY: (3, 0, 0), NEXT: (0, 2, 1)}


def test_a_merge_undone_leaves_the_counts_with_the_paper_that_was_kept() -> None:
    kept = Paper.objects.get(key="1803.00001").pk
    merge()
    merging.undo(Merge.objects.get().pk, "a test")
    assert Paper.objects.get(key="1803.00001").pk == kept
    assert counts("1803.00001") == Counts(pdf=3, stars=2, opens=1)
    assert counts("P18-0001@ACL") == Counts()


def test_a_merge_done_again_counts_nothing_twice() -> None:
    merge()
    merging.undo(Merge.objects.get().pk, "a test")
    interest.count("P18-0001@ACL", Kind.PDF, reader("203.0.113.1", "Firefox"), NEXT)
    merging.redo(Merge.objects.get().pk)
    assert counts("1803.00001") == Counts(pdf=4, stars=2, opens=1)


def test_a_paper_that_nobody_opened_adds_nothing() -> None:
    put(replace(PUBLISHED, source_id="P18-0002", title="A third title in print"))
    put(replace(PREPRINT, same_as=("acl:P18-0002",)))
    assert Paper.objects.count() == 2
    assert counts("1803.00001") == Counts(pdf=2, stars=1)


def test_a_reader_who_comes_during_a_merge_breaks_neither() -> None:
    """The count waits until the paper is gone, and then counts nothing."""
    kept, gone = Paper.objects.get(key="1803.00001"), Paper.objects.get(key="P18-0001@ACL")
    counted: list[bool] = []
    started = Event()

    def late() -> None:
        started.set()
        counted.append(interest.count("P18-0001@ACL", Kind.ANSWERS, reader("203.0.113.1", "Firefox"), NEXT))
        connection.close()

    thread = Thread(target=late)
    with transaction.atomic():
        interest.add_up(kept.pk, gone.pk)
        thread.start()
        started.wait()
        gone.delete()
    thread.join()
    assert counted == [False]
    assert counts("1803.00001") == Counts(pdf=3, stars=2, opens=1)
