"""What is due: today's lists, the datestamps since the last harvest, editions of venues. Asked every half minute; work
that is open already, or was done a moment ago, is not asked for again."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from ingest import clock, jobs
from ingest.harvest import announcements, oai, proceedings, state
from ingest.jobs import Wanted
from ingest.models import AnnouncedList, HarvestedEdition, Job, Queue
from ingest.sources.registry import editions, sources

OVERLAP = timedelta(days=2)  # a host's clock, and its stamps, may lag behind
FIRST_TIME = timedelta(days=7)  # of arXiv, when nothing was ever harvested; more by `manage.py harvest`
_EVERY = timedelta(hours=6)
_OFTEN, _SELDOM, _NEVER = timedelta(days=7), timedelta(days=90), timedelta(days=180)
_OPEN_EDITIONS = 3  # at a time, so that one venue after the other becomes complete


def tick() -> int:
    """Adds what is due now. The number of new jobs; none without a contact, since then nobody is asked."""
    if not settings.CONTACT:
        return 0
    now = clock.now()
    return sum(jobs.enqueue(part) for part in (lists(now), datestamps(now), journals(now), venues(now)))


def lists(now: datetime) -> list[Wanted]:
    """The probe of a day, then what the probe's jobs have left undone."""
    day = announcements.today()
    if day.weekday() > 4 or not state.is_enabled(announcements.SOURCE):
        return []
    probe = Job.objects.filter(kind=announcements.PROBE, key=f"{day}").order_by("-id").first()
    if probe is None:
        return [announcements.wanted_probe(day)]
    if probe.state != Job.State.DONE or probe.error != "announced":
        return []
    there = set(AnnouncedList.objects.filter(day=day).values_list("category", flat=True))
    wished = [job for job in announcements.wanted(day) if job.payload["code"] not in there]
    return _never_tried(job for job in wished if job.kind == announcements.CATEGORY)


def datestamps(now: datetime) -> list[Wanted]:
    """arXiv's own accounts of what was announced, four times a day, and since the last time that it worked."""
    if not state.is_enabled(oai.ARXIV):
        return []
    slot = now.hour // (_EVERY.seconds // 3_600)
    until = state.harvested_until(oai.ARXIV)
    since = min(until, now.date()) - (OVERLAP if slot == 0 else timedelta(0)) if until else now.date() - FIRST_TIME
    payload = {"base": oai.ARXIV, "since": since.isoformat(), "until": now.date().isoformat()}
    # Behind the lists, which share arXiv's one call in three seconds with it.
    return _never_tried([Wanted(oai.KIND, f"{oai.ARXIV} {now.date()} {slot}", Queue.VENUES, payload)])


def journals(now: datetime) -> list[Wanted]:
    """Journals' records since the last time, once a week; all of them the first time."""
    year, week, _ = now.isocalendar()
    wished = []
    for base in oai.hosts():
        if base == oai.ARXIV or not state.is_enabled(base):
            continue
        since = _since(base)
        payload = {"base": base} | ({"since": since.isoformat()} if since else {})
        wished.append(Wanted(oai.KIND, f"{base} {year}-W{week:02d}", Queue.VENUES, payload))
    return _never_tried(wished)


def venues(now: datetime) -> list[Wanted]:
    """A few editions at a time, the newest first."""
    running = Job.objects.filter(kind=proceedings.EDITION, state__in=["waiting", "running"]).count()
    room = _OPEN_EDITIONS - running
    return list(_due_editions(now))[:room] if room > 0 else []


def _due_editions(now: datetime) -> Iterator[Wanted]:
    known = {(row.source, row.edition): row for row in HarvestedEdition.objects.all()}
    recent = _recently_failed(now)
    every = [
        (edition.year, name, edition.name)
        for name in sources()
        if state.is_enabled(name)
        for edition in editions(name, now.year).values()
    ]
    for year, name, edition in sorted(every, key=lambda each: (-each[0], each[1], each[2])):
        row = known.get((name, edition))
        if f"{name} {edition}" not in recent and (row is None or is_due(row, year, now)):
            yield proceedings.wanted(name, edition)


def is_due(row: HarvestedEdition, year: int, now: datetime) -> bool:
    """Whether an edition is to be looked at again: often while it may still grow, or come out."""
    fresh = year >= now.year - 1
    if row.not_there and (row.last_success is None or row.not_there > row.last_success):
        return bool(now - row.not_there > (_OFTEN if fresh else _NEVER))
    if row.last_success is None:
        return True
    return bool(now - row.last_success > (_OFTEN if fresh else _SELDOM))


def _recently_failed(now: datetime) -> set[str]:
    """Editions that are being asked for, or were given up in the last days."""
    open_or_dead = Q(state__in=["waiting", "running"]) | Q(state="dead", finished__gt=now - _OFTEN)
    return set(Job.objects.filter(open_or_dead, kind=proceedings.EDITION).values_list("key", flat=True))


def _since(base: str) -> date | None:
    until = state.harvested_until(base)
    return until - OVERLAP if until else None


def _never_tried(wished: Iterable[Wanted]) -> list[Wanted]:
    """Those that no job, open or ended, has been about."""
    wished = list(wished)
    tried = set(Job.objects.filter(key__in=[job.key for job in wished]).values_list("kind", "key"))
    return [job for job in wished if (job.kind, job.key) not in tried]
