"""The arms' rankings -> one. Pure.

Not reciprocal rank fusion: ranks forget by how much a paper won, and on known items a weak arm then drags a strong
one down. Here each arm's scores are divided by its best, which keeps their proportions, and added with fixed weights.
A paper found by one arm only needs its score from the others too, or it would be punished for a cut-off: `fuse` takes
the scores of all candidates. A paper that has no vector yet is ranked by its words alone."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

from search.ranking import Ranking, ranked

LEXICAL, DENSE, MULTILINGUAL = "lexical", "dense", "multilingual"
Weights = Mapping[str, float]

# Weights of the arms for queries in a language that the dense arm's encoder knows, and for others. Only their
# proportions count among the arms that ran. Fitted on the dev collections (DECISIONS.md).
KNOWN: Weights = MappingProxyType({LEXICAL: 0.4, DENSE: 0.4, MULTILINGUAL: 0.2})
FOREIGN: Weights = MappingProxyType({LEXICAL: 0.55, DENSE: 0.0, MULTILINGUAL: 0.45})
# What an arm's score must exceed to count: cosines of multilingual-e5 are high for any two texts.
FLOOR: Weights = MappingProxyType({MULTILINGUAL: 0.75})
LEAST_COVERAGE = 0.9
# Letters beyond the Latin and Greek alphabets.
_FOREIGN = re.compile("[\u0400-\u1dbf\u2c00-\ua71f\ua800-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff]")


def is_foreign(text: str) -> bool:
    """Whether a text is written in letters that an English encoder does not know."""
    return bool(_FOREIGN.search(text))


def candidates(*arms: Ranking, depth: int) -> list[int]:
    """The first `depth` papers of each arm, each once, in the arms' order."""
    return list(dict.fromkeys(hit.paper_id for arm in arms for hit in arm.hits[:depth]))


def fuse(
    scores: Mapping[str, Mapping[int, float]], paper_ids: list[int], rest: list[int], weights: Weights = KNOWN
) -> Ranking:
    """Ranks `paper_ids` by the convex sum of their normalised scores, then puts the `rest` behind them in the order
    given. `scores` are each arm's: BM25, missing where no word matches, and cosines, missing without a vector."""
    spans = {arm: _span(arm, found, paper_ids) for arm, found in scores.items()}

    def score(paper_id: int) -> float:
        there = [arm for arm, found in scores.items() if arm == LEXICAL or paper_id in found]
        whole = sum(weights[arm] for arm in there)
        if not whole:
            return 0.0
        return (
            sum(
                weights[arm] * max(scores[arm].get(paper_id, 0.0) - FLOOR.get(arm, 0.0), 0.0) / spans[arm]
                for arm in there
            )
            / whole
        )

    return Ranking("fused", ranked((paper_id, score(paper_id)) for paper_id in paper_ids)).followed_by(rest)


def covers(cosines: Collection[int], paper_ids: list[int]) -> bool:
    """Whether so many of the papers have a vector that fusing is fair. Among few vectors the nearest is near to
    nothing, yet would count as the best."""
    return sum(paper_id in cosines for paper_id in paper_ids) >= LEAST_COVERAGE * len(paper_ids)


def _span(arm: str, scores: Mapping[int, float], paper_ids: list[int]) -> float:
    """From the least score that counts to the best."""
    best = max((scores.get(paper_id, 0.0) for paper_id in paper_ids), default=0.0) - FLOOR.get(arm, 0.0)
    return best if best > 0 else 1.0
