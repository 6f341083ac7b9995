"""In how many texts each phrase stands, for any number of phrases in a fixed space.

Phrases share SIZE counters by their numbers. Most phrases stand in one text only: of 335,000 papers' four million
distinct phrases hardly any frequent one meets another, and a rare one seems a little less rare. In return counts can be
taken back exactly, in any order, and nothing has to be thrown away to bound them. Blocks of counters are compressed
rows of PostgreSQL."""

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

SIZE = 1 << 23
BLOCK = 2_048

Slots = npt.NDArray[np.uint32]
Counters = npt.NDArray[np.int32]


def slots_of(numbers: Iterable[int]) -> Slots:
    """The counters of phrases, each once, in order."""
    return np.unique(np.fromiter(numbers, dtype=np.uint32) & np.uint32(SIZE - 1))


def pack_slots(slots: Slots) -> bytes:
    """Three bytes each."""
    return slots.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


def unpack_slots(packed: bytes) -> Slots:
    wide = np.zeros((len(packed) // 3, 4), np.uint8)
    wide[:, :3] = np.frombuffer(packed, np.uint8).reshape(-1, 3)
    return wide.view("<u4").ravel().astype(np.uint32)


def add(more: Sequence[Slots], fewer: Sequence[Slots]) -> None:
    """Counts texts with these slots, and takes others back. Inside a transaction that keeps other writers out."""
    slots, signs = _joined(more, fewer)
    if not slots.size:
        return
    touched = np.unique(slots // BLOCK)
    blocks = _read(touched)
    counters = np.concatenate([blocks[block] for block in touched.tolist()])
    np.add.at(counters, np.searchsorted(touched, slots // BLOCK) * BLOCK + slots % BLOCK, signs)
    _write(touched, counters.reshape(-1, BLOCK))


class Reader:
    """Counts as they stood when their blocks were first asked for; holds what it has read, 4 bytes a counter."""

    def __init__(self) -> None:
        self._blocks: dict[int, Counters] = {}

    def texts_with(self, numbers: Iterable[int]) -> dict[int, int]:
        """In how many texts phrases stand, by their numbers."""
        wanted = np.fromiter(numbers, dtype=np.uint32)
        slots = wanted & np.uint32(SIZE - 1)
        touched = np.unique(slots // BLOCK)
        self._blocks |= _read(np.array([block for block in touched.tolist() if block not in self._blocks], np.uint32))
        if not touched.size:
            return {}
        counters = np.concatenate([self._blocks[block] for block in touched.tolist()])
        found = counters[np.searchsorted(touched, slots // BLOCK) * BLOCK + slots % BLOCK]
        return dict(zip(wanted.tolist(), found.tolist(), strict=True))


def _joined(more: Sequence[Slots], fewer: Sequence[Slots]) -> tuple[Slots, Counters]:
    slots = np.concatenate([np.zeros(0, np.uint32), *more, *fewer])
    signs = np.ones(slots.size, np.int32)
    signs[slots.size - sum(each.size for each in fewer) :] = -1
    return slots, signs


def _read(blocks: Slots) -> dict[int, Counters]:
    """Counters by block; zeros for one that is not there yet."""
    found = {block: np.zeros(BLOCK, np.int32) for block in blocks.tolist()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT block, counters FROM search_phrasecounts WHERE block = ANY(%s)", [blocks.tolist()])
        return found | {block: _unpack(bytes(packed)) for block, packed in cursor.fetchall()}


def _write(blocks: Slots, counters: Counters) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_phrasecounts (block, counters) SELECT * FROM unnest(%s::int[], %s::bytea[])
            ON CONFLICT (block) DO UPDATE SET counters = EXCLUDED.counters
            """,
            [blocks.tolist(), [_pack(each) for each in counters]],
        )


def _pack(counters: Counters) -> bytes:
    """Low bytes first, high bytes last: those are nearly all zero and compress to nothing."""
    return zlib.compress(counters.astype("<i4").view(np.uint8).reshape(-1, 4).T.tobytes(), 1)


def _unpack(packed: bytes) -> Counters:
    planes: Any = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(4, BLOCK)
    return np.ascontiguousarray(planes.T).view("<i4").ravel().astype(np.int32)
