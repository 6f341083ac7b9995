"""Answers of arXiv's API -> records. Pure.

The `arxiv` package reads them; what it would pass over in silence (a broken file read up to the break, an error in
place of a paper) is looked for first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from arxiv import Result, _feed  # the package's parser of bytes; its client would fetch by itself

from ingest.items import Malformed, SetAside
from ingest.normalise import arxiv_record
from ingest.sources import xml
from ingest.sources.source import NotThisPage
from papers.identifiers import ArxivId, arxiv_id
from papers.record import PaperRecord, Version
from papers.text import clean

MOST_IDS = 100  # in one call
_FEED = "{http://www.w3.org/2005/Atom}feed"
_ERRORS = "/api/errors"


@dataclass(frozen=True, slots=True)
class Answer:
    """Papers that were found, in the order of the answer, and what could not be used. An id that arXiv does not know
    has no entry at all."""

    records: tuple[PaperRecord, ...]
    faults: tuple[SetAside, ...]


def address(ids: list[str]) -> str:
    """Where up to MOST_IDS papers are asked for at once."""
    return f"arxiv-api:/query?id_list={','.join(ids)}&start=0&max_results={len(ids)}"


def parse(body: bytes, today: date, file: str = "") -> Answer:
    """Raises NotThisPage for what is no answer, and for an answer that is an error."""
    root = xml.tree(body, "an answer of the API")
    if root.tag != _FEED:
        raise NotThisPage(f"not an answer of the API but <{clean(root.tag)[:80]}>")
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    for entry in entries:
        if _ERRORS in (entry.findtext("{http://www.w3.org/2005/Atom}id") or ""):
            raise NotThisPage(clean(entry.findtext("{http://www.w3.org/2005/Atom}summary") or "an error")[:300])
    items = list(_items(_feed.parse(body).results, today, file))
    if len(items) < len(entries):
        items.append(SetAside(file, 0, f"{len(entries) - len(items)} entries without id or dates", ""))
    return Answer(
        tuple(item for item in items if isinstance(item, PaperRecord)),
        tuple(item for item in items if isinstance(item, SetAside)),
    )


def _items(results: list[Result], today: date, file: str) -> Iterator[PaperRecord | SetAside]:
    for number, result in enumerate(results, start=1):
        try:
            yield _record(result, today)
        except Malformed as error:
            yield SetAside(file, number, str(error), clean(result.entry_id)[:200])


def _record(result: Result, today: date) -> PaperRecord:
    identifier = arxiv_id(result.entry_id.rpartition("/abs/")[2])
    if identifier is None:
        raise Malformed(f"not an arXiv id: {result.entry_id[:80]!r}")
    if result.published.date() > today + timedelta(days=2):
        raise Malformed(f"published on an absurd day: {result.published.date().isoformat()}")
    record = arxiv_record(_raw(result, identifier), today)
    return replace(record, versions=_versions(result, identifier), updated=_updated(result, identifier))


def _versions(result: Result, identifier: ArxivId) -> tuple[Version, ...]:
    """The API dates the first version and the one it shows."""
    last = identifier.version or 1
    dates = {1: result.published, last: result.updated if last > 1 else result.published}
    return tuple(Version(number, dates.get(number)) for number in range(1, last + 1))


def _updated(result: Result, identifier: ArxivId) -> Any:
    return result.updated if (identifier.version or 1) > 1 else None


def _raw(result: Result, identifier: ArxivId) -> dict[str, Any]:
    """The entry in the layout of arXiv's snapshot."""
    categories = dict.fromkeys(filter(None, [result.primary_category, *result.categories]))
    return {
        "id": identifier.id,
        "title": result.title,
        "abstract": result.summary,
        "authors_parsed": [_author(author) for author in result.authors],
        "categories": " ".join(categories),
        "comments": result.comment,
        "doi": result.doi,
        "journal-ref": result.journal_ref,
        "versions": [{"version": "v1", "created": f"{result.published:%a, %d %b %Y %H:%M:%S} GMT"}],
    }


def _author(author: Any) -> list[str]:
    given, _, family = clean(author.name).rpartition(" ")
    return [family, given, "", "; ".join(author.affiliation)]
