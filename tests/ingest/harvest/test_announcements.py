"""From arXiv's feeds to the lists of a day."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ingest import clock, jobs
from ingest.harvest import announcements, schedule, work
from ingest.models import AnnouncedList, Job, SetAside
from papers import listings
from papers.listings import selection
from papers.models import Listing, Paper, Record
from tests.ingest.harvest.feeds import atom, entry
from tests.ingest.http.scripted import Script

DAY = date(2025, 8, 20)  # a Wednesday
AT_FOUR = datetime(2025, 8, 20, 4, 1, tzinfo=UTC)  # a minute after midnight in New York


@pytest.fixture(autouse=True)
def at(settings: Any, host: Script) -> Callable[[datetime], None]:
    settings.ARXIV_CATEGORIES = ["cs.CL", "cs.LG"]

    def set_time(moment: datetime) -> None:
        clock.simulate(lambda: moment, 1_000_000.0)

    set_time(AT_FOUR)
    return set_time


KINDS = (announcements.PROBE, announcements.ARCHIVE, announcements.CATEGORY)


def run() -> int:
    return work.work(time.monotonic() + 120, KINDS)


def feed(host: Script, code: str, *entries: dict[str, object], day: date = DAY) -> None:
    host.says(f"/arxiv-feed/atom/{code}", body=atom(code, day, *entries))


def day_of(code: str, day: date = DAY) -> list[tuple[str, str]]:
    rows = Listing.objects.filter(category=code, day=day).order_by("position")
    return list(rows.values_list("paper__key", "kind"))


def test_a_day_becomes_lists_in_arxivs_order(host: Script) -> None:
    feed(host, "cs.CL", entry("2508.00003"), entry("2508.00001", "cross", categories=("cs.LG", "cs.CL")),
         entry("2401.00009", "replace", 3))  # fmt: skip
    feed(host, "cs.LG", entry("2508.00001", categories=("cs.LG", "cs.CL")))
    schedule.tick()
    run()
    assert day_of("cs.CL") == [
        ("2508.00003", "new"), ("2508.00001", "cross-list"), ("2401.00009", "replacement"),
    ]  # fmt: skip
    assert day_of("cs.LG") == [("2508.00001", "new")]
    told = AnnouncedList.objects.get(category="cs.CL")
    assert (told.new, told.cross, told.replaced, told.set_aside) == (1, 1, 1, 0)
    assert Paper.objects.get(key="2508.00001").announced == DAY
    assert [place.paper_id for place in listings.of_day(selection("cs.CL"), DAY)] == [
        Paper.objects.get(key=key).pk for key in ("2508.00003", "2508.00001")
    ]


def test_a_feed_that_still_shows_yesterday_is_asked_again(host: Script, at: Callable[[datetime], None]) -> None:
    feed(host, "cs.CL", entry("2508.00001"), day=DAY - timedelta(days=1))
    schedule.tick()
    jobs_done = run_once()
    assert jobs_done == 1
    assert not AnnouncedList.objects.exists()
    assert Job.objects.get(kind=announcements.PROBE).state == Job.State.WAITING
    feed(host, "cs.CL", entry("2508.00002"))
    feed(host, "cs.LG")
    run()
    assert day_of("cs.CL") == [("2508.00002", "new")]


def run_once() -> int:
    taken = jobs.take(KINDS)
    work.do(taken)
    return len(taken)


def test_an_old_batch_under_a_new_date_is_recognised(host: Script, at: Callable[[datetime], None]) -> None:
    feed(host, "cs.CL", entry("2508.00001"))
    feed(host, "cs.LG", entry("2508.00001", "cross"))
    schedule.tick()
    run()
    at(AT_FOUR + timedelta(days=1))
    feed(host, "cs.CL", entry("2508.00001"), day=DAY + timedelta(days=1))
    schedule.tick()
    run_once()
    assert not AnnouncedList.objects.filter(day=DAY + timedelta(days=1)).exists()
    assert Job.objects.get(kind=announcements.PROBE, key=f"{DAY + timedelta(days=1)}").state == Job.State.WAITING


def test_an_empty_feed_is_a_list_where_the_category_is_small(host: Script) -> None:
    feed(host, "cs.CL", entry("2508.00001"))
    feed(host, "cs.LG")
    schedule.tick()
    run()
    assert AnnouncedList.objects.get(category="cs.LG").announced == 0


def test_an_empty_feed_is_asked_again_where_every_list_had_papers(host: Script) -> None:
    for number in range(1, 6):
        AnnouncedList.objects.create(
            category="cs.LG", day=DAY - timedelta(days=number), new=5, cross=0, replaced=0, batch=b"x", fetched=AT_FOUR
        )
    feed(host, "cs.CL", entry("2508.00001"))
    feed(host, "cs.LG")
    jobs.enqueue(announcements.wanted(DAY))
    run_once()
    run_once()
    assert not AnnouncedList.objects.filter(category="cs.LG", day=DAY).exists()
    assert Job.objects.get(key=f"cs.LG {DAY}").state == Job.State.WAITING


def test_a_list_that_had_papers_does_not_become_empty(host: Script) -> None:
    feed(host, "cs.CL", entry("2508.00001"))
    jobs.enqueue(announcements.wanted(DAY)[:1])
    run_once()
    feed(host, "cs.CL")
    jobs.enqueue(announcements.wanted(DAY)[:1])
    run_once()
    assert day_of("cs.CL") == [("2508.00001", "new")]


def test_nothing_is_asked_on_a_weekend(at: Callable[[datetime], None]) -> None:
    at(datetime(2025, 8, 23, 12, tzinfo=UTC))
    schedule.tick()
    assert not Job.objects.filter(kind=announcements.PROBE).exists()


def test_a_replacement_of_a_paper_that_was_not_here_brings_it(host: Script) -> None:
    feed(host, "cs.CL", entry("1406.2661", "replace", 4, categories=("cs.CL", "stat.ML")))
    feed(host, "cs.LG")
    schedule.tick()
    run()
    record = Record.objects.get(source_id="1406.2661")
    assert [version["number"] for version in record.data["versions"]] == [4]
    assert Paper.objects.get().announced is None


def test_entries_that_cannot_be_used_are_set_aside_and_counted(host: Script) -> None:
    bad = [
        entry("../../etc/passwd"), entry("2508.00002", "shouted"), entry("2508.00003", title=" "),
        entry("10.1145/3580305.3599"), entry("2508.00001", version=2),
    ]  # fmt: skip
    feed(host, "cs.CL", entry("2508.00001"), *bad)
    feed(host, "cs.LG")
    schedule.tick()
    run()
    assert day_of("cs.CL") == [("2508.00001", "new")]
    assert AnnouncedList.objects.get(category="cs.CL").set_aside == 5
    assert SetAside.objects.filter(source="arxiv").count() == 5
    assert sorted(SetAside.objects.values_list("line", flat=True)) == [2, 3, 4, 5, 6]


def test_html_in_titles_stays_text(host: Script) -> None:
    feed(host, "cs.CL", entry("2508.00001", title="<script>alert(1)</script> & other <b>titles</b>"))
    feed(host, "cs.LG")
    schedule.tick()
    run()
    assert Paper.objects.get().title == "<script>alert(1)</script> & other <b>titles</b>"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html><body>Too many requests</body></html>", atom("cs.CL", DAY, entry("2508.00001"))[:600],
        atom("cs.CL", DAY, entry("2508.00001")).replace(b"We study", b"We \xff study"),
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom">&b;</feed>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>',
        b"<feed>" * 100_000,
    ],
    ids=["nothing", "an HTML page", "cut", "not UTF-8", "a bomb", "an external entity", "deep"],
)  # fmt: skip
def test_what_is_no_feed_is_asked_for_again(host: Script, body: bytes) -> None:
    host.says("/arxiv-feed/atom/cs.CL", body=body)
    jobs.enqueue(announcements.wanted(DAY)[:1])
    run_once()
    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.WAITING, 1)
    assert job.error
    assert not Paper.objects.exists()
    # Then as RSS; should that be broken too, as Atom again.
    run_once()
    assert [path for path, *_ in host.asked] == ["/arxiv-feed/atom/cs.CL", "/arxiv-feed/rss/cs.CL"]
    feed(host, "cs.CL", entry("2508.00001"))
    run()
    assert day_of("cs.CL") == [("2508.00001", "new")]


def test_an_archives_feed_brings_the_papers_before_the_categories_lists(host: Script) -> None:
    feed(host, "cs", entry("2508.00001", categories=("cs.LG", "cs.CL", "stat.ML")))
    jobs.enqueue([jobs.Wanted(announcements.ARCHIVE, f"cs {DAY}", announcements.Queue.TODAY,
                              {"code": "cs", "day": DAY.isoformat()})])  # fmt: skip
    run()
    assert day_of("cs.LG") == [("2508.00001", "new")]
    assert day_of("cs.CL") == [("2508.00001", "cross-list")]
    assert set(Listing.objects.values_list("estimated", flat=True)) == {True}
    feed(host, "cs.LG", entry("2508.00001", categories=("cs.LG", "cs.CL", "stat.ML")))
    feed(host, "cs.CL")
    jobs.enqueue(announcements.wanted(DAY))
    run()
    assert day_of("cs.LG") == [("2508.00001", "new")]
    assert day_of("cs.CL") == []  # its own list says so


def test_of_all_of_arxiv_archives_are_asked_first(settings: Any) -> None:
    settings.ARXIV_CATEGORIES = []
    wanted = announcements.wanted(DAY)
    kinds = [job.kind for job in wanted]
    assert kinds.index(announcements.CATEGORY) == 20
    assert len(wanted) - 20 == len(announcements.followed()) > 140
