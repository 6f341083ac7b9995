"""Rows of a JSON file: an object a line, or one array of objects."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from ingest.sources.proceedings import Row, Unreadable
from ingest.sources.proceedings_lines import Fault, Line

MAX_ARRAY = 64 * 1024 * 1024  # characters; an array is read as a whole
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def json_rows(lines: Iterable[Line]) -> Iterator[Row | Fault]:
    """Raises Unreadable for an array that is too large."""
    lines = iter(lines)
    first = next(lines, None)
    if first is None:
        return
    lines = chain([first], lines)
    yield from _Array(lines).rows() if first.text.lstrip().startswith("[") else map(_of_line, lines)


def _of_line(line: Line) -> Row | Fault:
    if line.fault:
        return Fault(line.number, line.fault, line.text)
    try:
        return _row(json.loads(line.text), line.number, line.text)
    except (ValueError, RecursionError) as error:
        return Fault(line.number, f"not JSON: {error}"[:300], line.text)


def _row(value: Any, line: int, raw: str) -> Row | Fault:
    if not isinstance(value, dict):
        return Fault(line, "not a JSON object", raw)
    return Row(line, {name.strip().lower(): told for name, told in value.items()}, raw)


class _Array:
    """An array as text. An element that is broken costs itself where the elements begin lines of their own."""

    def __init__(self, lines: Iterable[Line]):
        self._starts: list[int] = []  # where the lines begin in the text
        self._lines: list[Line] = []
        parts, size = [], 0
        for line in lines:
            self._starts.append(size)
            self._lines.append(Line(line.number, "", line.fault))
            parts.append(line.text + "\n")
            size += len(parts[-1])
            if size > MAX_ARRAY:
                raise Unreadable(f"an array of more than {MAX_ARRAY:,} characters: write one object a line instead")
        self._text = "".join(parts)

    def rows(self) -> Iterator[Row | Fault]:
        at = self._skip(self._text.index("[") + 1)
        indent = self._text[self._text.rfind("\n", 0, at) + 1 : at]
        while at < len(self._text) and self._text[at] != "]":
            try:
                value, end = _DECODER.raw_decode(self._text, at)
                yield self._element(value, at, end)
            except (ValueError, RecursionError) as error:
                end = self._next(at, indent)
                yield Fault(self._line(at).number, f"not JSON: {error}"[:300], self._text[at : min(end, at + 2_000)])
            at = self._skip(end)
        if at == len(self._text):
            yield Fault(self._lines[-1].number, "the array does not end with ]: the file was cut off")

    def _element(self, value: Any, at: int, end: int) -> Row | Fault:
        first, last = self._index(at), self._index(end - 1)
        raw = self._text[at : min(end, at + 2_000)]
        fault = next((line.fault for line in self._lines[first : last + 1] if line.fault), "")
        return Fault(self._lines[first].number, fault, raw) if fault else _row(value, self._lines[first].number, raw)

    def _next(self, at: int, indent: str) -> int:
        """Where the element after a broken one begins: indented like the first. The end where there is none."""
        found = self._text.find(f"\n{indent}{{", at) if not indent.strip() else -1
        return found + 1 if found >= 0 else len(self._text)

    def _skip(self, at: int) -> int:
        match = _BETWEEN.match(self._text, at)
        return match.end() if match else at

    def _line(self, at: int) -> Line:
        return self._lines[self._index(at)]

    def _index(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1
