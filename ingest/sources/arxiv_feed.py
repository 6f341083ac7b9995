"""arXiv's daily feeds, Atom and RSS 2.0 -> what a day's list announces. Pure.

Format: https://info.arxiv.org/help/rss_specifications.html. A feed of a category holds the new papers, cross-lists and
replacements of one announcement, at the most 2,000 of them; on days without one it is empty."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from typing import Any
from xml.etree.ElementTree import Element, tostring  # no parser: ingest.sources.xml parses

from ingest.items import Malformed, SetAside, excerpt
from ingest.normalise import arxiv_record
from ingest.sources import arxiv_authors, xml
from ingest.sources.source import NotThisPage
from papers.calendar import EASTERN
from papers.identifiers import arxiv_id
from papers.record import ListingKind, PaperRecord, Version
from papers.text import clean

LARGEST = 2_000  # entries; a longer list is cut by arXiv
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_KINDS = {
    "new": ListingKind.NEW,
    "cross": ListingKind.CROSS,
    "replace": ListingKind.REPLACEMENT,
    "replace-cross": ListingKind.REPLACEMENT,
}
_IDENTIFIER = "oai:arXiv.org:"
_ABSTRACT = re.compile(r"\A.*?\bAbstract:\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One announcement; the record knows but the version that it announces."""

    kind: ListingKind
    record: PaperRecord


@dataclass(frozen=True, slots=True)
class Feed:
    """A day's list. `day` is its date in arXiv's time zone, `built` when the feed was written."""

    day: date
    built: datetime
    entries: tuple[Entry, ...]
    faults: tuple[SetAside, ...]

    @property
    def is_cut(self) -> bool:
        return len(self.entries) + len(self.faults) >= LARGEST

    @property
    def batch(self) -> bytes:
        """Equal for feeds that announce the same: 16 bytes."""
        told = sorted(f"{e.record.source_id} {e.record.versions[-1].number} {e.kind}" for e in self.entries)
        return blake2b("\n".join(told).encode(), digest_size=16).digest()


def parse(body: bytes, file: str = "") -> Feed:
    """A feed in either form. An entry that cannot be used is set aside, the rest goes on. Raises NotThisPage."""
    root = xml.tree(body, "a feed")
    if root.tag == f"{_ATOM}feed":
        built, elements = _moment(root.findtext(f"{_ATOM}updated")), root.findall(f"{_ATOM}entry")
        days = [_moment(element.findtext(f"{_ATOM}published")) for element in elements]
    elif root.tag == "rss" and (channel := root.find("channel")) is not None:
        built = _moment(channel.findtext("lastBuildDate") or channel.findtext("pubDate"))
        elements = channel.findall("item")
        days = [_moment(element.findtext("pubDate")) for element in elements]
    else:
        raise NotThisPage(f"not a feed but <{clean(root.tag)[:80]}>")
    if built is None:
        raise NotThisPage("a feed without a date")
    # The entries know their day, and a feed that is written again keeps it; one odd entry does not decide.
    told = Counter(known.astimezone(EASTERN).date() for known in days if known)
    day = told.most_common(1)[0][0] if told else built.astimezone(EASTERN).date()
    items = list(_items(elements, day, file))
    return Feed(
        day,
        built,
        tuple(item for item in items if isinstance(item, Entry)),
        tuple(item for item in items if isinstance(item, SetAside)),
    )


def _items(elements: list[Element], day: date, file: str) -> Iterator[Entry | SetAside]:
    seen: set[str] = set()
    for number, element in enumerate(elements, start=1):
        try:
            entry = _entry(element, day)
            if entry.record.source_id in seen:
                raise Malformed(f"duplicate id {entry.record.source_id}: the first one was taken")
            seen.add(entry.record.source_id)
            yield entry
        except Malformed as error:
            yield SetAside(file, number, str(error), excerpt(tostring(element, encoding="unicode")))


def _entry(element: Element, day: date) -> Entry:
    is_atom = element.tag.startswith(_ATOM)
    named = _text(element, f"{_ATOM}id" if is_atom else "guid")
    identifier = arxiv_id(named.removeprefix(_IDENTIFIER)) if named.startswith(_IDENTIFIER) else None
    if identifier is None or identifier.version is None:
        raise Malformed(f"not the id of a version: {named[:80]!r}" if named else "no id")
    told = _text(element, f"{_ARXIV}announce_type")
    if told not in _KINDS:
        raise Malformed(f"announced as {told[:40]!r}, which is unknown")
    kind = _KINDS[told]
    record = arxiv_record(_raw(element, identifier.id, is_atom), day)
    versions = (Version(identifier.version),)
    return Entry(kind, replace(record, versions=versions, announced=day if kind is ListingKind.NEW else None))


def _raw(element: Element, identifier: str, is_atom: bool) -> dict[str, Any]:
    """The entry in the layout of arXiv's snapshot."""
    categories = [
        each.get("term") or each.text or "" for each in element.findall(f"{_ATOM}category" if is_atom else "category")
    ]
    return {
        "id": identifier,
        "title": _text(element, f"{_ATOM}title" if is_atom else "title"),
        "abstract": _ABSTRACT.sub("", _text(element, f"{_ATOM}summary" if is_atom else "description"), count=1),
        "authors_parsed": arxiv_authors.parsed(", ".join(each.text or "" for each in element.findall(f"{_DC}creator"))),
        "categories": " ".join(categories),
        "license": _text(element, f"{_DC}rights"),
        "doi": _text(element, f"{_ARXIV}DOI") or _text(element, f"{_ARXIV}doi"),
        "journal-ref": _text(element, f"{_ARXIV}journal_reference"),
        "versions": [],
    }


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _moment(text: str | None) -> datetime | None:
    """A date of either form, None for what is none."""
    text = (text or "").strip()
    try:
        found = datetime.fromisoformat(text) if text[:4].isdecimal() else parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
