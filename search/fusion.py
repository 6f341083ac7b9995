"""The arms' rankings -> one. Pure.

Not reciprocal rank fusion: ranks forget by how much a paper won, and on known items a weak arm then drags a strong
one down. Here each arm's scores are divided by its best, which keeps their proportions, and added with fixed weights.
A paper found by one arm only needs its score from the others too, or it would be punished for a cut-off: `fuse` takes
the scores of all candidates. A paper that has no vector yet is ranked by its words alone."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from search.ranking import Ranking, ranked

LEXICAL, DENSE, MULTILINGUAL = "lexical", "dense", "multilingual"
Weights = Mapping[str, float]

# Weights of the arms for queries in a language that the dense arm's encoder knows, and for others. Only their
# proportions count among the arms that ran. Fitted on the dev collections (DECISIONS.md).
KNOWN: Weights = MappingProxyType({LEXICAL: 0.45, DENSE: 0.4, MULTILINGUAL: 0.15})
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
    count = len(paper_ids)
    summed, whole = np.zeros(count), np.zeros(count)
    for arm, found in scores.items():
        values = np.fromiter((found.get(paper_id, np.nan) for paper_id in paper_ids), float, count)
        there = ~np.isnan(values) | (arm == LEXICAL)
        summed += weights[arm] * _share(values, FLOOR.get(arm, 0.0))
        whole += weights[arm] * there
    fused = np.divide(summed, whole, out=np.zeros(count), where=whole > 0)
    return Ranking("fused", ranked(zip(paper_ids, fused.tolist(), strict=True))).followed_by(rest)


def covers(cosines: Collection[int], paper_ids: list[int]) -> bool:
    """Whether so many of the papers have a vector that fusing is fair. Among few vectors the nearest is near to
    nothing, yet would count as the best."""
    return sum(paper_id in cosines for paper_id in paper_ids) >= LEAST_COVERAGE * len(paper_ids)


def _share(values: Any, floor: float) -> Any:
    """Scores as parts of the best, counted from a floor; 0 below it and where there is none."""
    above = np.nan_to_num(np.maximum(values - floor, 0.0))
    best = above.max(initial=0.0)
    return above / best if best > 0 else above
