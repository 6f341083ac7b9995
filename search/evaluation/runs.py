"""Runs queries through every stage and measures what comes out: a collection's, or those of known items."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from papers.models import Paper
from papers.record import PaperRecord
from papers.text import clean
from papers.work import derive
from search import metrics
from search.evaluation import corpus, kept
from search.evaluation.collection import Collection, Judged
from search.evaluation.database import throw_away
from search.evaluation.outcomes import PEER, Outcome, is_arm, wait
from search.evaluation.peers import Peer, peers
from search.evaluation.report import report, typo_ratio
from search.indexing import follow, lexical, titles, vectors
from search.query import parse
from search.stages import Found, run, warm_up

KNOWN_ITEMS = "known items"
_DEPTH = 100  # no measure looks further

Progress = Callable[[str, int, int], object]  # what, how many more are done, of how many
Name = Callable[[int], str]  # paper id -> the document it is judged as


class NoArm(RuntimeError):
    """No arm of search ran for any query, so there is nothing to measure; the message says where to look."""


def _quiet(what: str, done: int, total: int) -> None:
    return None


def evaluate(collection: Collection, on_progress: Progress = _quiet) -> dict[str, Any]:
    """The collection's measures by stage, and by kind of query where queries have one. Leaves nothing behind."""
    with throw_away():
        names = _load(collection, on_progress)
        outcomes = _ask(collection.queries, names.__getitem__, {}, on_progress)
    return {"collection": collection.name, "documents": len(collection.documents), **report(outcomes)}


def find_known_items(queries: Sequence[Judged], on_progress: Progress = _quiet) -> dict[str, Any]:
    """The same of search.evaluation.corpus.questions over the papers at hand, with plain BM25 beside our stages.
    Raises search.evaluation.peers.NoIndex."""
    beside = peers()
    outcomes = _ask(queries, corpus.names(), beside, on_progress)
    told = {"collection": KNOWN_ITEMS, "documents": Paper.objects.count(), **report(outcomes)}
    return {**told, "typo_ratio": typo_ratio(told)}


def _load(collection: Collection, on_progress: Progress) -> dict[int, str]:
    """Papers and both indexes, through the code that serves readers. Returns document names by paper id."""
    names: dict[int, str] = {}
    total = len(collection.documents)
    for start in range(0, total, 1_000):
        chunk = collection.documents[start : start + 1_000]
        rows = Paper.objects.bulk_create(_paper(*document) for document in chunk)
        names |= {row.pk: document[0] for row, document in zip(rows, chunk, strict=True)}
        on_progress("papers", len(chunk), total)
    with lexical.writing():
        follow.rebuild_lexical(lambda papers: on_progress("BM25", papers, total))
    titles.follow_titles()
    for row, encoder in vectors.targets():
        what = f"{row.role} vectors"
        on_progress(what, kept.restore(collection.name, row), total)
        if vectors.embed_all(row, encoder, on_progress=lambda papers, what=what: on_progress(what, papers, total)):  # type: ignore[misc]
            kept.keep(collection.name, row)
    return names


def _paper(name: str, title: str, text: str) -> Paper:
    work = derive([PaperRecord(source="collection", source_id=name, title=clean(title), abstract=clean(text))])
    return Paper(**{field: getattr(work, field) for field in work.__slots__})


def _ask(queries: Sequence[Judged], name: Name, beside: Mapping[str, Peer], on_progress: Progress) -> list[Outcome]:
    warm_up()
    for search in beside.values():
        search("warm up")  # the first query opens an index
    outcomes = []
    for query in queries:
        outcomes.append(_answer(query, name, beside))
        on_progress("queries", 1, len(queries))
    if not any(is_arm(stage) for each in outcomes for stage in each.measured):
        raise NoArm("no arm of search ran for any of the queries: `manage.py index status` and the log say why")
    return outcomes


def _answer(query: Judged, name: Name, beside: Mapping[str, Peer]) -> Outcome:
    found = run(parse(query.text))
    others = {PEER + peer: search(query.text) for peer, search in beside.items()}
    rankings: dict[str, Sequence[int]] = {stage: ranking.paper_ids for stage, ranking in found.stages.items()}
    rankings |= {peer: timed.paper_ids for peer, timed in others.items()}
    return Outcome(
        kind=query.kind,
        measured={
            stage: metrics.measure(_documents(paper_ids, name), query.judgements)
            for stage, paper_ids in rankings.items()
        },
        waited=_waited(found) | {peer: timed.milliseconds for peer, timed in others.items()},
        steps=found.milliseconds,
        empty=not found.final.hits,
        notices=tuple(map(str, found.notices)),
    )


def _documents(paper_ids: Iterable[int], name: Name) -> list[str]:
    """Papers that are judged as one document count once, at their best rank."""
    return list(dict.fromkeys(map(name, paper_ids)))[:_DEPTH]


def _waited(found: Found) -> dict[str, float]:
    return {stage: wait(stage, found.milliseconds) for stage in found.stages}
