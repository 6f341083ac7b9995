"""The dense retriever: cosine of query and paper vectors, over the HNSW index of an active embedding model."""

from typing import Protocol, TypeAlias

from django.conf import settings
from django.db import connection, transaction
from pgvector import HalfVector

from search.encoder import MULTILINGUAL, Encoded, Vectors, encoder
from search.likeness import unit
from search.models import EmbeddingModel, Role
from search.ranking import Ranking, ranked

# Of so many papers or fewer each is compared with the query: 19 ms for 10,000, 33 ms for 20,000.
EXACT_UP_TO = 20_000
# How many of the nearest are looked through for those that filters leave.
FARTHEST = 20_000

Row: TypeAlias = tuple[int, float]


class NoVectors(RuntimeError):
    """No embedding model is active yet: the worker that makes vectors has not started."""


def active_model(role: Role = Role.DENSE) -> EmbeddingModel:
    """The model of a role that queries are encoded with. Raises NoVectors."""
    row = EmbeddingModel.objects.filter(active=True, role=role).first()
    if row is None:
        raise NoVectors("no paper has a vector yet: the `embed` worker makes them")
    return row


def warm_up() -> None:
    """Loads the encoders that queries will need."""
    row = EmbeddingModel.objects.filter(active=True, role=Role.DENSE).first()
    for location in (row.location if row else settings.ENCODER, MULTILINGUAL):
        encoder(location).encode_query("warm up")


def encode_query(model: EmbeddingModel, text: str) -> Encoded:
    """A query by the model that made the papers' vectors. Raises StillLoading: a reader is better served with words at
    once than with meaning after some seconds."""
    return encoder(model.location, wait=False).encode_query(text)


class Selection(Protocol):
    """The papers that filters leave, `total` of them, which is `share` of all."""

    @property
    def total(self) -> int: ...

    @property
    def share(self) -> float: ...

    def paper_ids(self) -> list[int]: ...

    def among(self, paper_ids: list[int]) -> set[int]: ...


def search(model: EmbeddingModel, vector: Vectors, depth: int, only: Selection | None = None) -> Ranking:
    """The `depth` papers nearest to a vector of shape (dimension,), of those in `only`; scores are cosines. Never
    fewer than there are: few papers are compared one by one; of many, more and more of the nearest are looked through,
    and where those of `only` lie far away they are compared one by one too."""
    if only is None:
        rows = _nearest(model, vector, depth)
    elif only.total <= EXACT_UP_TO:
        rows = _exactly(model, vector, depth, only.paper_ids())
    else:
        rows = _nearest_among(model, vector, depth, only)
    return Ranking("dense", ranked(rows), total=len(rows))


def _nearest_among(model: EmbeddingModel, vector: Vectors, depth: int, only: Selection) -> list[Row]:
    reach = int(1.5 * depth / max(only.share, depth / FARTHEST))  # enough if they are spread evenly
    while reach <= FARTHEST:
        rows = _nearest(model, vector, reach)
        kept = only.among([paper_id for paper_id, _ in rows])
        if len(kept) >= depth:
            rows.sort(key=lambda row: -row[1])  # the order of an iterative scan is nearly right only
            return [row for row in rows if row[0] in kept][:depth]
        reach *= 4
    return _exactly(model, vector, depth, only.paper_ids())


def _nearest(model: EmbeddingModel, vector: Vectors, depth: int) -> list[Row]:
    query = f"""
        SELECT paper_id, 1 - (vector::halfvec({int(model.dimension)}) <=> %s::halfvec) FROM search_embedding
        WHERE model_id = {int(model.pk)} ORDER BY vector::halfvec({int(model.dimension)}) <=> %s::halfvec LIMIT %s
    """  # noqa: S608 - two integers; as literals they select the model's own index
    text = HalfVector(vector).to_text()
    with transaction.atomic(), connection.cursor() as cursor:
        # Without iterative scans a search that meets filtered or dead rows returns too few, silently.
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        cursor.execute(f"SET LOCAL hnsw.max_scan_tuples = {2 * FARTHEST}")
        cursor.execute(f"SET LOCAL hnsw.ef_search = {min(max(depth, 100), 1000)}")
        cursor.execute(query, [text, text, depth])
        return list(cursor.fetchall())


def _exactly(model: EmbeddingModel, vector: Vectors, depth: int, paper_ids: list[int]) -> list[Row]:
    """Compares with each of the papers. The sort is by an expression that the HNSW index does not have."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT paper_id, 1 - (vector::halfvec({int(model.dimension)}) <=> %s::halfvec) AS cosine
            FROM search_embedding WHERE model_id = {int(model.pk)} AND paper_id = ANY(%s)
            ORDER BY cosine DESC, paper_id LIMIT %s
            """,  # noqa: S608
            [HalfVector(vector).to_text(), paper_ids, depth],
        )
        return list(cursor.fetchall())


def score(model: EmbeddingModel, vector: Vectors, paper_ids: list[int]) -> dict[int, float]:
    """Cosines of given papers; one without a vector is left out."""
    if not paper_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT paper_id, 1 - (vector::halfvec({int(model.dimension)}) <=> %s::halfvec) FROM search_embedding
            WHERE model_id = {int(model.pk)} AND paper_id = ANY(%s)
            """,  # noqa: S608
            [HalfVector(vector).to_text(), paper_ids],
        )
        return dict(cursor.fetchall())


def vectors(model: EmbeddingModel, paper_ids: list[int]) -> dict[int, Vectors]:
    """Vectors of length 1, shape (dimension,), of given papers; one without is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT paper_id, halfvec_send(vector) FROM search_embedding WHERE model_id = %s AND paper_id = ANY(%s)",
            [model.pk, paper_ids],
        )
        return {paper_id: unit(sent) for paper_id, sent in cursor.fetchall()}
