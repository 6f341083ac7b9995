"""Editions of venues from the sources of proceedings: the pages that list papers, then the pages of single papers.

A page's papers and the addresses still to ask are kept in one transaction. Pages of single papers become jobs of their
own, a few dozen in each, so that an edition's list is here at once and its abstracts follow."""

import hashlib
import time
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ingest import clock, jobs, store
from ingest.combine import filled
from ingest.harvest import state
from ingest.http.addresses import url_of
from ingest.http.client import Answer, fetch
from ingest.http.errors import FetchFailed, NotThere, Refused
from ingest.items import Item, SetAside
from ingest.jobs import Wanted
from ingest.models import HarvestedEdition, Queue
from ingest.sources.registry import editions, sources
from ingest.sources.source import NotThisPage, NotYet, Page, Parsed, ProceedingsSource, SourceEdition
from papers.models import Record

EDITION, DETAILS = "edition", "details"
IN_A_JOB = 40  # pages of single papers
MOST_PAGES = 2_000  # that list papers of one edition


class NoSuchEdition(FetchFailed):
    """A job for what the source does not list (any more)."""


def wanted(source: str, edition: str) -> Wanted:
    return Wanted(EDITION, f"{source} {edition}", Queue.VENUES, {"source": source, "edition": edition})


def edition(job: jobs.Taken) -> None:
    """Reads the pages that list an edition's papers, as long as there is time."""
    source, which = _named(job)
    until = time.monotonic() + jobs.SLICE
    while True:
        progress = job.progress or {"pending": [which.address], "asked": [], "papers": 0}
        if not progress["pending"]:
            return _finish(source, which, job, progress)
        if not _list_page(source, which, job, progress):
            return None
        if jobs.turn_is_over(job, until):
            return jobs.give_back(job)


def details(job: jobs.Taken) -> None:
    """Reads pages of single papers. One that cannot be read is set aside, and the others go on."""
    source, which = _named(job)
    addresses, until = job.payload["addresses"], time.monotonic() + jobs.SLICE
    while (number := job.progress.get("done", 0)) < len(addresses):
        _detail_page(source, which, job, addresses[number], number + 1)
        if jobs.turn_is_over(job, until):
            return jobs.give_back(job)
    with transaction.atomic():
        jobs.finish(job, f"{len(addresses)} pages")
        _count(source.name, which.name)
    return None


def _named(job: jobs.Taken) -> tuple[ProceedingsSource, SourceEdition]:
    name, wished = job.payload["source"], job.payload["edition"]
    known = editions(name, clock.now().year + 1) if name in sources() else {}
    if wished not in known:
        raise NoSuchEdition(f"{name}:", f"no source {name} lists an edition {wished}")
    return sources()[name], known[wished]


def _list_page(source: ProceedingsSource, which: SourceEdition, job: jobs.Taken, progress: dict[str, Any]) -> bool:
    """One page. False when that was the end of the job: no such edition yet, or nothing new."""
    address, first = progress["pending"][0], not progress["asked"]
    row, _ = HarvestedEdition.objects.get_or_create(source=source.name, edition=which.name)
    try:
        answer = fetch(address, etag=row.etag if first else "")
    except NotThere:
        if first:
            return _not_there(row, job)
        raise
    if answer.is_unchanged or (first and _is_same(row, answer)):
        return _unchanged(source, row, job)
    try:
        parsed = source.parse(Page(which, address, answer.body))
    except NotYet:
        if first and which.year >= clock.now().year:
            return _not_there(row, job)
        raise
    with transaction.atomic():
        stored = _store(source, parsed.items)
        jobs.enqueue(_detail_jobs(source, which, parsed.details))
        if first:
            _remember(row, answer, parsed, whole=not parsed.more)
        jobs.advance(job, _next(progress, parsed, stored))
    return True


def _next(progress: dict[str, Any], parsed: Parsed, stored: int) -> dict[str, Any]:
    """The pages left. A page is asked once, however many pages name it."""
    asked = [*progress["asked"], progress["pending"][0]]
    if len(asked) > MOST_PAGES:
        raise NotThisPage(f"more than {MOST_PAGES:,} pages of lists")
    left = [*progress["pending"][1:], *parsed.more]
    return {
        "asked": asked,
        "pending": [address for address in dict.fromkeys(left) if address not in asked],
        "papers": progress["papers"] + stored,
    }


def _detail_page(source: ProceedingsSource, which: SourceEdition, job: jobs.Taken, address: str, number: int) -> None:
    items: Sequence[Item] = ()
    try:
        if source.parse_detail:
            items = source.parse_detail(Page(which, address, fetch(address).body)).items
    except NotThere as error:
        items = (SetAside(address, 0, error.reason, ""),)
    except (NotThisPage, Refused) as error:
        if not job.is_last_attempt:
            raise
        items = (SetAside(address, 0, str(error), ""),)
    with transaction.atomic():
        _store(source, items)
        jobs.advance(job, {"done": number})


def _store(source: ProceedingsSource, items: Sequence[Item]) -> int:
    counts = store.store_items(source.name, items, filled)
    state.succeeded(source.name)
    return counts.taken


def _detail_jobs(source: ProceedingsSource, which: SourceEdition, addresses: Sequence[str]) -> list[Wanted]:
    """Jobs for the pages of papers whose abstract is not here yet."""
    known = _with_abstract(source.name, [url_of(address) for address in addresses])
    left = [address for address in addresses if url_of(address) not in known]
    parts = [left[start : start + IN_A_JOB] for start in range(0, len(left), IN_A_JOB)]
    return [
        Wanted(DETAILS, f"{source.name} {which.name} {_short(part)}", Queue.VENUES,
               {"source": source.name, "edition": which.name, "addresses": part})
        for part in parts
    ]  # fmt: skip


def _with_abstract(source: str, urls: Sequence[str]) -> set[str]:
    rows = Record.objects.filter(source=source, data__landing_url__in=list(urls), data__has_key="abstract")
    return set(rows.values_list("data__landing_url", flat=True))


def _short(addresses: Sequence[str]) -> str:
    return hashlib.blake2b("\n".join(addresses).encode(), digest_size=6).hexdigest()


def _is_same(row: HarvestedEdition, answer: Answer) -> bool:
    return row.digest is not None and bytes(row.digest) == _digest(answer)


def _digest(answer: Answer) -> bytes:
    return hashlib.blake2b(answer.body, digest_size=16).digest()


def _remember(row: HarvestedEdition, answer: Answer, parsed: Parsed, *, whole: bool) -> None:
    """Only of an edition on one page can be said that it has not changed."""
    row.etag = answer.headers.get("etag", "")[:500] if whole else ""
    row.digest = _digest(answer) if whole else None
    row.announced, row.not_there = parsed.announced, None
    row.save()


def _not_there(row: HarvestedEdition, job: jobs.Taken) -> bool:
    with transaction.atomic():
        HarvestedEdition.objects.filter(pk=row.pk).update(not_there=clock.now())
        state.succeeded(row.source)
        jobs.finish(job, "no such edition yet")
    return False


def _unchanged(source: ProceedingsSource, row: HarvestedEdition, job: jobs.Taken) -> bool:
    with transaction.atomic():
        HarvestedEdition.objects.filter(pk=row.pk).update(last_success=clock.now())
        state.succeeded(source.name)
        jobs.finish(job, "unchanged")
    return False


def _finish(source: ProceedingsSource, which: SourceEdition, job: jobs.Taken, progress: dict[str, Any]) -> None:
    with transaction.atomic():
        jobs.finish(job, f"{progress['papers']:,} papers on {len(progress['asked'])} pages")
        HarvestedEdition.objects.filter(source=source.name, edition=which.name).update(last_success=clock.now())
        _count(source.name, which.name)


def _count(source: str, name: str) -> None:
    """How many papers of an edition this source gave, and of how many the abstract is still missing."""
    rows = Record.objects.filter(source=source, places__edition__name=name).distinct()
    HarvestedEdition.objects.filter(source=source, edition=name).update(
        papers=rows.count(), details_missing=rows.exclude(data__has_key="abstract").count()
    )
