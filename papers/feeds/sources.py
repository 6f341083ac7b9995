"""Which papers a feed holds, in its order: one query each, with what tells whether anything has changed.

Each row is read where it stands in an index; what a feed shows of a paper is all in `content_hash`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from papers.feeds.asked import Asked, Mark
from papers.identifiers import ArxivId
from papers.selection import Selection

MOST = 5_000  # papers looked at where an index does not know their order


@dataclass(frozen=True, slots=True)
class Told:
    """A paper in a feed: when it was told there, under which name, and when it last changed."""

    paper_id: int
    told: datetime
    mark: Mark
    name: str
    content_hash: bytes
    changed: datetime | None


def of_categories(chosen: Selection, asked: Asked) -> list[Told]:
    """Papers of any of the categories where it was told first, without those that bear an excluded one. Each of these
    functions gives one paper more than is asked for, if there is one."""
    without = _WITHOUT if chosen.excluded else "true"
    lists = _paged("entry.list = code", "sooner.list || '' = ANY(%(lists)s)", asked, without)
    given = {"lists": list(chosen.codes), "excluded": chosen.excluded_spellings}
    return _read(
        f"""SELECT entry.* FROM unnest(%(lists)s::text[]) code CROSS JOIN LATERAL ({lists}) entry
            {_NEWEST_FIRST} LIMIT %(most)s""",  # noqa: S608 - all parts stand in this module
        asked,
        given,
    )


def of_edition(name: str, track: str, asked: Asked) -> list[Told]:
    """Papers of an edition, or of one of its tracks where that is not ""."""
    of_track = " AND {}.track = %(track)s" if track else ""
    entries = _paged(
        "entry.list = %(name)s" + of_track.format("entry"),
        "sooner.list || '' = %(name)s" + of_track.format("sooner"),
        asked,
    )
    return _read(entries, asked, {"name": name, "track": track})


def of_venue(name: str, asked: Asked) -> list[Told]:
    """Papers of all editions of a venue."""
    of_list = "entry.venue = %(name)s AND entry.venue <> ''"  # the index leaves out categories
    return _read(_paged(of_list, "sooner.venue || '' = %(name)s", asked), asked, {"name": name})


def of_all_venues(asked: Asked) -> list[Told]:
    return _read(_paged("entry.venue <> ''", "sooner.venue || '' <> ''", asked), asked, {})


def of_arxiv_ids(ids: Sequence[ArxivId], asked: Asked) -> list[Told]:
    """Papers that were named one by one, those that are here."""
    condition = """paper.id IN (
        SELECT paper_id FROM papers_record WHERE source = 'arxiv' AND source_id = ANY(%(ids)s))"""
    return _read_papers(condition, asked, {"ids": [each.id for each in ids]})


def of_author_keys(keys: Sequence[str], asked: Asked) -> list[Told]:
    """Papers that bear any of these keys of authors: MOST of them, from which the caller chooses."""
    return _read_papers("paper.author_keys && %(keys)s", asked, {"keys": list(keys), "most": MOST})


def of_papers(paper_ids: Sequence[int], asked: Asked) -> list[Told]:
    """Some of these papers, those deleted meanwhile left out."""
    return _read_papers("paper.id = ANY(%(ids)s)", asked, {"ids": list(paper_ids)})


_NEWEST_FIRST = "ORDER BY told DESC, id DESC"
# Subqueries that stand for a value are computed row by row, whatever PostgreSQL thinks of the tables' sizes: a join
# that it hashes would read all entries for the first hundred. `|| ''` and `+ 0` keep them to the index by paper.
_FIRST = """entry.id = (
    SELECT sooner.id FROM papers_feedentry sooner WHERE sooner.paper_id = entry.paper_id AND {}
    ORDER BY sooner.told, sooner.id LIMIT 1)"""
_WITHOUT = """NOT (
    SELECT paper.categories && %(excluded)s FROM papers_paper paper WHERE paper.id = entry.paper_id)"""
_CHANGED = "(SELECT max(at) FROM papers_change change WHERE change.paper_id = paper.id)"


def _paged(of_list: str, sooner: str, asked: Asked, more: str = "true") -> str:
    """The entries of some lists behind the mark, each paper where it was told first."""
    before = "(entry.told, entry.id) < (%(told)s, %(id)s)" if asked.before else "true"
    return f"""SELECT entry.paper_id, entry.told, entry.id, entry.name FROM papers_feedentry entry
        WHERE {of_list} AND {before} AND {_FIRST.format(sooner)} AND {more}
        {_NEWEST_FIRST} LIMIT %(most)s"""  # noqa: S608 - all parts stand in this module


def _read(entries: str, asked: Asked, given: dict[str, Any]) -> list[Told]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT entry.paper_id, entry.told, entry.id, entry.name, paper.content_hash, {_CHANGED}
                FROM ({entries}) entry JOIN papers_paper paper ON paper.id = entry.paper_id
                ORDER BY entry.told DESC, entry.id DESC""",  # noqa: S608
            {"most": asked.show + 1} | given | _bounds(asked),
        )
        return [
            Told(paper, told, Mark(round(told.timestamp()), number), name, bytes(content), changed)
            for paper, told, number, name, content, changed in cursor.fetchall()
        ]


def _read_papers(condition: str, asked: Asked, given: dict[str, Any]) -> list[Told]:
    """Papers for which a condition holds, by when any feed told them first; those that none did, by their own dates."""
    before = "(told, id) < (%(told)s, %(id)s)" if asked.before else "true"
    return _read(
        f"""SELECT * FROM (
                SELECT paper.id AS paper_id, paper.id, coalesce(first.name, paper.key) AS name, coalesce(
                    first.told, date_trunc('second', paper.submitted), paper.published, 'epoch') AS told
                FROM papers_paper paper LEFT JOIN LATERAL (
                    SELECT told, name FROM papers_feedentry WHERE paper_id = paper.id ORDER BY id + 0 LIMIT 1
                ) first ON true WHERE {condition}
            ) entry WHERE {before} {_NEWEST_FIRST} LIMIT %(most)s""",  # noqa: S608
        asked,
        given,
    )


def _bounds(asked: Asked) -> dict[str, Any]:
    return {"told": asked.before.time, "id": asked.before.id} if asked.before else {}
