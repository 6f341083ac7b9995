"""Examples -> tensors: queries as both views of them, candidates as trees that share a root."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import torch
from torch import Tensor

from search.dictionary import translations
from search.multilingual import QUERY, MultilingualEncoder
from search.title.identifiers import END
from search.title.reading import packed, words

LONGEST = 28  # tokens of a candidate that are trained on, END included
MOST_TOKENS = 48  # of a query


@dataclass(frozen=True, slots=True)
class Read:
    """Queries as TitleModel.read takes them."""

    base: Tensor
    base_seen: Tensor
    grams: Tensor
    words_seen: Tensor


@dataclass(frozen=True, slots=True)
class Written:
    """Candidates as TitleModel.write takes them: B trees of one root and `candidates` paths of `length` tokens each.
    `next` (B, candidates, length) are the tokens to be written after the root and after each node but the last;
    `ends` (B, candidates) the places of END."""

    tokens: Tensor
    depths: Tensor
    mask: Tensor
    next: Tensor
    ends: Tensor


def read_queries(encoder: MultilingualEncoder, queries: Sequence[str]) -> Read:
    parts = encoder.states([QUERY + query for query in queries], MOST_TOKENS, threads=1)
    width = max(states.shape[1] for _, states, _ in parts)
    base = torch.zeros(len(queries), width, encoder.dimension)
    seen = torch.zeros(len(queries), width, dtype=torch.bool)
    for numbers, states, here in parts:
        base[numbers, : states.shape[1]] = states.float()
        seen[numbers, : states.shape[1]] = here
    buckets, words_seen = packed([words(query, translations(query)) for query in queries])
    return Read(base, seen, torch.from_numpy(buckets), torch.from_numpy(words_seen))


def write_candidates(identifiers: Sequence[Sequence[Sequence[int]]]) -> Written:
    """identifiers[b][k]: the tokens of candidate k of query b, without END."""
    cut = [[[*tokens[: LONGEST - 1], END] for tokens in several] for several in identifiers]
    count, length = len(cut[0]), max(len(tokens) for several in cut for tokens in several)
    tokens = np.zeros((len(cut), count, length), np.int64)
    ends = np.zeros((len(cut), count), np.int64)
    for row, several in enumerate(cut):
        for place, each in enumerate(several):
            tokens[row, place, : len(each)] = each
            tokens[row, place, len(each) :] = -100
            ends[row, place] = 1 + place * length + len(each) - 1
    inputs = torch.from_numpy(np.where(tokens < 0, 0, tokens)).flatten(1)
    root = torch.full((len(cut), 1), -1)
    depths = torch.cat([torch.zeros(1, dtype=torch.long), torch.arange(1, length + 1).repeat(count)])
    return Written(torch.cat([root, inputs], 1), depths.expand(len(cut), -1), _tree_mask(count, length)[None],
                   torch.from_numpy(tokens), torch.from_numpy(ends))  # fmt: skip


def _tree_mask(count: int, length: int) -> Tensor:
    path = torch.arange(count).repeat_interleave(length)
    place = torch.arange(length).repeat(count)
    mask = torch.ones(1 + count * length, 1 + count * length, dtype=torch.bool)
    mask[0, 1:] = False
    mask[1:, 1:] = (path[:, None] == path) & (place[:, None] >= place)
    return mask


def chance_of(seed: int, *what: Any) -> Random:
    """A source of chance of its own for each use, so that a resumed training draws what an unbroken one would."""
    return Random("|".join(map(str, (seed, *what))))  # noqa: S311 - no secret
