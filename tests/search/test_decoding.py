"""Beam search along the tree of titles."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.title.block import build
from search.title.decoding import Leaf, decode
from search.title.identifiers import END, pack
from search.title.trie import Children, Trie


def trie_of(identifiers: Sequence[Sequence[int]]) -> Trie:
    return Trie([build(pack(identifiers), list(range(100, 100 + len(identifiers))))])


class RandomModel:
    """Logits that hang on the prefix and the token, and on nothing else."""

    def __init__(self, seed: int):
        self.seed = seed

    def logit(self, prefix: tuple[int, ...], token: int) -> float:
        return float(np.random.default_rng([self.seed, token, *prefix]).normal(scale=3.0))

    def __call__(self, prefixes: Sequence[tuple[int, ...]], nexts: Sequence[Any]) -> list[Any]:
        return [np.array([self.logit(prefix, int(token)) for token in tokens])
                for prefix, tokens in zip(prefixes, nexts, strict=True)]  # fmt: skip


def brute_force(identifiers: Sequence[Sequence[int]], model: RandomModel) -> dict[tuple[int, ...], float]:
    """Log probability of every leaf: at each place of each identifier, the choice among all tokens that may follow."""
    whole = {(*tokens, END) for tokens in identifiers}
    scores = {}
    for leaf in whole:
        score = 0.0
        for depth in range(len(leaf)):
            siblings = {other[depth] for other in whole if other[:depth] == leaf[:depth] and len(other) > depth}
            weights = {token: np.exp(model.logit(leaf[:depth], token)) for token in siblings}
            score += float(np.log(weights[leaf[depth]] / sum(weights.values())))
        scores[leaf] = score
    return scores


identifier_lists = st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=6), min_size=1, max_size=25)


@given(identifier_lists, st.integers(0, 1_000))
def test_a_beam_as_wide_as_the_tree_gives_every_leaf_its_brute_force_score(
    identifiers: list[list[int]], seed: int
) -> None:
    model = RandomModel(seed)
    found = {leaf.tokens: leaf.score for leaf in decode(trie_of(identifiers), model, width=1_000, leaves=1_000)}
    wanted = brute_force(identifiers, model)
    assert found.keys() == wanted.keys()
    assert all(found[leaf] == pytest.approx(wanted[leaf], abs=1e-9) for leaf in wanted)
    assert sum(np.exp(score) for score in found.values()) == pytest.approx(1.0)


@given(identifier_lists, st.integers(0, 1_000), st.integers(1, 4), st.integers(1, 5))
def test_whatever_the_beam_all_that_is_written_exists(
    identifiers: list[list[int]], seed: int, width: int, leaves: int
) -> None:
    trie = trie_of(identifiers)
    found = decode(trie, RandomModel(seed), width, leaves)
    exact = brute_force(identifiers, RandomModel(seed))
    assert 1 <= len(found) <= leaves
    assert len({leaf.tokens for leaf in found}) == len(found)
    for leaf in found:
        assert leaf.score == pytest.approx(exact[leaf.tokens], abs=1e-9)
        papers = {100 + number for number, tokens in enumerate(identifiers) if (*tokens, END) == leaf.tokens}
        assert set(trie.paper_ids(np.array(leaf.rows)).tolist()) == papers


def test_an_empty_tree_gives_nothing() -> None:
    assert decode(Trie([]), RandomModel(0), 4, 4) == []


def liked(*tokens: int) -> Any:
    """A model that likes the first token best, and so on."""
    order = {token: -4.0 * place for place, token in enumerate(tokens)}
    return lambda prefixes, nexts: [np.array([order.get(int(token), -20.0) for token in each]) for each in nexts]


def test_look_ahead_keeps_a_title_that_the_model_would_have_cut_off_early() -> None:
    trie = trie_of([[1, 5, 6], [1, 6, 5], [2, 7, 8]])

    def gain(prefix: tuple[int, ...], children: Children) -> Any:
        return np.where((children.tokens == 2) & (len(prefix) == 0), 3.0, 0.0)

    blind: list[Leaf] = decode(trie, liked(1, 5, 6, 2), width=1, leaves=3)
    assert all(leaf.tokens[0] == 1 for leaf in blind)
    seeing = decode(trie, liked(1, 5, 6, 2), width=2, leaves=3, gain=gain)
    assert (2, 7, 8, END) in [leaf.tokens for leaf in seeing]
    assert seeing[[leaf.tokens[0] for leaf in seeing].index(2)].score == pytest.approx(-12.0 / 4, abs=0.1)
