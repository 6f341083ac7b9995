"""Texts -> the terms that answers are found by, as search sees words: stemmed, Chinese in pairs of characters."""

from dataclasses import dataclass
from functools import lru_cache

from search.analysis import COMMON, UNSPACED, indexable, query_text
from search.retrieval.filters import analyzer

LONGEST = 60  # characters of a term
MOST = 12  # terms of a query that are required


def terms(text: str) -> set[str]:
    """All terms of an answer."""
    return set(_analysed(indexable(text))) - COMMON


def query_terms(query: str) -> list[str]:
    """The terms that an answer must have; common words count only where there are no others."""
    found = list(dict.fromkeys(_analysed(query_text(query))))
    return ([term for term in found if term not in COMMON] or found)[:MOST]


@dataclass(frozen=True, slots=True)
class QueryMarks:
    """Which words of an answer are the query's: a Chinese one wherever it stands, others by their stems."""

    terms: frozenset[str]
    runs: tuple[str, ...]

    def holds(self, word: str) -> bool:
        return not self.terms.isdisjoint(_terms_of_word(word))


def marks(query: str) -> QueryMarks:
    return QueryMarks(frozenset(query_terms(query)), tuple(dict.fromkeys(UNSPACED.findall(query))))


@lru_cache(maxsize=20_000)
def _terms_of_word(word: str) -> frozenset[str]:
    return frozenset(_analysed(query_text(word)))


def _analysed(text: str) -> list[str]:
    return [term for term in analyzer(True).analyze(text) if len(term) <= LONGEST]
