"""A work out of its records: which source's word counts for what. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from papers.author_names import keys_of
from papers.identifiers import venue_key
from papers.record import AbstractKind, PaperRecord, digest, filled
from papers.text import title_key

_WRITTEN_HERE = {"curated", "starter"}


@dataclass(frozen=True, slots=True)
class Work:
    """The fields of a Paper, as derived from all its records. `key` is its id in our URLs."""

    key: str
    title: str
    abstract: str
    abstract_kind: str
    authors: list[dict[str, Any]]
    editors: list[dict[str, Any]]
    author_keys: list[str]
    categories: list[str]
    subjects: list[str]
    keywords: list[str]
    doi: str
    comments: str
    journal_ref: str
    report_no: str
    licence: str
    language: str
    landing_url: str
    pdf_url: str
    submitted: datetime | None
    updated: datetime | None
    announced: date | None
    published: date | None
    links: list[dict[str, str]]
    appearances: list[str]
    withdrawn: str
    title_key: int
    text_hash: bytes
    content_hash: bytes


def derive(records: list[PaperRecord]) -> Work:
    """One Work from at least one record. The lead record (arXiv's before any other: it has versions, categories and
    TeX) gives each field it fills, the others fill the rest; the DOI is the published version's where there is one."""
    ordered = sorted(records, key=_rank)
    lead = ordered[0]
    told = max(ordered, key=lambda record: _worth_of_abstract(record, lead))
    authors = _first(ordered, "authors")
    values: dict[str, Any] = {
        "key": lead.source_id if lead.source == "arxiv" else venue_key(lead.source_id, lead.source),
        "title": lead.title,
        "abstract": told.abstract,
        "abstract_kind": told.abstract_kind.value,
        "authors": [filled(author) for author in authors],
        "editors": [filled(author) for author in _first(ordered, "editors")],
        "author_keys": sorted({key for author in authors for key in keys_of(author)}),
        "categories": _union(ordered, "categories"),
        "subjects": _union(ordered, "subjects"),
        "keywords": _union(ordered, "keywords"),
        "doi": next((record.doi for record in reversed(ordered) if record.doi), ""),
        "submitted": lead.submitted or _first(ordered, "submitted"),
        "updated": max((record.updated for record in ordered if record.updated), default=None),
        "announced": min((record.announced for record in ordered if record.announced), default=None),
        "published": min((record.published for record in ordered if record.published), default=None),
        "links": [filled(link) for record in ordered for link in record.links],
        "appearances": sorted({place.edition for record in ordered for place in record.appearances}),
        "withdrawn": lead.withdrawn,
    }
    for name in ("comments", "journal_ref", "report_no", "licence", "language", "landing_url", "pdf_url"):
        values[name] = _first(ordered, name)
    content_hash = digest(repr(values))
    return Work(
        **values,
        title_key=title_key(lead.title),
        text_hash=digest(embedded_text(values["title"], values["abstract"])),
        content_hash=content_hash,
    )


def embedded_text(title: str, abstract: str) -> str:
    """The text that stands for a paper where it is turned into a vector."""
    return f"{title}. {abstract}" if title and abstract else title or abstract


def _rank(record: PaperRecord) -> tuple[bool, bool, str, str]:
    """arXiv first; what an operator or we ourselves wrote last, so that it names no paper that a source names too."""
    return record.source != "arxiv", record.source in _WRITTEN_HERE, record.source, record.source_id


def _worth_of_abstract(record: PaperRecord, lead: PaperRecord) -> tuple[bool, bool, bool]:
    return bool(record.abstract), record.abstract_kind is AbstractKind.AUTHOR, record is lead


def _first(records: list[PaperRecord], name: str) -> Any:
    values = [getattr(record, name) for record in records]
    return next((value for value in values if value), values[0])


def _union(records: list[PaperRecord], name: str) -> list[str]:
    return list(dict.fromkeys(value for record in records for value in getattr(record, name)))
