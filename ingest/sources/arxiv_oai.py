"""arXiv's records over OAI-PMH, in its formats arXivRaw and arXiv -> papers. Pure.

Both are brought into the layout of arXiv's public snapshot, so that one reader makes the papers of all three. arXivRaw
is the better: it has every version with its time, where the other has two days."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree.ElementTree import Element, tostring  # no parser: oai_pmh parses

from ingest.items import MAX_NAME, Malformed, SetAside, Taken, excerpt
from ingest.normalise import arxiv_record
from ingest.sources import oai_pmh
from ingest.sources.arxiv_authors import parsed
from ingest.sources.oai_pmh import Deleted, OaiPage, OaiRecord
from papers.identifiers import arxiv_id
from papers.record import PaperRecord
from papers.text import clean

_PREFIX = "oai:arXiv.org:"
_RAW = "{http://arxiv.org/OAI/arXivRaw/}"
_PLAIN = "{http://arxiv.org/OAI/arXiv/}"
_SUBJECT = re.compile(r"[A-K]\.(?:\d|m)(?:\.(?:\d+|m))?\Z|\d\d(?:[A-Z]\d\d|-\d\d|[A-Zx]x+|-XX)\Z", re.ASCII)
_BETWEEN_SUBJECTS = re.compile(r"[\s,;:()]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


def parse(body: bytes, today: date, lenient: bool = False) -> tuple[tuple[Taken | SetAside | Deleted, ...], OaiPage]:
    """All items of an answer, the envelope's faults behind its records, and the answer itself. Raises as
    oai_pmh.parse does."""
    page = oai_pmh.parse(body, lenient=lenient)
    return (*(read(record, today) for record in page.records), *page.faults), page


def read(record: OaiRecord, today: date) -> Taken | SetAside | Deleted:
    """The paper, or what is wrong with it. Items stand under the record's OAI identifier."""
    try:
        identifier = _identifier(record)
        if record.deleted:
            return Deleted(identifier)
        return Taken(record.identifier, 0, _paper(record, identifier, today))
    except Malformed as error:
        raw = tostring(record.metadata, encoding="unicode") if record.metadata is not None else ""
        return SetAside(record.identifier, 0, str(error), excerpt(raw))


def _identifier(record: OaiRecord) -> str:
    found = arxiv_id(record.identifier.removeprefix(_PREFIX))
    if not record.identifier.startswith(_PREFIX) or found is None or found.version:
        raise Malformed(f"not the identifier of an arXiv paper: {record.identifier!r:.80}")
    return found.id


def _paper(record: OaiRecord, identifier: str, today: date) -> PaperRecord:
    metadata = record.metadata
    if metadata is None:
        raise Malformed("record without metadata")
    reader = _READERS.get(metadata.tag)
    if reader is None:
        raise Malformed(f"neither arXivRaw nor arXiv: {metadata.tag!r:.80}")
    inside = arxiv_id(_text(metadata, "id"))
    if inside is None or inside.id != identifier:
        raise Malformed(f"the record of {identifier} holds another paper: {_text(metadata, 'id')!r:.80}")
    paper = reader(metadata, record.datestamp, today)
    if any(len(author.name) > MAX_NAME for author in paper.authors):
        raise Malformed(f"name of more than {MAX_NAME:,} characters")
    return paper


def _raw_paper(metadata: Element, stamped: date, today: date) -> PaperRecord:
    raw = _common(metadata, stamped)
    raw["authors_parsed"] = parsed(_text(metadata, "authors"))
    raw["versions"] = [
        {"version": version.get("version", ""), "created": (version.findtext(f"{_RAW}date") or "").strip()}
        for version in metadata.findall(f"{_RAW}version")
    ]
    if not raw["versions"]:
        raise Malformed("no version")
    return arxiv_record(raw, today)


def _plain_paper(metadata: Element, stamped: date, today: date) -> PaperRecord:
    """Of a paper with several versions this format tells neither how many there are nor the days of those between."""
    raw = _common(metadata, stamped)
    raw["authors_parsed"] = [_author(author) for author in metadata.iterfind(f"{_PLAIN}authors/{_PLAIN}author")]
    created, updated = _moment(metadata, "created"), _moment(metadata, "updated")
    if not created:
        raise Malformed("no day of submission")
    raw["versions"] = [{"version": "v1", "created": created}]
    if updated:
        raw["versions"].append({"version": "v2", "created": updated})
    paper = arxiv_record(raw, today)
    return replace(paper, versions=()) if updated else paper


_READERS: dict[str, Callable[[Element, date, date], PaperRecord]] = {
    f"{_RAW}arXivRaw": _raw_paper,
    f"{_PLAIN}arXiv": _plain_paper,
}


def _common(metadata: Element, stamped: date) -> dict[str, Any]:
    """What both formats say alike."""
    names = ("id", "title", "comments", "journal-ref", "doi", "report-no", "license", "abstract")
    raw: dict[str, Any] = {name: _text(metadata, name) for name in names}
    raw["categories"] = " ".join((_text(metadata, "categories"), *_subjects(metadata)))
    raw["update_date"] = stamped.isoformat()
    return raw


def _subjects(metadata: Element) -> Iterator[str]:
    """ACM's and MSC's classes, without the words ("Primary 68T50; Secondary ...") that people put around them."""
    for name in ("acm-class", "msc-class"):
        yield from filter(_SUBJECT.match, _BETWEEN_SUBJECTS.split(_text(metadata, name)))


def _author(element: Element) -> list[str]:
    family, given, suffix = (_text(element, name) for name in ("keyname", "forenames", "suffix"))
    return [family, given, suffix, *(clean(found.text or "") for found in element.findall(f"{_PLAIN}affiliation"))]


def _moment(metadata: Element, name: str) -> str:
    """The day's beginning in the form of the snapshot, "" where there is none."""
    day = _text(metadata, name)
    if not day:
        return ""
    try:
        return format_datetime(datetime.fromisoformat(_DAY.match(day)[0]))  # type: ignore[index]
    except (TypeError, ValueError) as error:
        raise Malformed(f"{name} is not a day: {day!r:.40}") from error


def _text(element: Element, name: str) -> str:
    """The text of a child, of the element's own namespace, on one line."""
    namespace = element.tag.partition("}")[0]
    return clean(element.findtext(f"{namespace}}}{name}") or "")
