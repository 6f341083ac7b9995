"""arXiv's public metadata snapshot: one JSON object a line, plain or gzip.

Reading is apart from parsing: `lines` knows files, `parse` knows bytes."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from ingest.batches import BATCH, Batch, repeated
from ingest.items import Item, Malformed, SetAside, Taken, excerpt
from ingest.normalise import arxiv_record
from papers.identifiers import arxiv_id

MAX_LINE = 32 * 1024 * 1024  # bytes; a line without end must not fill the memory


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers from 1, blank ones left out. An over-long line comes cut to MAX_LINE + 1 bytes."""
    with _open(path) as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            while not line.endswith(b"\n") and len(line) > MAX_LINE and (rest := stream.readline(MAX_LINE)):
                if rest.endswith(b"\n"):
                    break
            if not line.isspace():
                yield number, line


def parse(file: str, number: int, line: bytes, today: date) -> Taken | SetAside:
    """One line: a good record, or what is wrong with it."""
    try:
        if len(line) > MAX_LINE:
            raise Malformed(f"line longer than {MAX_LINE:,} bytes")
        raw = json.loads(line)
        if not isinstance(raw, dict):
            raise Malformed("not a JSON object")
        return Taken(file, number, arxiv_record(raw, today))
    except Malformed as error:
        return SetAside(file, number, str(error), excerpt(line).strip())
    except (ValueError, RecursionError) as error:
        return SetAside(file, number, f"not JSON: {error}"[:300], excerpt(line).strip())


def batches(path: Path, position: str) -> Iterator[Batch]:
    """Batches of what follows line `position`. Ids of the lines before it are read again, to know repeats."""
    start, today = int(position or 0), datetime.now(UTC).date()
    seen: set[int] = set()
    group: list[Item] = []
    number = 0
    for number, line in _until_broken(path, group):
        if number <= start:
            seen.add(_id_hash(_id_of(line)))
            continue
        group.append(_first_time(parse(path.name, number, line, today), seen))
        if len(group) >= BATCH:
            yield Batch(str(number), group.copy())
            group.clear()
    if group:
        yield Batch(str(number), group)


def _until_broken(path: Path, group: list[Item]) -> Iterator[tuple[int, bytes]]:
    """The lines; where the compressed file breaks off, that is added to the group as a fault."""
    number = 0
    try:
        for number, line in lines(path):
            yield number, line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        group.append(SetAside(path.name, number + 1, f"the compressed file is broken after line {number}: {error}", ""))


def _first_time(item: Taken | SetAside, seen: set[int]) -> Taken | SetAside:
    if isinstance(item, SetAside):
        return item
    mark = _id_hash(item.record.source_id)
    if mark in seen:
        return repeated(item)
    seen.add(mark)
    return item


def _id_hash(identifier: str) -> int:
    """Numbers in place of texts keep the ids of all of arXiv under 250 MB."""
    return int.from_bytes(hashlib.blake2b(identifier.encode(), digest_size=8).digest(), "big")


def _id_of(line: bytes) -> str:
    try:
        found = arxiv_id(json.loads(line)["id"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""
    return found.id if found else ""


def _open(path: Path) -> IO[bytes]:
    with path.open("rb") as probe:
        compressed = probe.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if compressed else path.open("rb")  # type: ignore[return-value]
