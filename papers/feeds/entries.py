"""What the feed of each list has told: which paper, when, and under which name.

An entry is written when a paper gets its first place in a list, and stays as it is however often the list, the paper or
its records are written again. Two papers that become one leave each feed the name that it has told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.db import connection

from papers.feeds import moments
from papers.record import ListingKind

# The last to be written is the first to be read: the newest day, new papers before cross-lists, in the list's order.
# A paper goes by the name under which any feed told it first, for as long as it is here. `+ 0` keeps that from being
# sought along the entries' ids, and subqueries keep it and the key from being joined, in whatever order PostgreSQL
# would choose for tables that it does not know yet.
_NOTE = """
    INSERT INTO papers_feedentry (paper_id, list, track, venue, told, name)
    SELECT placed.paper, placed.list, placed.track, placed.venue, placed.told, coalesce(
        (SELECT name FROM papers_feedentry there WHERE there.paper_id = placed.paper ORDER BY there.id + 0 LIMIT 1),
        placed.key)
    FROM (
        SELECT told.*, (SELECT key FROM papers_paper WHERE id = told.paper) AS key
        FROM unnest(
            %s::bigint[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::date[], %s::boolean[], %s::int[]
        ) AS told (paper, list, track, venue, told, day, is_new, position)
    ) placed
    ORDER BY placed.day, placed.is_new, placed.position DESC NULLS FIRST, placed.key
    ON CONFLICT DO NOTHING
"""
_STANDS_NO_MORE = """
    NOT EXISTS (SELECT FROM papers_listing place WHERE place.paper_id = %(old)s AND place.category = entry.list)
    AND NOT EXISTS (
        SELECT FROM papers_appearance place JOIN papers_edition edition ON edition.id = place.edition_id
        WHERE place.paper_id = %(old)s AND edition.name = entry.list)
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper's new place in the list of a category's day."""

    paper: int
    category: str
    day: date
    kind: str
    position: int | None


@dataclass(frozen=True, slots=True)
class Appeared:
    """A paper's new place in an edition, which is named VENUE.YEAR."""

    paper: int
    edition: str
    track: str
    position: int | None


class _Placed(NamedTuple):
    """A row of _NOTE."""

    paper: int
    list: str
    track: str
    venue: str
    told: datetime
    day: date
    is_new: bool
    position: int | None


def note_listed(places: Iterable[Listed], now: datetime) -> None:
    """Tells of papers in the lists of days; inside the caller's transaction, which no other one may overtake."""
    of_day = cache(lambda day: moments.of_day(day, now))
    _note(
        [
            _Placed(place.paper, place.category, "", "", of_day(place.day), place.day, kind is ListingKind.NEW,
                    place.position)
            for place in places
            if (kind := ListingKind(place.kind)) is not ListingKind.REPLACEMENT
        ]
    )  # fmt: skip


def note_appeared(places: Iterable[Appeared], now: datetime) -> None:
    """Likewise of papers in editions of venues."""
    of_year = cache(lambda year: moments.of_edition(year, now))
    placed = []
    for place in places:
        venue, _, year = place.edition.rpartition(".")
        first = date(int(year), 1, 1)
        placed.append(
            _Placed(place.paper, place.edition, place.track, venue, of_year(first.year), first, True, place.position)
        )
    _note(placed)


def bring_together(kept: int, gone: int) -> None:
    """Two papers become one. Each feed goes on under the name that it told; one that told both keeps one of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE papers_feedentry entry SET paper_id = %(kept)s WHERE paper_id = %(gone)s AND NOT EXISTS (
                   SELECT FROM papers_feedentry there
                   WHERE there.paper_id = %(kept)s AND there.list = entry.list AND there.track = entry.track)""",
            {"kept": kept, "gone": gone},
        )


def part(old: int, fresh: int, key: str, names: Sequence[str]) -> None:
    """A paper's records in part leave it for another one, with all lists in which it then stands no more. `names` are
    those by which the moved records may have been told; what was told under another one is told again, as `key`."""
    told = {"old": old, "fresh": fresh, "key": key, "names": list(names)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE papers_feedentry entry
                SET paper_id = %(fresh)s, name = CASE WHEN name = ANY(%(names)s) THEN name ELSE %(key)s END
                WHERE paper_id = %(old)s AND {_STANDS_NO_MORE}""",  # noqa: S608
            told,
        )
        # Two papers under one name would be one to a reader.
        cursor.execute(
            """UPDATE papers_feedentry entry SET name = paper.key FROM papers_paper paper
               WHERE paper.id = %(old)s AND entry.paper_id = paper.id AND entry.name = ANY(%(names)s)""",
            told,
        )


def _note(placed: Sequence[_Placed]) -> None:
    if placed:
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, [list(column) for column in zip(*placed, strict=True)])
