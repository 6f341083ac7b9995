"""Which candidates are like the first ones: what a query is about is seen more clearly in the papers that answer it
than in its few words (pseudo-relevance feedback after Rocchio, on vectors; Li et al. 2021). Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from search.fusion import covers

# How many of the first speak for the query, and how much more the better ones do.
FIRST: Final = 3
SHARPNESS: Final = 5.0


def likeness(scores: Mapping[int, float], vectors: Mapping[int, Any]) -> dict[int, float]:
    """How like each candidate is to the first ones, from 0 for the least like of them to 1. `scores` are 1 for the best
    candidate and less for others, in their order; `vectors` have length 1. Empty where too few have a vector to tell;
    a candidate without one counts as the mean of the others."""
    first = [paper_id for paper_id in list(scores)[:FIRST] if paper_id in vectors]
    known = [paper_id for paper_id in scores if paper_id in vectors]
    if len(first) < FIRST or not covers(vectors, list(scores)):
        return {}
    cosines = np.array([vectors[paper_id] for paper_id in known]) @ _middle(first, scores, vectors)
    spread = _spread(cosines)
    missing = float(spread.mean())
    return dict.fromkeys(scores, missing) | dict(zip(known, spread.tolist(), strict=True))


def _middle(papers: Sequence[int], scores: Mapping[int, float], vectors: Mapping[int, Any]) -> Any:
    weights = np.exp(SHARPNESS * (np.array([scores[paper_id] for paper_id in papers]) - 1.0))
    return weights @ np.array([vectors[paper_id] for paper_id in papers]) / weights.sum()


def _spread(values: Any) -> Any:
    width = values.max() - values.min()
    return (values - values.min()) / width if width > 0 else np.zeros(len(values))
