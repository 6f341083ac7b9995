"""One row of a curated file of proceedings -> PaperRecord. Pure.

A row is a mapping of these columns to texts; a column that is missing, empty or null is not told:

    id          names the paper within its edition; without it the DOI, the address or the title does, see
                proceedings_ids
    title       the one column that every row must fill
    authors     `;` between them, each `Family, Given` or `Given Family`. JSON may give a list, of such texts or of
                objects with name, given, family, affiliation
    abstract
    track       the part of the edition; the command's --track where it is empty
    pdf, url    addresses of the PDF and of the paper's page, http(s) only
    doi         with or without its resolver
    arxiv       an arXiv id or its address: the two become one paper
    keywords    `;` between them, in JSON also a list
    pages       `12-20`
    published   YYYY, YYYY-MM or YYYY-MM-DD, within five years of the edition; without it the edition's year
    code        address of the code, http(s) only
    language

The BibTeX fields and RIS tags that stand for them are told in proceedings_bibtex and proceedings_ris. TeX's accents
become Unicode in all formats. A value that cannot be right refuses the row: half a paper would go unnoticed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.items import MAX_ABSTRACT, MAX_TITLE, Malformed
from ingest.sources.proceedings_authors import AUTHOR_PARTS, NO_TEXT, authors
from ingest.sources.proceedings_ids import source_id
from papers.identifiers import arxiv_id, doi
from papers.record import Appearance, Link, PaperRecord
from papers.tex import unicode_accents
from papers.text import clean

SOURCE = "curated"
COLUMNS = (
    "id", "title", "authors", "abstract", "track", "pdf", "url", "doi", "arxiv", "keywords", "pages", "published",
    "code", "language",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2100
MAX_SHORT = 200  # characters of a track, a keyword and the like
MAX_DOI = 500  # PostgreSQL indexes it, and refuses what does not fit a third of a page
MAX_KEYWORDS = 100
_LIMITS = {"id": MAX_TITLE, "title": MAX_TITLE, "abstract": MAX_ABSTRACT, "doi": MAX_DOI, "pdf": 2_000, "url": 2_000,
           "code": 2_000}  # fmt: skip

_EDITION = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9-]{0,48}[A-Za-z0-9])?)\.(\d{4})\Z", re.ASCII)
_URL = re.compile(r"https?://[^\s/?#\"<>\\^`{|}]+[^\s\"<>\\^`{|}]*\Z", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z", re.ASCII)
_ARXIV_ADDRESS = re.compile(r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/(.+?)(?:\.pdf)?\Z", re.IGNORECASE)
_YEARS_APART = 5


class Unreadable(ValueError):
    """A file, or what was said of it, with which nothing can be done; the message tells the operator the remedy."""


@dataclass(frozen=True, slots=True)
class Into:
    """Where the papers of a file belong: an edition under its venue's true name ("ICML.2031"), and the track of rows
    that tell none."""

    edition: str
    track: str = ""

    @property
    def venue(self) -> str:
        return self.edition.rpartition(".")[0]

    @property
    def year(self) -> int:
        return int(self.edition.rpartition(".")[2])


@dataclass(frozen=True, slots=True)
class Row:
    """A paper as a file tells it: its first line from 1, its columns (unknown ones too), its input for the operator."""

    line: int
    columns: Mapping[str, Any]
    raw: str = ""


def edition_parts(text: str) -> tuple[str, int]:
    """`ICML.2031` -> ("ICML", 2031). Raises Unreadable."""
    match = _EDITION.match(text)
    if not match or not FIRST_YEAR <= int(match[2]) <= LAST_YEAR:
        raise Unreadable(
            f"{text!r:.80} is no edition: give VENUE.YEAR, such as ICML.2031 - letters, digits and hyphens, a dot, and "
            f"a year from {FIRST_YEAR} to {LAST_YEAR}"
        )
    return match[1], int(match[2])


def record(columns: Mapping[str, Any], into: Into, position: int) -> PaperRecord:
    """The row as a record; `position` is its place in the file, from 1. Raises Malformed."""
    title = _prose(columns, "title")
    if not title:
        raise Malformed("no title")
    landing, pdf, its_doi = _url(columns, "url"), _url(columns, "pdf"), _doi(columns)
    return PaperRecord(
        source=SOURCE,
        source_id=source_id(into.edition, _text(columns, "id"), its_doi, landing or pdf, title),
        title=title,
        authors=authors(columns.get("authors")),
        abstract=_prose(columns, "abstract"),
        doi=its_doi,
        journal_ref=_reference(_text(columns, "pages"), into),
        language=_text(columns, "language"),
        landing_url=landing,
        pdf_url=pdf,
        published=_published(_text(columns, "published"), into),
        appearances=(Appearance(into.edition, _prose(columns, "track") or into.track, position),),
        links=tuple(Link("code", url) for url in [_url(columns, "code")] if url),
        keywords=_keywords(columns.get("keywords")),
        same_as=_same_as(_text(columns, "arxiv")),
    )


def unknown_columns(columns: Mapping[str, Any]) -> Iterator[str]:
    """Names of what a row tells and this import does not keep, also within its authors."""
    yield from (name for name in columns if name not in COLUMNS)
    told = columns.get("authors")
    for author in told if isinstance(told, list) else ():
        if isinstance(author, dict):
            yield from (f"authors.{name}" for name in author if name not in AUTHOR_PARTS)


def _text(columns: Mapping[str, Any], name: str) -> str:
    """The column on one clean line, "" where it is not told. Raises Malformed."""
    return _read(columns.get(name), name)


def _read(value: Any, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Malformed(f"{name} is not a text but {type(value).__name__}")
    if NO_TEXT.search(value):
        raise Malformed(f"{name} holds a NUL or half a character")
    limit = _LIMITS.get(name, MAX_SHORT)
    if len(value) > limit:
        raise Malformed(f"{name} of {len(value):,} characters, more than {limit:,}")
    return clean(value)


def _prose(columns: Mapping[str, Any], name: str) -> str:
    return unicode_accents(_text(columns, name))


def _url(columns: Mapping[str, Any], name: str) -> str:
    url = _text(columns, name)
    if url and not _URL.match(url):
        raise Malformed(f"{name} is no http(s) address: {url!r:.80}")
    return url


def _doi(columns: Mapping[str, Any]) -> str:
    told = _text(columns, "doi")
    if told and not doi(told):
        raise Malformed(f"doi is none: {told!r:.80}")
    return doi(told)


def _same_as(told: str) -> tuple[str, ...]:
    if not told:
        return ()
    address = _ARXIV_ADDRESS.match(told)
    found = arxiv_id(address[1] if address else told)
    if found is None:
        raise Malformed(f"arxiv is no arXiv id: {told!r:.80}")
    return (f"arxiv:{found.id}",)


def _keywords(told: Any) -> tuple[str, ...]:
    values = told if isinstance(told, list) else [told]
    if sum(len(value) for value in values if isinstance(value, str)) > MAX_KEYWORDS * MAX_SHORT:
        raise Malformed(f"keywords of more than {MAX_KEYWORDS * MAX_SHORT:,} characters")
    texts = [part for value in values if value for part in _parts(value)]
    found = tuple(dict.fromkeys(filter(None, (unicode_accents(_read(text, "keywords")) for text in texts))))
    if len(found) > MAX_KEYWORDS:
        raise Malformed(f"{len(found):,} keywords, more than {MAX_KEYWORDS}")
    return found


def _parts(value: Any) -> list[Any]:
    return value.split(";") if isinstance(value, str) else [value]


def _reference(pages: str, into: Into) -> str:
    """The place in print: `ICML 2031, pages 12–20`."""
    if not pages:
        return ""
    pages = re.sub(r"\s*[-–—]+\s*", "–", pages)
    return f"{into.venue} {into.year}, {'pages' if re.search('[–,]', pages) else 'page'} {pages}"


def _published(told: str, into: Into) -> date:
    """The day told, its first day where only a month or a year is."""
    if not told:
        return date(into.year, 1, 1)
    match = _DATE.match(told)
    try:
        day = date(*(int(part or 1) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if day is None:
        raise Malformed(f"published is no day (YYYY, YYYY-MM or YYYY-MM-DD): {told!r:.40}")
    if abs(day.year - into.year) > _YEARS_APART:
        raise Malformed(f"published is absurd for {into.edition}: {day.isoformat()}")
    return day
