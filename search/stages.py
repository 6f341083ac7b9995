"""Query -> lexical and dense retrieval -> fusion -> rerank: the stages in their order, each timed.

Degrades in order: without vectors, or with few, the lexical order stands, without the BM25 index the dense one. Each
loss is logged, and named to the reader in `notices`."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from django.db import Error as DatabaseError

from search import fusion
from search.query import Query, Terms, parse
from search.ranking import Ranking
from search.rerank import reranker
from search.retrieval import dense, lexical

log = logging.getLogger(__name__)

# How many papers of each arm are scored by both, and how far a result can be paged.
FUSION_DEPTH = 200
RESULT_DEPTH = 1_000

_Result = TypeVar("_Result")
Notice = Literal["words-only", "meaning-only", "few-vectors", "nothing", "shortened"]


@dataclass(frozen=True, slots=True)
class Found:
    """What each stage made of a query. `final` is the order that readers see, `ran` the last stage that made it;
    `matching` is how many papers hold a word of the query."""

    query: Query
    stages: dict[str, Ranking]
    ran: str
    reranker: str
    notices: tuple[Notice, ...] = ()
    milliseconds: dict[str, float] = field(default_factory=dict)

    @property
    def final(self) -> Ranking:
        return self.stages[self.ran]

    @property
    def matching(self) -> int:
        return self.stages["lexical"].total if "lexical" in self.stages else 0


def find(text: str) -> Found:
    """Runs every stage that can run."""
    return run(parse(text))


def run(query: Query) -> Found:
    clock = _Clock()
    terms = lexical.terms(query.text)
    words = clock.time("lexical", lambda: _lexical(terms))
    vector = clock.time("encode", lambda: _vector(query))
    meaning = clock.time("dense", lambda: _dense(vector))
    stages = {name: arm for name, arm in (("lexical", words), ("dense", meaning)) if arm is not None}
    if words is not None and meaning is not None and vector is not None:
        fused = clock.time("fused", lambda: _fused(query, terms, vector, words, meaning))
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
    )


def _lexical(terms: Terms) -> Ranking | None:
    try:
        return lexical.index().search(terms, RESULT_DEPTH)
    except (lexical.NoIndex, ValueError, OSError) as error:
        log.warning("no lexical results: %s", error)
        return None


def _vector(query: Query) -> tuple[Any, Any] | None:
    """The active model and the query's vector by it."""
    if not query.text:
        return None
    try:
        model = dense.active_model()
        return model, dense.encode_query(model, query.text)
    except (dense.NoVectors, DatabaseError, OSError, RuntimeError) as error:
        log.warning("no query vector: %s", error)
        return None


def _dense(vector: tuple[Any, Any] | None) -> Ranking | None:
    if vector is None:
        return None
    try:
        return dense.search(*vector, FUSION_DEPTH)
    except DatabaseError as error:
        log.warning("no dense results: %s", error)
        return None


def _fused(query: Query, terms: Terms, vector: tuple[Any, Any], words: Ranking, meaning: Ranking) -> Ranking | None:
    """Both arms' candidates with the scores of both arms; lexical hits beyond them follow in their order. None while
    too few of the papers that hold the words have vectors."""
    wanted = fusion.candidates(words, meaning, depth=FUSION_DEPTH)
    bm25, cosine = words.scores, meaning.scores
    bm25 |= lexical.index().score(terms, [paper_id for paper_id in wanted if paper_id not in bm25])
    cosine |= dense.score(*vector, [paper_id for paper_id in wanted if paper_id not in cosine])
    if not fusion.covers(cosine, words.paper_ids[:FUSION_DEPTH]):
        return None
    share = fusion.LEXICAL_SHARE if dense.understands(vector[0], query.text) else fusion.LEXICAL_SHARE_BLIND
    return fusion.fuse(bm25, cosine, wanted, words.paper_ids, share)


def _notices(query: Query, stages: Mapping[str, Ranking]) -> tuple[Notice, ...]:
    told: list[Notice] = ["shortened"] if query.shortened else []
    if "fused" not in stages and query.text:
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
            self.spent[stage] = round((time.perf_counter() - started) * 1000, 3)
