"""The trie of titles on disk: derived from PostgreSQL, memory-mapped, shared by all processes.

    INDEX_DIR/titles/manifest.json    which segments there are, and how far they have followed the change log
    INDEX_DIR/titles/<name>.segment   one block with the papers it takes from those before it; never changed

The first segment is the base, each change adds a small one. A commit writes one new file, then replaces the manifest:
killed at any moment, a writer leaves the state before or after. Readers see a new manifest at their next look; the
files they have open stay theirs although they are deleted."""

import fcntl
import json
import os
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from papers.changes import Watermark
from search.title.block import Block, PaperIds, merged
from search.title.identifiers import Identifiers
from search.title.trie import Trie, difference

# Raised when the layout of the files or the text of identifiers changes: other versions are rebuilt.
VERSION = 1
MOST_DELTAS = 8  # more are merged into one
LARGEST_DELTAS = 0.1  # of the base's rows: beyond, all becomes a new base
_MANIFEST = "manifest.json"
_SUFFIX = ".segment"
_ATTEMPTS = 20
_REMEDY = "run `manage.py index follow`, or wait for the worker"


class NoTitles(RuntimeError):
    """There is no trie of titles to read."""


class WriterBusy(RuntimeError):
    """Another process is writing the trie of titles."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One file: its name and how many rows, tokens and ids of replaced papers it holds."""

    name: str
    rows: int
    tokens: int
    gone: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The base and its deltas, oldest first; `fingerprint` is the tokeniser's."""

    fingerprint: str
    mark: Watermark
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A manifest and its mapped segments: `parts` are the blocks with the ids of the papers each takes away."""

    manifest: Manifest
    parts: tuple[tuple[Block, PaperIds], ...]
    trie: Trie

    @property
    def nbytes(self) -> int:
        return sum(map(_size, self.manifest.segments))


def folder() -> Path:
    return Path(settings.INDEX_DIR) / "titles"


def catalogue(fingerprint: str) -> Trie:
    """The trie over all papers as of the last commit, in tokens of the tokeniser of that fingerprint. Raises NoTitles
    before the first build, and while it is rebuilt for another tokeniser."""
    opened = current(folder())
    if opened is None:
        raise NoTitles(f"the trie of titles has not been built yet: {_REMEDY}")
    if opened.manifest.fingerprint != fingerprint:
        raise NoTitles(f"the trie of titles is of another tokeniser: {_REMEDY}")
    return opened.trie


def current(at: Path) -> Opened | None:
    """What a folder holds now; None for no complete trie of this version. If nothing changed, that costs the reading
    of one small file (its time and size would not tell two commits of one moment apart)."""
    told = _told(at)
    with _opening:
        known = _open.get(at)
        if known is not None and known[0] == told:
            return known[1]
        for _ in range(_ATTEMPTS):
            opened = _read(at, told, known[1] if known else None)
            before, told = told, _told(at)
            if told == before:
                break
            # Files vanish under a reader only when a newer manifest has come: look again.
        _open.clear()  # of one folder at a time
        if opened is not None:
            _open[at] = (before, opened)
        return opened


def is_whole(at: Path, opened: Opened) -> bool:
    """Whether the files are still there for the next process that opens them."""
    try:
        return all(_file(at, each).stat().st_size == _size(each) for each in opened.manifest.segments)
    except OSError:
        return False


@contextmanager
def writing(at: Path) -> Iterator[None]:
    """Holds the right to write. Raises WriterBusy; the lock falls with the process, however it ends."""
    at.mkdir(parents=True, exist_ok=True)
    with (at / "writer.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WriterBusy("another process is writing the trie of titles") from error
        yield


def replace_all(at: Path, base: Block, fingerprint: str, mark: Watermark) -> Opened:
    """Makes a block the base of a new trie. Call inside writing()."""
    nothing = np.zeros(0, np.int32)
    return _commit(at, Manifest(fingerprint, mark, (_write(at, base, nothing),)))


def update(at: Path, before: Opened, wanted: Mapping[int, Sequence[int]], mark: Watermark) -> Opened:
    """Gives papers the tokens of `wanted` as their identifiers, or none. Call inside writing()."""
    block, gone = difference(before.trie, wanted)
    if not len(block) and not len(gone):
        return _commit(at, replace(before.manifest, mark=mark))
    return _add(at, before, block, gone, mark)


def _add(at: Path, before: Opened, block: Block, gone: PaperIds, mark: Watermark) -> Opened:
    """One more segment, or all, or all but the base, in one where they have become too many."""
    kept = before.manifest.segments
    parts = [*before.parts, (block, gone)]
    deltas = parts[1:]
    if sum(len(each) + len(ids) for each, ids in deltas) > LARGEST_DELTAS * len(parts[0][0]):
        kept, block, gone = (), _merged(parts), gone[:0]
    elif len(deltas) > MOST_DELTAS:
        kept, block = kept[:1], _merged(deltas)
        gone = np.unique(np.concatenate([ids for _, ids in deltas]))
    written = _write(at, block, gone)
    return _commit(at, replace(before.manifest, mark=mark, segments=(*kept, written)))


_opening = threading.Lock()
_open: dict[Path, tuple[bytes, Opened]] = {}


def _told(at: Path) -> bytes:
    try:
        return (at / _MANIFEST).read_bytes()
    except OSError:
        return b""


def _read(at: Path, told: bytes, known: Opened | None) -> Opened | None:
    manifest = _manifest(told)
    if manifest is None:
        return None
    mapped = dict(zip(known.manifest.segments, known.parts, strict=True)) if known else {}
    try:
        parts = tuple(mapped.get(segment) or _map(at, segment) for segment in manifest.segments)
    except (OSError, ValueError):
        return None
    return Opened(manifest, parts, Trie([block for block, _ in parts], [ids for _, ids in parts]))


def _manifest(told: bytes) -> Manifest | None:
    try:
        fields = json.loads(told)
        if fields["version"] != VERSION:
            return None
        segments = tuple(Segment(**each) for each in fields["segments"])
        return Manifest(fields["fingerprint"], Watermark(fields["transaction"], fields["id"]), segments)
    except (ValueError, KeyError, TypeError):
        return None


def _commit(at: Path, manifest: Manifest) -> Opened:
    """Publishes a manifest whose files are on the disk, then removes the files that it no longer names."""
    told = {
        "version": VERSION,
        "fingerprint": manifest.fingerprint,
        "transaction": manifest.mark.transaction,
        "id": manifest.mark.id,
        "segments": [asdict(segment) for segment in manifest.segments],
    }
    fresh = at / f"{_MANIFEST}.new"
    with fresh.open("w") as stream:
        stream.write(json.dumps(told))
        _to_disk(stream)
    fresh.replace(at / _MANIFEST)
    _folder_to_disk(at)
    for file in set(at.glob(f"*{_SUFFIX}")) - {_file(at, segment) for segment in manifest.segments}:
        file.unlink(missing_ok=True)
    opened = current(at)
    if opened is None:
        raise OSError(f"the trie of titles in {at} cannot be read back")
    return opened


def _merged(parts: Sequence[tuple[Block, PaperIds]]) -> Block:
    blocks = [block for block, _ in parts]
    trie = Trie(blocks, [ids for _, ids in parts])
    return merged(blocks, [trie.living(number) for number in range(len(blocks))])


# How a segment lies in its file: (numbers, type) of each array, one after the other.
def _layout(segment: Segment) -> list[tuple[int, str]]:
    return [(segment.rows + 1, "<u4"), *[(segment.rows, "<i4")] * 3, (segment.gone, "<i4"), (segment.tokens, "<u2"),
            (segment.rows, "u1")]  # fmt: skip


def _file(at: Path, segment: Segment) -> Path:
    return at / f"{segment.name}{_SUFFIX}"


def _size(segment: Segment) -> int:
    return sum(count * np.dtype(kind).itemsize for count, kind in _layout(segment))


def _write(at: Path, block: Block, gone: PaperIds) -> Segment:
    # A name is never used twice: readers tell by it what they have mapped already.
    segment = Segment(secrets.token_hex(8), len(block), len(block.identifiers.tokens), len(gone))
    arrays = (block.identifiers.offsets, block.papers, block.paper_ids, block.paper_rows, gone,
              block.identifiers.tokens, block.shared)  # fmt: skip
    with _file(at, segment).open("wb") as stream:
        for array, (_, kind) in zip(arrays, _layout(segment), strict=True):
            stream.write(np.ascontiguousarray(array, kind).data)
        _to_disk(stream)
    return segment


def _map(at: Path, segment: Segment) -> tuple[Block, PaperIds]:
    raw = np.asarray(np.memmap(_file(at, segment), np.uint8, "r"))
    if len(raw) != _size(segment):
        raise ValueError(f"{segment.name}{_SUFFIX} has {len(raw):,} bytes instead of {_size(segment):,}")
    arrays, begin = [], 0
    for count, kind in _layout(segment):
        end = begin + count * np.dtype(kind).itemsize
        arrays.append(raw[begin:end].view(kind))
        begin = end
    offsets, papers, paper_ids, paper_rows, gone, tokens, shared = arrays
    return Block(Identifiers(tokens, offsets), shared, papers, paper_ids, paper_rows), gone


def _to_disk(stream: Any) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _folder_to_disk(at: Path) -> None:
    opened = os.open(at, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
