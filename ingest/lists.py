"""A day's list as arXiv announced it -> listings, in one transaction.

What a list says of its day counts more than any estimate: estimates for the list's day, and estimates of other days for
its papers, give way. A list that comes again (a feed written anew) takes the place of the one before."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import connection

from ingest import clock, merging, places, store
from ingest.combine import brief
from ingest.models import AnnouncedList
from ingest.sources.arxiv_feed import Entry, Feed
from papers.models import Record
from papers.record import ListingKind
from papers.taxonomy import canonical

Row = tuple[int, int, str, str, int]  # record, paper, category, kind, position
Placing = Callable[[Entry], list[tuple[str, ListingKind]]]


def store_list(category: str, feed: Feed) -> AnnouncedList:
    """Papers and list of a category's own feed, inside the caller's transaction."""
    _store_papers(feed)
    rows = _rows(feed.entries, lambda entry: [(category, entry.kind)])
    _replace(category, feed.day, rows)
    made, _ = AnnouncedList.objects.update_or_create(
        category=category,
        day=feed.day,
        defaults={
            "new": _count(feed, ListingKind.NEW),
            "cross": _count(feed, ListingKind.CROSS),
            "replaced": _count(feed, ListingKind.REPLACEMENT),
            "set_aside": len(feed.faults),
            "batch": feed.batch,
            "fetched": clock.now(),
        },
    )
    return made


def store_archive(archive: str, feed: Feed) -> int:
    """Papers of a whole archive's feed, on the lists of their categories as far as it tells: the day's papers are
    there in a minute, while the feeds of single categories, which know better, follow. The number of listings."""
    _store_papers(feed)
    rows = _rows(feed.entries, lambda entry: _places(archive, entry))
    _insert(feed.day, rows, estimated=True)
    return len(rows)


def last_before(category: str, day: date) -> AnnouncedList | None:
    return AnnouncedList.objects.filter(category=category, day__lt=day).order_by("-day").first()


def stored_counts(categories: Sequence[str], first: date, last: date) -> dict[tuple[str, date], int]:
    """How many papers of announced lists are stored, by category and day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT category, day, count(*) FROM papers_listing
               WHERE category = ANY(%s) AND day BETWEEN %s AND %s AND NOT estimated GROUP BY category, day""",
            [list(categories), first, last],
        )
        return {(category, day): papers for category, day, papers in cursor.fetchall()}


def _store_papers(feed: Feed) -> None:
    # Also for a list without papers: what estimates say of its day must be written before or after, not meanwhile.
    merging.lock()
    store.set_aside("arxiv", feed.faults)
    store.store([entry.record for entry in feed.entries], brief)


def _count(feed: Feed, kind: ListingKind) -> int:
    return sum(entry.kind is kind for entry in feed.entries)


def _places(archive: str, entry: Entry) -> list[tuple[str, ListingKind]]:
    """Which lists of an archive an entry of its feed stands in. A cross-list into the archive, and a replacement, may
    have been on some of these before: that only the categories' own feeds tell."""
    codes = list(dict.fromkeys(canonical(code) for code in entry.record.categories))
    mine = [code for code in codes if code.partition(".")[0] == archive]
    if entry.kind is not ListingKind.NEW:
        return [(code, entry.kind) for code in mine]
    return [(code, ListingKind.NEW if code == codes[0] else ListingKind.CROSS) for code in mine]


def _rows(entries: Sequence[Entry], of: Placing) -> list[Row]:
    ids = [entry.record.source_id for entry in entries]
    found = Record.objects.filter(source="arxiv", source_id__in=ids).values_list("source_id", "id", "paper_id")
    known = {source_id: (record_id, paper_id) for source_id, record_id, paper_id in found}
    return [
        (*known[entry.record.source_id], category, kind.value, position)
        for position, entry in enumerate(entries, start=1)
        for category, kind in of(entry)
    ]


def _replace(category: str, day: date, rows: list[Row]) -> None:
    papers = [paper for _, paper, _, kind, _ in rows if kind != ListingKind.REPLACEMENT.value]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM papers_listing WHERE category = %s AND day = %s", [category, day])
        cursor.execute(
            """DELETE FROM papers_listing
               WHERE category = %s AND paper_id = ANY(%s) AND estimated AND kind <> 'replacement'""",
            [category, papers],
        )
    _insert(day, rows, estimated=False)


def _insert(day: date, rows: list[Row], *, estimated: bool) -> None:
    """Two entries may be of one work, which stands in a list once."""
    places.insert_listings(
        [(record, paper, category, day, kind, position, estimated) for record, paper, category, kind, position in rows]
    )
