"""Two rankings -> one. Pure.

Not reciprocal rank fusion: ranks forget by how much a paper won, and on known items a weak arm then drags a strong
one down. Here each arm's scores are divided by its best, which keeps their proportions, and added with fixed weights.
A paper found by one arm only needs its score from the other too, or it would be punished for a cut-off: `fuse` takes
the scores of all candidates."""

from collections.abc import Mapping

from search.ranking import Ranking, ranked

# Share of the lexical arm. Fitted on cranfield, cacm, vaswani_npl and tldr_known_item_dev (DECISIONS.md).
LEXICAL_SHARE = 0.45


def candidates(*arms: Ranking, depth: int) -> list[int]:
    """The first `depth` papers of each arm, each once, in the arms' order."""
    return list(dict.fromkeys(hit.paper_id for arm in arms for hit in arm.hits[:depth]))


def fuse(lexical: Mapping[int, float], dense: Mapping[int, float], paper_ids: list[int], rest: list[int]) -> Ranking:
    """Ranks `paper_ids` by the convex sum of their normalised scores (BM25, cosine; missing counts as 0), then puts
    the `rest` behind them in the order given."""
    best_lexical, best_dense = _best(lexical, paper_ids), _best(dense, paper_ids)
    first = ranked(
        (
            paper_id,
            LEXICAL_SHARE * lexical.get(paper_id, 0.0) / best_lexical
            + (1 - LEXICAL_SHARE) * max(dense.get(paper_id, 0.0), 0.0) / best_dense,
        )
        for paper_id in paper_ids
    )
    return Ranking("fused", first).followed_by(rest)


def _best(scores: Mapping[int, float], paper_ids: list[int]) -> float:
    best = max((scores.get(paper_id, 0.0) for paper_id in paper_ids), default=0.0)
    return best if best > 0 else 1.0
