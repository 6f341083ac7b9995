"""The prefix tree over the identifiers of papers, as ranges of rows in sorted blocks. Pure.

    node = (block, lo, hi) ...   in each block, the rows that begin with the node's tokens

A block is one sorted array. A later block may replace papers of those before it; their rows are dead, and no node, row
or child of dead rows only is ever shown. Rows are numbered over all blocks and mean nothing in another trie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.title.block import LARGEST_PAPER_ID, Block, PaperIds, as_paper_ids, build
from search.title.identifiers import Identifiers, Rows, Tokens, joined, pack

Part = tuple[int, int, int]  # block, first row, row after the last; rows as the block numbers them

WIDE = 8_192  # rows of a node whose children are kept, once they were asked for


@dataclass(frozen=True, slots=True)
class Node:
    """All identifiers that begin with the same `depth` tokens."""

    depth: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Children:
    """`tokens` (uint16, ascending) that may follow a node. lo[b, i]:hi[b, i] are the rows of token i in block
    blocks[b]; where lo == hi it has none there."""

    tokens: Tokens
    depth: int
    blocks: tuple[int, ...]
    lo: Rows
    hi: Rows
    first: Rows  # of each of `blocks`: what is added to its rows to number them over all blocks

    def __len__(self) -> int:
        return len(self.tokens)

    def best(self, rows: Rows, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """For each child, the highest value (0 at least) of those `rows`, in ascending order, that lie under it."""
        found = np.zeros(len(self))
        for first, lo, hi in zip(self.first.tolist(), self.lo, self.hi, strict=True):
            begin, end = np.searchsorted(rows, lo + first), np.searchsorted(rows, hi + first)
            # Few rows and many children: only children that hold some are looked at.
            for child in np.flatnonzero(begin < end).tolist():
                found[child] = max(found[child], values[begin[child] : end[child]].max())
        return found

    def node(self, number: int) -> Node:
        """The child of tokens[number]."""
        ranges = zip(self.blocks, self.lo[:, number].tolist(), self.hi[:, number].tolist(), strict=True)
        return Node(self.depth, tuple((block, lo, hi) for block, lo, hi in ranges if lo < hi))

    def after(self, token: int) -> Node | None:
        """The child of a token, if there is one."""
        if not 0 <= token <= 0xFFFF:
            return None
        number = int(np.searchsorted(self.tokens, np.uint16(token)))
        return self.node(number) if number < len(self.tokens) and self.tokens[number] == token else None


class Trie:
    """`gone[b]` are ids of papers whose rows in the blocks before blocks[b] are dead."""

    def __init__(self, blocks: Sequence[Block], gone: Sequence[PaperIds] | None = None):
        self._blocks = tuple(blocks)
        self._dead = _dead(self._blocks, gone or [np.zeros(0, np.int32)] * len(self._blocks))
        self._first = np.cumsum([0, *map(len, self._blocks)])
        self._wide: dict[Node, Children] = {}
        everything = tuple((number, 0, len(block)) for number, block in enumerate(self._blocks))
        self.root = Node(0, tuple(part for part in everything if part[2] > self._count_dead(part)))

    def __len__(self) -> int:
        """How many papers have an identifier here."""
        return int(self._first[-1]) - sum(map(len, self._dead))

    def children(self, node: Node) -> Children:
        """What may follow a node; nothing follows END."""
        if sum(hi - lo for _, lo, hi in node.parts) < WIDE:
            return self._children(node)
        if node not in self._wide:
            self._wide[node] = self._children(node)
        return self._wide[node]

    def find(self, prefix: Sequence[int]) -> Node | None:
        """The node of a prefix, or None if no identifier begins with it."""
        node: Node | None = self.root if self.root.parts else None
        for token in prefix:
            node = self.children(node).after(int(token)) if node else None
        return node

    def allowed_next(self, prefix: Sequence[int]) -> Tokens:
        """The tokens that may follow a prefix, in ascending order."""
        node = self.find(prefix)
        return self.children(node).tokens if node else np.zeros(0, np.uint16)

    def is_leaf_run(self, node: Node) -> bool:
        """Whether all rows of a node are one and the same identifier, so that what is left of it has one way to go."""
        if len(node.parts) == 1 and node.parts[0][2] - node.parts[0][1] == 1:
            return True
        ends = [self._suffix(block, row, node.depth) for block, lo, hi in node.parts
                for row in self._ends((block, lo, hi))]  # fmt: skip
        return all(np.array_equal(ends[0], other) for other in ends[1:])

    def rows(self, node: Node) -> Rows:
        """The living rows of a node, block after block."""
        return _concatenated([self._living(part) + self._first[part[0]] for part in node.parts])

    def holds(self, node: Node, rows: Rows) -> npt.NDArray[np.bool_]:
        """Which of the rows lie under a node."""
        inside = np.zeros(len(rows), bool)
        for block, lo, hi in node.parts:
            inside |= (rows >= self._first[block] + lo) & (rows < self._first[block] + hi)
        return inside

    def suffix(self, row: int, depth: int) -> Tokens:
        """The tokens of a row's identifier from `depth` on, END included."""
        block = int(np.searchsorted(self._first, row, side="right")) - 1
        return self._suffix(block, row - int(self._first[block]), depth)

    def identifiers(self, node: Node) -> Identifiers:
        """The identifiers of a node's rows, in the order of `rows`."""
        return self.identifiers_of(self.rows(node))

    def identifiers_of(self, rows: Rows) -> Identifiers:
        """Whole identifiers of rows, in their order."""
        split = list(self._by_block(rows))
        found = joined(self._blocks[block].identifiers.take(inside) for block, _, inside in split)
        where = _concatenated([at for _, at, _ in split])
        return found if len(split) < 2 else found.take(np.argsort(where))

    def paper_ids(self, rows: Rows) -> Rows:
        """The papers of rows, in their order."""
        found = np.zeros(len(rows), np.int64)
        for block, at, inside in self._by_block(rows):
            found[at] = self._blocks[block].papers[inside]
        return found

    def rows_of_papers(self, paper_ids: npt.NDArray[Any] | Sequence[int]) -> Rows:
        """The row of each paper, -1 for one that has no identifier."""
        wanted = np.asarray(paper_ids, np.int64)
        # Out of range means unknown, and must not wrap around into another paper's id.
        ids = np.where((wanted < 0) | (wanted > LARGEST_PAPER_ID), -1, wanted).astype(np.int32)
        found = np.full(len(ids), -1)
        for number, (block, dead) in enumerate(zip(self._blocks, self._dead, strict=True)):
            rows = block.rows_of(ids)
            rows[_among(dead, rows)] = -1
            found = np.where(rows >= 0, rows + self._first[number], found)
        return found

    def living(self, block: int) -> Rows:
        """The rows of one block that are not dead, as the block numbers them."""
        return self._living((block, 0, len(self._blocks[block])))

    def _children(self, node: Node) -> Children:
        blocks = tuple(block for block, _, _ in node.parts)
        first = self._first[list(blocks)]
        found = [self._branches(part, node.depth) for part in node.parts]
        if len(found) == 1:
            tokens, lo, hi = found[0]
            return Children(tokens, node.depth + 1, blocks, lo[None], hi[None], first)
        all_tokens = _concatenated([tokens for tokens, _, _ in found]).astype(np.uint16)
        tokens, column = np.unique(all_tokens, return_inverse=True)
        ranges = np.zeros((2, len(found), len(tokens)), np.int64)
        line = np.repeat(np.arange(len(found)), [len(tokens) for tokens, _, _ in found])
        ranges[0, line, column] = _concatenated([lo for _, lo, _ in found])
        ranges[1, line, column] = _concatenated([hi for _, _, hi in found])
        return Children(tokens, node.depth + 1, blocks, ranges[0], ranges[1], first)

    def _branches(self, part: Part, depth: int) -> tuple[Tokens, Rows, Rows]:
        block, lo, hi = part
        tokens, begins, ends = self._blocks[block].branches(lo, hi, depth)
        dead = self._dead[block]
        if not self._count_dead(part):
            return tokens, begins, ends
        alive = ends - begins > np.searchsorted(dead, ends) - np.searchsorted(dead, begins)
        return tokens[alive], begins[alive], ends[alive]

    def _count_dead(self, part: Part) -> int:
        dead, (_, lo, hi) = self._dead[part[0]], part
        return int(np.searchsorted(dead, hi) - np.searchsorted(dead, lo)) if dead.size else 0

    def _living(self, part: Part) -> Rows:
        block, lo, hi = part
        rows = np.arange(lo, hi)
        return rows[~_among(self._dead[block], rows)] if self._count_dead(part) else rows

    def _ends(self, part: Part) -> tuple[int, int]:
        """The first and the last living row: in sorted rows, if these are equal, all are."""
        block, lo, hi = part
        begin, end = np.searchsorted(self._dead[block], (lo, hi))
        dead = self._dead[block][begin:end]
        return lo + _run(dead - lo), hi - 1 - _run(hi - 1 - dead[::-1])

    def _suffix(self, block: int, row: int, depth: int) -> Tokens:
        return self._blocks[block].identifiers[row][depth:]

    def _by_block(self, rows: Rows) -> list[tuple[int, Rows, Rows]]:
        """(block, places in `rows`, rows as the block numbers them) for each block that holds some."""
        rows = np.asarray(rows, np.int64)
        blocks = np.searchsorted(self._first, rows, side="right") - 1
        split = [(int(block), np.flatnonzero(blocks == block)) for block in np.unique(blocks)]
        return [(block, at, rows[at] - self._first[block]) for block, at in split]


def difference(trie: Trie, wanted: Mapping[int, Sequence[int]]) -> tuple[Block, PaperIds]:
    """The block to add to a trie, and the papers it takes from the blocks before, so that each paper of `wanted` gets
    these tokens, or no identifier if there are none. Papers that have them already are left where they are. Raises
    ValueError as `pack` and `build` do."""
    papers = [paper_id for paper_id, tokens in wanted.items() if tokens]
    identifiers = pack([wanted[paper_id] for paper_id in papers])
    changed = [number for number, row in enumerate(trie.rows_of_papers(papers).tolist())
               if row < 0 or not np.array_equal(trie.suffix(row, 0), identifiers[number])]  # fmt: skip
    block = build(identifiers.take(np.array(changed, np.int64)), [papers[number] for number in changed])
    nameless = [paper_id for paper_id, tokens in wanted.items() if not tokens]
    wrong = np.sort(as_paper_ids([*nameless, *block.papers.tolist()]))
    return block, wrong[trie.rows_of_papers(wrong) >= 0]


def _dead(blocks: Sequence[Block], gone: Sequence[PaperIds]) -> list[Rows]:
    """For each block, the rows of papers that a later block takes away, in ascending order."""
    dead: list[Rows] = []
    later = np.zeros(0, np.int32)
    for block, ids in zip(reversed(blocks), reversed(gone), strict=True):
        rows = block.rows_of(later)
        dead.append(np.unique(rows[rows >= 0]))
        later = np.union1d(later, ids).astype(np.int32)
    return dead[::-1]


def _run(numbers: Rows) -> int:
    """How many ascending numbers go 0, 1, 2, ... from the start."""
    return int(np.argmax(np.append(numbers != np.arange(len(numbers)), True)))


def _among(few: Rows, rows: Rows) -> npt.NDArray[np.bool_]:
    """Which rows are among a few sorted ones."""
    if not few.size:
        return np.zeros(len(rows), bool)
    return few[np.minimum(np.searchsorted(few, rows), len(few) - 1)] == rows


def _concatenated(parts: Sequence[npt.NDArray[Any]]) -> Rows:
    return np.concatenate([np.zeros(0, np.int64), *parts])
