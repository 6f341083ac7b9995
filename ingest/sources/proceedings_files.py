"""Files of proceedings -> batches of records: which of the four formats it is, and what becomes of its rows.

JSON, BibTeX and RIS are told by how they begin, CSV and what begins otherwise by the name's suffix. Any may be gzip."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from ingest.batches import BATCH, Batch, repeated
from ingest.items import Item, Malformed, SetAside, Taken, excerpt
from ingest.sources.proceedings import Into, Row, Unreadable, record, unknown_columns
from ingest.sources.proceedings_bibtex import bibtex_rows
from ingest.sources.proceedings_json import json_rows
from ingest.sources.proceedings_lines import Fault, Line, head, text_lines
from ingest.sources.proceedings_ris import ris_rows
from ingest.sources.proceedings_table import table_rows
from papers.text import clean

MAX_UNKNOWN = 50  # names of columns that are told to the operator

_Reader = Callable[[Iterable[Line]], Iterator[Row | Fault]]
_READERS: dict[str, _Reader] = {
    ".jsonl": json_rows,
    ".ndjson": json_rows,
    ".json": json_rows,
    ".csv": partial(table_rows, delimiter=","),
    ".tsv": partial(table_rows, delimiter="\t"),
    ".bib": bibtex_rows,
    ".ris": ris_rows,
}
_BEGINNINGS = (
    (re.compile(rb"\s*[{\[]"), json_rows),
    (re.compile(rb"\s*@\w+[ \t]*[{(]"), bibtex_rows),
    (re.compile(rb"\s*TY  -"), ris_rows),
)


class Proceedings:
    """A file and where its papers belong. `unknown` grows while it is read: the columns that are not kept."""

    def __init__(self, path: Path, into: Into):
        self.path = path
        self.into = into
        self.unknown: dict[str, None] = {}
        self._file = clean(path.name)

    def batches(self, position: str) -> Iterator[Batch]:
        """Batches of what follows a position; one of another edition or track than this counts as the beginning. All
        rows are read each time: ids repeated and unknown columns are known so. Raises Unreadable."""
        mark = f"{self.into.edition}\t{self.into.track}"
        before, _, told = position.rpartition("\t")
        start = int(told) if before == mark else 0
        group: list[Item] = []
        number = 0
        for number, item in enumerate(self._items(), start=1):
            if number > start:
                group.append(item)
            if len(group) >= BATCH:
                yield Batch(f"{mark}\t{number}", group)
                group = []
        if not number:
            raise Unreadable(f"{self._file} holds no papers: see docs/proceedings.md for what each format looks like")
        if group:
            yield Batch(f"{mark}\t{number}", group)

    def _items(self) -> Iterator[Taken | SetAside]:
        seen: set[str] = set()
        rows = reader(self.path)(text_lines(self.path))
        for position, row in enumerate(rows, start=1):
            item = self._item(row, position)
            if isinstance(item, Taken) and item.record.source_id in seen:
                item = repeated(item)
            elif isinstance(item, Taken):
                seen.add(item.record.source_id)
            yield item

    def _item(self, row: Row | Fault, position: int) -> Taken | SetAside:
        if isinstance(row, Fault):
            return SetAside(self._file, row.line, row.reason, excerpt(row.raw))
        self._note(unknown_columns(row.columns))
        try:
            return Taken(self._file, row.line, record(row.columns, self.into, position))
        except Malformed as error:
            return SetAside(self._file, row.line, str(error), excerpt(row.raw))

    def _note(self, names: Iterable[str]) -> None:
        for name in names:
            if len(self.unknown) < MAX_UNKNOWN:
                self.unknown.setdefault(clean(name)[:80])


def reader(path: Path) -> _Reader:
    """Which reader a file is for. Raises Unreadable."""
    begins = head(path)
    if begins.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{clean(path.name)} is UTF-16: save it as UTF-8")
    begins = begins.removeprefix(b"\xef\xbb\xbf")
    suffix = path.with_suffix("").suffix if path.suffix.lower() == ".gz" else path.suffix
    found = next((reads for pattern, reads in _BEGINNINGS if pattern.match(begins)), _READERS.get(suffix.lower()))
    if found is None:
        raise Unreadable(
            f"{clean(path.name)} is of no format known: give JSON lines, CSV, BibTeX or RIS in a file whose name ends "
            f"in {', '.join(_READERS)}, or one of these and .gz"
        )
    return found
