"""Which words of a text are the query's, by the same analysis that found the paper."""

from dataclasses import dataclass, field
from functools import lru_cache

from search.query import Query
from search.retrieval import lexical


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The query's index terms, stemmed: `model` marks `models`."""

    terms: frozenset[str] = field(default_factory=frozenset)

    def holds(self, word: str) -> bool:
        return any(term in self.terms for term in _terms(word))


def query_words(query: Query) -> QueryWords:
    return QueryWords(frozenset(lexical.terms(query.text).stemmed))


@lru_cache(maxsize=50_000)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(lexical.terms(word[:100]).stemmed)
