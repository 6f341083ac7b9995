"""Where papers stand: venues, their editions, appearances in them, listings in the daily lists."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from ingest import clock
from papers.feeds import entries
from papers.feeds.entries import Appeared, Listed
from papers.models import Edition, Record, Venue
from papers.record import EditionRecord, PaperRecord, VenueRecord


def store_venue(venue: VenueRecord) -> None:
    """Keeps what is known of a venue: an empty field never overwrites a filled one."""
    _fill(Venue, {"name": venue.name}, full_name=venue.full_name, aliases=list(venue.aliases), url=venue.url,
          field=venue.field)  # fmt: skip


def store_edition(edition: EditionRecord) -> None:
    """Likewise for an edition; its venue is made if it is not there yet."""
    venue, _ = Venue.objects.get_or_create(name=edition.venue)
    _fill(Edition, {"name": edition.name}, {"venue": venue, "year": edition.year}, title=edition.title,
          location=edition.location, dates=edition.dates, url=edition.url)  # fmt: skip


def write_places(records: Sequence[PaperRecord]) -> None:
    """Listings and appearances. Two records of one paper may name the same place: the first keeps it. An estimated
    day gives way to what a list of that day has told, and to the day on which the paper was truly announced."""
    if not any(record.listings or record.appearances for record in records):
        return
    found = Record.objects.filter(
        source=records[0].source, source_id__in=[record.source_id for record in records]
    ).values_list("source_id", "id", "paper_id")
    rows = {source_id: (record_id, paper_id) for source_id, record_id, paper_id in found}
    insert_listings(
        [
            (*rows[record.source_id], place.category, place.day, place.kind.value, place.position, place.estimated)
            for record in records
            for place in record.listings
        ]
    )
    _insert_appearances(
        [
            (*rows[record.source_id], place.edition, place.track, place.position)
            for record in records
            for place in record.appearances
        ]
    )


def insert_listings(rows: list[tuple[Any, ...]]) -> None:
    """Rows of record, paper, category, day, kind, position, estimated. An estimate stands only where nothing better is
    told."""
    made = _insert_new(
        "papers_listing",
        ["record_id", "paper_id", "category", "day", "kind", "position", "estimated"],
        ["bigint", "bigint", "text", "date", "text", "integer", "boolean"],
        rows,
        where=_NOT_TOLD_OTHERWISE,
    )
    entries.note_listed((Listed(*row[1:6]) for row in made), clock.now())


def _insert_appearances(rows: list[tuple[Any, ...]]) -> None:
    """Rows of record, paper, edition's name, track, position."""
    ids = _editions({row[2] for row in rows})
    names = {edition: name for name, edition in ids.items()}
    made = _insert_new(
        "papers_appearance",
        ["record_id", "paper_id", "edition_id", "track", "position"],
        ["bigint", "bigint", "bigint", "text", "integer"],
        [(record, paper, ids[edition], track, position) for record, paper, edition, track, position in rows],
    )
    entries.note_appeared(
        (Appeared(paper, names[edition], track, position) for _, paper, edition, track, position in made), clock.now()
    )


def _editions(names: set[str]) -> dict[str, int]:
    """Ids of editions; one that no source has described yet is made from its name, VENUE.YEAR."""
    known = dict(Edition.objects.filter(name__in=names).values_list("name", "id"))
    for name in sorted(names - known.keys()):
        venue, _, year = name.rpartition(".")
        store_edition(EditionRecord(name=name, venue=venue, year=int(year)))
        known[name] = Edition.objects.get(name=name).pk
    return known


_NOT_TOLD_OTHERWISE = """
    NOT told.estimated OR NOT EXISTS (
        SELECT FROM ingest_announcedlist list WHERE list.category = told.category AND list.day = told.day
    ) AND NOT EXISTS (
        SELECT FROM papers_listing there
        WHERE there.paper_id = told.paper_id AND there.category = told.category AND NOT there.estimated
          AND there.kind <> 'replacement' AND told.kind <> 'replacement'
    )
"""


def _insert_new(
    table: str, columns: list[str], types: list[str], rows: list[tuple[Any, ...]], where: str = "true"
) -> list[tuple[Any, ...]]:
    """Inserts column by column as arrays: one statement for all rows, those that are there already left alone. Returns
    the others."""
    if not rows:
        return []
    names, arrays = ", ".join(columns), ", ".join(f"%s::{kind}[]" for kind in types)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) AS told ({names})
                WHERE {where} ON CONFLICT DO NOTHING RETURNING {names}""",  # noqa: S608
            [list(column) for column in zip(*rows, strict=True)],
        )
        return list(cursor.fetchall())


def _fill(model: Any, key: dict[str, Any], needed: dict[str, Any] | None = None, **told: Any) -> None:
    row, made = model.objects.get_or_create(**key, defaults={**(needed or {}), **told})
    better = {name: value for name, value in told.items() if value and getattr(row, name) != value}
    if not made and better:
        model.objects.filter(pk=row.pk).update(**better)
