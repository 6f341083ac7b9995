"""Which words of a text are the query's, by the same analysis that found the paper."""

from dataclasses import dataclass, field
from functools import lru_cache

from search.analysis import COMMON
from search.indexing.lexical import LONGEST_WORD
from search.query import Query
from search.retrieval import lexical


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The query's index terms, stemmed: `model` marks `models`."""

    terms: frozenset[str] = field(default_factory=frozenset)

    def holds(self, word: str) -> bool:
        return len(word) <= LONGEST_WORD and not self.terms.isdisjoint(_terms(word))


def query_words(query: Query) -> QueryWords:
    """The words worth marking: all of them where the query has only common ones."""
    counted = lexical.terms(query.plain)
    telling = [term for term in counted.written if term not in COMMON]
    return QueryWords(_terms(" ".join(telling)) if telling else frozenset(counted.stemmed))


@lru_cache(maxsize=50_000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(lexical.terms(text).stemmed)
