"""Papers related to a paper: near in meaning, with keywords in common, and not the same work.

Degrades: a paper without a vector is compared by its keywords, one without keywords by its vector, and told so."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import accumulate
from math import log
from typing import Any

import numpy as np
from django.db import connection, transaction
from pgvector import HalfVector

from papers.models import Paper
from search import likeness
from search.indexing import usage
from search.models import EmbeddingModel, PaperKeywords, PhraseCorpus, Role
from search.ranking import ranked
from search.retrieval import dense

DEPTH = 100  # how many papers are listed at most, and how many nearest ones are compared
# How many papers are looked at for keywords in common, those with the rarest keywords.
MAX_SHARING = 3_000
_LEAST_WEIGHT = 0.1


@dataclass(frozen=True, slots=True)
class Kin:
    """A related paper: whether it is among the nearest in meaning, and which keywords it shares, in the form and order
    that the paper itself has them."""

    paper_id: int
    rank: int
    score: float
    is_near: bool
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """The related papers, and by what the paper could be compared."""

    hits: tuple[Kin, ...]
    by_meaning: bool
    by_keywords: bool


@dataclass(frozen=True, slots=True)
class _Keyword:
    """A keyword of the paper: its number, how many texts have it, and what sharing it is worth."""

    phrase: str
    number: int
    texts: int
    weight: float


def of(paper: Paper) -> Related:
    """The papers related to a paper, the most related first."""
    meaning = _meaning(paper.pk)
    keywords = _keywords(paper.pk)
    having = _having(paper.pk, keywords, meaning)
    shares = likeness.shares({each.number: each.weight for each in keywords}, having)
    scores = likeness.scores(meaning, shares)
    best = ranked(scores.items())[: 2 * DEPTH]
    kin = [
        Kin(
            paper_id,
            rank,
            scores[paper_id],
            is_near=paper_id in meaning,
            shared=tuple(each.phrase for each in keywords if each.number in having.get(paper_id, ())),
        )
        for rank, paper_id in enumerate(_distinct(paper, [hit.paper_id for hit in best])[:DEPTH], start=1)
    ]
    return Related(tuple(kin), by_meaning=bool(meaning), by_keywords=bool(keywords))


def _meaning(paper_id: int) -> dict[int, float]:
    """The nearest papers with their cosines, corrected for hubs. Empty for a paper without a vector."""
    model = EmbeddingModel.objects.filter(active=True, role=Role.DENSE).first()
    if model is None or (own := dense.vectors(model, [paper_id]).get(paper_id)) is None:
        return {}
    nearest = _nearest(model, paper_id, own)
    if not nearest:
        return {}
    vectors = np.array([vector for _, vector in nearest])
    scaled = likeness.scaled(vectors, vectors @ own)
    return dict(zip((each for each, _ in nearest), scaled.tolist(), strict=True))


def _nearest(model: EmbeddingModel, paper_id: int, own: Any) -> list[tuple[int, Any]]:
    """Papers with their vectors of length 1, by the model's HNSW index."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Without iterative scans a search that meets filtered or dead rows returns too few, silently.
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        cursor.execute(f"SET LOCAL hnsw.ef_search = {DEPTH}")
        cursor.execute(nearest_query(model), [paper_id, HalfVector(own).to_text(), DEPTH])
        return [(row[0], likeness.unit(row[1])) for row in cursor.fetchall()]


def nearest_query(model: EmbeddingModel) -> str:
    """Takes the id of a paper, its vector and how many others are wanted."""
    return f"""
        SELECT paper_id, halfvec_send(vector) FROM search_embedding
        WHERE model_id = {int(model.pk)} AND paper_id <> %s
        ORDER BY vector::halfvec({int(model.dimension)}) <=> %s::halfvec LIMIT %s
    """  # noqa: S608 - two integers; as literals they select the model's own index


def _keywords(paper_id: int) -> list[_Keyword]:
    row = PaperKeywords.objects.filter(paper_id=paper_id).first()
    corpus = PhraseCorpus.objects.first()
    if row is None or corpus is None:
        return []
    counted = usage.Reader().texts_with(row.numbers)
    return [
        _Keyword(phrase, number, counted[number], max(log((corpus.texts + 1) / (counted[number] + 1)), _LEAST_WEIGHT))
        for phrase, number in zip(row.phrases, row.numbers, strict=True)
    ]


def _having(paper_id: int, keywords: list[_Keyword], meaning: Collection[int]) -> dict[int, list[int]]:
    """Numbers of the keywords of the papers in `meaning`, and of others that have one of the paper's rarest."""
    if not keywords:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            (SELECT paper_id, numbers FROM search_paperkeywords WHERE paper_id = ANY(%s))
            UNION ALL
            (SELECT paper_id, numbers FROM search_paperkeywords WHERE numbers && %s::int[] AND paper_id <> %s LIMIT %s)
            """,
            [list(meaning), _rarest(keywords), paper_id, MAX_SHARING],
        )
        return dict(cursor.fetchall())


def _rarest(keywords: list[_Keyword]) -> list[int]:
    """As many of the rarest keywords as few papers have, the rarest whatever their number."""
    rarest = sorted(keywords, key=lambda each: each.texts)
    upto = list(accumulate(each.texts for each in rarest))
    return [each.number for each, texts in zip(rarest, upto, strict=True) if each is rarest[0] or texts <= MAX_SHARING]


def _distinct(paper: Paper, paper_ids: list[int]) -> list[int]:
    """The papers that are another work than the paper and than those before them: joined records are one paper, and
    what was not joined bears the same title or, where that is too short to tell, has the same text."""
    rows = Paper.objects.filter(id__in=paper_ids).values_list("id", "title_key", "text_hash")
    works = {paper_id: title_key or bytes(text_hash) for paper_id, title_key, text_hash in rows}
    seen: set[int | bytes] = {paper.title_key or bytes(paper.text_hash)}
    distinct = []
    for paper_id in paper_ids:
        if paper_id in works and works[paper_id] not in seen:
            seen.add(works[paper_id])
            distinct.append(paper_id)
    return distinct
