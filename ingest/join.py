"""Which records are of works that another source has told us of already: the candidates, by SQL, for ingest.evidence.

Two records of one source are never joined: a source gives each of its papers one id. Every query is one for the whole
batch and goes by an index."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from ingest.evidence import Account, Kind, Match, Verdict, account, best, could_be, judge
from ingest.names import search_pairs
from ingest.titles import Title
from papers.models import Paper, Record
from papers.record import Author, PaperRecord
from papers.text import title_key

_MOST_OF_A_PAIR = 30  # papers looked at: two names that are common in all of science say little


def find_works(records: Sequence[PaperRecord]) -> dict[str, Match]:
    """source_id -> the paper that a new record is another record of. A paper takes at most one record of these."""
    if not records:
        return {}
    source = records[0].source
    apart = _kept_apart(records)
    told = {
        record.source_id: papers - apart.get(record.source_id, set())
        for record, papers in zip(records, _told(records), strict=True)
    }
    rest = [record for record in records if not told[record.source_id]]
    candidates = {
        source_id: papers - apart.get(source_id, set()) for source_id, papers in _candidates(rest, source).items()
    }
    by_id = [
        Match(record.source_id, paper, Verdict(Kind.ID, 1.0, {}))
        for record in records
        for paper in sorted(told[record.source_id])
    ]
    return best([*by_id, *_judged(rest, candidates)])


def _judged(records: Sequence[PaperRecord], candidates: dict[str, set[int]]) -> Iterator[Match]:
    accounts = _accounts({paper for papers in candidates.values() for paper in papers})
    for record in records:
        papers = sorted(candidates.get(record.source_id, set()) & accounts.keys())
        ours = account(record) if papers else None
        for paper in papers:
            if ours and (verdict := judge(ours, accounts[paper])):
                yield Match(record.source_id, paper, verdict)


def find_same(records: Sequence[PaperRecord]) -> dict[str, Match]:
    """source_id -> another paper that a known record says it is of, by id or DOI."""
    if not records:
        return {}
    apart, told = _kept_apart(records), _told(records)
    by_doi = _papers_by("doi", {record.doi for record in records if record.doi}, records[0].source)
    by_id = (
        Match(record.source_id, paper, Verdict(Kind.ID, 1.0, {}))
        for record, papers in zip(records, told, strict=True)
        for paper in sorted(papers)
    )
    judged = _judged(records, {record.source_id: set(by_doi.get(record.doi, ())) for record in records})
    found = [*by_id, *(match for match in judged if match.verdict.kind is Kind.DOI)]
    return best(match for match in found if match.paper_id not in apart.get(match.source_id, ()))


def _kept_apart(records: Sequence[PaperRecord]) -> dict[str, set[int]]:
    """source_id -> papers that an operator has parted it from."""
    names = {f"{record.source}:{record.source_id}": record.source_id for record in records}
    with connection.cursor() as cursor:
        cursor.execute("SELECT one, other FROM ingest_apart WHERE one = ANY(%(all)s) OR other = ANY(%(all)s)",
                       {"all": list(names)})  # fmt: skip
        rows = cursor.fetchall()
    pairs = [pair for one, other in rows for pair in ((one, other), (other, one)) if pair[0] in names]
    papers = papers_of({other for _, other in pairs})
    found: dict[str, set[int]] = {}
    for ours, other in pairs:
        if other in papers:
            found.setdefault(names[ours], set()).add(papers[other])
    return found


def papers_of(names: Iterable[str]) -> dict[str, int]:
    """The papers of records, by their names SOURCE:ID."""
    names = list(names)
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT source || ':' || source_id, paper_id FROM papers_record
            WHERE (source, source_id) IN (
                SELECT split_part(name, ':', 1), substr(name, strpos(name, ':') + 1) FROM unnest(%s::text[]) name)
            """,
            [names],
        )
        return dict(cursor.fetchall())


def _told(records: Sequence[PaperRecord]) -> list[set[int]]:
    """The papers that each record names, or whose records name it; only those that lack a record of its source."""
    named = papers_of({name for record in records for name in record.same_as})
    naming = _naming([f"{record.source}:{record.source_id}" for record in records])
    found = [
        {named[name] for name in record.same_as if name in named}
        | naming.get(f"{record.source}:{record.source_id}", set())
        for record in records
    ]
    taken = _with_record_of(records[0].source, {paper for papers in found for paper in papers})
    return [papers - taken for papers in found]


def _naming(names: list[str]) -> dict[str, set[int]]:
    """Few records name another one: an index of its own holds them (see the migration)."""
    found: dict[str, set[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT name, record.paper_id
            FROM papers_record record CROSS JOIN LATERAL jsonb_array_elements_text(record.data->'same_as') name
            WHERE record.data ? 'same_as' AND (record.data->'same_as') ?| %s::text[]
            """,
            [names],
        )
        for name, paper in cursor.fetchall():
            found.setdefault(name, set()).add(paper)
    return found


def _with_record_of(source: str, papers: set[int]) -> set[int]:
    if not papers:
        return set()
    return set(Record.objects.filter(source=source, paper__in=papers).values_list("paper_id", flat=True))


def _candidates(records: Sequence[PaperRecord], source: str) -> dict[str, set[int]]:
    """Papers without a record of this source that have the DOI, the title, or two authors and a near title."""
    keys = {record.source_id: title_key(record.title) for record in records}
    by_doi = _papers_by("doi", {record.doi for record in records if record.doi}, source)
    by_title = _papers_by("title_key", {key for key in keys.values() if key}, source)
    found = {
        record.source_id: {*by_doi.get(record.doi, ()), *by_title.get(keys[record.source_id], ())} for record in records
    }
    titles = {record.source_id: record.title for record in records}
    for source_id, paper, title in _papers_by_authors([r for r in records if not found[r.source_id]], source):
        if could_be(titles[source_id], title):
            found[source_id].add(paper)
    return found


# Counted, not NOT EXISTS: PostgreSQL would make that a join over all records, which grows with the corpus. `|| ''`
# keeps it from the index of sources: where statistics do not know a source yet, that one seems the best, and then every
# candidate costs a walk over all records of the source.
_LACKS_SOURCE = """(
    SELECT count(*) FROM papers_record record WHERE record.paper_id = paper.id AND record.source || '' = %s) = 0"""
_TYPES = {"doi": ("text", "''"), "title_key": ("bigint", "0")}


def _papers_by(column: str, values: Iterable[Any], source: str) -> dict[Any, list[int]]:
    """`<> nothing` says again what the index of DOIs leaves out: of an array of over 100 values PostgreSQL does not
    find it out, and scans."""
    kind, nothing = _TYPES[column]
    found: dict[Any, list[int]] = {}
    if asked := list(values):
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT paper.{column}, paper.id FROM papers_paper paper
                    WHERE paper.{column} = ANY(%s::{kind}[]) AND paper.{column} <> {nothing} AND {_LACKS_SOURCE}
                    ORDER BY paper.id""",  # noqa: S608 - the columns stand above
                [asked, source],
            )
            for value, paper in cursor.fetchall():
                found.setdefault(value, []).append(paper)
    return found


def _papers_by_authors(records: Sequence[PaperRecord], source: str) -> list[tuple[str, int, str]]:
    """(source_id, paper, its title): the GIN index meets the lists of two authors, so a common name beside a rare one
    costs nothing. Ordered by a sum: for a bare LIMIT, and one by an id, PostgreSQL scans the table instead."""
    asked = [(record.source_id, *pair) for record in records for pair in search_pairs(record.authors)]
    if not asked:
        return []
    with connection.cursor() as cursor:
        # What earlier batches added waits in a list that every look-up would read from end to end.
        cursor.execute("SELECT gin_clean_pending_list('paper_author_keys')")
        cursor.execute(
            f"""
            SELECT DISTINCT asked.source_id, met.id, met.title
            FROM unnest(%s::text[], %s::text[], %s::text[]) AS asked (source_id, one, other)
            CROSS JOIN LATERAL (
                SELECT paper.id, paper.title FROM papers_paper paper
                WHERE paper.author_keys @> ARRAY[asked.one, asked.other] AND {_LACKS_SOURCE}
                ORDER BY paper.id + 0 LIMIT {_MOST_OF_A_PAIR}
            ) met ORDER BY met.id
            """,  # noqa: S608
            [*(list(column) for column in zip(*asked, strict=True)), source],
        )
        return list(cursor.fetchall())


def _accounts(papers: Iterable[int]) -> dict[int, Account]:
    wanted = list(papers)
    rows = Paper.objects.filter(pk__in=wanted).only(
        "title", "authors", "doi", "abstract", "submitted", "published"
    ) if wanted else ()  # fmt: skip
    return {paper.pk: _account(paper) for paper in rows}


def _account(paper: Paper) -> Account:
    return Account(
        Title(paper.title),
        [Author(each.get("name", ""), each.get("family", ""), each.get("given", "")) for each in paper.authors],
        paper.doi,
        paper.abstract,
        paper.submitted.year if paper.submitted else None,
        paper.published.year if paper.published else None,
    )
