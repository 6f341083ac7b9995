"""An encoder that needs no model, and indexes of their own."""

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction

from ingest.store import store
from papers import changes
from papers.models import Paper
from papers.record import Author, PaperRecord
from search import encoder
from search.indexing import follow


class WordEncoder:
    """Texts that share words are near: each word adds its own random direction."""

    dimension = 32

    def __init__(self, location: str = ""):
        self.location = location
        self.name = f"words{location}"
        self.fails_on = "\x00never"

    def encode(self, texts: Sequence[str]) -> Any:
        if any(self.fails_on in text for text in texts):
            raise RuntimeError(f"cannot encode {self.fails_on}")
        vectors = np.array([sum((_direction(word) for word in text.lower().split()), np.zeros(32)) for text in texts])
        return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)

    def encode_query(self, text: str) -> encoder.Encoded:
        return encoder.Encoded(self.encode([text])[0])


def _direction(word: str) -> Any:
    seed = int.from_bytes(hashlib.blake2b(word.strip(".,").encode(), digest_size=4).digest(), "big")
    return np.random.default_rng(seed).normal(size=32)


@pytest.fixture
def word_encoder(monkeypatch: pytest.MonkeyPatch) -> dict[str, WordEncoder]:
    """Encoders by location, made as they are asked for."""
    made: dict[str, WordEncoder] = {}

    def get(location: str) -> WordEncoder:
        return made.setdefault(location, WordEncoder(location))

    monkeypatch.setattr(encoder, "_encoder", get)
    return made


def settle() -> None:
    """Waits until no transaction runs that is older than the last change. Those of other workers' databases count too:
    the server numbers them all together, and a follower stops before the oldest that runs."""
    for _attempt in range(600):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(max(transaction), 0) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint "
                "FROM papers_change"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("an older transaction never ended")


@pytest.fixture(autouse=True)
def settled_followers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Followers find all that was committed, whatever other workers of the test run hold open."""
    if request.module.__name__.endswith("test_changes"):
        return
    read, end = changes.after, follow._now

    def now() -> changes.Watermark:
        settle()
        return end()

    def after(mark: changes.Watermark, limit: int) -> tuple[list[int], changes.Watermark]:
        settle()
        return read(mark, limit)

    monkeypatch.setattr(changes, "after", after)
    monkeypatch.setattr(follow, "_now", now)


@pytest.fixture
def index_dir(tmp_path: Path, settings: Any) -> Path:
    settings.INDEX_DIR = tmp_path / "index"
    return settings.INDEX_DIR


TEXTS = [
    ("Neural machine translation of rare words", "Subword units let a model translate words it has never seen."),
    ("Attention is all you need", "A network of attention layers alone translates best."),
    ("A black hole in our galaxy", "We watch stars orbit a compact radio source."),
    ("Schrödinger operators on graphs", "We bound the spectrum of $\\Delta + V$ on infinite graphs."),
    ("机器翻译中的注意力机制", "我们研究神经网络如何翻译。"),
]


def put(*records: PaperRecord) -> None:
    with transaction.atomic():
        store(records)


def papers(texts: Sequence[tuple[str, str]] = TEXTS, first: int = 1) -> list[PaperRecord]:
    return [
        PaperRecord(
            source="arxiv",
            source_id=f"2503.{number:05d}",
            title=title,
            abstract=abstract,
            authors=(Author(f"Ada Writer{number}", f"Writer{number}", "Ada"), Author("Paul Erdős", "Erdős", "Paul")),
            categories=("cs.CL", "math.MP"),
        )
        for number, (title, abstract) in enumerate(texts, start=first)
    ]


def key_of(paper_id: int) -> str:
    return str(Paper.objects.get(pk=paper_id).key)
