"""Runs a collection's queries through every stage and measures what comes out."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from papers.models import Paper
from papers.record import PaperRecord
from papers.text import clean
from papers.work import derive
from search import metrics
from search.evaluation.collection import Collection, Judged
from search.evaluation.database import throw_away
from search.indexing import follow, lexical, vectors
from search.query import parse
from search.stages import Found, run

# What a reader waits for until a stage has its result.
_NEEDS = {
    "lexical": ("lexical",),
    "dense": ("encode", "dense"),
    "fused": ("lexical", "encode", "dense", "fused"),
    "reranked": ("lexical", "encode", "dense", "fused", "reranked"),
}
Progress = Callable[[str, int, int], object]  # what, how many more are done, of how many


class Incomplete(RuntimeError):
    """A stage gave nothing for some query, so its measures would be of something else."""


def evaluate(collection: Collection, on_progress: Progress = lambda what, done, total: None) -> dict[str, Any]:
    """The collection's measures by stage, and by kind of query where queries have one. Leaves nothing behind."""
    with throw_away():
        names = _load(collection, on_progress)
        found = _ask(collection, names, on_progress)
    kinds = sorted({query.kind for query in collection.queries} - {""})
    report: dict[str, Any] = {
        "collection": collection.name,
        "documents": len(collection.documents),
        "queries": len(collection.queries),
        "stages": _stages(found),
    }
    if kinds:
        report["kinds"] = {kind: _stages([each for each in found if each[0].kind == kind]) for kind in kinds}
    return report


Answer = tuple[Judged, dict[str, list[str]], dict[str, float]]  # query, documents by stage, milliseconds by stage


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
    row, encoder = vectors.target()
    vectors.embed_all(row, encoder, on_progress=lambda papers: on_progress("vectors", papers, total))
    return names


def _paper(name: str, title: str, text: str) -> Paper:
    work = derive([PaperRecord(source="collection", source_id=name, title=clean(title), abstract=clean(text))])
    return Paper(**{field: getattr(work, field) for field in work.__slots__})


def _ask(collection: Collection, names: dict[int, str], on_progress: Progress) -> list[Answer]:
    run(parse("warm up"))  # the first query of a process loads indexes and models
    answers = []
    for query in collection.queries:
        found = run(parse(query.text))
        if missing := _NEEDS.keys() - found.stages.keys():
            raise Incomplete(f"query {query.id}: no result of {', '.join(sorted(missing))}")
        answers.append((query, _documents(found, names), _waited(found)))
        on_progress("queries", 1, len(collection.queries))
    return answers


def _documents(found: Found, names: dict[int, str]) -> dict[str, list[str]]:
    return {name: [names[paper_id] for paper_id in found.stages[name].paper_ids] for name in _NEEDS}


def _waited(found: Found) -> dict[str, float]:
    return {name: sum(found.milliseconds[step] for step in steps) for name, steps in _NEEDS.items()}


def _stages(answers: Iterable[Answer]) -> dict[str, dict[str, float]]:
    measured: dict[str, list[dict[str, float]]] = defaultdict(list)
    waited: dict[str, list[float]] = defaultdict(list)
    for query, documents, milliseconds in answers:
        for name in _NEEDS:
            measured[name].append(metrics.measure(documents[name], query.judgements))
            waited[name].append(milliseconds[name])
    return {
        name: {
            **{measure: round(value, 4) for measure, value in metrics.mean(measured[name]).items()},
            "p50_ms": round(metrics.percentile(waited[name], 0.50), 2),
            "p95_ms": round(metrics.percentile(waited[name], 0.95), 2),
        }
        for name in _NEEDS
    }
