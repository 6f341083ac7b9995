"""Lines of a curated file: decoded, within bounds, each with what is wrong with it."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.sources import arxiv_snapshot

_HEAD = 4_096  # bytes


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, its number from 1, without its end. Where `fault` tells why it cannot be used, the text
    is what is left of it."""

    number: int
    text: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a reader could not take: the entry's first line, the reason, the input."""

    line: int
    reason: str
    raw: str = ""


def text_lines(path: Path) -> Iterator[Line]:
    """All lines. A compressed file that breaks off ends in a line with that fault."""
    number = 0
    try:
        for number, line in arxiv_snapshot.lines(path):
            yield _line(number, line)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Line(number + 1, "", f"the compressed file is broken after line {number}: {error}"[:300])


def _line(number: int, line: bytes) -> Line:
    limit = arxiv_snapshot.MAX_LINE
    if len(line) > limit:
        return Line(number, "", f"line longer than {limit:,} bytes")
    line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
    text = line.decode(errors="replace").rstrip("\r\n")
    if "\x00" in text:
        return Line(number, text.replace("\x00", "\ufffd"), "a NUL character in the line")
    return Line(number, text, "" if _is_utf8(line) else "bytes in the line that are not UTF-8")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def head(path: Path) -> bytes:
    """How the file begins, uncompressed; nothing where that cannot be read."""
    with path.open("rb") as stream:
        begins = stream.read(_HEAD)
    if not begins.startswith(b"\x1f\x8b"):
        return begins
    try:
        with gzip.open(path) as stream:
            return stream.read(_HEAD)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return b""
