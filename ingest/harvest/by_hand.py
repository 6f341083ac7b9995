"""What an operator asks for -> jobs, and how far they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest import clock
from ingest.harvest import announcements, oai, proceedings
from ingest.jobs import Wanted
from ingest.models import Job, Queue
from ingest.sources.registry import editions, sources


class CannotHarvest(Exception):
    """A wish that makes no sense; the message says what to give instead."""


def wanted(
    source: str, since: date | None, until: date | None, categories: Sequence[str], names: Sequence[str]
) -> list[Wanted]:
    """The jobs for a wish. Raises CannotHarvest."""
    if since and until and until < since:
        raise CannotHarvest(f"--until {until} lies before --since {since}")
    if source in sources():
        if since or until or categories:
            raise CannotHarvest(f"{source} is asked by edition, not by day or category: give --edition NAME")
        return _editions(source, names)
    if names:
        raise CannotHarvest(f"{source} is asked by day, not by edition: give --since YYYY-MM-DD")
    if source == "arxiv":
        return _arxiv(since, until, categories)
    if categories:
        raise CannotHarvest(f"{source} has no arXiv categories")
    return [_records(source, since, until, {})]


def stored(job: Job) -> int:
    """How many records a job has stored, as far as its progress tells."""
    done = job.progress
    return int(done.get("stored") or done.get("papers") or done.get("done") or 0)


def place(job: Job) -> str:
    """Where a job stands: a day, or pages left."""
    done = job.progress
    return str(done.get("from") or (f"{len(done['pending'])} pages left" if "pending" in done else ""))


def _arxiv(since: date | None, until: date | None, categories: Sequence[str]) -> list[Wanted]:
    """Today's lists without --since; else all records of the datestamps, archive by archive where some are wanted."""
    if not since:
        day = announcements.today()
        return [
            replace(job, key=f"{job.key} by hand", payload=job.payload | {"by_hand": True})
            for job in announcements.wanted(day)
            if not categories or announcements.is_among((job.payload["code"],), frozenset(categories))
        ]  # fmt: skip
    end = until or clock.now().date()
    archives = list(dict.fromkeys(announcements.archive_of(code) for code in categories))
    if not archives:
        return [_records(oai.ARXIV, since, end, {})]
    return [
        _records(
            oai.ARXIV, since, end,
            {
                "set": oai.arxiv_set(archive),
                "categories": [code for code in categories if announcements.archive_of(code) == archive],
            },
        )
        for archive in archives
    ]  # fmt: skip


def _records(base: str, since: date | None, until: date | None, more: dict[str, object]) -> Wanted:
    days = {"since": since, "until": until}
    payload = {"base": base, "by_hand": True} | {name: day.isoformat() for name, day in days.items() if day} | more
    name = f"{base} by hand {more.get('set', 'all')} {since or 'all'}..{until or ''}"
    return Wanted(oai.KIND, name, Queue.HISTORY, payload)


def _editions(source: str, names: Sequence[str]) -> list[Wanted]:
    known = editions(source, clock.now().year)
    lower = {name.lower(): name for name in known}
    for name in names:
        if name.lower() not in lower:
            raise CannotHarvest(f"{source} has no edition {name}; it has {', '.join(known) or 'none'}")
    return [proceedings.wanted(source, lower[name.lower()]) for name in names] or [
        proceedings.wanted(source, name) for name in known
    ]
