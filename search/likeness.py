"""How much alike papers are: by their vectors, corrected for hubs, and by the keywords they share. Pure.

In spaces of many dimensions some points are near to very many others for no merit of theirs, and would stand in every
list (hubness). So a candidate's cosine is reduced by half its mean cosine to its own nearest neighbours: cross-domain
similarity local scaling (Conneau et al. 2018), one-sided since the other side is the same for all candidates. Its
neighbours are sought among the candidates only, which needs no table and measures as well (DECISIONS.md)."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np

NEIGHBOURS: Final = 10
# What a paper gains that has all the keywords. Fitted on authors in common (DECISIONS.md).
SHARE_WEIGHT: Final = 0.3


def scaled(vectors: Any, cosines: Any) -> Any:
    """The cosines to the paper, shape (n,), of candidates with unit vectors of shape (n, dimension), each reduced by
    half its mean cosine to its nearest neighbours among the candidates and the paper."""
    near = np.column_stack([vectors @ vectors.T, cosines])
    np.fill_diagonal(near, -1.0)  # nobody is a neighbour of itself
    count = min(NEIGHBOURS, len(cosines))
    return cosines - np.partition(near, -count, axis=1)[:, -count:].mean(axis=1) / 2


def shares(mine: Mapping[int, float], others: Mapping[int, Collection[int]]) -> dict[int, float]:
    """Which part of the weight of a paper's keywords each of the others has, from 0 to 1. Those with none are left
    out."""
    total = sum(mine.values())
    found = {paper: sum(mine[each] for each in theirs if each in mine) for paper, theirs in others.items()}
    return {paper: weight / total for paper, weight in found.items() if weight}


def scores(meaning: Mapping[int, float], shared: Mapping[int, float]) -> dict[int, float]:
    """Both together, for all papers of either. One whose meaning was not compared counts as the farthest that was."""
    floor = min(meaning.values(), default=0.0)
    papers = {**meaning, **shared}
    return {each: meaning.get(each, floor) + SHARE_WEIGHT * shared.get(each, 0.0) for each in papers}


def unit(sent: bytes) -> Any:
    """A halfvec as the server sends it (a head of 4 bytes, then big-endian halves), with length 1."""
    vector = np.frombuffer(sent, ">f2", offset=4).astype(np.float32)
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
