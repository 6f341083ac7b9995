"""Which new records are of works that another source has told us of already.

Evidence, strongest first: the source says so; the same DOI; the same title (long enough to mean something) with
authors in common. Two records of one source are never joined: a source gives each of its papers one id."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection

from papers.record import PaperRecord
from papers.text import name_key, title_key

Candidate = tuple[int, set[str]]  # a paper's id and its author keys
Value = TypeVar("Value", str, int)


def find_works(records: Sequence[PaperRecord]) -> dict[str, int]:
    """source_id -> id of the paper it is another record of. A paper takes at most one record of these."""
    if not records:
        return {}
    source = records[0].source
    told = _papers_told([name for record in records for name in record.same_as], source)
    by_doi = _papers_by_doi([record.doi for record in records if record.doi], source)
    by_title = _papers_by_title([key for record in records if (key := title_key(record.title))], source)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for record in records:
        paper_id = next((told[name] for name in record.same_as if name in told), None)
        if paper_id is not None and paper_id not in taken:
            found[record.source_id] = paper_id
            taken.add(paper_id)
            continue
        candidates = by_doi.get(record.doi, []) if record.doi else []
        candidates = candidates or by_title.get(title_key(record.title), [])
        for paper_id, keys in candidates:
            if paper_id not in taken and _share_authors(record, keys):
                found[record.source_id] = paper_id
                taken.add(paper_id)
                break
    return found


def _papers_told(names: list[str], source: str) -> dict[str, int]:
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT named.source || ':' || named.source_id, named.paper_id FROM papers_record named
            WHERE (named.source, named.source_id) IN (
                SELECT split_part(name, ':', 1), substr(name, strpos(name, ':') + 1) FROM unnest(%s::text[]) name)
              AND NOT EXISTS (
                SELECT FROM papers_record ours WHERE ours.paper_id = named.paper_id AND ours.source = %s)
            """,
            [names, source],
        )
        return dict(cursor.fetchall())


def _papers_by_doi(dois: list[str], source: str) -> dict[str, list[Candidate]]:
    return _grouped(_CANDIDATES.format(column="doi", kind="text", nothing="''"), dois, source)


def _papers_by_title(keys: list[int], source: str) -> dict[int, list[Candidate]]:
    return _grouped(_CANDIDATES.format(column="title_key", kind="bigint", nothing="0"), keys, source)


# Papers without a record of this source, by the value asked for; the oldest first, so that a rerun agrees. Counted,
# not NOT EXISTS: PostgreSQL would make that a join over all records, which grows with the corpus. `<> nothing` says
# again what the index of DOIs leaves out: of an array of over 100 values PostgreSQL does not find it out, and scans.
_CANDIDATES = """
    SELECT paper.{column}, paper.id, paper.author_keys FROM papers_paper paper
    WHERE paper.{column} = ANY(%s::{kind}[]) AND paper.{column} <> {nothing} AND (
        SELECT count(*) FROM papers_record record WHERE record.paper_id = paper.id AND record.source = %s) = 0
    ORDER BY paper.id
"""


def _grouped(query: str, values: Sequence[Value], source: str) -> dict[Value, list[Candidate]]:
    found: dict[Value, list[Candidate]] = {}
    if values:
        with connection.cursor() as cursor:
            cursor.execute(query, [list(values), source])
            for value, paper_id, keys in cursor.fetchall():
                found.setdefault(value, []).append((paper_id, set(keys)))
    return found


def _share_authors(record: PaperRecord, keys: set[str]) -> bool:
    """At least half of the shorter author list by family name: names are spelt out differently by each source."""
    ours = {_family(name_key(author.family or author.name, author.given)) for author in record.authors}
    theirs = {_family(key) for key in keys}
    return 2 * len(ours & theirs) >= min(len(ours), len(theirs)) > 0


def _family(key: str) -> str:
    return key.split(" ", 1)[0]
