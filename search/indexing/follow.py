"""Keeps both indexes right by following the change log: BM25 documents are written here, vectors become jobs."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection, transaction

from papers import changes
from papers.changes import Watermark
from search.indexing import documents, lexical
from search.indexing.lexical import WriterBusy
from search.models import Follower

CHUNK = 2_000
_VECTORS = "vectors"


def follow_lexical() -> int:
    """Brings the BM25 index up to the change log, building it first if there is none. Returns how many papers it
    wrote; 0 too when another process is at it."""
    try:
        with lexical.writing():
            folder = lexical.current()
            mark = lexical.watermark(folder) if folder else None
            if folder is None or mark is None or changes.is_from_another_server(mark):
                return rebuild_lexical()
            return _catch_up(folder, mark)
    except WriterBusy:
        return 0


def rebuild_lexical(on_progress: Callable[[int], object] = lambda papers: None) -> int:
    """Builds the BM25 index anew beside the old one, which is searched meanwhile. Call inside lexical.writing()."""
    mark = _now()
    folder = lexical.new_folder()
    writer = lexical.Writer(folder, threads=2)
    written = 0
    for chunk in documents.all_paper_ids():
        writer.add(documents.of_papers(chunk))
        written += len(chunk)
        on_progress(len(chunk))
    writer.commit(mark)
    writer.close()
    lexical.publish(folder)
    return written + _catch_up(folder, mark)


def enqueue_vectors() -> int:
    """Turns changes into jobs for the encoder, for every embedding model. Returns how many changes it read.
    Jobs and watermark are one transaction: neither is ever without the other."""
    read = 0
    while True:
        with transaction.atomic():
            row, _ = Follower.objects.select_for_update().get_or_create(name=_VECTORS)
            mark = Watermark(row.transaction, row.change_id)
            if changes.is_from_another_server(mark):
                mark = Watermark()
            paper_ids, mark = changes.after(mark, CHUNK)
            if not paper_ids:
                return read
            _add_jobs(paper_ids)
            row.transaction, row.change_id = mark.transaction, mark.id
            row.save()
        read += len(paper_ids)


def vectors_mark() -> Watermark:
    row = Follower.objects.filter(name=_VECTORS).first()
    return Watermark(row.transaction, row.change_id) if row else Watermark()


def _catch_up(folder: Path, mark: Watermark) -> int:
    written = 0
    writer: lexical.Writer | None = None
    while True:
        paper_ids, mark = changes.after(mark, CHUNK)
        if not paper_ids:
            break
        writer = writer or lexical.Writer(folder)
        writer.remove(paper_ids)
        writer.add(documents.of_papers(paper_ids))
        writer.commit(mark)
        written += len(paper_ids)
    if writer:
        writer.close()
    return written


def _now() -> Watermark:
    """The end of what can be read safely: rows after it will be followed, papers before it are in the rebuild."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1")
        return Watermark(int(cursor.fetchone()[0]), 2**62)


def _add_jobs(paper_ids: list[int]) -> None:
    """A job wherever the vector is missing or of another text; one that failed before gets new attempts."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_embedjob (model_id, paper_id, attempts, error)
            SELECT model.id, paper.id, 0, '' FROM search_embeddingmodel model
            CROSS JOIN papers_paper paper
            LEFT JOIN search_embedding found ON found.model_id = model.id AND found.paper_id = paper.id
            WHERE paper.id = ANY(%s) AND found.text_hash IS DISTINCT FROM paper.text_hash
            ON CONFLICT (model_id, paper_id) DO UPDATE SET attempts = 0, leased_until = NULL, error = ''
            """,
            [paper_ids],
        )
