"""The change log, read while transactions overlap."""

import threading

import pytest
from django.db import connection, transaction

from ingest.store import store
from papers import changes
from papers.changes import Watermark
from papers.models import Change
from tests.search.conftest import papers, put, settle

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_transaction_that_commits_late_is_not_skipped() -> None:
    """Another session takes its place in the log first and commits last."""
    first, second = papers()[:1], papers()[1:2]
    logged, finish = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:  # not through the store, which lets only one writer in
                cursor.execute("INSERT INTO papers_change (paper_id, kind, transaction) "
                               "VALUES (77, 'I', pg_current_xact_id()::text::bigint)")  # fmt: skip
            logged.set()
            assert finish.wait(30)
        connection.close()

    other = threading.Thread(target=slow)
    other.start()
    assert logged.wait(30)
    put(*first)
    seen, mark = changes.after(Watermark(), 100)
    assert seen == []  # it is committed, but an older transaction may still write before it
    assert changes.waiting(mark) == 1
    finish.set()
    other.join()
    put(*second)
    settle()
    seen, mark = changes.after(mark, 100)
    assert len(seen) == 3
    assert 77 in seen
    assert changes.after(mark, 100)[0] == []


def test_reading_in_small_steps_loses_and_doubles_nothing() -> None:
    put(*papers())
    settle()
    mark, seen = Watermark(), []
    while True:
        step, mark = changes.after(mark, 2)
        if not step:
            break
        seen += step
    assert sorted(seen) == sorted(Change.objects.values_list("paper_id", flat=True))


def test_a_rolled_back_change_leaves_no_row() -> None:
    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():
        store(papers())
        raise Undo
    assert not Change.objects.exists()


def test_a_watermark_ahead_of_the_server_is_from_another_one() -> None:
    put(*papers())
    settle()
    _, mark = changes.after(Watermark(), 100)
    assert not changes.is_from_another_server(mark)
    assert changes.is_from_another_server(Watermark(mark.transaction + 1_000_000, 1))
