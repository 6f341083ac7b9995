"""Two rankings -> one. Pure.

Not reciprocal rank fusion: ranks forget by how much a paper won, and on known items a weak arm then drags a strong
one down. Here each arm's scores are divided by its best, which keeps their proportions, and added with fixed weights.
A paper found by one arm only needs its score from the other too, or it would be punished for a cut-off: `fuse` takes
the scores of all candidates. A paper that has no vector yet is ranked by its words alone."""

from collections.abc import Mapping

from search.ranking import Ranking, ranked

# Share of the lexical arm. Fitted on cranfield, cacm, vaswani_npl and tldr_known_item_dev (DECISIONS.md).
LEXICAL_SHARE = 0.45
# The same where the encoder hardly knows the query's language: what it finds then only orders what words do not.
# Fitted on zh_known_item_dev (DECISIONS.md).
LEXICAL_SHARE_BLIND = 0.9
LEAST_COVERAGE = 0.9


def candidates(*arms: Ranking, depth: int) -> list[int]:
    """The first `depth` papers of each arm, each once, in the arms' order."""
    return list(dict.fromkeys(hit.paper_id for arm in arms for hit in arm.hits[:depth]))


def fuse(
    lexical: Mapping[int, float],
    dense: Mapping[int, float],
    paper_ids: list[int],
    rest: list[int],
    share: float = LEXICAL_SHARE,
) -> Ranking:
    """Ranks `paper_ids` by the convex sum of their normalised scores, `share` of it lexical, then puts the `rest`
    behind them in the order given. `lexical` holds BM25 scores, missing where no word matches; `dense` cosines,
    missing without a vector."""
    best_lexical, best_dense = _best(lexical, paper_ids), _best(dense, paper_ids)

    def score(paper_id: int) -> float:
        words = lexical.get(paper_id, 0.0) / best_lexical
        if paper_id not in dense:
            return words
        return share * words + (1 - share) * max(dense[paper_id], 0.0) / best_dense

    return Ranking("fused", ranked((paper_id, score(paper_id)) for paper_id in paper_ids)).followed_by(rest)


def covers(dense: Mapping[int, float], paper_ids: list[int]) -> bool:
    """Whether so many of the papers have a vector that fusing is fair. Among few vectors the nearest is near to
    nothing, yet would count as the best."""
    return sum(paper_id in dense for paper_id in paper_ids) >= LEAST_COVERAGE * len(paper_ids)


def _best(scores: Mapping[int, float], paper_ids: list[int]) -> float:
    best = max((scores.get(paper_id, 0.0) for paper_id in paper_ids), default=0.0)
    return best if best > 0 else 1.0
