"""Counts in the database: once a day, hard to push up, and nothing kept by which anybody could be known again."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from papers import day_key, interest
from papers.interest import DAILY, READERS, Counts, Kind
from papers.models import Allowance, DaySalt, InterestDay, Opening, Paper
from papers.readers import Reader, reader
from papers.tasks import forget_readers
from tests.search.conftest import papers, put

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2025, 3, 18)
KEY = "2503.00001"
ADA, BO = reader("192.0.2.1", "Firefox"), reader("198.51.100.2", "Chrome")


@pytest.fixture(autouse=True)
def stored() -> None:
    put(*papers())


def counts(key: str = KEY) -> Counts:
    paper_id = Paper.objects.get(key=key).pk
    return interest.counts_of([paper_id]).get(paper_id, Counts())


def of_day(day: date, key: str = KEY) -> tuple[int, ...]:
    return tuple(InterestDay.objects.filter(paper__key=key, day=day).values_list(*interest.COLUMNS).first() or ())


def test_a_reader_counts_once_a_day_for_each_way_of_opening() -> None:
    assert [interest.count(KEY, kind, ADA, DAY) for kind in Kind] == [True] * 5
    assert [interest.count(KEY, kind, ADA, DAY) for kind in Kind] == [False] * 5
    assert counts() == Counts(pdf=1, answers=1, related=1, stars=1, opens=1)


def test_every_kind_has_a_count_of_its_own() -> None:
    for kind, name in zip(Kind, ("pdf", "answers", "related", "stars", "opens"), strict=True):
        interest.count(KEY, kind, reader(f"192.0.2.{len(name)}", "Firefox"), DAY)
        assert getattr(counts(), name) == 1


def test_another_reader_another_paper_and_another_day_count_again() -> None:
    assert interest.count(KEY, Kind.PDF, ADA, DAY)
    assert interest.count(KEY, Kind.PDF, BO, DAY)
    assert interest.count("2503.00002", Kind.PDF, ADA, DAY)
    assert interest.count(KEY, Kind.PDF, ADA, DAY + timedelta(days=1))
    assert counts().pdf == 3
    assert (of_day(DAY), of_day(DAY + timedelta(days=1))) == ((2, 0, 0, 0, 0), (1, 0, 0, 0, 0))


def test_a_paper_that_is_not_here_leaves_nothing() -> None:
    assert not interest.count("2503.99999", Kind.PDF, ADA, DAY)
    assert (Opening.objects.count(), Allowance.objects.count(), InterestDay.objects.count()) == (0, 0, 0)


def test_a_list_of_counts_is_one_query(django_assert_num_queries: Any) -> None:
    interest.count(KEY, Kind.PDF, ADA, DAY)
    ids = list(Paper.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert list(interest.counts_of(ids).values()) == [Counts(pdf=1)]


def test_a_count_is_two_queries(django_assert_num_queries: Any) -> None:
    interest.count(KEY, Kind.PDF, ADA, DAY)
    with django_assert_num_queries(2):
        interest.count(KEY, Kind.PDF, BO, DAY)


def test_a_star_of_the_day_is_taken_back_and_can_be_given_again() -> None:
    interest.count(KEY, Kind.STAR, ADA, DAY)
    interest.count(KEY, Kind.STAR, BO, DAY)
    assert interest.take_back_star(KEY, ADA, DAY)
    assert not interest.take_back_star(KEY, ADA, DAY)
    assert (counts().stars, of_day(DAY)) == (1, (0, 0, 0, 1, 0))
    assert interest.count(KEY, Kind.STAR, ADA, DAY)
    assert counts().stars == 2


def test_nobody_takes_back_what_they_did_not_give_that_day() -> None:
    interest.count(KEY, Kind.STAR, ADA, DAY)
    interest.count(KEY, Kind.PDF, BO, DAY)
    assert not interest.take_back_star(KEY, BO, DAY)
    assert not interest.take_back_star(KEY, ADA, DAY + timedelta(days=1))
    assert counts() == Counts(pdf=1, stars=1)


def test_changed_browsers_behind_one_address_soon_count_no_more() -> None:
    done = [interest.count(KEY, Kind.STAR, reader("192.0.2.1", f"Browser {n}"), DAY) for n in range(50)]
    assert (sum(done), counts().stars) == (READERS, READERS)
    assert interest.count(KEY, Kind.STAR, reader("192.0.2.9", "Browser 1"), DAY)


def test_changed_ipv6_networks_of_one_party_soon_count_no_more() -> None:
    done = [interest.count(KEY, Kind.PDF, reader(f"2001:db8:7:{n:x}::1", "Firefox"), DAY) for n in range(50)]
    assert sum(done) == READERS


def test_who_finds_all_places_taken_uses_no_allowance_up() -> None:
    for n in range(50):
        interest.count(KEY, Kind.PDF, reader("192.0.2.1", f"Browser {n}"), DAY)
    assert Allowance.objects.get().used == READERS


def test_an_address_has_so_many_counts_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interest, "DAILY", 3)
    ways = [(paper.key, kind) for paper in Paper.objects.order_by("key") for kind in Kind]
    assert sum(interest.count(key, kind, ADA, DAY) for key, kind in ways) == 3
    assert Opening.objects.count() == 3
    assert interest.count(KEY, Kind.PDF, BO, DAY)
    assert interest.count(KEY, Kind.PDF, ADA, DAY + timedelta(days=1))


def test_the_allowance_leaves_room_for_a_university() -> None:
    assert DAILY >= 100 * 20


def test_no_row_holds_an_address_a_browser_or_the_same_hash_twice() -> None:
    for key in (KEY, "2503.00002"):
        for kind in (Kind.PDF, Kind.STAR):
            interest.count(key, kind, ADA, DAY)
    rows = Opening.objects.values_list("place", "readers")
    hashes = [bytes(each) for place, readers in rows for each in (place, *readers)]
    assert len(hashes) == len(set(hashes)) == 8
    told = b"".join(hashes) + b"".join(bytes(row.site) for row in Allowance.objects.all())
    assert not any(text.encode() in told for text in (ADA.site, "Firefox", KEY))


def test_salts_and_hashes_go_when_their_day_is_over() -> None:
    interest.count(KEY, Kind.PDF, ADA, DAY)
    assert day_key.forget(DAY) == 0
    assert day_key.forget(DAY + timedelta(days=1)) == 3
    assert (DaySalt.objects.count(), Opening.objects.count(), Allowance.objects.count()) == (0, 0, 0)
    assert counts().pdf == 1


def test_the_task_forgets_what_was_kept_of_yesterday(monkeypatch: pytest.MonkeyPatch) -> None:
    interest.count(KEY, Kind.PDF, ADA, DAY)
    monkeypatch.setattr(day_key, "today", lambda: DAY + timedelta(days=1))
    assert forget_readers() == 3


def test_without_beat_the_first_count_of_a_day_forgets_the_day_before() -> None:
    interest.count(KEY, Kind.PDF, ADA, DAY)
    interest.count(KEY, Kind.PDF, ADA, DAY + timedelta(days=1))
    assert list(DaySalt.objects.values_list("day", flat=True)) == [DAY + timedelta(days=1)]
    assert set(Opening.objects.values_list("day", flat=True)) == {DAY + timedelta(days=1)}


def test_a_day_that_is_over_gets_no_second_salt() -> None:
    interest.count(KEY, Kind.PDF, ADA, DAY + timedelta(days=1))
    assert day_key.day_key(DAY) is None
    assert not interest.count(KEY, Kind.PDF, BO, DAY)
    assert not interest.take_back_star(KEY, BO, DAY)
    assert counts().pdf == 1


def test_hashes_of_two_days_have_nothing_in_common() -> None:
    found: list[set[bytes]] = []
    for day in (DAY, DAY + timedelta(days=1)):
        interest.count(KEY, Kind.PDF, ADA, day)
        row = Opening.objects.get(day=day)
        found.append({bytes(row.place), *map(bytes, row.readers), bytes(Allowance.objects.get(day=day).site)})
    assert len(found[0]) == len(found[1]) == 3
    assert not found[0] & found[1]


def test_the_database_alone_does_not_hold_the_key(settings: Any) -> None:
    before = day_key.day_key(DAY)
    settings.SECRET_KEY = "another"
    assert day_key.day_key(DAY) not in (None, before)


def test_a_restart_neither_loses_nor_doubles_counts() -> None:
    interest.count(KEY, Kind.PDF, ADA, DAY)
    connection.close()  # nothing is kept in the process
    assert not interest.count(KEY, Kind.PDF, ADA, DAY)
    assert counts().pdf == 1


AT_ONCE = 6  # the pool has eight connections


def closing(done: Callable[[int], bool], number: int) -> bool:
    try:
        return done(number)
    finally:
        connection.close()


def at_once(done: Callable[[int], bool], times: int) -> list[bool]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda number: closing(done, number), range(times)))


def side_by_side(who: list[Reader]) -> list[bool]:
    """Counts AT_ONCE readers of one site who all see the paper as it was before any of them: each waits for the site's
    row until all wait."""
    interest.count("2503.00002", Kind.PDF, who[0], DAY)  # makes the row
    with ThreadPoolExecutor(AT_ONCE) as pool:
        with transaction.atomic():
            Allowance.objects.select_for_update().get()
            running = [
                pool.submit(closing, lambda n: interest.count(KEY, Kind.PDF, who[n], DAY), n) for n in range(AT_ONCE)
            ]
            until_all_wait()
        return [each.result() for each in running]


def until_all_wait() -> None:
    for _attempt in range(600):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the same activity all the time
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if cursor.fetchone()[0] == AT_ONCE:
                return
        time.sleep(0.05)
    raise AssertionError("they never waited for each other")


def test_racing_requests_of_one_reader_count_once() -> None:
    assert sum(side_by_side([ADA] * AT_ONCE)) == 1
    assert (counts().pdf, of_day(DAY), len(Opening.objects.first().readers)) == (1, (1, 0, 0, 0, 0), 1)


def test_racing_browsers_get_no_more_places_than_there_are() -> None:
    for number in range(READERS - 2):
        interest.count(KEY, Kind.PDF, reader(ADA.site, f"Earlier {number}"), DAY)
    assert sum(side_by_side([reader(ADA.site, f"Browser {n}") for n in range(AT_ONCE)])) == 2
    assert counts().pdf == READERS


def test_racing_readers_of_one_site_do_not_pass_its_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interest, "DAILY", 3)
    assert sum(side_by_side([reader(ADA.site, f"Browser {n}") for n in range(AT_ONCE)])) == 2
    assert (counts().pdf, Allowance.objects.get().used) == (2, 3)


def test_racing_readers_all_count() -> None:
    readers = [reader(f"192.0.2.{n}", "Firefox") for n in range(40)]
    assert all(at_once(lambda n: interest.count(KEY, Kind.PDF, readers[n], DAY), 40))
    assert (counts().pdf, of_day(DAY)[0]) == (40, 40)
    assert DaySalt.objects.count() == 1


def test_racing_stars_and_take_backs_end_where_they_should() -> None:
    def turn(number: int) -> bool:
        return interest.count(KEY, Kind.STAR, ADA, DAY) if number % 2 else interest.take_back_star(KEY, ADA, DAY)

    done = at_once(turn, 60)
    given, taken = sum(done[1::2]), sum(done[0::2])
    assert given - taken in (0, 1)
    assert counts().stars == given - taken == sum(len(row.readers) for row in Opening.objects.all())


def test_a_reader_of_nowhere_counts_like_any_other() -> None:
    assert interest.count(KEY, Kind.PDF, Reader("", "\x00Firefox"), DAY)
