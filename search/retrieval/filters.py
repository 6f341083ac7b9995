"""Clauses of a query -> queries of the BM25 index that say of each paper whether they hold."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import tantivy
from tantivy import FieldType, Occur

from papers.identifiers import arxiv_id, doi
from papers.taxonomy import archives, canonical, spelling
from papers.text import fold
from search import names
from search.analysis import UNSPACED, query_text
from search.indexing import lexical
from search.language.clauses import Author, Clause, Code, Either, Every, Not, Span, Text

_EDITION = re.compile(r"(?P<venue>.+?)[\s.'’-]*(?P<year>(?:19|20)\d\d)\Z")
_SPECIAL = re.compile(r"([.*+?()|\[\]{}^$\\&~#-])")
_LONGEST_PATTERN = 40
_FIELDS = {"": "body", "ti": "title", "abs": "abstract"}
# Names that venues had before, where no source tells them.
_FORMER_NAMES = {"nips": "neurips"}


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles clauses for an index with this schema. `venues` gives the names of venues by every name they go by,
    folded (search.venues); it is asked only if a clause names one. `frequency` tells how many papers have a term in a
    field. `unknown` collects the clauses that name a venue or category which nobody knows."""

    schema: Any
    venues: Callable[[], Mapping[str, tuple[str, ...]]]
    frequency: Callable[[str, str], int]
    unknown: list[Code] = field(default_factory=list)

    def compiled(self, clause: Clause) -> Any:
        match clause:
            case Not(inner):
                return none_of([self.compiled(inner)])
            case Every(clauses):
                return all_of([self.compiled(each) for each in clauses])
            case Either(clauses):
                return any_of([self.compiled(each) for each in clauses])
            case Text(where, text):
                return self._phrase(_FIELDS[where], text, stemmed=True)
            case Author(name, prefix):
                pattern = names.pattern(name, prefix)
                return self._matching("names", pattern) if pattern else tantivy.Query.empty_query()
            case Span(where, first, last):
                return self._span(where, first, last)
            case Code():
                return self._code(clause)

    def _code(self, clause: Code) -> Any:
        value = clause.value
        match clause.field:
            case "cat":
                return self._category(clause)
            case "venue":
                return self._venue(clause)
            case "track":
                return self._track(fold(value))
            case "id":
                return self._term("ids", _identifier(value))
            case "in":
                return self._source(value.lower())
            case _:
                return self._term("has", value)

    def _phrase(self, name: str, text: str, stemmed: bool) -> Any:
        terms = analyzer(stemmed).analyze(query_text(text))
        if len(terms) > 1:
            return tantivy.Query.phrase_query(self.schema, name, terms)
        if terms and len(text) == 1 and UNSPACED.match(text):  # within a run it is only there as part of a pair
            return self._matching(name, f".?{text}.?")
        return self._term(name, terms[0]) if terms else tantivy.Query.empty_query()

    def _track(self, value: str) -> Any:
        """The track of that name, or else those that have it within theirs."""
        if self.frequency("track_names", value):
            return self._term("track_names", value)
        return self._phrase("track", value, stemmed=False)

    def _category(self, clause: Code) -> Any:
        typed = clause.value.removesuffix(".*")
        known = spelling(typed)
        archive = known or typed.lower()
        found = [self._term("categories", canonical(known))] if known and typed == clause.value else []
        if archive in archives():
            found.append(self._matching("categories", f"{_escaped(archive)}(\\..*)?"))
        elif "*" in typed and len(typed) <= _LONGEST_PATTERN:
            found.append(self._matching("categories", ".*".join(map(_escaped, re.split(r"\*+", typed, maxsplit=2)))))
        if not found:
            found = [self._term("categories", typed)]  # arXiv opens categories without notice
            if not self.frequency("categories", typed):
                self.unknown.append(clause)
        return any_of(found)

    def _venue(self, clause: Code) -> Any:
        folded = fold(clause.value)
        edition = _EDITION.match(folded)
        if found := self._named(folded):
            return any_of([self._term("venues", name) for name in found])
        if edition and (found := self._named(edition["venue"])):
            return any_of([self._term("editions", f"{name}.{edition['year']}") for name in found])
        self.unknown.append(clause)
        return tantivy.Query.empty_query()

    def _named(self, name: str) -> tuple[str, ...]:
        known = self.venues()
        return known.get(name) or known.get(_FORMER_NAMES.get(name, name), ())

    def _source(self, value: str) -> Any:
        if value in ("arxiv", "venues", "venue"):
            return self._term("branches", "arxiv" if value == "arxiv" else "venues")
        return self._term("sources", value)

    def _span(self, name: str, first: int | None, last: int | None) -> Any:
        column = "year" if name == "year" else "day"
        least = 1 if first is None else first  # 0 stands for a day that is not known
        return tantivy.Query.range_query(self.schema, column, FieldType.Integer, least, last)

    def _term(self, name: str, term: str) -> Any:
        return tantivy.Query.term_query(self.schema, name, term)

    def _matching(self, name: str, pattern: str) -> Any:
        return tantivy.Query.regex_query(self.schema, name, pattern)


def any_of(found: list[Any]) -> Any:
    return found[0] if len(found) == 1 else tantivy.Query.boolean_query([(Occur.Should, each) for each in found])


def all_of(found: list[Any]) -> Any:
    return found[0] if len(found) == 1 else tantivy.Query.boolean_query([(Occur.Must, each) for each in found])


def none_of(found: list[Any]) -> Any:
    return tantivy.Query.boolean_query(
        [(Occur.Must, tantivy.Query.all_query()), *((Occur.MustNot, each) for each in found)]
    )


def _identifier(value: str) -> str:
    if found := arxiv_id(value):
        return found.id
    return fold(doi(value) or value)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


@cache
def analyzer(stemmed: bool) -> Any:
    return lexical.stemmed() if stemmed else lexical.unstemmed()
