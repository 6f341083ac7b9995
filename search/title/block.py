"""A sorted array of identifiers with the papers they name: what a trie is made of. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.title.identifiers import Identifiers, Rows, Tokens, joined, shared_prefixes, sorted_order

LARGEST_PAPER_ID = 2**31 - 1
LARGEST_OFFSET = 2**32 - 1

PaperIds = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Block:
    """`identifiers` in lexicographic order (tokens uint16, offsets uint32). For each row: `shared` (uint8), how many
    tokens it has in common with the row before; `papers` (int32), whose identifier it is. `paper_ids` (int32) are the
    same papers in ascending order, `paper_rows` (int32) their rows."""

    identifiers: Identifiers
    shared: npt.NDArray[np.uint8]
    papers: PaperIds
    paper_ids: PaperIds
    paper_rows: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.papers)

    def branches(self, lo: int, hi: int, depth: int) -> tuple[Tokens, Rows, Rows]:
        """The runs of equal next token among rows lo to hi, which must be all that begin with some `depth` tokens: the
        tokens in ascending order, the first row of each run, and the row after its last. None below an END."""
        offsets = self.identifiers.offsets
        if lo >= hi or int(offsets[lo + 1]) - int(offsets[lo]) == depth:
            return np.zeros(0, np.uint16), np.zeros(0, np.int64), np.zeros(0, np.int64)
        # Where a row shares no more than the whole node does, another token follows. These bytes lie in a line: to scan
        # them costs less than binary searches among the tokens, even for the root (DECISIONS.md).
        begins = np.flatnonzero(self.shared[lo:hi] <= depth) + lo
        return self.identifiers.tokens[offsets[begins] + depth], begins, np.append(begins[1:], hi)

    def rows_of(self, wanted: PaperIds) -> Rows:
        """The rows of papers, -1 for those that have none here."""
        if not len(self):
            return np.full(len(wanted), -1)
        at = np.minimum(np.searchsorted(self.paper_ids, wanted), len(self) - 1)
        return np.where(self.paper_ids[at] == wanted, self.paper_rows[at], -1).astype(np.int64)


def build(identifiers: Identifiers, papers: npt.NDArray[Any] | Sequence[int]) -> Block:
    """A block of identifiers in any order. Papers of one identifier stand in ascending order of their ids. Raises
    ValueError for paper ids that fill more than 31 bits, or that come twice."""
    ids = as_paper_ids(papers)
    if len(ids) != len(identifiers):
        raise ValueError(f"{len(identifiers):,} identifiers cannot name {len(ids):,} papers")
    if len(identifiers.tokens) > LARGEST_OFFSET:
        raise ValueError(f"{len(identifiers.tokens):,} tokens are more than a block can hold ({LARGEST_OFFSET:,})")
    by_id = np.argsort(ids, kind="stable")
    if (np.diff(ids[by_id]) == 0).any():
        raise ValueError("a paper has more than one identifier")
    order = by_id[sorted_order(identifiers.take(by_id))]
    ordered = identifiers.take(order)
    papers_by_row = ids[order]
    rows = np.argsort(papers_by_row).astype(np.int32)
    compact = Identifiers(ordered.tokens, ordered.offsets.astype(np.uint32))
    return Block(compact, shared_prefixes(ordered), papers_by_row, papers_by_row[rows], rows)


def merged(blocks: Sequence[Block], living: Sequence[Rows]) -> Block:
    """One block of the given rows of each block."""
    identifiers = joined(block.identifiers.take(rows) for block, rows in zip(blocks, living, strict=True))
    papers = [block.papers[rows] for block, rows in zip(blocks, living, strict=True)]
    return build(identifiers, np.concatenate([np.zeros(0, np.int32), *papers]))


def as_paper_ids(papers: npt.NDArray[Any] | Sequence[int]) -> PaperIds:
    """Ids as they are stored. Raises ValueError for those that do not fit."""
    ids = np.asarray(papers, np.int64)
    if ids.size and (ids.min() < 0 or ids.max() > LARGEST_PAPER_ID):
        raise ValueError(f"a paper id is outside 0 to {LARGEST_PAPER_ID:,}: the tree of titles cannot hold it")
    return ids.astype(np.int32)
