"""An encoder that needs no model, and indexes of their own."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import transaction

from ingest.store import store
from papers.models import Paper
from papers.record import Author, PaperRecord
from search import encoder


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
