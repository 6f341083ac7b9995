"""Rows of a RIS file: entries from a line `TY  - ` to a line `ER  - `. What stands outside of them is passed over.

    ID -> id                       UR -> url                        PY, Y1 -> published (2031/07/12 as 2031-07-12;
    TI, T1 -> title                L1 -> pdf                          DA goes before them)
    AU, A1 -> authors (one each)   LK -> code                       SP, EP -> pages
    AB, N2 -> abstract             DO -> doi                        SE -> track
    KW -> keywords                 AN -> arxiv (`arXiv:2603.01234`) LA -> language

Of two tags for one column the first named here counts. Other tags are unknown columns."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import rispy

from ingest.sources.proceedings import Row
from ingest.sources.proceedings_lines import Fault, Line
from papers.identifiers import arxiv_id

_BEGIN, _END = "TY  -", "ER  -"
_ONE = {
    "id": ("ID",), "title": ("TI", "T1"), "abstract": ("AB", "N2"), "track": ("SE",), "pdf": ("L1",), "doi": ("DO",),
    "code": ("LK",), "language": ("LA",),
}  # fmt: skip
_MANY = {"authors": ("AU", "A1"), "keywords": ("KW",)}
_LISTS = ["AU", "A1", "KW", "UR"]
_MAX_LINES = 20_000
_DATES, _PAGES, _IGNORED = ("DA", "PY", "Y1"), ("SP", "EP"), ("TY",)
_TAGS = {
    tag for tags in (*_ONE.values(), *_MANY.values(), _DATES, _PAGES, _IGNORED, ("UR", "AN"))
    for tag in tags
}  # fmt: skip


def ris_rows(lines: Iterable[Line]) -> Iterator[Row | Fault]:
    """The entries in order."""
    entry: list[Line] = []
    for line in lines:
        begins = line.text.startswith(_BEGIN)
        if begins and entry:
            yield _entry(entry)
            entry = []
        if begins or entry:
            _add(entry, line)
        elif line.fault:
            yield Fault(line.number, line.fault, line.text)
        if entry and line.text.startswith(_END):
            yield _entry(entry)
            entry = []
    if entry:
        yield _entry(entry)


def _add(entry: list[Line], line: Line) -> None:
    """Of an entry without end no more is kept than is needed to say so."""
    if len(entry) < _MAX_LINES:
        entry.append(line)
    elif not entry[-1].fault:
        entry.append(Line(line.number, "", f"an entry of more than {_MAX_LINES:,} lines"))


def _entry(entry: list[Line]) -> Row | Fault:
    first, raw = entry[0].number, _raw(entry)
    if fault := next((line.fault for line in entry if line.fault), ""):
        return Fault(first, fault, raw)
    if not entry[-1].text.startswith(_END):
        return Fault(first, "the entry has no end: a line `ER  - ` is missing", raw)
    found = rispy.loads(
        "\n".join(line.text for line in entry),
        mapping={tag: tag for tag in _TAGS} | {"UK": "UK"},
        list_tags=_LISTS,
        delimiter_tags_mapping={},  # by its own it would split addresses at `;`
    )
    return Row(first, columns(found[0]), raw) if found else Fault(first, "the entry cannot be read", raw)


def columns(tags: Mapping[str, Any]) -> dict[str, Any]:
    """An entry's tags under the names of our columns; unknown ones keep theirs."""
    named = {name: _first(tags, *choice) for name, choice in _ONE.items()}
    named |= {name: [text for text in _first(tags, *choice) or () if text] for name, choice in _MANY.items()}
    named["published"] = _day(_first(tags, *_DATES))
    named["pages"] = "-".join(filter(None, (tags.get(tag, "") for tag in _PAGES)))
    named["url"], *further = tags.get("UR") or [""]
    number = tags.get("AN", "")
    named["arxiv"] = number if arxiv_id(number) else ""
    unknown = set(tags.get("UK", {}))
    unknown |= {"AN"} if number and not named["arxiv"] else set()
    unknown |= {"a second UR"} if further else set()
    return named | dict.fromkeys(sorted(filter(None, unknown)), "")


def _first(tags: Mapping[str, Any], *choice: str) -> Any:
    return next((tags[tag] for tag in choice if tags.get(tag)), None)


def _day(told: str | None) -> str:
    """`2031/07/12/` and `2031//` without what is not told; a fourth part is a remark."""
    return "-".join(filter(None, (part.strip() for part in (told or "").split("/")[:3])))


def _raw(entry: list[Line]) -> str:
    return "\n".join(line.text for line in entry[:100])
