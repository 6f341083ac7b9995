"""One source's account of a paper, normalised: the plain value that travels from a source to the database."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class ListingKind(StrEnum):
    """How a daily list of a category announces a paper (arXiv's own words)."""

    NEW = "new"
    CROSS = "cross-list"
    REPLACEMENT = "replacement"


class AbstractKind(StrEnum):
    """Who wrote the abstract: the paper's authors, or we (a summary in our own words)."""

    AUTHOR = "author"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Author:
    """`name` is shown; `family`, `given` and `variants` (other spellings, other scripts) are searched."""

    name: str
    family: str = ""
    given: str = ""
    affiliation: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a preprint; `submitted` is in UTC."""

    number: int
    submitted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """An announcement in a category's daily list. `position` is None where the source's order is not known;
    `estimated` says the day was computed from the submission time rather than told by the source."""

    category: str
    day: date
    kind: ListingKind
    position: int | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Appearance:
    """A place in a venue's edition ("ACL.2019"), in its order."""

    edition: str
    track: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Something beside the paper: kind is "code", "dataset", "video", "attachment", "erratum", "revision" or
    "award", which has a label and no URL."""

    kind: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What one source says of one paper. Texts are clean (see papers.text.clean), URLs are http(s). `same_as` names
    records of other sources that the source itself says are of this paper ("arxiv:1706.03762")."""

    source: str
    source_id: str
    title: str
    authors: tuple[Author, ...] = ()
    editors: tuple[Author, ...] = ()
    abstract: str = ""
    abstract_kind: AbstractKind = AbstractKind.AUTHOR
    categories: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    doi: str = ""
    comments: str = ""
    journal_ref: str = ""
    report_no: str = ""
    licence: str = ""
    language: str = ""
    landing_url: str = ""
    pdf_url: str = ""
    submitted: datetime | None = None
    updated: datetime | None = None
    announced: date | None = None
    published: date | None = None
    versions: tuple[Version, ...] = ()
    listings: tuple[Listing, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    links: tuple[Link, ...] = ()
    withdrawn: str = ""
    keywords: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VenueRecord:
    """A conference or journal: `name` is the short name in URLs ("ACL")."""

    name: str
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    url: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """One year of a venue: `name` is VENUE.YEAR."""

    name: str
    venue: str
    year: int
    title: str = ""
    location: str = ""
    dates: str = ""
    url: str = ""


def to_json(record: PaperRecord) -> str:
    """The record as one line of JSON without its empty fields; the same record gives the same line."""
    return compact_json(filled(record))


def compact_json(value: Any) -> str:
    """JSON without spaces, as it is stored; the classes above may stand in the value."""
    return _ENCODER.encode(value)


def filled(value: Any) -> dict[str, Any]:
    """The fields of one of these classes that are not empty, by name. Not dataclasses.asdict, which copies deeply and
    takes ten times as long."""
    return {name: content for name in value.__slots__ if (content := getattr(value, name)) not in _EMPTY}


def from_json(data: dict[str, Any]) -> PaperRecord:
    """The inverse of to_json, from its parsed JSON. Raises TypeError on unknown fields."""
    fields: dict[str, Any] = dict(data)
    for name, build in _NESTED.items():
        if name in fields:
            fields[name] = tuple(build(**item) for item in map(dict, fields[name]))
    for name in ("categories", "subjects", "keywords", "same_as"):
        if name in fields:
            fields[name] = tuple(fields[name])
    for name, read in (("submitted", datetime), ("updated", datetime), ("announced", date), ("published", date)):
        if name in fields:
            fields[name] = read.fromisoformat(fields[name])
    if "abstract_kind" in fields:
        fields["abstract_kind"] = AbstractKind(fields["abstract_kind"])
    return PaperRecord(**fields)


def digest(text: str) -> bytes:
    """16 bytes that change when the text does."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else filled(value)


# Made once: json.dumps with these options makes one a call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_as_json)
_EMPTY: tuple[Any, ...] = ("", (), None)


def _author(name: str, variants: tuple[str, ...] | list[str] = (), **rest: str) -> Author:
    return Author(name=name, variants=tuple(variants), **rest)


def _version(number: int, submitted: str | None = None) -> Version:
    return Version(number, datetime.fromisoformat(submitted) if submitted else None)


def _listing(category: str, day: str, kind: str, position: int | None = None, estimated: bool = False) -> Listing:
    return Listing(category, date.fromisoformat(day), ListingKind(kind), position, estimated)


_NESTED: dict[str, Any] = {
    "authors": _author,
    "editors": _author,
    "versions": _version,
    "listings": _listing,
    "appearances": Appearance,
    "links": Link,
}
