"""How far the indexes are behind the papers."""

from typing import Any

from django.db import connection

from papers import changes
from papers.models import Paper
from search.indexing import follow, keywords, lexical
from search.indexing.vectors import MAX_ATTEMPTS
from search.models import EmbeddingModel, KeywordJob, PaperKeywords, PhraseCorpus
from search.retrieval.lexical import NoIndex, index
from search.title import segments


def status() -> dict[str, Any]:
    """Counts and lags: `papers`, what the BM25 index and the trie of titles hold, how many have keywords, what
    each embedding model has."""
    papers = Paper.objects.count()
    return {
        "papers": papers,
        "lexical": _lexical(),
        "titles": _titles(),
        "keywords": _keywords(),
        "vectors": [_vectors(row) for row in EmbeddingModel.objects.order_by("id")],
    }


def _lexical() -> dict[str, Any]:
    folder = lexical.current()
    mark = lexical.watermark(folder) if folder else None
    try:
        documents = index().size()
    except NoIndex:
        documents = 0
    return {
        "built": mark is not None,
        "documents": documents,
        "behind": changes.waiting(mark or changes.Watermark()),
    }


def _titles() -> dict[str, Any]:
    opened = segments.current(segments.folder())
    return {
        "built": opened is not None,
        "identifiers": len(opened.trie) if opened else 0,
        "segments": len(opened.manifest.segments) if opened else 0,
        "bytes": opened.nbytes if opened else 0,
        "behind": changes.waiting(opened.manifest.mark if opened else changes.Watermark()),
    }


def _keywords() -> dict[str, Any]:
    corpus = PhraseCorpus.objects.first()
    return {
        "papers": PaperKeywords.objects.count(),
        "waiting": KeywordJob.objects.count(),
        "texts": corpus.texts if corpus else 0,
        "behind": changes.waiting(keywords.watermark()),
    }


def _vectors(row: EmbeddingModel) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FILTER (WHERE attempts < %s), count(*) FILTER (WHERE attempts >= %s)
            FROM search_embedjob WHERE model_id = %s
            """,
            [MAX_ATTEMPTS, MAX_ATTEMPTS, row.pk],
        )
        waiting, failed = cursor.fetchone()
    return {
        "model": row.name,
        "active": row.active,
        "embedded": row.embeddings.count(),
        "waiting": waiting,
        "failed": failed,
        "behind": changes.waiting(follow.vectors_mark()),
    }
