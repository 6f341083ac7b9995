"""Rows of a CSV file: the first line names the columns."""

import csv
from collections.abc import Iterable, Iterator

from ingest.sources import arxiv_snapshot
from ingest.sources.proceedings import COLUMNS, Row, Unreadable
from ingest.sources.proceedings_lines import Fault, Line


def table_rows(lines: Iterable[Line], delimiter: str) -> Iterator[Row | Fault]:
    """A row may go over several lines where a field in quotes does. Raises Unreadable for a header without title."""
    # For all of the process; longer texts are refused later, with their length. Cut off here, the rest of a field
    # would be read as rows.
    csv.field_size_limit(arxiv_snapshot.MAX_LINE + 1)
    texts = _Texts(lines)
    reader = csv.reader(texts, delimiter=delimiter, strict=True)
    header = _header(next(_records(reader, texts), None), delimiter)
    for found in _records(reader, texts):
        yield found if isinstance(found, Fault) else _row(header, found, texts)


class _Texts:
    """The lines as the csv module wants them. Remembers where the row began and what was wrong since."""

    def __init__(self, lines: Iterable[Line]):
        self._lines = iter(lines)
        self.begin()

    def begin(self) -> None:
        self.first = self.last = 0
        self.fault = self.raw = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.first, self.last = self.first or line.number, line.number
        self.fault = self.fault or line.fault
        self.raw = self.raw or line.text
        return line.text + "\n"


def _records(reader: Iterator[list[str]], texts: _Texts) -> Iterator[list[str] | Fault]:
    while True:
        texts.begin()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Fault(texts.first, f"not CSV: {error}{_span(texts)}", texts.raw)
            continue
        yield Fault(texts.first, texts.fault, texts.raw) if texts.fault else fields


def _header(found: list[str] | Fault | None, delimiter: str) -> list[str]:
    if found is None:
        return []
    names = [name.strip().lower() for name in found] if isinstance(found, list) else []
    if "title" not in names:
        between = "tabs" if delimiter == "\t" else "commas"
        raise Unreadable(
            f"the first line names no column title: let it name the columns ({', '.join(COLUMNS)}), with {between} "
            "between them"
        )
    if twice := [name for name in dict.fromkeys(names) if name and names.count(name) > 1]:
        raise Unreadable(f"the first line names the column {twice[0]!r:.80} twice: name each once")
    return names


def _row(header: list[str], fields: list[str], texts: _Texts) -> Row | Fault:
    if len(fields) != len(header):
        told = f"{len(fields)} fields where the first line names {len(header)} columns{_span(texts)}"
        return Fault(texts.first, told, texts.raw)
    named = {name: value for name, value in zip(header, fields, strict=True) if name}
    return Row(texts.first, named, texts.raw)


def _span(texts: _Texts) -> str:
    return f" (lines {texts.first} to {texts.last})" if texts.last > texts.first else ""
