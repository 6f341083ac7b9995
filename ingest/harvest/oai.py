"""Records of a host that speaks OAI-PMH, page by page, in windows of datestamps.

A page and the token that asks for the next are kept in one transaction. A token that has expired, or a list that came
out shorter than the host said, begins its window anew; what is stored already is then recognised. A window of arXiv is
a day, so that beginning anew costs little; journals are read in one."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import transaction

from ingest import clock, jobs, store
from ingest.combine import Combine, filled, newest, replaced
from ingest.harvest import announcements, state
from ingest.http.client import fetch
from ingest.items import Item, Taken
from ingest.models import AnnouncedList
from ingest.normalise import listings
from ingest.sources import arxiv_oai, oai_journals, oai_pmh
from ingest.sources.oai_pmh import Deleted, OaiPage, OaiRecord, TokenExpired
from ingest.sources.source import NotThisPage
from papers.calendar import listing_day
from papers.models import Record
from papers.record import Listing, ListingKind, PaperRecord, VenueRecord, from_json
from papers.taxonomy import canonical

KIND = "oai"
ARXIV = "arxiv-oai"
MOST_RESTARTS = 5  # of one window
_RECENT = timedelta(days=7)

Read = Callable[[OaiRecord, date], "Item | Deleted | None"]


@dataclass(frozen=True, slots=True)
class Host:
    """How a host is read: where, in which format, and what becomes of a record that is known. `window` is in days, 0
    for all at once."""

    base: str
    source: str
    prefix: str
    read: Read
    combine: Combine
    window: int = 0
    venue: VenueRecord | None = None


def hosts() -> dict[str, Host]:
    """All hosts by the name of their base."""
    followed = frozenset(settings.ARXIV_CATEGORIES)
    found = {ARXIV: Host(ARXIV, "arxiv", "arXivRaw", _arxiv_reader(followed), newest, window=1)}
    for journal in oai_journals.journals(settings.OAI_JOURNALS):
        read = _journal_reader(journal)
        found[journal.base] = Host(journal.base, journal.source, "oai_dc", read, filled, venue=journal.venue)
    return found


def run(job: jobs.Taken) -> None:
    """Goes on where the job stands, until it is done, has had its time, or something more urgent waits."""
    host, until = _host(job), time.monotonic() + jobs.SLICE
    while not _step(host, job):
        if jobs.turn_is_over(job, until):
            return jobs.give_back(job)
    return None


def arxiv_set(archive: str) -> str:
    """The name of an archive's set: those of physics stand under that group."""
    groups = {"cs", "econ", "eess", "math", "physics", "q-bio", "q-fin", "stat"}
    return archive if archive in groups else f"physics:{archive}"


def _host(job: jobs.Taken) -> Host:
    """The host of a job. One made by hand may want some categories only."""
    host = hosts()[job.payload["base"]]
    categories = job.payload.get("categories")
    return replace(host, read=_arxiv_reader(frozenset(categories))) if categories else host


def _step(host: Host, job: jobs.Taken) -> bool:
    """One page. True when all is done."""
    at = _Place.of(host, job)
    address = at.address(host, job.payload.get("set", ""))
    try:
        body = fetch(address).body
        page = oai_pmh.parse(body, lenient=job.is_last_attempt)
        if not (page.records or page.faults or page.token or b"noRecordsMatch" in body):
            raise NotThisPage("a list without records")
    except TokenExpired:
        return _again(job, at, "the resumption token expired")
    mark = hashlib.blake2b("\n".join(f"{r.identifier} {r.datestamp}" for r in page.records).encode(), digest_size=8)
    if at.token and mark.hexdigest() == at.mark:
        raise NotThisPage("the page before came again")
    at = replace(at, received=at.received + len(page.records) + len(page.faults), mark=mark.hexdigest(),
                 token=page.token, total=page.complete_size or at.total)  # fmt: skip
    if not page.token and at.total and at.received < at.total and at.restarts < MOST_RESTARTS:
        return _again(job, at, f"{at.received:,} records came where {at.total:,} were promised")
    with transaction.atomic():
        at = replace(at, stored=at.stored + _store(host, page))
        return _kept(host, job, at, page)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a job stands: its window, the token of the next page, and what came so far."""

    first: date | None
    last: date | None
    token: str = ""
    received: int = 0
    total: int = 0
    restarts: int = 0
    mark: str = ""
    stored: int = 0

    @classmethod
    def of(cls, host: Host, job: jobs.Taken) -> "_Place":
        done = job.progress
        first = _day(done.get("from") or job.payload.get("since"))
        last = _day(job.payload.get("until"))
        if host.window and first and last:
            last = min(last, first + timedelta(days=host.window - 1))
        counted = {
            name: done[name] for name in ("token", "received", "total", "restarts", "mark", "stored") if name in done
        }
        return cls(first, last, **counted)

    def address(self, host: Host, of_set: str) -> str:
        if self.token:
            return f"{host.base}:?verb=ListRecords&resumptionToken={quote(self.token, safe='')}"
        days = [("from", self.first), ("until", self.last)]
        asked = "".join(f"&{name}={day}" for name, day in days if day) + (f"&set={quote(of_set)}" if of_set else "")
        return f"{host.base}:?verb=ListRecords&metadataPrefix={host.prefix}{asked}"

    def progress(self) -> dict[str, Any]:
        return {
            "from": self.first.isoformat() if self.first else "", "token": self.token, "received": self.received,
            "total": self.total, "restarts": self.restarts, "mark": self.mark, "stored": self.stored,
        }  # fmt: skip


def _again(job: jobs.Taken, at: _Place, why: str) -> bool:
    """Begins the window anew. Raises NotThisPage when that has been done too often."""
    if at.restarts >= MOST_RESTARTS:
        raise NotThisPage(f"{why}, {at.restarts} times over")
    begun = replace(at, token="", received=0, total=0, mark="", restarts=at.restarts + 1)
    with transaction.atomic():
        jobs.advance(job, begun.progress())
    return False


def _kept(host: Host, job: jobs.Taken, at: _Place, page: OaiPage) -> bool:
    """Moves the job behind a page, within the transaction that stored it. True when it was the last one."""
    if page.token:
        jobs.advance(job, at.progress())
        return False
    if at.total and at.received < at.total:
        text = f"{host.base} promised {at.total:,} records of {at.first or 'all'} and gave {at.received:,}"
        state.raise_alarm(f"short {host.base} {at.first}", text)
    else:
        state.clear_alarms(subject=f"short {host.base} {at.first}")
    end = _day(job.payload.get("until"))
    # The host's clock counts, not ours: what it stamps next cannot be before its own today.
    complete = min(at.last or page.response_date.date(), page.response_date.date())
    state.succeeded(host.base, None if job.payload.get("by_hand") else complete)
    if at.first and at.last and end and at.last < end:
        following = _Place(at.last + timedelta(days=1), end, stored=at.stored)
        jobs.advance(job, following.progress())
        return False
    jobs.advance(job, at.progress())
    jobs.finish(job, f"{at.stored:,} records")
    return True


def _store(host: Host, page: OaiPage) -> int:
    today = max(clock.now().date(), page.response_date.date())
    read = [host.read(record, today) for record in page.records]
    items = [item for item in read if item is not None and not isinstance(item, Deleted)]
    faults = [replace(fault, file=fault.file or host.base) for fault in page.faults]
    venue = [host.venue] if host.venue and any(isinstance(item, Taken) for item in items) else []
    counts = store.store_items(host.source, [*venue, *items, *faults], host.combine)
    _mark_deleted(host, [item.source_id for item in read if isinstance(item, Deleted)])
    return counts.taken


def _mark_deleted(host: Host, ids: Sequence[str]) -> None:
    """A deleted record stays, with a notice: readers may have kept it. One that was never here is not made."""
    rows = Record.objects.filter(source=host.source, source_id__in=ids)
    notice = "The source has deleted this record."
    known = [from_json(row.data) for row in rows]
    store.store([replace(record, withdrawn=record.withdrawn or notice) for record in known], replaced)


def _arxiv_reader(wished: frozenset[str]) -> Read:
    """Reads arXiv's records; those of no wished category or archive are left out. None wished means all."""

    def read(record: OaiRecord, today: date) -> "Item | Deleted | None":
        item = arxiv_oai.read(record, today)
        if not isinstance(item, Taken):
            return item
        if wished and not announcements.is_among(item.record.categories, wished):
            return None
        return replace(item, record=_with_replacement(_on_its_day(item.record), record.datestamp))

    return read


def _on_its_day(record: PaperRecord) -> PaperRecord:
    """A datestamp near the submission is most often the day of the announcement, but a cross-list moves it too. So it
    counts against arXiv's schedule only where the scheduled list is known, and does not hold the paper."""
    if record.submitted is None or not record.categories:
        return record
    scheduled, primary = listing_day(record.submitted), canonical(record.categories[0])
    if record.announced == scheduled or AnnouncedList.objects.filter(category=primary, day=scheduled).exists():
        return record
    return replace(record, announced=scheduled, listings=tuple(listings(record.categories, scheduled)))


def _with_replacement(record: PaperRecord, datestamp: date) -> PaperRecord:
    """A version of the last days stands in the lists of the day that arXiv's schedule gives it; an estimate, for days
    whose lists were missed."""
    last = record.versions[-1] if record.versions else None
    if last is None or last.number == 1 or last.submitted is None or datestamp - last.submitted.date() > _RECENT:
        return record
    codes, day = dict.fromkeys(canonical(code) for code in record.categories), listing_day(last.submitted)
    again = tuple(Listing(code, day, ListingKind.REPLACEMENT, estimated=True) for code in codes)
    return replace(record, listings=record.listings + again)


def _journal_reader(journal: oai_journals.Journal) -> Read:
    return lambda record, today: oai_journals.read(record, journal)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
