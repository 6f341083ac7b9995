"""Papers by the names they go by. Every look-up is one query, however many names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.db import connection

from papers.identifiers import ArxivId, arxiv_id, doi, split_venue_key
from papers.models import Paper, Record

MAX_IDS = 1_000
_PARTING = re.compile("[%,+ ]")
_DOI = "doi"  # stands where a source does; no source is called so


@dataclass(frozen=True, slots=True)
class NamedPapers:
    """Papers in the order in which they were named, each once; `unknown` are arXiv ids that we lack, `missing` such
    ids of venues, `unread` what is no id at all. `names` are all ids, as they were read."""

    paper_ids: list[int]
    unknown: list[str]
    unread: list[str]
    missing: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def has_venues(self) -> bool:
        """Whether any id is not arXiv's."""
        return any("@" in name or name.startswith("10.") for name in self.names)


def looks_like_ids(spec: str) -> bool:
    """Whether an address names papers rather than categories."""
    return any(arxiv_id(part) for part in _parts(spec))


def arxiv_ids(spec: str) -> list[ArxivId]:
    """The arXiv ids of an ad-hoc list, each once."""
    return list(dict.fromkeys(found for part in _parts(spec)[:MAX_IDS] if (found := arxiv_id(part))))


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
        names=wanted,
    )


def joined(names: Iterable[str]) -> str:
    """As `selected` reads them. A comma or plus stands percent-encoded within one: DOIs hold both."""
    return ",".join(_PARTING.sub(lambda found: f"%{ord(found[0]):02X}", name) for name in names)


def selected(text: str) -> NamedPapers:
    """The papers of a selection, whose ids may be of arXiv and of venues, and DOIs: `2401.01234,P19-1001@ACL`. One
    query, and one more where there are DOIs."""
    parts = list(dict.fromkeys(unquote(part).replace("\x00", "") for part in _parts(text)))[:MAX_IDS]
    read = {part: name for part in parts if (name := _source_and_id(part))}
    known = _papers_of_records(list(read.values())) | _papers_of_dois(
        [name for kind, name in read.values() if kind == _DOI]
    )
    here = {part for part, name in read.items() if name in known}
    lost = [part for part in read if part not in here]
    return NamedPapers(
        paper_ids=list(dict.fromkeys(known[read[part]] for part in read if part in here)),
        unknown=[read[part][1] for part in lost if read[part][0] == "arxiv"],
        missing=[part for part in lost if read[part][0] != "arxiv"],
        unread=[part for part in parts if part not in read],
        names=[read[part][1] if read[part][0] == "arxiv" else part for part in read],
    )


def by_arxiv_id(wanted: ArxivId) -> Paper | None:
    return _first("arxiv", [wanted.id])


def by_venue_key(key: str) -> Paper | None:
    """The paper of `P19-1001@ACL`; one that arXiv has too goes by its arXiv id, and is found all the same."""
    split = split_venue_key(key)
    return _first(split[1], [split[0]]) if split else None


def by_doi(doi: str) -> Paper | None:
    """The paper that bears a DOI, if exactly one does."""
    found = list(Paper.objects.filter(doi=doi)[:2]) if doi else []
    return found[0] if len(found) == 1 else None


def by_doi_or_source_id(name: str) -> Paper | None:
    """The paper of a DOI, or of another source's id, if exactly one bears it."""
    if "\x00" in name:  # PostgreSQL refuses it with an error
        return None
    if name.startswith("10.") and (paper := by_doi(name)):
        return paper
    found = list(Paper.objects.filter(records__source="acl", records__source_id=name)[:2])
    return found[0] if len(found) == 1 else None


def in_order(paper_ids: Sequence[int]) -> list[Paper]:
    """Papers as lists show them, in the order of their ids; those deleted meanwhile are left out."""
    rows = Paper.objects.defer("author_keys", "title_key", "text_hash", "content_hash").in_bulk(paper_ids)
    return [rows[paper_id] for paper_id in paper_ids if paper_id in rows]


def _parts(spec: str) -> list[str]:
    return [part for part in (part.strip() for part in spec.replace("+", ",").replace(" ", ",").split(",")) if part]


def _source_and_id(name: str) -> tuple[str, str] | None:
    """("arxiv", "2401.01234"), ("acl", "P19-1001")."""
    if found := arxiv_id(name):
        return "arxiv", found.id
    if found_doi := doi(name):
        return _DOI, found_doi
    split = split_venue_key(name)
    return (split[1], split[0]) if split else None


def _papers_of_records(names: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Ids of papers by source and id of one of their records."""
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT source, source_id, paper_id FROM papers_record
            JOIN unnest(%s::text[], %s::text[]) AS named (source, source_id) USING (source, source_id)
            """,
            [[source for source, _id in names], [source_id for _source, source_id in names]],
        )
        return {(source, source_id): paper_id for source, source_id, paper_id in cursor.fetchall()}


def _papers_of_dois(dois: list[str]) -> dict[tuple[str, str], int]:
    """Of a DOI that several papers bear, none: nothing tells which is meant."""
    rows = Paper.objects.filter(doi__in=dois).exclude(doi="").values_list("doi", "pk") if dois else ()
    found: dict[str, int] = {}
    several = {doi for doi, paper_id in rows if found.setdefault(doi, paper_id) != paper_id}
    return {(_DOI, doi): paper_id for doi, paper_id in found.items() if doi not in several}


def _first(source: str, source_ids: list[str]) -> Paper | None:
    return Paper.objects.filter(records__source=source, records__source_id__in=source_ids).first()


def _paper_ids(source: str, source_ids: list[str]) -> dict[str, int]:
    rows = Record.objects.filter(source=source, source_id__in=source_ids)
    return dict(rows.values_list("source_id", "paper_id"))
