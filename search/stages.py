"""Query -> retrieval by words, by meaning and by titles -> fusion -> rerank: the stages in their order, each timed. A
query that only filters, or a reader who wants the newest first, gets a list by time instead.

Degrades in order: without a trained title model, or when time runs out, the fused order stands; without vectors, or
with few, the lexical one; without the BM25 index that by meaning. Each loss is named to the reader in `notices`."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, TypeVar

from django.conf import settings

from search import arms, feedback, fusion, rerank
from search.arms import Meaning, Papers
from search.models import Role
from search.query import Query, parse
from search.ranking import Ranking
from search.retrieval import dense
from search.retrieval.title import TitleSearch

# How many papers a ranking holds unless a reader goes further, and at most.
RESULT_DEPTH = 1_000
DEEPEST = 10_000
# Milliseconds after which no further stage begins that the order can do without.
DEADLINE = 600.0

_Result = TypeVar("_Result")
Notice = Literal[
    "words-only", "meaning-only", "few-vectors", "nothing", "shortened", "by-time", "by-interest", "loosened", "late"
]  # fmt: skip


class Sort(StrEnum):
    """Orders that a reader can choose."""

    RELEVANCE = "relevance"
    TIME = "time"
    INTEREST = "interest"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of which order: `show` places from `skip` on. `upto` leaves out papers with a higher id: those that
    arrived since the reader saw the first page. `deadline` is in milliseconds."""

    sort: Sort = Sort.RELEVANCE
    skip: int = 0
    show: int = RESULT_DEPTH
    upto: int | None = None
    deadline: float = DEADLINE

    @property
    def end(self) -> int:
        return self.skip + self.show


@dataclass(frozen=True, slots=True)
class Found:
    """What each stage made of a query. `final` is the order that readers see, `ran` the last stage that made it;
    `matching` is how many papers hold a word of the query and all its filters, `total` how many are listed, those found
    by meaning included; `papers` are the matching ones, for counting. `weights` are the arms' shares in the fused
    order, `signals` what the reranker knew of the papers it looked at."""

    query: Query
    stages: dict[str, Ranking]
    ran: str
    notices: tuple[Notice, ...] = ()
    milliseconds: dict[str, float] = field(default_factory=dict)
    total: int = 0
    papers: Papers | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    signals: rerank.Signals = field(default_factory=rerank.Signals)

    @property
    def final(self) -> Ranking:
        return self.stages[self.ran]

    @property
    def reranker(self) -> str:
        return self.signals.reranker

    @property
    def matching(self) -> int:
        return next((self.stages[name].total for name in ("lexical", "newest") if name in self.stages), 0)


def warm_up() -> None:
    """Loads what queries need, which takes some seconds."""
    dense.warm_up()
    run(parse("warmm up 预热"), Wanted(deadline=float("inf")))


def find(text: str) -> Found:
    """Runs every stage that can run."""
    return run(parse(text))


def run(query: Query, wanted: Wanted = Wanted()) -> Found:
    clock = _Clock(wanted.deadline)
    papers = clock.time("lexical", lambda: arms.papers(query, wanted.upto))
    if papers and query.phrases and not clock.time("lexical", papers.count):
        found = run(query.loosened(), wanted)
        return replace(found, query=query, notices=("loosened", *found.notices))
    if papers and (wanted.sort is Sort.TIME or (query.filters and not papers.matching.words)):
        return _by_time(query, papers, wanted, clock)
    return _ranked(query, papers, wanted, clock)


def _by_time(query: Query, papers: Papers, wanted: Wanted, clock: "_Clock") -> Found:
    newest = clock.time("newest", lambda: papers.index.newest(papers.matching, wanted.skip, wanted.show))
    told: tuple[Notice, ...] = ("by-time",) if wanted.sort is not Sort.TIME else ()
    return Found(
        query=query,
        stages={"newest": replace(newest, milliseconds=clock.spent["newest"])},
        ran="newest",
        notices=(*_notices(query, {}), *told),
        milliseconds=clock.spent,
        total=newest.total,
        papers=papers,
    )


def _ranked(query: Query, papers: Papers | None, wanted: Wanted, clock: "_Clock") -> Found:
    depth = min(max(wanted.end, RESULT_DEPTH), DEEPEST)
    words = clock.time("lexical", lambda: arms.words(papers, depth))
    stages = {"lexical": words} if words is not None else {}
    meanings = _meanings(query, papers, stages, clock)
    looking = _titles(query, papers, meanings.get(fusion.MULTILINGUAL), stages, clock)
    weights: Mapping[str, float] = {}
    if papers and words is not None and meanings:
        weights = _fused(query, papers, meanings, stages, clock)
    last = first_order(stages)
    signals, is_late = _reranked(query, papers, last, looking, stages, clock)
    return Found(
        query=query,
        stages={name: replace(stage, milliseconds=clock.spent.get(name, 0.0)) for name, stage in stages.items()},
        ran="reranked",
        notices=(
            *_notices(query, stages),
            *(("late",) if is_late else ()),
            *(("by-interest",) if wanted.sort is Sort.INTEREST else ()),
        ),
        milliseconds=clock.spent,
        total=min(last.total, DEEPEST),
        papers=papers,
        weights=weights,
        signals=signals,
    )


ARMS = (fusion.LEXICAL, fusion.DENSE, fusion.MULTILINGUAL)
# The multilingual arm first: with it a query in another language needs no other.
_BY_MEANING = (
    (Role.MULTILINGUAL, fusion.MULTILINGUAL, "encode-multilingual"), (Role.DENSE, fusion.DENSE, "encode"),
)  # fmt: skip


def _meanings(query: Query, papers: Papers | None, stages: dict[str, Ranking], clock: "_Clock") -> dict[str, Meaning]:
    """Runs the arms by meaning that know the query's language. Returns the query as each that ran reads it."""
    ran: dict[str, Meaning] = {}
    for role, arm, step in _BY_MEANING:
        if not (ran and _weights(query)[arm] == 0):
            meaning = clock.time(step, lambda role=role: arms.read(query, role))  # type: ignore[misc]
            found = clock.time(arm, lambda meaning=meaning: arms.nearest(meaning, query, papers))  # type: ignore[misc]
            if meaning is not None and found is not None:
                ran[arm], stages[arm] = meaning, found
    return ran


def first_order(stages: Mapping[str, Ranking]) -> Ranking:
    """The order before the reranker: the fused one, or that of the best arm that ran."""
    return next((stages[name] for name in ("fused", *ARMS) if name in stages), Ranking("none"))


def _weights(query: Query) -> fusion.Weights:
    """An operator who chose an encoder is taken to have chosen it for the languages of the readers."""
    return fusion.FOREIGN if not settings.ENCODER and fusion.is_foreign(query.plain) else fusion.KNOWN


def _titles(
    query: Query, papers: Papers | None, meaning: Meaning | None, stages: dict[str, Ranking], clock: "_Clock"
) -> TitleSearch | None:
    if papers is None or clock.is_late:
        return None
    looking = clock.time("title", lambda: arms.look_at_titles(query, meaning, papers))
    found = clock.time("title", lambda: arms.titles(looking, papers)) if looking else None
    if found is not None:
        stages["title"] = found
    return looking


def _fused(
    query: Query, papers: Papers, meanings: dict[str, Meaning], stages: dict[str, Ranking], clock: "_Clock"
) -> Mapping[str, float]:
    """Every arm's candidates with the scores of all arms; lexical hits beyond them follow in their order. An arm counts
    once most of the papers that hold the words have its vectors; without one there is no fused order. Returns the
    weights of those that counted."""
    words = stages["lexical"]
    found = [stages[arm] for arm in (*ARMS, "title") if arm in stages]
    wanted = fusion.candidates(*found, depth=arms.DEPTH)
    scores = clock.time("scores", lambda: _scores(papers, meanings, stages, wanted))
    first = words.paper_ids[: arms.DEPTH]
    scores = {arm: each for arm, each in scores.items() if arm == fusion.LEXICAL or fusion.covers(each, first)}
    weights = {arm: weight for arm, weight in _weights(query).items() if weight and arm in scores}
    if weights.keys() <= {fusion.LEXICAL}:
        return {}
    scores = {arm: scores[arm] for arm in weights}
    fused = clock.time("fused", lambda: fusion.fuse(scores, wanted, words.paper_ids, weights))
    without_words = sum(paper_id not in scores[fusion.LEXICAL] for paper_id in wanted)
    stages["fused"] = replace(fused, total=words.total + (without_words if papers.matching.needs_word else 0))
    return weights


def _scores(
    papers: Papers, meanings: dict[str, Meaning], stages: dict[str, Ranking], wanted: list[int]
) -> dict[str, dict[int, float]]:
    """Every arm's score of each of the papers. None is lifted here for holding the whole query: beside it the others'
    scores would be small, and what the reranker adds for it is enough."""
    bm25 = stages[fusion.LEXICAL].scores
    lifted = papers.matching.whole
    bm25 |= papers.index.score(papers.matching, [each for each in wanted if each not in bm25 or each in lifted])
    scores = {fusion.LEXICAL: bm25}
    for arm, meaning in meanings.items():
        known = stages[arm].scores
        missing = [paper_id for paper_id in wanted if paper_id not in known]
        scores[arm] = known | dense.score(meaning.model, meaning.encoded.vector, missing)
    return scores


def _reranked(
    query: Query,
    papers: Papers | None,
    last: Ranking,
    looking: TitleSearch | None,
    stages: dict[str, Ranking],
    clock: "_Clock",
) -> tuple[rerank.Signals, bool]:
    """Adds the final order. Returns what it was made by, and whether there was no time for it."""
    whole = papers.matching.whole if papers and "fused" in stages else frozenset()
    scores = rerank.candidates(last, stages.get("title"), whole)
    is_late = clock.is_late and bool(scores)
    signals = rerank.Signals()
    if not is_late:
        signals = clock.time("reranked", lambda: _signals(query, whole, scores, looking, "fused" in stages))
    stages["reranked"] = clock.time("reranked", lambda: rerank.rerank(last, scores, signals))
    return signals, is_late


def _signals(
    query: Query, whole: frozenset[int], scores: dict[int, float], looking: TitleSearch | None, is_fused: bool
) -> rerank.Signals:
    return rerank.Signals(
        evidence=arms.weigh(looking, list(scores)) if looking else {},
        doubtful=looking.doubt if looking else 0.0,
        likeness=feedback.likeness(scores, arms.vectors(list(scores))) if is_fused else {},
        is_foreign=_weights(query) is fusion.FOREIGN,
        whole=whole,
    )


def _notices(query: Query, stages: Mapping[str, Ranking]) -> tuple[Notice, ...]:
    told: list[Notice] = ["shortened"] if query.shortened else []
    if stages and "fused" not in stages and (query.plain or query.filters):
        by_meaning = fusion.DENSE in stages or fusion.MULTILINGUAL in stages
        told.append(_LOSSES["lexical" in stages, by_meaning])
    return tuple(told)


_LOSSES: dict[tuple[bool, bool], Notice] = {
    (False, False): "nothing",
    (True, False): "words-only",
    (False, True): "meaning-only",
    (True, True): "few-vectors",
}


class _Clock:
    """Milliseconds by step, and whether a deadline in milliseconds is over."""

    def __init__(self, deadline: float) -> None:
        self.spent: dict[str, float] = {}
        self._end = time.perf_counter() + deadline / 1000

    @property
    def is_late(self) -> bool:
        return time.perf_counter() >= self._end

    def time(self, step: str, work: Callable[[], _Result]) -> _Result:
        started = time.perf_counter()
        try:
            return work()
        finally:
            spent = (time.perf_counter() - started) * 1000
            self.spent[step] = round(self.spent.get(step, 0.0) + spent, 3)
