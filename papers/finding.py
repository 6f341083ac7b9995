"""Papers by the names they go by. Every look-up is one query, however many names."""

from collections.abc import Sequence
from dataclasses import dataclass

from papers.identifiers import ArxivId, arxiv_id, split_venue_key
from papers.models import Paper, Record

MAX_IDS = 1_000


@dataclass(frozen=True, slots=True)
class NamedPapers:
    """Papers in the order in which they were named, each once; `unknown` are ids that we lack, `unread` what is no
    id at all."""

    paper_ids: list[int]
    unknown: list[str]
    unread: list[str]


def looks_like_ids(spec: str) -> bool:
    """Whether an address names papers rather than categories."""
    return any(arxiv_id(part) for part in _parts(spec))


def named(spec: str) -> NamedPapers:
    """The papers of an ad-hoc list: `2401.01234,hep-th/9901001`."""
    parts = _parts(spec)[:MAX_IDS]
    read = [arxiv_id(part) for part in parts]
    wanted = list(dict.fromkeys(found.id for found in read if found))
    known = _paper_ids("arxiv", wanted)
    return NamedPapers(
        paper_ids=list(dict.fromkeys(known[name] for name in wanted if name in known)),
        unknown=[name for name in wanted if name not in known],
        unread=list(dict.fromkeys(part for part, found in zip(parts, read, strict=True) if found is None)),
    )


def by_arxiv_id(wanted: ArxivId) -> Paper | None:
    return _first("arxiv", [wanted.id])


def by_venue_key(key: str) -> Paper | None:
    """The paper of `P19-1001@ACL`; one that arXiv has too goes by its arXiv id, and is found all the same."""
    split = split_venue_key(key)
    return _first(split[1], [split[0]]) if split else None


def by_doi_or_source_id(name: str) -> Paper | None:
    """The paper of a DOI, or of another source's id, if exactly one bears it."""
    if "\x00" in name:  # PostgreSQL refuses it with an error
        return None
    found = list(Paper.objects.filter(doi=name)[:2]) if name.startswith("10.") else []
    if not found:
        found = list(Paper.objects.filter(records__source="acl", records__source_id=name)[:2])
    return found[0] if len(found) == 1 else None


def in_order(paper_ids: Sequence[int]) -> list[Paper]:
    """Papers as lists show them, in the order of their ids; those deleted meanwhile are left out."""
    rows = Paper.objects.defer("author_keys", "title_key", "text_hash", "content_hash").in_bulk(paper_ids)
    return [rows[paper_id] for paper_id in paper_ids if paper_id in rows]


def _parts(spec: str) -> list[str]:
    return [part for part in (part.strip() for part in spec.replace("+", ",").replace(" ", ",").split(",")) if part]


def _first(source: str, source_ids: list[str]) -> Paper | None:
    return Paper.objects.filter(records__source=source, records__source_id__in=source_ids).first()


def _paper_ids(source: str, source_ids: list[str]) -> dict[str, int]:
    rows = Record.objects.filter(source=source, source_id__in=source_ids)
    return dict(rows.values_list("source_id", "paper_id"))
