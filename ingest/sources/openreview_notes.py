"""One note of OpenReview -> a record. API v2 wraps each value of a note's content, API v1 gives it plainly. Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from ingest.items import MAX_ABSTRACT, MAX_TITLE, Malformed
from ingest.sources import html, names
from papers.identifiers import arxiv_id
from papers.record import Appearance, Author, Link, PaperRecord
from papers.text import clean

NAME = "openreview"
SITE = "https://openreview.net"

_ID = re.compile(r"[A-Za-z0-9_-]{1,200}\Z", re.ASCII)
_URL = re.compile(r"https?://[^\s()\[\]<>\"']{1,500}")
_ARXIV = re.compile(r"//arxiv\.org/(?:abs|pdf)/([\w./-]{1,40}?)(?:\.pdf)?\Z", re.ASCII)


def record(note: dict[str, Any], appearance: Appearance) -> PaperRecord:
    identifier, content = _id(note), content_of(note)
    year = int(appearance.edition.rpartition(".")[2])
    decided = _moment(note.get("pdate"), year)
    return PaperRecord(
        source=NAME,
        source_id=identifier,
        title=_title(content),
        authors=tuple(_authors(content)),
        abstract=_abstract(content),
        landing_url=f"{SITE}/forum?id={identifier}",
        pdf_url=_pdf(content, identifier),
        submitted=_moment(note.get("cdate"), year),
        published=decided.date() if decided else date(year, 1, 1),
        appearances=(appearance,),
        links=tuple(_links(content, identifier)),
        keywords=tuple(dict.fromkeys(filter(None, map(clean, _texts(content, "keywords"))))),
        same_as=tuple(_arxiv(content)),
    )


def content_of(note: Any) -> dict[str, Any]:
    if not isinstance(note, dict) or not isinstance(note.get("content"), dict):
        raise Malformed("not a note with content")
    return note["content"]


def _value(content: dict[str, Any], name: str) -> Any:
    """API v2 wraps each value: {"title": {"value": "..."}}."""
    value = content.get(name)
    return value.get("value") if isinstance(value, dict) else value


def text(content: dict[str, Any], name: str) -> str:
    value = _value(content, name)
    if value is not None and not isinstance(value, str):
        raise Malformed(f"{name} is not a text but {type(value).__name__}")
    return clean(value or "")


def _texts(content: dict[str, Any], name: str) -> list[str]:
    value = _value(content, name) or []
    found = re.split(r"[,;]", value) if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise Malformed(f"{name} is not a list of texts")
    return found


def _id(note: dict[str, Any]) -> str:
    identifier = note.get("id")
    if not isinstance(identifier, str) or not _ID.match(identifier):
        raise Malformed("note without a usable id")
    return identifier


def _title(content: dict[str, Any]) -> str:
    title = text(content, "title")
    if not title:
        raise Malformed("no title")
    if len(title) > MAX_TITLE:
        raise Malformed(f"title of more than {MAX_TITLE:,} characters")
    return title


def _abstract(content: dict[str, Any]) -> str:
    abstract = text(content, "abstract")
    if len(abstract) > MAX_ABSTRACT:
        raise Malformed(f"abstract of more than {MAX_ABSTRACT:,} characters")
    return abstract


def _authors(content: dict[str, Any]) -> Iterator[Author]:
    """Names, or since 2026 objects with a name."""
    found = _value(content, "authors") or []
    if not isinstance(found, list):
        raise Malformed("authors is not a list")
    for item in found:
        name = item.get("fullname") if isinstance(item, dict) else item
        if not isinstance(name, str):
            raise Malformed("an author without a name")
        if author := names.author(name):
            yield author


def _moment(value: Any, year: int) -> datetime | None:
    """Milliseconds since 1970. A day far from the edition's year is a slip of the one who imported the note."""
    if type(value) is not int or not 0 < value < 10**14:
        return None
    moment = datetime.fromtimestamp(value // 1000, UTC)
    return moment if year - 2 <= moment.year <= year + 1 else None


def _pdf(content: dict[str, Any], identifier: str) -> str:
    pdf = text(content, "pdf")
    return f"{SITE}/pdf?id={identifier}" if pdf.startswith("/pdf") else html.link(SITE, pdf) if pdf else ""


def _links(content: dict[str, Any], identifier: str) -> Iterator[Link]:
    if found := _URL.search(text(content, "code")):
        yield Link("code", found[0])
    if text(content, "supplementary_material").startswith("/"):
        address = f"{SITE}/attachment?id={identifier}&name=supplementary_material"
        yield Link("attachment", address, "Supplementary material")


def _arxiv(content: dict[str, Any]) -> Iterator[str]:
    match = _ARXIV.search(text(content, "arxiv") or text(content, "html"))
    if match and (found := arxiv_id(match[1])):
        yield f"arxiv:{found.id}"
