"""Measures of a ranking against relevance judgements, as trec_eval computes them, and whether the difference of two
runs is more than chance. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from math import log2

import numpy as np

Judgements = Mapping[str, int]  # document -> grade; 0 and below is not relevant

MEASURES = ("ndcg@10", "mrr@10", "recall@5", "recall@100")


def measure(ranking: Sequence[str], judged: Judgements) -> dict[str, float]:
    """All MEASURES of one query's ranking, best document first."""
    return {
        "ndcg@10": ndcg(ranking, judged, 10),
        "mrr@10": reciprocal_rank(ranking, judged, 10),
        "recall@5": recall(ranking, judged, 5),
        "recall@100": recall(ranking, judged, 100),
    }


def ndcg(ranking: Sequence[str], judged: Judgements, depth: int) -> float:
    """Normalised discounted cumulative gain; the gain is the grade, the discount log2(rank + 1)."""
    ideal = _gain(sorted(judged.values(), reverse=True)[:depth])
    return _gain([judged.get(document, 0) for document in ranking[:depth]]) / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], judged: Judgements, depth: int) -> float:
    """1 / rank of the first relevant document, 0 if none is among the first `depth`."""
    for rank, document in enumerate(ranking[:depth], start=1):
        if judged.get(document, 0) > 0:
            return 1 / rank
    return 0.0


def recall(ranking: Sequence[str], judged: Judgements, depth: int) -> float:
    """Share of the relevant documents that are among the first `depth`."""
    relevant = {document for document, grade in judged.items() if grade > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def mean(measured: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The average of each measure over queries; 0 where there are none."""
    return {name: sum(each[name] for each in measured) / len(measured) if measured else 0.0 for name in MEASURES}


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, the nearest one taken; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


RESAMPLES = 10_000
_DRAWN_AT_ONCE = 4_000_000  # numbers in memory, 32 MB


def bootstrap_p(differences: Sequence[float], resamples: int = RESAMPLES, seed: int = 0) -> float:
    """Two-sided p-value of a mean difference over queries, from 1 / (resamples + 1) to 1: how often resampled queries
    have a mean at least as far from zero, were the true mean zero (the differences are shifted by their mean). 1 where
    no query differs. Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 16."""
    if not len(differences):
        return 1.0
    # To draw queries is to draw how often each distinct difference comes: few numbers, however many queries.
    values, counts = np.unique(np.round(differences, 12), return_counts=True)
    queries = int(counts.sum())
    mean = float(values @ counts) / queries
    chance = np.random.default_rng(seed)
    far = 0
    for size in _portions(resamples, max(_DRAWN_AT_ONCE // len(values), 1)):
        means = chance.multinomial(queries, counts / queries, size) @ (values - mean) / queries
        far += int(np.count_nonzero(np.abs(means) >= abs(mean) - 1e-12))
    return (far + 1) / (resamples + 1)


def _portions(whole: int, most: int) -> Iterator[int]:
    for start in range(0, whole, most):
        yield min(most, whole - start)


def _gain(grades: Sequence[int]) -> float:
    return sum(max(grade, 0) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))
