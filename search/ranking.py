"""What a stage of search gives: papers in order. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper at a rank (from 1). Scores of one stage are never compared with those of another."""

    paper_id: int
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """A stage's result. `total` is how many papers matched, of which `hits` are the first; `milliseconds` is what
    the stage took."""

    stage: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    milliseconds: float = 0.0

    @property
    def scores(self) -> dict[int, float]:
        return {hit.paper_id: hit.score for hit in self.hits}

    @property
    def paper_ids(self) -> list[int]:
        return [hit.paper_id for hit in self.hits]

    @property
    def ranks(self) -> dict[int, int]:
        return {hit.paper_id: hit.rank for hit in self.hits}

    def followed_by(self, paper_ids: Iterable[int]) -> "Ranking":
        """The same with papers behind it that this stage did not score (score 0), each paper once."""
        ranks = self.ranks
        rest = [paper_id for paper_id in dict.fromkeys(paper_ids) if paper_id not in ranks]
        behind = tuple(Hit(paper_id, rank, 0.0) for rank, paper_id in enumerate(rest, start=len(self.hits) + 1))
        return replace(self, hits=self.hits + behind, total=len(self.hits) + len(behind))


def ranked(scored: Iterable[tuple[int, float]]) -> tuple[Hit, ...]:
    """Hits by descending score; equal scores by ascending paper id, so that the order never flickers."""
    ordered = sorted(scored, key=lambda pair: (-pair[1], pair[0]))
    return tuple(Hit(paper_id, rank, score) for rank, (paper_id, score) in enumerate(ordered, start=1))
