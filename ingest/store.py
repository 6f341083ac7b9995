"""PaperRecords -> rows, a batch a transaction.

The caller opens the transaction, so that its own progress is kept or lost together with the papers. Batches of
concurrent importers go one after the other (an advisory lock): which records exist is asked once a batch and must
stay true until it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection

from ingest import merging, places
from ingest.batches import BATCH, without_repeats
from ingest.combine import Combine, newest
from ingest.items import Item, SetAside
from ingest.join import find_works
from papers import record as plain
from papers.models import Paper, Record
from papers.record import EditionRecord, PaperRecord, VenueRecord
from papers.work import Work, derive

_JSON_COLUMNS = {"authors", "editors", "links"}

store_venue = places.store_venue
store_edition = places.store_edition


@dataclass(slots=True)
class Counts:
    """What became of the records of a batch."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    set_aside: int = 0

    @property
    def taken(self) -> int:
        return self.created + self.updated + self.unchanged

    @property
    def read(self) -> int:
        return self.taken + self.set_aside

    def add(self, other: "Counts") -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def store_items(source: str, items: Sequence[Item], combine: Combine) -> Counts:
    """All that a reader of a source handed over, inside the caller's transaction: venues, editions, records, faults."""
    for item in items:
        if isinstance(item, VenueRecord):
            places.store_venue(item)
        elif isinstance(item, EditionRecord):
            places.store_edition(item)
    taken, faults = without_repeats(items)
    set_aside(source, faults)
    counts = Counts(set_aside=len(faults))
    for start in range(0, len(taken), BATCH):
        counts.add(store([item.record for item in taken[start : start + BATCH]], combine))
    return counts


def store(records: Sequence[PaperRecord], combine: Combine = newest) -> Counts:
    """Writes records of one source with distinct ids, inside the caller's transaction. `combine` says what a record
    that is there already becomes (see ingest.combine)."""
    if not records:
        return Counts()
    merging.lock()
    texts = {record.source_id: plain.to_json(record) for record in records}
    known = _known_hashes(records[0].source, list(texts))
    new = [record for record in records if record.source_id not in known]
    other = [r for r in records if r.source_id in known and known[r.source_id] != plain.digest(texts[r.source_id])]
    changed = _combined(other, known, combine)
    texts |= {record.source_id: plain.to_json(record) for record in changed}
    matches = find_works(new)
    works = {source_id: match.paper_id for source_id, match in matches.items()}
    fresh = [record for record in new if record.source_id not in works]
    paper_ids = _create_papers(fresh)
    paper_ids |= works
    _write_records(new, paper_ids, texts)
    _rewrite_records(changed, texts)
    merging.note([record for record in new if record.source_id in works], matches)
    places.write_places([*new, *changed])
    _derive_again(new, changed, works)
    merging.merge_known(changed)
    return Counts(created=len(new), updated=len(changed), unchanged=len(records) - len(new) - len(changed))


def _combined(told: Sequence[PaperRecord], known: dict[str, bytes], combine: Combine) -> list[PaperRecord]:
    """What the records that are there become, where that is something else than they are."""
    if not told:
        return []
    rows = Record.objects.filter(source=told[0].source, source_id__in=[record.source_id for record in told])
    before = {row.source_id: plain.from_json(row.data) for row in rows}
    after = [combine(before[record.source_id], record) for record in told]
    return [record for record in after if plain.digest(plain.to_json(record)) != known[record.source_id]]


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
    _copy("papers_paper", ["id", *merging.WORK_COLUMNS], rows)
    return {record.source_id: paper_id for paper_id, record in zip(ids, records, strict=True)}


def _write_records(records: Sequence[PaperRecord], paper_ids: dict[str, int], texts: dict[str, str]) -> None:
    rows = (
        (paper_ids[record.source_id], record.source, record.source_id, plain.digest(text), text)
        for record in records
        for text in [texts[record.source_id]]
    )
    _copy("papers_record", ["paper_id", "source", "source_id", "record_hash", "data"], rows)


def _rewrite_records(records: Sequence[PaperRecord], texts: dict[str, str]) -> None:
    """New text for known records; their places and the listings that were only estimated go, the new ones follow."""
    if not records:
        return
    source, source_ids = records[0].source, [record.source_id for record in records]
    told = [texts[source_id] for source_id in source_ids]
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE papers_record SET record_hash = told.hash, data = told.data::jsonb
               FROM unnest(%s::text[], %s::bytea[], %s::text[]) AS told (source_id, hash, data)
               WHERE papers_record.source = %s AND papers_record.source_id = told.source_id""",
            [source_ids, [plain.digest(text) for text in told], told, source],
        )
        for table, condition in (("papers_listing", "estimated"), ("papers_appearance", "true")):
            cursor.execute(
                f"""DELETE FROM {table} USING papers_record record
                    WHERE record_id = record.id AND {condition} AND source = %s AND source_id = ANY(%s)""",  # noqa: S608
                [source, source_ids],
            )


def _derive_again(new: Iterable[PaperRecord], changed: Iterable[PaperRecord], works: dict[str, int]) -> None:
    """Papers that gained a record or whose record changed, written anew if that makes a difference."""
    source_ids = [record.source_id for record in changed] + [r.source_id for r in new if r.source_id in works]
    if not source_ids:
        return
    source = next(iter([*changed, *new])).source
    papers = Paper.objects.filter(records__source=source, records__source_id__in=source_ids).distinct()
    for paper in papers.prefetch_related("records"):
        merging.derive_paper(paper)


def _columns(work: Work) -> list[Any]:
    return [
        _json(value) if name in _JSON_COLUMNS else value
        for name, value in ((name, getattr(work, name)) for name in merging.WORK_COLUMNS)
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
