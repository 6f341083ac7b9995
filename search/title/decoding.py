"""Beam search along the prefix tree of all titles: what comes out exists. Pure.

At each step only the tree's children may be written, and a child's probability is renormalised among its siblings.
Look-ahead: a child that leads to titles which cover more words of the query gets p ** (1 / (gain + 1)), where `gain`
is how many more. So an early mistake of the model does not cut off the title that the query plainly names (the seed of
this idea gained 4 points by it)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from search.title.identifiers import END
from search.title.trie import Children, Node, Trie

Floats = npt.NDArray[np.float64]
# Logits of each prefix's possible next tokens: one array for each prefix.
NextScores = Callable[[Sequence[tuple[int, ...]], Sequence[npt.NDArray[np.uint16]]], Sequence[Floats]]
# How many more words of the query the best title under each child covers than the prefix does.
Gain = Callable[[tuple[int, ...], Children], Floats]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A title that was written: its tokens with END, its papers' rows, and the sum of the looked-ahead log
    probabilities of its choices."""

    tokens: tuple[int, ...]
    rows: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Beam:
    prefix: tuple[int, ...]
    node: Node
    score: float


def no_gain(prefix: tuple[int, ...], children: Children) -> Floats:
    """Look-ahead that sees nothing: probabilities stay as they are."""
    return np.zeros(len(children))


def decode(
    trie: Trie, scores: NextScores, width: int, leaves: int, gain: Gain = no_gain, steps: int | None = None
) -> list[Leaf]:
    """The `leaves` best titles that a beam of `width` prefixes finds, the best first. Where a prefix has one way to go
    left, the rest costs nothing: its probability is one. A beam wide enough for all prefixes finds all titles, with
    exactly the products of their renormalised probabilities. After `steps` tokens, if that is given, a prefix stands
    for the first title that begins with it."""
    beams = [_Beam((), trie.root, 0.0)] if trie.root.parts else []
    done: list[Leaf] = []
    for _ in count() if steps is None else range(steps):
        if not beams:
            break
        finished = [trie.is_leaf_run(beam.node) for beam in beams]
        done += [_leaf(trie, beam) for beam, ends in zip(beams, finished, strict=True) if ends]
        going_on = [beam for beam, ends in zip(beams, finished, strict=True) if not ends]
        beams = _best(_extended(trie, going_on, scores, gain, width), width)
        if len(done) >= leaves:
            done = sorted(done, key=_order)[:leaves]
            # Scores only fall: a beam below the last leaf kept cannot come back.
            beams = [beam for beam in beams if beam.score > done[-1].score]
    done += [_leaf(trie, beam, most=1) for beam in beams]
    return sorted(done, key=_order)[:leaves]


def _extended(trie: Trie, beams: list[_Beam], scores: NextScores, gain: Gain, width: int) -> list[_Beam]:
    """The children of all beams, the best `width` of each."""
    if not beams:
        return []
    children = [trie.children(beam.node) for beam in beams]
    logits = scores([beam.prefix for beam in beams], [each.tokens for each in children])
    return [
        _Beam((*beam.prefix, int(below.tokens[number])), below.node(number), beam.score + float(chosen[number]))
        for beam, below, logit in zip(beams, children, logits, strict=True)
        for chosen in [_log_softmax(logit) / (gain(beam.prefix, below) + 1.0)]
        for number in np.argsort(-chosen, kind="stable")[:width].tolist()
    ]


def _leaf(trie: Trie, beam: _Beam, most: int | None = None) -> Leaf:
    """The title of the first row below a beam, with `most` rows of those below, or all."""
    rows = trie.rows(beam.node)[:most].tolist()
    rest = trie.suffix(rows[0], len(beam.prefix)) if not beam.prefix or beam.prefix[-1] != END else ()
    return Leaf((*beam.prefix, *map(int, rest)), tuple(rows), beam.score)


def _order(found: Leaf) -> tuple[float, tuple[int, ...]]:
    return -found.score, found.tokens


def _best(beams: list[_Beam], width: int) -> list[_Beam]:
    return sorted(beams, key=lambda beam: (-beam.score, beam.prefix))[:width]


def _log_softmax(logits: Floats) -> Floats:
    logits = np.asarray(logits, np.float64)
    highest = logits.max()
    return logits - highest - np.log(np.exp(logits - highest).sum())
