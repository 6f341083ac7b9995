"""Addresses that narrow, widen or reorder a search: plain values for the page."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.category_names import category_name
from papers.identifiers import SOURCE_NAMES
from search import wording
from search.facets import Facet, Value
from search.query import Query, parse
from search.stages import Sort, Wanted

_FACETS: dict[str, str | Promise] = {
    "category": _("Category"),
    "venue": _("Venue"),
    "edition": _("Edition"),
    "track": _("Track"),
    "year": _("Year"),
    "source": _("Source"),
    "has": _("With"),
}
_HAS: dict[str, str | Promise] = {"pdf": "PDF", "code": _("code")}
_SORTS: dict[Sort, str | Promise] = {
    Sort.RELEVANCE: _("the best first"),
    Sort.TIME: _("the newest first"),
    Sort.INTEREST: _("what readers opened first"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """`is_chosen`: the page shows this already, and the link takes it back."""

    label: str | Promise
    url: str
    is_chosen: bool = False
    papers: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class FacetLinks:
    heading: str | Promise
    links: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Links:
    """Builds addresses of one page's search."""

    query: Query
    parameters: QueryDict

    def facets(self, found: tuple[Facet, ...]) -> list[FacetLinks]:
        start = self._start()
        return [
            FacetLinks(
                _FACETS[facet.name], tuple(self._value(facet.name, each, start) for each in facet.values), facet.more
            )
            for facet in found
        ]

    def filters(self) -> list[Link]:
        """Each filter of the query, with the address of the search without it."""
        return [
            Link(wording.described(clause), self.to(str(self.query.without(clause))), True)
            for clause in self.query.filters
        ]

    def sorts(self, wanted: Wanted) -> list[Link]:
        return [Link(label, self.to(self.query.text, sort), sort is wanted.sort) for sort, label in _SORTS.items()]

    def to(self, text: str, sort: Sort | None = None) -> str:
        """The address of another query, from its first page on."""
        parameters = self.parameters.copy()
        for name in ("skip", "upto"):
            parameters.pop(name, None)
        parameters["query"] = text
        if sort:
            parameters["sort"] = str(sort)
        return f"?{parameters.urlencode()}"

    def _value(self, name: str, value: Value, start: str) -> Link:
        text = str(self.query.without(value.clause)) if value.is_chosen else f"{start} {value.clause}".strip()
        label, title = _named(name, value.name)
        return Link(label, self.to(text), value.is_chosen, value.papers, title)

    def _start(self) -> str:
        """What a clause can be put behind: the text as typed, unless that would be read in another way."""
        written, clause = str(self.query), "has:pdf"
        is_same = parse(f"{self.query.text} {clause}") == parse(f"{written} {clause}")
        return self.query.text if is_same else written


def _named(facet: str, value: str) -> tuple[str | Promise, str]:
    """A value's label and the title that explains it."""
    if facet == "category":
        return value, category_name(value)
    if facet == "source":
        return SOURCE_NAMES.get(value, value), ""
    return (_HAS[value] if facet == "has" else value), ""
