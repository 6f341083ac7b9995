"""manage.py bench: import and embedding rates, in a database of their own, against peers in the same run."""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from ingest import runs
from ingest.runs import Input
from ingest.sources import arxiv_snapshot, starter
from papers.models import Paper
from papers.work import embedded_text
from search.encoder import BATCH_SIZE
from search.evaluation.database import throw_away
from search.indexing import follow, lexical, vectors
from search.models import Embedding

ROUNDS = 3


class Command(BaseCommand):
    help = (
        "Measures how fast papers are imported, indexed and embedded. The embedding pipeline is compared with a bare "
        "SentenceTransformer.encode of the same texts, in turns."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--snapshot", type=Path, help="an arXiv snapshot; without it the starter papers are used")
        parser.add_argument("--embed", type=int, default=1_024, help="how many papers to embed (1024)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["snapshot"]
        if path and not path.is_file():
            raise CommandError(f"{path} does not exist: give the path of an arXiv snapshot")
        inputs = [Input("arxiv", path, partial(arxiv_snapshot.batches, path))] if path else starter.inputs()
        with throw_away():
            report = {
                "import": _import(inputs, self._say),
                "again": _import(inputs, self._say),
                "bm25": _index(self._say),
                "embed": _embed(options["embed"], self._say),
            }
        self.stdout.write(json.dumps(report))

    def _say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)  # noqa: T201


def _import(inputs: list[Input], say: Callable[[str], None]) -> dict[str, float]:
    """Papers a second of this process with PostgreSQL beside it, and this process's peak memory."""
    before, started = _processor_seconds(), time.perf_counter()
    rows = [runs.run(each) for each in inputs]
    seconds = time.perf_counter() - started
    changed = sum(row.created + row.updated for row in rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    read = sum(row.read for row in rows)
    say(f"import: {read:,} records read, {changed:,} changed, {read / seconds:,.0f}/s, peak memory {peak:.0f} MB")
    return {
        "read": read, "changed": changed, "per_second": round(read / seconds), "peak_mb": round(peak),
        "own_processor_seconds": round(_processor_seconds() - before, 2), "seconds": round(seconds, 2),
    }  # fmt: skip


def _index(say: Callable[[str], None]) -> dict[str, float]:
    started = time.perf_counter()
    with lexical.writing():
        written = follow.rebuild_lexical()
    seconds = time.perf_counter() - started
    say(f"BM25: {written:,} papers, {written / seconds:,.0f}/s")
    return {"papers": written, "per_second": round(written / seconds)}


def _embed(count: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Reads, embeds and writes the same papers in turns with a bare encode of their texts; the median ratio counts."""
    row, wanted = vectors.target()
    model: Any = wanted._model  # type: ignore[attr-defined]
    ids = list(Paper.objects.order_by("-id").values_list("id", flat=True)[:count])
    texts = [embedded_text(*pair) for pair in Paper.objects.filter(id__in=ids).values_list("title", "abstract")]
    wanted.encode(texts[:64])
    ours, bare = [], []
    for _ in range(ROUNDS):
        _only_jobs(row.pk, ids)
        ours.append(len(texts) / _seconds(partial(vectors.embed_all, row, wanted)))
        encode = partial(model.encode, texts, batch_size=BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False)
        bare.append(len(texts) / _seconds(encode))
        say(f"embed: {ours[-1]:.1f}/s, bare encode {bare[-1]:.1f}/s, ratio {ours[-1] / bare[-1]:.3f}")
    return {
        "papers": len(texts),
        "per_second": round(median(ours), 1),
        "bare_per_second": round(median(bare), 1),
        "ratio": round(median(a / b for a, b in zip(ours, bare, strict=True)), 3),
    }


def _only_jobs(model_id: int, paper_ids: list[int]) -> None:
    Embedding.objects.filter(model_id=model_id).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_embedjob")
        cursor.execute(
            "INSERT INTO search_embedjob (model_id, paper_id, attempts, error) SELECT %s, unnest(%s::bigint[]), 0, ''",
            [model_id, paper_ids],
        )


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _processor_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system
