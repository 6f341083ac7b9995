"""Why a paper is in a result, and why there: plain values, for the page and for programs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from papers.models import Paper
from search.analysis import indexable
from search.ranking import Hit
from search.retrieval import lexical
from search.retrieval.filters import analyzer
from search.retrieval.title import Evidence
from search.stages import Found

_MOST_WORDS = 12  # of the query, that are named for each field
_MOST_AUTHORS = 100


@dataclass(frozen=True, slots=True)
class Arm:
    """What one arm said of a paper; `weight` is the arm's share in the fused order, 0 where it only proposed it."""

    rank: int
    score: float
    weight: float


@dataclass(frozen=True, slots=True)
class Reason:
    """`words` are the query's words that each field holds, as the index spells them; `fused` and `final` the ranks
    before and behind the reranker, `evidence` what it knew of the paper."""

    words: Mapping[str, tuple[str, ...]]
    arms: Mapping[str, Arm]
    fused: int | None
    final: int
    evidence: Evidence | None


class Reasons:
    """Explains the papers of one result."""

    def __init__(self, found: Found):
        terms = lexical.terms(found.query.plain)
        self._found = found
        # The stem of each word as typed; of Chinese words the English that was searched in their place, too.
        self._words = {stem: word for word in terms.written for stem in _stems(word)}
        self._words |= {stem: stem for senses in terms.translated for sense in senses for stem in sense}
        self._hits = {
            name: {hit.paper_id: hit for hit in stage.hits}
            for name, stage in found.stages.items() if name not in ("fused", "reranked", "newest")
        }  # fmt: skip
        self._fused = found.stages["fused"].ranks if "fused" in found.stages else {}

    def of(self, paper: Paper, rank: int) -> Reason:
        return Reason(
            words={name: here for name, text in _fields(paper) if (here := self._held(text))},
            arms={name: self._arm(name, hits[paper.pk]) for name, hits in self._hits.items() if paper.pk in hits},
            fused=self._fused.get(paper.pk),
            final=rank,
            evidence=self._found.evidence.get(paper.pk),
        )

    def _arm(self, name: str, hit: Hit) -> Arm:
        whole = sum(self._found.weights.values()) or 1.0
        return Arm(hit.rank, round(hit.score, 4), round(self._found.weights.get(name, 0.0) / whole, 3))

    def _held(self, text: str) -> tuple[str, ...]:
        stems = _stems(text)
        return tuple(dict.fromkeys(word for stem, word in self._words.items() if stem in stems))[:_MOST_WORDS]


def as_json(reason: Reason, filters: Sequence[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "words": {name: list(words) for name, words in reason.words.items()},
        "arms": {
            name: {"rank": arm.rank, "score": arm.score, "weight": arm.weight} for name, arm in reason.arms.items()
        },
        "filters": list(filters),
    }
    if reason.evidence is not None:
        told["reranker"] = {
            "rank_before": reason.fused,
            "rank": reason.final,
            "log_likelihood": round(reason.evidence.likelihood, 3),
            "prior": round(reason.evidence.prior, 3),
            "pmi": round(reason.evidence.pmi, 3),
            "query_in_title": round(reason.evidence.of_query, 3),
            "title_in_query": round(reason.evidence.of_title, 3),
        }
    return told


def _fields(paper: Paper) -> Iterable[tuple[str, str]]:
    yield "title", paper.title
    yield "abstract", paper.abstract
    yield "authors", " ".join(str(author.get("name", "")) for author in paper.authors[:_MOST_AUTHORS])


@lru_cache(maxsize=4_096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(analyzer(True).analyze(indexable(text)))
