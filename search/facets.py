"""How many of the papers found lie in each category, venue, year and so on, with the clause that keeps to those."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from papers.text import fold
from search.arms import Papers
from search.language.clauses import Clause, Code, CodeField, Span
from search.query import Query

SHOWN = 12
# Each part of the index counts by itself: with fewer than all values of a part the sums would be wrong.
_COUNTED = 20_000
_COLUMNS: dict[str, tuple[str, CodeField | None]] = {
    "category": ("categories", "cat"),
    "venue": ("venues", "venue"),
    "edition": ("editions", "venue"),
    "track": ("tracks", "track"),
    "year": ("year", None),
    "source": ("sources", "in"),
    "has": ("has", "has"),
}
_HAS = ("pdf", "code")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet; `is_chosen` says that the query keeps to it already."""

    name: str
    papers: int
    clause: Clause
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Values with the most papers first, years from the latest; `more` counts the values that are left out."""

    name: str
    values: tuple[Value, ...]
    more: int = 0


def facets(papers: Papers, query: Query) -> tuple[Facet, ...]:
    """Exact counts over all papers that match the query. Facets without a value are left out."""
    wanted = {
        name: {"terms": {"field": column, "size": _COUNTED, "segment_size": _COUNTED}}
        for name, (column, _) in _COLUMNS.items()
    }
    told = papers.index.aggregate(papers.matching.both, wanted)
    found = [_facet(name, told[name]["buckets"], query) for name in _COLUMNS]
    return tuple(facet for facet in found if facet.values)


def _facet(name: str, buckets: Iterable[dict[str, Any]], query: Query) -> Facet:
    values = [_value(name, bucket, query) for bucket in buckets]
    kept = [value for value in _joined(values) if value.name != "0" and (name != "has" or value.name in _HAS)]
    kept.sort(
        key=(lambda value: (-int(value.name),)) if name == "year" else (lambda value: (-value.papers, value.name))
    )
    return Facet(name, tuple(kept[:SHOWN]), max(len(kept) - SHOWN, 0))


def _value(name: str, bucket: dict[str, Any], query: Query) -> Value:
    code = _COLUMNS[name][1]
    key = str(bucket["key"] if code else int(bucket["key"]))
    clause: Clause = Code(code, key) if code else Span("year", int(key), int(key))
    return Value(key, int(bucket["doc_count"]), clause, clause in query.required)


def _joined(values: list[Value]) -> list[Value]:
    """Spellings that differ in case only are one value, as they are to a filter."""
    found: dict[str, Value] = {}
    for value in values:
        same = found.get(fold(value.name))
        papers = value.papers + (same.papers if same else 0)
        found[fold(value.name)] = Value((same or value).name, papers, (same or value).clause, (same or value).is_chosen)
    return list(found.values())
