"""Query -> lexical and dense retrieval -> fusion -> rerank: the stages in their order, each timed. A query that only
filters, or a reader who wants the newest first, gets a list by time instead.

Degrades in order: without vectors, or with few, the lexical order stands, without the BM25 index the dense one. Each
loss is logged, and named to the reader in `notices`."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal, TypeVar

from django.db import Error as DatabaseError

from search import fusion
from search.query import Query, parse
from search.ranking import Ranking
from search.rerank import reranker
from search.retrieval import dense, lexical
from search.retrieval.lexical import LexicalIndex, Matching

log = logging.getLogger(__name__)

# How many papers of each arm are scored by both; how many a ranking holds unless a reader goes further, and at most.
FUSION_DEPTH = 200
RESULT_DEPTH = 1_000
DEEPEST = 10_000

_Result = TypeVar("_Result")
Notice = Literal[
    "words-only", "meaning-only", "few-vectors", "nothing", "shortened", "by-time", "loosened"
]  # fmt: skip


class Sort(StrEnum):
    """Orders that a reader can choose."""

    RELEVANCE = "relevance"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of which order: `show` places from `skip` on. `upto` leaves out papers with a higher id: those that
    arrived since the reader saw the first page."""

    sort: Sort = Sort.RELEVANCE
    skip: int = 0
    show: int = RESULT_DEPTH
    upto: int | None = None

    @property
    def end(self) -> int:
        return self.skip + self.show


@dataclass(frozen=True, slots=True)
class Found:
    """What each stage made of a query. `final` is the order that readers see, `ran` the last stage that made it;
    `matching` is how many papers hold a word of the query and all its filters, `total` how many are listed, those found
    by meaning included; `papers` are the matching ones, for counting."""

    query: Query
    stages: dict[str, Ranking]
    ran: str
    reranker: str
    notices: tuple[Notice, ...] = ()
    milliseconds: dict[str, float] = field(default_factory=dict)
    total: int = 0
    papers: "Papers | None" = None

    @property
    def final(self) -> Ranking:
        return self.stages[self.ran]

    @property
    def matching(self) -> int:
        return next((self.stages[name].total for name in ("lexical", "newest") if name in self.stages), 0)


def find(text: str) -> Found:
    """Runs every stage that can run."""
    return run(parse(text))


def run(query: Query, wanted: Wanted = Wanted()) -> Found:
    clock = _Clock()
    papers = clock.time("lexical", lambda: _papers(query, wanted))
    if papers and query.phrases and not clock.time("lexical", papers.count):
        found = run(query.loosened(), wanted)
        return replace(found, query=query, notices=("loosened", *found.notices))
    if papers and (wanted.sort is Sort.TIME or (query.filters and not papers.matching.words)):
        return _by_time(query, papers, wanted, clock)
    return _ranked(query, papers, wanted, clock)


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers that a query is about, in the index that was asked for them."""

    index: LexicalIndex
    matching: Matching

    def count(self) -> int:
        return self.index.count(self.matching.both)


def _papers(query: Query, wanted: Wanted) -> Papers | None:
    try:
        opened = lexical.index()
        return Papers(opened, opened.matching(query, wanted.upto))
    except (lexical.NoIndex, ValueError, OSError) as error:
        log.warning("no lexical results: %s", error)
        return None


def _by_time(query: Query, papers: Papers, wanted: Wanted, clock: "_Clock") -> Found:
    newest = clock.time("newest", lambda: papers.index.newest(papers.matching, wanted.skip, wanted.show))
    told: tuple[Notice, ...] = ("by-time",) if wanted.sort is Sort.RELEVANCE else ()
    return Found(
        query=query,
        stages={"newest": replace(newest, milliseconds=clock.spent["newest"])},
        ran="newest",
        reranker="none",
        notices=(*_notices(query, {}), *told),
        milliseconds=clock.spent,
        total=newest.total,
        papers=papers,
    )


def _ranked(query: Query, papers: Papers | None, wanted: Wanted, clock: "_Clock") -> Found:
    depth = min(max(wanted.end, RESULT_DEPTH), DEEPEST)
    words = clock.time("lexical", lambda: _lexical(papers, depth))
    vector = clock.time("encode", lambda: _vector(query))
    meaning = clock.time("dense", lambda: _dense(query, vector, papers))
    stages = {name: arm for name, arm in (("lexical", words), ("dense", meaning)) if arm is not None}
    if papers and words is not None and meaning is not None and vector is not None:
        fused = clock.time("fused", lambda: _fused(query, papers, vector, words, meaning))
        stages |= {"fused": fused} if fused else {}
    last = next((stages[name] for name in ("fused", "lexical", "dense") if name in stages), Ranking("none"))
    chosen = reranker()
    stages["reranked"] = clock.time("reranked", lambda: chosen.rerank(query, last))
    return Found(
        query=query,
        stages={name: replace(stage, milliseconds=clock.spent.get(name, 0.0)) for name, stage in stages.items()},
        ran="reranked",
        reranker=chosen.name,
        notices=_notices(query, stages),
        milliseconds=clock.spent,
        total=min(last.total, DEEPEST),
        papers=papers,
    )


def _lexical(papers: Papers | None, depth: int) -> Ranking | None:
    try:
        return papers.index.search(papers.matching, depth) if papers else None
    except (ValueError, OSError) as error:
        log.warning("no lexical results: %s", error)
        return None


def _vector(query: Query) -> tuple[Any, Any] | None:
    """The active model and the query's vector by it."""
    if not query.plain:
        return None
    try:
        model = dense.active_model()
        return model, dense.encode_query(model, query.plain).vector
    except (dense.NoVectors, DatabaseError, OSError, RuntimeError) as error:
        log.warning("no query vector: %s", error)
        return None


def _dense(query: Query, vector: tuple[Any, Any] | None, papers: Papers | None) -> Ranking | None:
    """None too where the filters cannot be kept to, without the index that knows them."""
    if vector is None or (papers is None and query.filters):
        return None
    try:
        return dense.search(*vector, FUSION_DEPTH, papers.index.selected(papers.matching) if papers else None)
    except DatabaseError as error:
        log.warning("no dense results: %s", error)
        return None


def _fused(query: Query, papers: Papers, vector: tuple[Any, Any], words: Ranking, meaning: Ranking) -> Ranking | None:
    """Both arms' candidates with the scores of both arms; lexical hits beyond them follow in their order. None while
    too few of the papers that hold the words have vectors."""
    wanted = fusion.candidates(words, meaning, depth=FUSION_DEPTH)
    bm25, cosine = words.scores, meaning.scores
    bm25 |= papers.index.score(papers.matching, [paper_id for paper_id in wanted if paper_id not in bm25])
    cosine |= dense.score(*vector, [paper_id for paper_id in wanted if paper_id not in cosine])
    if not fusion.covers(cosine, words.paper_ids[:FUSION_DEPTH]):
        return None
    share = fusion.LEXICAL_SHARE if dense.understands(vector[0], query.plain) else fusion.LEXICAL_SHARE_BLIND
    by_meaning_alone = sum(paper_id not in bm25 for paper_id in wanted) if papers.matching.needs_word else 0
    fused = fusion.fuse(bm25, cosine, wanted, words.paper_ids, share)
    return replace(fused, total=words.total + by_meaning_alone)


def _notices(query: Query, stages: Mapping[str, Ranking]) -> tuple[Notice, ...]:
    told: list[Notice] = ["shortened"] if query.shortened else []
    if stages and "fused" not in stages and (query.plain or query.filters):
        told.append(_LOSSES["lexical" in stages, "dense" in stages])
    return tuple(told)


_LOSSES: dict[tuple[bool, bool], Notice] = {
    (False, False): "nothing",
    (True, False): "words-only",
    (False, True): "meaning-only",
    (True, True): "few-vectors",
}


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], _Result]) -> _Result:
        started = time.perf_counter()
        try:
            return work()
        finally:
            spent = (time.perf_counter() - started) * 1000
            self.spent[stage] = round(self.spent.get(stage, 0.0) + spent, 3)
