"""Papers -> vectors: jobs are leased, texts encoded, vectors written with the hash of their text."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from pgvector import HalfVector

from papers.work import embedded_text
from search.encoder import MULTILINGUAL, Encoder, encoder
from search.models import EmbeddingModel, Role

# Enough texts to sort by length, which saves half of the padding; a minute's work to lose.
LEASE_PAPERS = 2_048
SLICE = 256  # papers encoded at a time, while the slice before them is written
LEASE = "15 minutes"
PAUSE = "30 seconds"
MAX_ATTEMPTS = 5
_ALONE_FROM = 2  # a paper whose batch failed so often is tried on its own, so that it cannot take others down


@dataclass(frozen=True, slots=True)
class Job:
    paper_id: int
    text: str
    text_hash: bytes


def targets() -> list[tuple[EmbeddingModel, Encoder]]:
    """The model of each role."""
    return [target(role) for role in Role]


def target(role: Role = Role.DENSE) -> tuple[EmbeddingModel, Encoder]:
    """The model that the settings ask for, or the one for all languages, with its row, index and jobs made if they
    are not there yet."""
    wanted = encoder(MULTILINGUAL if role is Role.MULTILINGUAL else settings.ENCODER)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search_embeddingmodel'))")
        row = EmbeddingModel.objects.filter(name=wanted.name).first()
        if row is None:
            row = _introduce(wanted, role)
    return row, wanted


def embed_all(
    row: EmbeddingModel,
    wanted: Encoder,
    until: float = float("inf"),
    on_progress: Callable[[int], object] = lambda papers: None,
) -> int:
    """Embeds what waits, or leases until the monotonic clock reads `until`. Returns how many vectors were written. One
    slice is written while the next is encoded: PostgreSQL's index takes a tenth of the time otherwise."""
    total = 0
    with ThreadPoolExecutor(1) as writer:
        writing: Future[int] | None = None
        while time.monotonic() < until and (jobs := lease(row.pk)):
            for slice_ in _slices(jobs):
                encoded = _encode(row, wanted, slice_)
                total += _finish(writing, on_progress)
                writing = writer.submit(_write_apart, row.pk, encoded)
        total += _finish(writing, on_progress)
    _activate_when_complete(row)
    return total


def lease(model_id: int, limit: int = LEASE_PAPERS) -> list[Job]:
    """Takes jobs for this worker, the newest papers first. They are free again when the worker's connection is gone,
    however it ended, or when time runs out."""
    return _lease(model_id, limit, 0, _ALONE_FROM) or _lease(model_id, 1, _ALONE_FROM, MAX_ATTEMPTS)


def write(model_id: int, jobs: Sequence[Job], vectors: Sequence[Any]) -> None:
    """Vectors in, jobs out, in one transaction. A paper whose text changed meanwhile keeps its job."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_embedding (model_id, paper_id, text_hash, vector)
            SELECT %s, made.paper_id, made.text_hash, made.vector::halfvec
            FROM unnest(%s::bigint[], %s::bytea[], %s::text[]) made (paper_id, text_hash, vector)
            JOIN papers_paper paper ON paper.id = made.paper_id
            ON CONFLICT (model_id, paper_id) DO UPDATE SET text_hash = EXCLUDED.text_hash, vector = EXCLUDED.vector
            """,
            [
                model_id,
                [job.paper_id for job in jobs],
                [job.text_hash for job in jobs],
                [HalfVector(vector).to_text() for vector in vectors],
            ],
        )
        cursor.execute(
            """
            DELETE FROM search_embedjob job USING search_embedding found, papers_paper paper
            WHERE job.model_id = %s AND job.paper_id = ANY(%s)
              AND found.model_id = job.model_id AND found.paper_id = job.paper_id
              AND paper.id = job.paper_id AND paper.text_hash = found.text_hash
            """,
            [model_id, [job.paper_id for job in jobs]],
        )


def fail(model_id: int, jobs: list[Job], error: Exception) -> None:
    """Notes why, and puts the jobs off for longer each time: what is wrong may pass."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE search_embedjob SET leased_until = now() + attempts * interval '{PAUSE}', error = %s
            WHERE model_id = %s AND paper_id = ANY(%s)
            """,  # noqa: S608 - a constant of this module
            [f"{type(error).__name__}: {error}"[:500], model_id, [job.paper_id for job in jobs]],
        )


def _slices(jobs: list[Job]) -> Iterator[list[Job]]:
    """Texts of like length together, the longest first."""
    ordered = sorted(jobs, key=lambda job: len(job.text), reverse=True)
    for start in range(0, len(ordered), SLICE):
        yield ordered[start : start + SLICE]


Encoded = list[tuple[Job, Any]]  # jobs with their vectors


def _encode(row: EmbeddingModel, wanted: Encoder, jobs: list[Job]) -> Encoded:
    """Vectors of all jobs; where that fails, of each that can be encoded on its own. The reason is kept with the
    others, where the operator sees it."""
    try:
        return list(zip(jobs, wanted.encode([job.text for job in jobs]), strict=True))
    except Exception as error:
        if len(jobs) == 1:
            fail(row.pk, jobs, error)
            return []
        return [pair for job in jobs for pair in _encode(row, wanted, [job])]


def _write_apart(model_id: int, encoded: Encoded) -> int:
    """In the writing thread, which has a connection of its own."""
    try:
        write(model_id, [job for job, _ in encoded], [vector for _, vector in encoded])
    except Exception as error:
        fail(model_id, [job for job, _ in encoded], error)
        raise
    finally:
        connection.close()
    return len(encoded)


def _finish(writing: "Future[int] | None", on_progress: Callable[[int], object]) -> int:
    written = writing.result() if writing else 0
    on_progress(written)
    return written


def _lease(model_id: int, limit: int, least: int, below: int) -> list[Job]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH taken AS (
                SELECT model_id, paper_id FROM search_embedjob
                WHERE model_id = %s AND attempts >= %s AND attempts < %s
                  AND (leased_until IS NULL OR leased_until < now()
                       OR leased_by NOT IN (SELECT pid FROM pg_stat_activity))
                ORDER BY paper_id DESC LIMIT %s FOR UPDATE SKIP LOCKED
            ), leased AS (
                UPDATE search_embedjob job SET attempts = attempts + 1,
                    leased_until = now() + interval '{LEASE}', leased_by = pg_backend_pid()
                FROM taken WHERE job.model_id = taken.model_id AND job.paper_id = taken.paper_id
                RETURNING job.paper_id
            )
            SELECT paper.id, paper.title, paper.abstract, paper.text_hash
            FROM leased JOIN papers_paper paper ON paper.id = leased.paper_id
            """,  # noqa: S608 - a constant of this module
            [model_id, least, below, limit],
        )
        return [Job(row[0], embedded_text(row[1], row[2]), bytes(row[3])) for row in cursor.fetchall()]


def _introduce(wanted: Encoder, role: Role) -> EmbeddingModel:
    """The first model of a role is active at once; a later one when all papers have its vectors."""
    first = not EmbeddingModel.objects.filter(active=True, role=role).exists()
    row = EmbeddingModel.objects.create(
        name=wanted.name, location=wanted.location, dimension=wanted.dimension, role=role, active=first
    )
    dimension = int(row.dimension)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE INDEX search_embedding_hnsw_{int(row.pk)} ON search_embedding
            USING hnsw ((vector::halfvec({dimension})) halfvec_cosine_ops) WITH (m = 16, ef_construction = 64)
            WHERE model_id = {int(row.pk)}
            """
        )
        cursor.execute(
            """
            INSERT INTO search_embedjob (model_id, paper_id, attempts, error)
            SELECT %s, id, 0, '' FROM papers_paper ON CONFLICT DO NOTHING
            """,
            [row.pk],
        )
    return row


def _activate_when_complete(row: EmbeddingModel) -> None:
    """Switches queries to a new model once no job of it is left, and drops the vectors of the one before."""
    if EmbeddingModel.objects.filter(pk=row.pk, active=True).exists():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM search_embedjob WHERE model_id = %s AND attempts < %s)",
                       [row.pk, MAX_ATTEMPTS])  # fmt: skip
        if cursor.fetchone()[0]:
            return
        before = EmbeddingModel.objects.filter(active=True, role=row.role)
        old = list(before)
        before.update(active=False)
        EmbeddingModel.objects.filter(pk=row.pk).update(active=True)
        for model in old:
            cursor.execute(f"DROP INDEX IF EXISTS search_embedding_hnsw_{int(model.pk)}")
            model.delete()
