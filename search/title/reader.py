"""The title model at work: reads a query once, then says what may be written next, and how likely titles are.

    likelihood   log p(identifier | query)
    prior        log p(identifier | nothing): what is written anyway
    PMI          their difference: what the query tells of the title. Likelihood alone ranks badly (DECISIONS.md)

Both are read of the first tokens: an identifier's key words stand there, the rest tells nothing more (DECISIONS.md).
The model is trained so that its scores are log probabilities without being summed over all tokens, which would take
longer than all the rest. Deterministic: one thread, one order of sums."""

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from search.dictionary import translations
from search.encoder import StillLoading, Vectors, use_threads
from search.title import tokens
from search.title.decoding import NextScores
from search.title.easy_first import easy_first
from search.title.reading import packed, words
from search.title.tokens import Tokeniser
from search.title.tree import path_sums, tree

WEIGHTS = Path(__file__).parent / "weights" / "title-model.safetensors"
AT_ONCE = 20  # identifiers of one tree
READ = 12  # tokens of an identifier
GATHERED = 2_000  # rows of a matrix that are sooner picked out than all multiplied
_CONTINUES = "##"
_ORDER = ("rarity", "continues", "telling")

Floats = npt.NDArray[np.float32]


class NoModel(RuntimeError):
    """There are no trained weights."""


@dataclass(frozen=True, slots=True)
class Read:
    """A query as the decoder attends to it."""

    memory: Any
    seen: Any


@dataclass(frozen=True, slots=True)
class Weighed:
    """Of each identifier (candidates,): see the module."""

    likelihood: Floats
    prior: Floats


class TitleReader:
    """A trained model. `card` is what its file says of its making."""

    def __init__(self, file: Path = WEIGHTS):
        import torch

        from search.title.model import Shape, TitleModel

        with _opened(file, "pt") as stored:
            self.card: dict[str, str] = dict(stored.metadata() or {})
            named = {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118 - no mapping
        self.tokeniser = _tokeniser(self.card, [named.pop(name).numpy() for name in _ORDER])
        self._model = TitleModel(Shape(**json.loads(self.card["shape"])))
        self._model.load_state_dict({name: tensor.float() for name, tensor in named.items()})
        self._model = _fast(self._model.eval().requires_grad_(False))
        self._texts = tokens.texts()
        self.fingerprint = self.tokeniser.fingerprint
        self._torch = torch
        self._nothing = self._model.nothing_read()

    def words(self, tokens: Sequence[int]) -> list[str]:
        """The words of an identifier's or a prefix's tokens, folded; a title's key words stand among them twice."""
        found: list[str] = []
        for token in tokens:
            piece = self._texts[token]
            if piece.startswith(_CONTINUES) and found:
                found[-1] += piece[len(_CONTINUES) :]
            elif piece[0].isalnum():
                found.append(piece)
        return found

    def read(self, text: str, states: Vectors) -> Read:
        """Reads a query with its token states by the multilingual encoder."""
        torch = self._torch
        with torch.inference_mode():
            use_threads(1)
            grams, words_seen = map(torch.from_numpy, packed([words(text, translations(text))]))
            base = torch.from_numpy(states)[None]
            return Read(*self._model.read(base, torch.ones(base.shape[:2], dtype=torch.bool), grams, words_seen))

    def next_scores(self, read: Read) -> NextScores:
        """For search.title.decoding."""

        def scores(prefixes: Sequence[tuple[int, ...]], nexts: Sequence[Any]) -> list[Any]:
            torch = self._torch
            grown = tree([(*prefix, 0) for prefix in prefixes])
            last = grown.parents[grown.ends]  # the node of the prefix itself, before its made-up END
            with torch.inference_mode():
                states = self._states(grown, read.memory, read.seen)[0, last]
                low = self._model.down(states)
                return [
                    self._chosen(low[row], torch.from_numpy(allowed.astype(np.int64))).double().numpy()
                    for row, allowed in enumerate(nexts)
                ]

        return scores

    def weigh(self, read: Read, identifiers: Sequence[Sequence[int]]) -> Weighed:
        """Likelihood and prior of identifiers. Neighbours in their order, which share most of what is shared,
        are read as one tree: what attention costs grows with the square of a tree."""
        read_of = [tuple(each[:READ]) for each in identifiers]
        order = sorted(range(len(read_of)), key=read_of.__getitem__)
        found = np.zeros((2, len(order)), np.float32)
        for start in range(0, len(order), AT_ONCE):
            part = order[start : start + AT_ONCE]
            found[:, part] = self._weigh(read, [read_of[number] for number in part])
        return Weighed(*found)

    def _weigh(self, read: Read, identifiers: Sequence[Sequence[int]]) -> Floats:
        """(2, identifiers), in one pass over their tree."""
        torch = self._torch
        grown = tree(identifiers)
        with torch.inference_mode():
            memory, seen = self._with_nothing(read)
            states = self._states(grown, memory, seen)
            wanted = torch.from_numpy(np.maximum(grown.tokens, 0))
            before = self._model.down(states[:, torch.from_numpy(grown.parents)])
            logs = ((before * self._model.pieces.weight[wanted]).sum(-1) + self._model.bias[wanted]).numpy()
        return np.stack([path_sums(logs[0], grown), path_sums(logs[1], grown)])

    def _states(self, grown: Any, memory: Any, seen: Any) -> Any:
        torch = self._torch
        many = len(memory)
        depths = torch.from_numpy(np.minimum(grown.depths, self._model.shape.depth)).expand(many, -1)
        tokens = torch.from_numpy(grown.tokens).expand(many, -1)
        return self._model.write(tokens, depths, torch.from_numpy(grown.sees)[None], memory, seen)

    def _chosen(self, low: Any, allowed: Any) -> Any:
        if len(allowed) > GATHERED:
            return (self._model.pieces.weight @ low + self._model.bias)[allowed]
        return self._model.pieces.weight[allowed] @ low + self._model.bias[allowed]

    def _with_nothing(self, read: Read) -> tuple[Any, Any]:
        """The query's memory and, padded to its length, that of the empty query."""
        torch, (memory, seen) = self._torch, self._nothing
        more = read.memory.shape[1] - memory.shape[1]
        memory = torch.nn.functional.pad(memory, (0, 0, 0, more))
        return torch.cat([read.memory, memory]), torch.cat([read.seen, torch.nn.functional.pad(seen, (0, more))])


def _fast(model: Any) -> Any:
    """The model with its decoder in bfloat16 where the processor multiplies in it: half the time, for a twentieth of a
    nat. Eight-bit integers are as fast, but give a title other scores beside other titles."""
    import torch

    if torch.cpu.get_capabilities().get("avx512_bf16", False):
        model.decoder.bfloat16()
    return model


_loading = threading.Lock()


def title_reader(*, wait: bool = True) -> TitleReader:
    """The shipped model, loaded once a process. Raises NoModel, and StillLoading if it is not to wait for another
    thread that loads it."""
    if not _loading.acquire(timeout=-1 if wait else 0.05):
        raise StillLoading("the title model is being loaded")
    try:
        return _reader()
    finally:
        _loading.release()


@cache
def _reader() -> TitleReader:
    return TitleReader()


def title_tokeniser() -> Tokeniser:
    """The shipped model's identifiers; without a model, titles as they are, so that the tree is there to look at. Who
    follows the titles needs no more of the model, and is spared loading it."""
    try:
        return _shipped_tokeniser()
    except NoModel:
        return tokens.packaged()


@cache
def _shipped_tokeniser() -> Tokeniser:
    with _opened(WEIGHTS, "np") as stored:
        return _tokeniser(stored.metadata(), [stored.get_tensor(name) for name in _ORDER])


def _tokeniser(card: Mapping[str, str], order: Sequence[npt.NDArray[np.uint8]]) -> Tokeniser:
    """Titles -> identifiers: the order of a model over the packaged word pieces."""
    pieces, (rarity, continues, telling) = tokens.packaged(), order
    flags = continues.astype(bool), telling.astype(bool)

    def tokenise(titles: list[str]) -> list[list[int]]:
        return [easy_first(each, rarity, *flags) for each in pieces.tokenise(titles)]

    return Tokeniser(f"{pieces.fingerprint}+{card['fingerprint']}", tokenise)


def _opened(file: Path, framework: str) -> Any:
    from safetensors import safe_open

    if not file.exists():
        raise NoModel(f"{file} is missing: `manage.py train_reranker` makes it")
    return safe_open(file, framework)


def save(file: Path, model: Any, order: dict[str, npt.NDArray[Any]], card: dict[str, str]) -> None:
    """Weights in float16 with the order of identifiers and what is to be said of them."""
    import torch
    from safetensors.torch import save_file

    named = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items()}
    named |= {name: torch.from_numpy(np.asarray(order[name], np.uint8)) for name in _ORDER}
    digest = hashlib.sha256(b"".join(np.asarray(order[name], np.uint8).tobytes() for name in _ORDER)).hexdigest()[:12]
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(named, file, {**card, "shape": json.dumps(model.shape.as_dict()), "fingerprint": digest})
