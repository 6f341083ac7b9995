"""Candidates as one tree for the decoder: a prefix that several share is there, and computed, once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.title.identifiers import END

Numbers = npt.NDArray[np.int64]
ROOT = -1  # the token of the root


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes in an order in which parents come first; node 0 is the root. `tokens`, `parents` and `depths` are (N,),
    `sees` (N, N) is true where a node sees another: its ancestors and itself. `ends` (candidates,) are the nodes of
    each identifier's END."""

    tokens: Numbers
    parents: Numbers
    depths: Numbers
    sees: npt.NDArray[np.bool_]
    ends: Numbers

    def __len__(self) -> int:
        return len(self.tokens)


def tree(identifiers: Sequence[Sequence[int]]) -> Tree:
    """The tree of identifiers, given without or with their END; equal ones share all nodes."""
    tokens, parents, depths = [ROOT], [0], [0]
    known: dict[tuple[int, int], int] = {}
    ends = []
    for identifier in identifiers:
        node = 0
        for token in (*identifier, END) if not len(identifier) or identifier[-1] != END else identifier:
            step = (node, int(token))
            if step not in known:
                known[step] = len(tokens)
                tokens.append(step[1])
                parents.append(node)
                depths.append(depths[node] + 1)
            node = known[step]
        ends.append(node)
    return Tree(np.array(tokens), np.array(parents), np.array(depths), _sees(parents), np.array(ends, np.int64))


def path_sums(values: npt.NDArray[np.float32], tree: Tree) -> npt.NDArray[np.float32]:
    """For each candidate, the sum of `values` (N,) over its nodes. The root's does not count."""
    counted = tree.sees[tree.ends].copy()
    counted[:, 0] = False
    return (counted @ values.astype(np.float64)).astype(np.float32)


def _sees(parents: Sequence[int]) -> npt.NDArray[np.bool_]:
    sees = np.zeros((len(parents), len(parents)), bool)
    for node, parent in enumerate(parents):
        sees[node] = sees[parent]
        sees[node, node] = True
    return sees
