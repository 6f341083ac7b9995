"""The front matter of one file of the Proceedings of Machine Learning Research -> a paper. Pure."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ingest.items import MAX_ABSTRACT, MAX_NAME, MAX_TITLE, Malformed
from ingest.sources.acl_guide import load
from ingest.sources.acl_markup import web_url
from ingest.sources.pmlr_volumes import edition_of
from ingest.sources.prose import prose
from ingest.sources.source import NotThisPage
from papers.identifiers import arxiv_id, doi
from papers.record import Appearance, Author, Link, PaperRecord
from papers.tex import unicode_accents
from papers.text import clean

SOURCE = "pmlr"
SITE = "https://proceedings.mlr.press"
MAX_FILE = 2_000_000  # bytes; real ones have ten thousand

_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,99}\Z", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}\Z", re.ASCII)
_VOLUME = re.compile(r"\d{1,4}\Z", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)\b", re.ASCII)
_FORUM = re.compile(r"(?:\A|[?&]id=)([A-Za-z0-9_-]{6,20})(?:\Z|[&#])", re.ASCII)
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)\Z")
_KINDS = (
    ("video", re.compile(r"\bvideo|\btalk\b|\bslides\b", re.IGNORECASE)),
    ("code", re.compile(r"\bsoftware\b|\bcode\b|\bgithub\b", re.IGNORECASE)),
    ("dataset", re.compile(r"\bdata(?:set)?s?\b", re.IGNORECASE)),
    ("erratum", re.compile(r"\berrat(?:um|a)\b|\bcorrigend", re.IGNORECASE)),
)


def front_matter(body: bytes) -> dict[str, Any]:
    """The fields between the first two lines of hyphens. Raises NotThisPage where they are not there."""
    lines = _decoded(body).split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == "---"][:2]
    if len(ends) < 2 or any(line.strip() for line in lines[: ends[0]]):
        raise NotThisPage("no front matter, or one that is cut short")
    return _mapping("\n".join(lines[ends[0] + 1 : ends[1]]))


def mapping(body: bytes) -> dict[str, Any]:
    """The fields of a file that is YAML throughout. Raises NotThisPage."""
    return _mapping(_decoded(body))


def record(post: dict[str, Any], volume: int | None = None, edition: str = "") -> PaperRecord:
    """Raises Malformed."""
    identifier, number = _identifier(post), _volume(post, volume)
    return PaperRecord(
        source=SOURCE,
        source_id=f"{identifier}@v{number}",
        title=_title(post),
        authors=tuple(_people(post, "author")),
        abstract=_abstract(post),
        doi=doi(text(post, "doi")),
        comments=prose(text(post, "note")),
        journal_ref=_reference(post, number),
        landing_url=f"{SITE}/v{number}/{identifier}.html",
        pdf_url=url(post, "pdf"),
        published=_published(post),
        appearances=tuple(_appearances(post, edition or edition_of(number))),
        links=tuple(dict.fromkeys(_links(post))),
        same_as=tuple(_same(post)),
    )


def text(fields: dict[str, Any], name: str) -> str:
    """A field on one line; "" for none, and for what is a list or a mapping."""
    value = fields.get(name)
    return clean(value) if isinstance(value, str) else ""


def url(fields: dict[str, Any], name: str) -> str:
    return web_url(text(fields, name))


def _decoded(body: bytes) -> str:
    if len(body) > MAX_FILE:
        raise NotThisPage(f"file of more than {MAX_FILE:,} bytes")
    try:
        return body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NotThisPage(f"bytes that are not UTF-8 at {error.start}") from error


def _mapping(written: str) -> dict[str, Any]:
    try:
        fields = load(written.encode())
    except ValueError as error:
        raise NotThisPage(f"unreadable YAML: {error}"[:300]) from error
    if not isinstance(fields, dict):
        raise NotThisPage("no fields but something else")
    return fields


def _identifier(post: dict[str, Any]) -> str:
    identifier = text(post, "id")
    if not _ID.match(identifier):
        raise Malformed(f"paper without a usable id: {identifier!r:.80}")
    return identifier


def _volume(post: dict[str, Any], expected: int | None) -> int:
    number = text(post, "volume")
    if not _VOLUME.match(number):
        raise Malformed(f"paper without a usable volume: {number!r:.40}")
    if expected not in (None, int(number)):
        raise Malformed(f"a paper of volume {int(number)} in volume {expected}")
    return int(number)


def _title(post: dict[str, Any]) -> str:
    title = prose(text(post, "title"))
    if not title:
        raise Malformed("no title")
    if len(title) > MAX_TITLE:
        raise Malformed(f"title of {len(title):,} characters, more than {MAX_TITLE:,}")
    return title


def _abstract(post: dict[str, Any]) -> str:
    abstract = text(post, "abstract")
    if len(abstract) > MAX_ABSTRACT:
        raise Malformed(f"abstract of {len(abstract):,} characters, more than {MAX_ABSTRACT:,}")
    return prose(abstract)


def _people(post: dict[str, Any], name: str) -> Iterator[Author]:
    people = post.get(name)
    for person in people if isinstance(people, list) else ():
        if not isinstance(person, dict):
            continue
        given, prefix, family, suffix = (prose(text(person, part)) for part in ("given", "prefix", "family", "suffix"))
        if _SUFFIX.match(family) and " " in given:  # the conversion from BibTeX takes Hal Daumé III for a Mr III
            (given, _, family), suffix = given.rpartition(" "), family
        family = f"{prefix} {family}".strip()
        full = " ".join(filter(None, (given, family, suffix)))
        if len(full) > MAX_NAME:
            raise Malformed(f"name of more than {MAX_NAME:,} characters")
        if full:
            yield Author(full, family, given)


def _reference(post: dict[str, Any], volume: int) -> str:
    """As PMLR itself cites: `Proceedings of ..., PMLR 195:2552–2623`."""
    first, last = (text(post, name) for name in ("firstpage", "lastpage"))
    pages = f"{first}–{last}" if first and last and first != last else first or last
    cited = f"PMLR {volume}:{pages}" if pages and len(pages) < 30 else f"PMLR {volume}"
    return ", ".join(filter(None, (unicode_accents(text(post, "container-title")), cited)))


def _published(post: dict[str, Any]) -> date | None:
    match = _DAY.match(text(post, "date"))
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _appearances(post: dict[str, Any], edition: str) -> Iterator[Appearance]:
    """Its place is its first page: that is the order of the volume."""
    if edition:
        track = text(post, "section").replace("_", " ")
        track = track.replace("-", " ").capitalize() if track.islower() else track
        order = next(filter(_NUMBER.match, (text(post, name) for name in ("order", "firstpage"))), "")
        yield Appearance(edition, track[:100], int(order) if order else None)


def _links(post: dict[str, Any]) -> Iterator[Link]:
    for name, kind in (("software", "code"), ("video", "video"), ("supplementary", "attachment")):
        if address := url(post, name):
            yield Link(kind, address)
    extras = post.get("extras")
    for extra in extras if isinstance(extras, list) else ():
        if isinstance(extra, dict) and (address := url(extra, "link")):
            label = text(extra, "label")
            kind = next((kind for kind, pattern in _KINDS if pattern.search(label)), "attachment")
            yield Link(kind, address, label[:200])


def _same(post: dict[str, Any]) -> Iterator[str]:
    if forum := _FORUM.search(text(post, "openreview")):
        yield f"openreview:{forum[1]}"
    if found := arxiv_id(text(post, "arxiv").rstrip("/").rpartition("/abs/")[2]):
        yield f"arxiv:{found.id}"
