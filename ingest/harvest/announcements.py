"""arXiv's lists of today, from its feeds.

First one feed is asked until it shows today's list (the probe); then all of them. A feed that still shows the day
before, or an old batch under a new date, is asked again a little later."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from ingest import clock, jobs, lists
from ingest.harvest import state
from ingest.http.client import fetch
from ingest.jobs import Taken, Wanted
from ingest.models import AnnouncedList, Queue
from ingest.sources import arxiv_feed
from ingest.sources.arxiv_feed import Feed
from papers import taxonomy
from papers.calendar import arxiv_day, is_silent, midnight

SOURCE = "arxiv-feed"
PROBE, ARCHIVE, CATEGORY = "arxiv-probe", "arxiv-archive", "arxiv-list"
# Above this, feeds of whole archives bring the papers in while those of the categories are still being asked.
MANY = 60
_SOON, _LATER = 60.0, 600.0  # seconds between two looks at a feed that is not there yet
_HASTE = timedelta(hours=2)  # after midnight in arXiv's time zone, when lists come out
_UNTIL = timedelta(hours=20)
_LISTS_BEFORE = 5  # that all had papers, for an empty one to be a surprise

STALE, EMPTY, OLD = "still the list before", "empty", "an old list under a new date"


def followed() -> list[str]:
    """Codes of the categories whose lists are kept, in the taxonomy's order, the big archives first."""
    chosen = settings.ARXIV_CATEGORIES
    active = [code for code, each in taxonomy.categories().items() if each.active and not each.same_as]
    if chosen:
        active = [code for code in active if code in chosen or archive_of(code) in chosen]
    return sorted(active, key=lambda code: archive_of(code) not in {"cs", "stat", "math", "eess"})


def archive_of(code: str) -> str:
    return code.partition(".")[0]


def is_among(categories: tuple[str, ...], wished: frozenset[str]) -> bool:
    """Whether a paper of these categories belongs to any of the wished categories and archives."""
    codes = {taxonomy.canonical(code) for code in categories}
    return bool(codes & wished) or bool({archive_of(code) for code in codes} & wished)


def wanted(day: date) -> list[Wanted]:
    """The feeds to ask for a day's lists."""
    codes = followed()
    archives = list(dict.fromkeys(archive_of(code) for code in codes)) if len(codes) > MANY else []
    kinds = [(ARCHIVE, archive) for archive in archives] + [(CATEGORY, code) for code in codes]
    return [Wanted(kind, f"{code} {day}", Queue.TODAY, {"code": code, "day": day.isoformat()}) for kind, code in kinds]


def wanted_probe(day: date) -> Wanted:
    codes = followed()
    probe = archive_of(codes[0]) if len(codes) > MANY else codes[0]
    return Wanted(PROBE, f"{day}", Queue.TODAY, {"code": probe, "day": day.isoformat()})


def probe(job: Taken) -> None:
    """Looks whether today's lists are out; if so, has all of them asked."""
    day, feed = _asked(job)
    if feed.day < day:
        return _wait(job, day, STALE)
    if not feed.entries:
        return _wait(job, day, EMPTY)
    if _is_old_batch(job.payload["code"], feed):
        return _wait(job, day, OLD)
    with transaction.atomic():
        jobs.enqueue(wanted(feed.day))
        jobs.finish(job, "announced")
        state.succeeded(SOURCE)
    return None


def archive(job: Taken) -> None:
    """An archive's papers. Its feed may lag behind the probe's."""
    day, feed = _asked(job)
    if feed.day < day:
        return _wait(job, day, STALE)
    with transaction.atomic():
        number = lists.store_archive(job.payload["code"], feed)
        jobs.finish(job, f"{number} places of {len(feed.entries)} papers")
        state.succeeded(SOURCE)
    return None


def category(job: Taken) -> None:
    """A category's list. A feed from a later day is kept for that day: the one that was asked for is gone."""
    day, feed = _asked(job)
    code = job.payload["code"]
    if feed.day < day:
        return _wait(job, day, STALE)
    if _is_old_batch(code, feed):
        return _wait(job, day, OLD)
    if not feed.entries and not _is_late(day) and (not job.progress or _is_surprising(code, feed.day)):
        jobs.advance(job, {"empty": True})  # seen twice, it is believed
        return _wait(job, day, EMPTY)
    with transaction.atomic():
        lists.store_list(code, feed)
        if feed.is_cut:
            state.raise_alarm(f"cut {code} {feed.day}", f"arXiv cut the list of {code} of {feed.day} at 2,000 entries")
        jobs.finish(job, f"{len(feed.entries)} papers" if feed.day == day else f"the list of {feed.day}")
        state.succeeded(SOURCE)
    return None


def _asked(job: Taken) -> tuple[date, Feed]:
    body = fetch(_file(job)).body
    return date.fromisoformat(job.payload["day"]), arxiv_feed.parse(body, _file(job))


def _file(job: Taken) -> str:
    """Atom first; after a failure the same list as RSS, and so on in turn: one may be broken alone."""
    form = "rss" if job.attempts % 2 else "atom"
    return f"{SOURCE}:/{form}/{job.payload['code']}"


def _wait(job: Taken, day: date, why: str) -> None:
    """Asks again, and gives up when the day is nearly over; what is then missing is told by ingest.checks. Who asked
    by hand is told at once."""
    if _is_late(day) or job.payload.get("by_hand"):
        return jobs.finish(job, why)
    state.succeeded(SOURCE)
    hasty = clock.now() - midnight(day) < _HASTE and not is_silent(day)
    return jobs.give_back(job, _SOON if hasty else _LATER)


def _is_late(day: date) -> bool:
    return clock.now() - midnight(day) > _UNTIL


def _is_old_batch(code: str, feed: Feed) -> bool:
    """Whether a feed gives the batch of an earlier list under today's date."""
    if not feed.entries:
        return False
    before = lists.last_before(code, feed.day)
    return before is not None and bytes(before.batch) == feed.batch


def _is_surprising(code: str, day: date) -> bool:
    """Whether an empty list is one where the last ones had papers: small categories often have none."""
    if AnnouncedList.objects.filter(category=code, day=day, new__gt=0).exists():
        return True  # it was there and had papers: they do not vanish
    rows = AnnouncedList.objects.filter(category=code, day__lt=day).order_by("-day")[:_LISTS_BEFORE]
    counts = [row.announced for row in rows]
    return len(counts) == _LISTS_BEFORE and all(counts)


def today() -> date:
    return arxiv_day(clock.now())
