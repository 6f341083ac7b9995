"""PaperRecords -> rows, a batch a transaction.

The caller opens the transaction, so that its own progress is kept or lost together with the papers. Batches of
concurrent importers go one after the other (an advisory lock): which records exist is asked once a batch and must
stay true until it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection

from ingest.items import SetAside
from ingest.join import find_works
from papers import record as plain
from papers.models import Edition, Paper, Record, Venue
from papers.record import EditionRecord, PaperRecord, VenueRecord
from papers.work import Work, derive

_LOCK = 0x57013  # any constant; one for all stores
_WORK_COLUMNS = [field.name for field in fields(Work)]
_JSON_COLUMNS = {"authors", "editors", "links"}


@dataclass(slots=True)
class Counts:
    """What became of the records of a batch."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    set_aside: int = 0

    @property
    def read(self) -> int:
        return self.created + self.updated + self.unchanged + self.set_aside

    def add(self, other: "Counts") -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def store(records: Sequence[PaperRecord], *, replace: bool = True) -> Counts:
    """Writes records of one source with distinct ids, inside the caller's transaction. Without `replace` a record that
    is there already stays as it is: for those who speak for a source that knows better itself."""
    if not records:
        return Counts()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    texts = {record.source_id: plain.to_json(record) for record in records}
    known = _known_hashes(records[0].source, list(texts))
    new = [record for record in records if record.source_id not in known]
    changed = [
        record
        for record in records
        if replace and record.source_id in known and known[record.source_id] != plain.digest(texts[record.source_id])
    ]
    works = find_works(new)
    fresh = [record for record in new if record.source_id not in works]
    paper_ids = _create_papers(fresh)
    paper_ids |= works
    _write_records(new, paper_ids, texts)
    _rewrite_records(changed, texts)
    _write_places([*new, *changed])
    _derive_again(new, changed, works)
    return Counts(created=len(new), updated=len(changed), unchanged=len(records) - len(new) - len(changed))


def store_venue(venue: VenueRecord) -> None:
    """Keeps what is known of a venue: an empty field never overwrites a filled one."""
    _fill(Venue, {"name": venue.name}, full_name=venue.full_name, aliases=list(venue.aliases), url=venue.url,
          field=venue.field)  # fmt: skip


def store_edition(edition: EditionRecord) -> None:
    """Likewise for an edition; its venue is made if it is not there yet."""
    venue, _ = Venue.objects.get_or_create(name=edition.venue)
    _fill(Edition, {"name": edition.name}, {"venue": venue, "year": edition.year}, title=edition.title,
          location=edition.location, dates=edition.dates, url=edition.url)  # fmt: skip


def set_aside(source: str, faults: Sequence[SetAside]) -> None:
    """Keeps malformed input for the operator; the same fault met again changes nothing."""
    rows = [(source, fault.file, fault.line, fault.reason, fault.raw) for fault in faults]
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO ingest_setaside (source, file, line, reason, raw) VALUES (%s, %s, %s, %s, %s)
               ON CONFLICT DO NOTHING""",
            rows,
        )


def _known_hashes(source: str, source_ids: list[str]) -> dict[str, bytes]:
    rows = Record.objects.filter(source=source, source_id__in=source_ids).values_list("source_id", "record_hash")
    return {source_id: bytes(found) for source_id, found in rows}


def _create_papers(records: Sequence[PaperRecord]) -> dict[str, int]:
    ids = _new_ids("papers_paper", len(records))
    rows = ((paper_id, *_columns(derive([record]))) for paper_id, record in zip(ids, records, strict=True))
    _copy("papers_paper", ["id", *_WORK_COLUMNS], rows)
    return {record.source_id: paper_id for paper_id, record in zip(ids, records, strict=True)}


def _write_records(records: Sequence[PaperRecord], paper_ids: dict[str, int], texts: dict[str, str]) -> None:
    rows = (
        (paper_ids[record.source_id], record.source, record.source_id, plain.digest(text), text)
        for record in records
        for text in [texts[record.source_id]]
    )
    _copy("papers_record", ["paper_id", "source", "source_id", "record_hash", "data"], rows)


def _rewrite_records(records: Sequence[PaperRecord], texts: dict[str, str]) -> None:
    """New text for known records; their old listings and places go, the new ones follow."""
    for record in records:
        text = texts[record.source_id]
        row = Record.objects.get(source=record.source, source_id=record.source_id)
        row.listings.all().delete()
        row.places.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE papers_record SET record_hash = %s, data = %s WHERE id = %s",
                [plain.digest(text), text, row.pk],
            )


def _write_places(records: Sequence[PaperRecord]) -> None:
    """Listings and appearances. Two records of one paper may name the same place: the first keeps it."""
    if not any(record.listings or record.appearances for record in records):
        return
    found = Record.objects.filter(
        source=records[0].source, source_id__in=[record.source_id for record in records]
    ).values_list("source_id", "id", "paper_id")
    rows = {source_id: (record_id, paper_id) for source_id, record_id, paper_id in found}
    _insert_new(
        "papers_listing",
        ["record_id", "paper_id", "category", "day", "kind", "position", "estimated"],
        ["bigint", "bigint", "text", "date", "text", "integer", "boolean"],
        [
            (*rows[record.source_id], place.category, place.day, place.kind.value, place.position, place.estimated)
            for record in records
            for place in record.listings
        ],
    )
    editions = _editions({place.edition for record in records for place in record.appearances})
    _insert_new(
        "papers_appearance",
        ["record_id", "paper_id", "edition_id", "track", "position"],
        ["bigint", "bigint", "bigint", "text", "integer"],
        [
            (*rows[record.source_id], editions[place.edition], place.track, place.position)
            for record in records
            for place in record.appearances
        ],
    )


def _editions(names: set[str]) -> dict[str, int]:
    """Ids of editions; one that no source has described yet is made from its name, VENUE.YEAR."""
    known = dict(Edition.objects.filter(name__in=names).values_list("name", "id"))
    for name in sorted(names - known.keys()):
        venue, _, year = name.rpartition(".")
        store_edition(EditionRecord(name=name, venue=venue, year=int(year)))
        known[name] = Edition.objects.get(name=name).pk
    return known


def _derive_again(new: Iterable[PaperRecord], changed: Iterable[PaperRecord], works: dict[str, int]) -> None:
    """Papers that gained a record or whose record changed, written anew if that makes a difference."""
    source_ids = [record.source_id for record in changed] + [r.source_id for r in new if r.source_id in works]
    if not source_ids:
        return
    source = next(iter([*changed, *new])).source
    papers = Paper.objects.filter(records__source=source, records__source_id__in=source_ids).distinct()
    for paper in papers.prefetch_related("records"):
        derive_paper(paper)


def derive_paper(paper: Paper) -> bool:
    """Derives a paper from its records; True if it changed."""
    work = derive([plain.from_json(row.data) for row in paper.records.all()])
    if work.content_hash == bytes(paper.content_hash):
        return False
    for name in _WORK_COLUMNS:
        setattr(paper, name, getattr(work, name))
    paper.save()
    return True


def _columns(work: Work) -> list[Any]:
    return [
        _json(value) if name in _JSON_COLUMNS else value
        for name, value in ((name, getattr(work, name)) for name in _WORK_COLUMNS)
    ]


def _json(value: list[dict[str, Any]]) -> str:
    return plain.compact_json(value) if value else "[]"


def _new_ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]


def _copy(table: str, columns: list[str], rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert_new(table: str, columns: list[str], types: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Inserts column by column as arrays: one statement for all rows, those that are there already left alone."""
    if not rows:
        return
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING",  # noqa: S608
            [list(column) for column in zip(*rows, strict=True)],
        )


def _fill(model: Any, key: dict[str, Any], needed: dict[str, Any] | None = None, **told: Any) -> None:
    row, made = model.objects.get_or_create(**key, defaults={**(needed or {}), **told})
    better = {name: value for name, value in told.items() if value and getattr(row, name) != value}
    if not made and better:
        model.objects.filter(pk=row.pk).update(**better)
