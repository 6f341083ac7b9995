"""Hard negatives: what our own first stage finds for a query, by the words of titles."""

from random import Random

from search.retrieval.filters import any_of
from search.retrieval.lexical import LexicalIndex
from search.retrieval.lexical import terms as index_terms

MOST_TERMS = 5
DEPTH = 12


class Rivals:
    """`numbers` gives the number of a paper's example, for papers that are trained on."""

    def __init__(self, index: LexicalIndex, numbers: dict[int, int]):
        self._index = index
        self._numbers = numbers

    def of(self, query: str, chance: Random) -> int | None:
        """One of the examples whose titles BM25 puts first for the query's rarest words; None if there is none."""
        terms = index_terms(query).stemmed
        papers = {term: self._index.frequency("title", term) for term in terms}
        rarest = sorted((term for term in papers if papers[term]), key=lambda term: (papers[term], term))[:MOST_TERMS]
        if not rarest:
            return None
        found = self._index.best(any_of([self._index.boosted("title", term, 1.0) for term in rarest]), None, DEPTH)
        known = [self._numbers[paper_id] for paper_id in found if paper_id in self._numbers]
        return chance.choice(known) if known else None
