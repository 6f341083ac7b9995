"""The second stage: reads the first candidates again, with more care than the whole catalogue could be given.

The seam for the Seq2Seq + prefix-tree reranker. Until one is trained the stage says "none" and leaves the order as
it is. Whatever stands here must keep that promise: a stage that cannot improve a query does not touch its order."""

from dataclasses import replace
from typing import Protocol

from search.query import Query
from search.ranking import Ranking


class Reranker(Protocol):
    """`name` is shown wherever a result says how it came about."""

    name: str

    def rerank(self, query: Query, ranking: Ranking) -> Ranking:
        """The same papers, in a better order or the same."""
        ...


class NoReranker:
    """Leaves every order alone."""

    name = "none"

    def rerank(self, query: Query, ranking: Ranking) -> Ranking:
        return replace(ranking, stage="reranked")


def reranker() -> Reranker:
    return NoReranker()
