"""Measures of a ranking against relevance judgements, as trec_eval computes them. Pure."""

from collections.abc import Mapping, Sequence
from math import log2

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


def _gain(grades: Sequence[int]) -> float:
    return sum(max(grade, 0) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))
