"""Vectors of collections, kept from one evaluation to the next: a ranking can be tried again without a quarter of an
hour of embedding. By the hash of the text and the name of the model, so that nothing stale is ever used."""

import re
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection

from search.indexing import vectors
from search.indexing.vectors import Job
from search.models import Embedding, EmbeddingModel


def restore(collection: str, row: EmbeddingModel) -> int:
    """Writes the kept vectors of a model for the papers that have their texts. Returns how many."""
    file = _file(collection, row)
    if not file.exists():
        return 0
    with np.load(file) as kept:
        known = dict(zip((bytes(each) for each in kept["hashes"]), kept["vectors"].astype(np.float32), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, text_hash FROM papers_paper JOIN search_embedjob ON paper_id = id WHERE model_id = %s", [row.pk]
        )
        jobs = [Job(paper_id, "", bytes(text_hash)) for paper_id, text_hash in cursor.fetchall()]
    found = [job for job in jobs if job.text_hash in known]
    for start in range(0, len(found), 1_000):
        part = found[start : start + 1_000]
        vectors.write(row.pk, part, [known[job.text_hash] for job in part])
    return len(found)


def keep(collection: str, row: EmbeddingModel) -> None:
    """Keeps all vectors of a model, in place of those kept before."""
    rows = Embedding.objects.filter(model=row).order_by("paper_id").values_list("text_hash", "vector")
    pairs = [(bytes(text_hash), np.asarray(vector)) for text_hash, vector in rows.iterator()]
    file = _file(collection, row)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("wb") as stream:
        hashes: Any = np.array([np.frombuffer(text_hash, np.uint8) for text_hash, _ in pairs], np.uint8)
        np.savez(stream, hashes=hashes, vectors=np.array([vector for _, vector in pairs], np.float16))
    fresh.replace(file)


def _file(collection: str, row: EmbeddingModel) -> Path:
    name = re.sub(r"[^\w.@-]+", "_", f"{collection}-{row.name}")
    return Path(settings.DATA_DIR) / "vectors" / f"{name}.npz"
