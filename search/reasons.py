"""Why a paper is in a result, and why there: plain values, for the page and for programs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from papers.models import Paper
from search.analysis import UNSPACED, indexable
from search.dictionary import translations
from search.ranking import Hit
from search.retrieval import lexical
from search.retrieval.filters import analyzer
from search.stages import Found, first_order
from search.title.evidence import Evidence

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
    """`words` are the query's words that each field holds, as the index spells them; `before` and `final` the ranks
    before and behind the reranker, `evidence` what it knew of the paper's title and `likeness` how like the paper is to
    the first ones (0 to 1)."""

    words: Mapping[str, tuple[str, ...]]
    arms: Mapping[str, Arm]
    before: int | None
    final: int
    evidence: Evidence | None
    likeness: float | None = None


class Reasons:
    """Explains the papers of one result."""

    def __init__(self, found: Found):
        terms = lexical.terms(found.query.plain)
        self._found = found
        # The stem of each word as typed; of Chinese words the English that was searched in their place, too.
        english = (word for senses in translations(found.query.plain) for sense in senses for word in sense)
        self._words = {stem: word for word in (*english, *terms.written) for stem in _stems(word)}
        self._hits = {
            name: {hit.paper_id: hit for hit in stage.hits}
            for name, stage in found.stages.items() if name not in ("fused", "reranked", "newest")
        }  # fmt: skip
        self._before = first_order(found.stages).ranks

    def of(self, paper: Paper, rank: int) -> Reason:
        return Reason(
            words={name: here for name, text in _fields(paper) if (here := self._held(text))},
            arms={name: self._arm(name, hits[paper.pk]) for name, hits in self._hits.items() if paper.pk in hits},
            before=self._before.get(paper.pk),
            final=rank,
            evidence=self._found.signals.evidence.get(paper.pk),
            likeness=self._found.signals.likeness.get(paper.pk),
        )

    def _arm(self, name: str, hit: Hit) -> Arm:
        whole = sum(self._found.weights.values()) or 1.0
        return Arm(hit.rank, round(hit.score, 4), round(self._found.weights.get(name, 0.0) / whole, 3))

    def _held(self, text: str) -> tuple[str, ...]:
        stems = _stems(text)
        return tuple(_joined(dict.fromkeys(word for stem, word in self._words.items() if stem in stems)))[:_MOST_WORDS]


def as_json(reason: Reason, filters: Sequence[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "words": {name: list(words) for name, words in reason.words.items()},
        "arms": {
            name: {"rank": arm.rank, "score": arm.score, "weight": arm.weight} for name, arm in reason.arms.items()
        },
        "filters": list(filters),
    }
    if reason.evidence is not None or reason.likeness is not None:
        told["reranker"] = {"rank_before": reason.before, "rank": reason.final}
    if reason.likeness is not None:
        told["reranker"] |= {"like_the_first": round(reason.likeness, 3)}
    if reason.evidence is not None:
        told["reranker"] |= _evidence(reason.evidence)
    return told


def _evidence(evidence: Evidence) -> dict[str, float]:
    return {
        "log_likelihood": round(evidence.likelihood, 3),
        "prior": round(evidence.prior, 3),
        "pmi": round(evidence.pmi, 3),
        "query_in_title": round(evidence.of_query, 3),
        "title_in_query": round(evidence.of_title, 3),
    }


def _fields(paper: Paper) -> Iterable[tuple[str, str]]:
    yield "title", paper.title
    yield "abstract", paper.abstract
    yield "authors", " ".join(str(author.get("name", "")) for author in paper.authors[:_MOST_AUTHORS])


def _joined(words: Iterable[str]) -> Iterator[str]:
    """Words with the pairs of characters that the index makes of unspaced scripts put together again."""
    run = ""
    for word in words:
        is_pair = len(word) == 2 and UNSPACED.fullmatch(word)
        if is_pair and run[-1:] == word[0]:
            run += word[1]
            continue
        if run:
            yield run
        run = word if is_pair else ""
        if not is_pair:
            yield word
    if run:
        yield run


def _stems(text: str) -> frozenset[str]:
    return frozenset(analyzer(True).analyze(indexable(text)))
