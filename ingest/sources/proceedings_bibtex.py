"""Rows of a BibTeX file: one an entry, read by bibtexparser.

    citation key -> id               url -> url                      date, else year and month -> published
    title -> title                   pdf -> pdf                      keywords -> keywords (`,` or `;` between them)
    author -> authors                code -> code                    pages -> pages
    abstract -> abstract             doi -> doi                      language, langid -> language
    track -> track                   arxiv, eprint -> arxiv (an eprint whose archiveprefix or eprinttype is arXiv)

Other fields are unknown columns. @string macros and `#` are resolved, TeX's accents and escapes become Unicode, braces
that only protect capitals go. `@proceedings` is the volume, no paper, and set aside as such."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bibtexparser.model import Block, Entry, ImplicitComment, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter

from ingest.items import Malformed
from ingest.sources.proceedings import Row
from ingest.sources.proceedings_lines import Fault, Line
from ingest.sources.proceedings_tex import evaluated, names, prose, verbatim

# It would tell of every broken entry once more, on the terminal and in many lines.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

MAX_ENTRY = 4 * 1024 * 1024  # characters
MAX_MACRO = 2_000  # characters; macros of macros grow without bounds
MAX_MACROS = 10_000
# Where the library, too, begins an entry anew if the one before has no end.
_BEGIN = re.compile(r"[ \t]*@\w*[ \t]*[{(]")
_REST = re.compile(r"[,\"}]|\w+\s*=\s*[{\"]")
_PROSE = ("title", "abstract", "track", "keywords")
_VERBATIM = ("pdf", "url", "doi", "arxiv", "code", "pages", "language")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex_rows(lines: Iterable[Line]) -> Iterator[Row | Fault]:
    """The entries in order. Each is given to the library by itself: one without end must not take others with it."""
    macros: dict[str, str] = {}
    for entry in _entries(lines):
        if fault := next((line.fault for line in entry if line.fault), ""):
            yield Fault(entry[0].number, fault, _raw(entry))
        else:
            yield from _rows(entry, macros)


def _entries(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines up to the next that begins an entry; the first may be free text in front of all."""
    entry: list[Line] = []
    size = 0
    for line in lines:
        if entry and _BEGIN.match(line.text):
            yield entry
            entry, size = [], 0
        size += len(line.text) + 1
        if size <= MAX_ENTRY:
            entry.append(line)
        elif not entry or not entry[-1].fault:
            entry.append(Line(line.number, "", f"an entry of more than {MAX_ENTRY:,} characters"))
    if entry:
        yield entry


def _rows(entry: list[Line], macros: dict[str, str]) -> Iterator[Row | Fault]:
    """Most often one; several where entries share a line."""
    try:
        blocks = Splitter("\n".join(line.text for line in entry)).split().blocks
    except Exception as error:  # what the library raises where it loses its way is of any kind
        yield Fault(entry[0].number, f"the entry cannot be read: {error}"[:300], _raw(entry))
        return
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        try:
            if isinstance(block, Entry):
                yield _row(block, entry, macros, after)
            elif isinstance(block, String):
                _define(block, macros)
            elif isinstance(block, ParsingFailedBlock):
                raise Malformed(_reason(block))
        except Malformed as error:
            yield Fault(_line(block, entry), str(error), block.raw or "")


def _define(block: String, macros: dict[str, str]) -> None:
    """Keeps a macro; one that is refused stands for nothing. Raises Malformed."""
    if len(macros) >= MAX_MACROS:
        raise Malformed(f"more than {MAX_MACROS:,} macros")
    macros[block.key.lower()] = ""
    text = evaluated(block.value, macros)
    if len(text) > MAX_MACRO:
        raise Malformed(f"a macro of {len(text):,} characters, more than {MAX_MACRO:,}")
    macros[block.key.lower()] = text


def _row(block: Entry, entry: list[Line], macros: Mapping[str, str], after: Block | None) -> Row:
    if isinstance(after, ImplicitComment) and _REST.match(after.comment):
        raise Malformed(f"the entry's braces are not balanced: it ends before {after.comment!r:.80}")
    if block.entry_type.lower() == "proceedings":
        raise Malformed("@proceedings is the volume itself, no paper")
    fields = {field.key.lower(): evaluated(field.value, macros) for field in block.fields}
    return Row(_line(block, entry), columns(block.key, fields), block.raw or "")


def columns(key: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """An entry's fields under the names of our columns; unknown ones keep theirs. Raises Malformed."""
    rest = dict(fields)
    named: dict[str, Any] = {"id": key, "authors": names(rest.pop("author", ""))}
    named |= {name: prose(rest.pop(name)) for name in _PROSE if name in rest}
    named |= {name: verbatim(rest.pop(name)) for name in _VERBATIM if name in rest}
    named["keywords"] = named.get("keywords", "").replace(",", ";")
    named["language"] = named.get("language") or verbatim(rest.pop("langid", ""))
    named["published"] = _published(rest)
    if "eprint" in rest and _archive(rest) in ("", "arxiv"):
        named["arxiv"] = named.get("arxiv") or verbatim(rest["eprint"])
        for name in ("eprint", "archiveprefix", "eprinttype"):
            rest.pop(name, None)
    return dict.fromkeys(rest, "") | named


def _archive(fields: Mapping[str, str]) -> str:
    return verbatim(fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()


def _published(fields: dict[str, str]) -> str:
    """Takes date, year and month out. A range of days counts by its first."""
    day, year, month = (verbatim(fields.pop(name, "")) for name in ("date", "year", "month"))
    if day:
        return day.partition("/")[0]
    name = month[:3].lower()
    number = f"{_MONTHS.index(name) + 1:02d}" if name in _MONTHS else month
    return "-".join(filter(None, (year, number)))


def _reason(block: ParsingFailedBlock) -> str:
    told = getattr(block.error, "abort_reason", "") or str(block.error)
    return f"the entry cannot be read, perhaps its braces are not balanced: {told}"[:300]


def _line(block: Block, entry: list[Line]) -> int:
    """Blank lines within an entry are not counted; most often it begins where its lines do."""
    return entry[min(block.start_line or 0, len(entry) - 1)].number


def _raw(entry: list[Line]) -> str:
    return "\n".join(line.text for line in entry[:100])
