"""Paper rows -> documents of the BM25 index."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from papers.models import Paper
from papers.taxonomy import canonical
from papers.text import fold
from search.analysis import indexable
from search.indexing.lexical import Document
from search.names import forms

_COLUMNS = (
    "id", "key", "title", "abstract", "authors", "editors", "categories", "doi", "report_no", "submitted", "announced",
    "published", "appearances", "pdf_url", "links",
)  # fmt: skip
CHUNK = 2_000

Row = dict[str, Any]


def of_papers(paper_ids: list[int]) -> Iterator[Document]:
    """Documents of the papers that exist, in no particular order."""
    records, tracks = _records(paper_ids), _tracks(paper_ids)
    for row in Paper.objects.filter(id__in=paper_ids).values(*_COLUMNS):
        ids, sources = records.get(row["id"], ([], []))
        yield _document(row, ids, sources, tracks.get(row["id"], []))


def all_paper_ids() -> Iterator[list[int]]:
    """Ids of all papers in chunks, each read by key so that no transaction stays open between them."""
    last = 0
    while chunk := list(Paper.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:CHUNK]):
        yield chunk
        last = chunk[-1]


def _records(paper_ids: list[int]) -> dict[int, tuple[list[str], list[str]]]:
    """Ids and sources of each paper's records."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT paper_id, array_agg(source_id), array_agg(DISTINCT source) FROM papers_record
            WHERE paper_id = ANY(%s) GROUP BY 1
            """,
            [paper_ids],
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def _tracks(paper_ids: list[int]) -> dict[int, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT paper_id, array_agg(DISTINCT track) FROM papers_appearance
            WHERE paper_id = ANY(%s) AND track <> '' GROUP BY 1
            """,
            [paper_ids],
        )
        return dict(cursor.fetchall())


def _document(row: Row, record_ids: list[str], sources: list[str], tracks: list[str]) -> Document:
    people = [*row["authors"], *row["editors"]]
    ids = {row["key"], *record_ids, row["doi"], row["report_no"]} - {""}
    return Document(
        paper_id=row["id"],
        title=indexable(row["title"]),
        abstract=indexable(row["abstract"]),
        authors=[indexable(name) for author in people for name in _spellings(author)],
        names=sorted({form for author in people for form in _names(author)}),
        ids=sorted(fold(value) for value in ids),
        categories=list(dict.fromkeys(map(canonical, row["categories"]))),
        venues=sorted({edition.rpartition(".")[0] for edition in row["appearances"]}),
        editions=row["appearances"],
        tracks=tracks,
        track_names=sorted(set(map(fold, tracks))),
        sources=sources,
        branches=_branches(row, sources),
        has=_has(row),
        day=_day(row),
    )


def _spellings(author: Row) -> list[str]:
    return [author.get("name", ""), *author.get("variants", [])]


def _names(author: Row) -> set[str]:
    found = forms(author.get("name", ""), author.get("family", ""), author.get("given", ""))
    return found.union(*(forms(variant) for variant in author.get("variants", [])))


def _branches(row: Row, sources: list[str]) -> list[str]:
    """Where readers find the paper: among the preprints, among the venues' papers, or both."""
    is_venues = bool(row["appearances"]) or any(source != "arxiv" for source in sources)
    return ["arxiv"] * ("arxiv" in sources) + ["venues"] * is_venues


def _has(row: Row) -> list[str]:
    told = {
        "pdf": row["pdf_url"],
        "code": any(link.get("kind") == "code" and link.get("url") for link in row["links"]),
        "doi": row["doi"],
        "abstract": row["abstract"],
        "venue": row["appearances"],
    }
    return [name for name, value in told.items() if value]


def _day(row: Row) -> int:
    day = row["announced"] or row["published"] or (row["submitted"] and row["submitted"].date())
    return int(day.strftime("%Y%m%d")) if day else 0
