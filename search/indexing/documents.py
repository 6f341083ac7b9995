"""Paper rows -> documents of the BM25 index."""

from collections.abc import Iterator

from django.db import connection

from papers.models import Paper
from papers.taxonomy import canonical
from papers.text import fold
from search.analysis import indexable
from search.indexing.lexical import Document

_COLUMNS = (
    "id", "key", "title", "abstract", "authors", "editors", "categories", "keywords", "doi", "report_no",
    "submitted", "announced", "published", "appearances",
)  # fmt: skip
CHUNK = 2_000


def of_papers(paper_ids: list[int]) -> Iterator[Document]:
    """Documents of the papers that exist, in no particular order."""
    ids = _record_ids(paper_ids)
    for row in Paper.objects.filter(id__in=paper_ids).values(*_COLUMNS):
        yield _document(row, ids.get(row["id"], []))


def all_paper_ids() -> Iterator[list[int]]:
    """Ids of all papers in chunks, each read by key so that no transaction stays open between them."""
    last = 0
    while chunk := list(Paper.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:CHUNK]):
        yield chunk
        last = chunk[-1]


def _record_ids(paper_ids: list[int]) -> dict[int, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT paper_id, array_agg(source_id) FROM papers_record WHERE paper_id = ANY(%s) GROUP BY 1", [paper_ids]
        )
        return dict(cursor.fetchall())


def _document(row: dict, record_ids: list[str]) -> Document:  # type: ignore[type-arg]
    names = [name for author in [*row["authors"], *row["editors"]] for name in _names(author)]
    ids = {row["key"], *record_ids, row["doi"], row["report_no"]} - {""}
    return Document(
        paper_id=row["id"],
        title=indexable(row["title"]),
        abstract=indexable(row["abstract"]),
        authors=[indexable(name) for name in names],
        ids=sorted(fold(value) for value in ids),
        categories=sorted({*row["categories"], *map(canonical, row["categories"])}),
        venues=sorted({edition.rpartition(".")[0] for edition in row["appearances"]}),
        editions=row["appearances"],
        day=_day(row),
    )


def _names(author: dict) -> list[str]:  # type: ignore[type-arg]
    return [author.get("name", ""), *author.get("variants", [])]


def _day(row: dict) -> int:  # type: ignore[type-arg]
    day = row["announced"] or row["published"] or (row["submitted"] and row["submitted"].date())
    return int(day.strftime("%Y%m%d")) if day else 0
