"""The dense retriever: cosine of query and paper vectors, over the HNSW index of the active embedding model."""

from typing import Any

from django.conf import settings
from django.db import connection, transaction
from pgvector import HalfVector

from search.analysis import UNSPACED
from search.encoder import Vectors, encoder
from search.models import EmbeddingModel
from search.ranking import Ranking, ranked


class NoVectors(RuntimeError):
    """No embedding model is active yet: the worker that makes vectors has not started."""


def active_model() -> EmbeddingModel:
    """The model queries are encoded with. Raises NoVectors."""
    row = EmbeddingModel.objects.filter(active=True).first()
    if row is None:
        raise NoVectors("no paper has a vector yet: the `embed` worker makes them")
    return row


def warm_up() -> None:
    """Loads the encoder that queries will need."""
    row = EmbeddingModel.objects.filter(active=True).first()
    encoder(row.location if row else settings.ENCODER).encode(["warm up"])


def encode_query(model: EmbeddingModel, text: str) -> Any:
    """A unit vector of shape (dimension,), by the model that made the papers' vectors. Raises StillLoading: a reader
    is better served with words at once than with meaning after some seconds."""
    return encoder(model.location, wait=False).encode([text])[0]


def understands(model: EmbeddingModel, text: str) -> bool:
    """Whether the model was trained on the text's language. The packaged model knows English; of any other we assume
    that its operator chose it for the languages of the readers."""
    return bool(model.location) or not UNSPACED.search(text)


def search(model: EmbeddingModel, vector: Vectors, depth: int) -> Ranking:
    """The `depth` papers nearest to a vector of shape (dimension,); scores are cosines."""
    query = f"""
        SELECT paper_id, 1 - (vector::halfvec({int(model.dimension)}) <=> %s::halfvec) FROM search_embedding
        WHERE model_id = {int(model.pk)} ORDER BY vector::halfvec({int(model.dimension)}) <=> %s::halfvec LIMIT %s
    """  # noqa: S608 - two integers; as literals they select the model's own index
    text = HalfVector(vector).to_text()
    with transaction.atomic(), connection.cursor() as cursor:
        # Without iterative scans a search that meets filtered or dead rows returns too few, silently.
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        cursor.execute(f"SET LOCAL hnsw.ef_search = {min(max(depth, 100), 1000)}")
        cursor.execute(query, [text, text, depth])
        rows = cursor.fetchall()
    return Ranking("dense", ranked(rows), total=len(rows))


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
