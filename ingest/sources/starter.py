"""The papers that come with coolpapers: true titles, authors, ids and dates, summaries in our own words.

Each paper gives an arXiv or Anthology record with what that source knows, which the source's own record replaces
once it is harvested and which never replaces that, and a "starter" record with the summary and the venue, which
stays."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ingest.batches import Batch
from ingest.combine import kept, replaced
from ingest.items import Taken
from ingest.models import ImportRun
from ingest.normalise import listings
from ingest.runs import Input
from papers.calendar import listing_day
from papers.record import AbstractKind, Appearance, Author, PaperRecord, Version

FILE = Path(__file__).parent.parent / "starter" / "papers.jsonl"


def inputs() -> list[Input]:
    """In this order: a starter record joins the paper that the others made."""
    return [_input("arxiv", arxiv_record), _input("acl", acl_record), _input("starter", starter_record)]


def was_interrupted() -> bool:
    """Whether its import was begun and not brought to its end."""
    mine = ImportRun.objects.filter(input=str(FILE.resolve()))
    return mine.exists() and not mine.filter(source="starter", finished__isnull=False).exists()


def parse(line: str) -> dict[str, Any]:
    """One line of the shipped file."""
    paper: dict[str, Any] = json.loads(line)
    return paper


def arxiv_record(paper: dict[str, Any]) -> PaperRecord | None:
    if not (identifier := paper["arxiv_id"]):
        return None
    submitted = datetime.fromisoformat(paper["submitted"]).replace(tzinfo=UTC) if paper["submitted"] else None
    announced = listing_day(submitted.replace(hour=12)) if submitted else None
    categories = tuple(paper["categories"])
    return PaperRecord(
        source="arxiv",
        source_id=identifier,
        title=paper["title"],
        authors=_authors(paper),
        categories=categories,
        doi=paper["doi"],
        landing_url=f"https://arxiv.org/abs/{identifier}",
        pdf_url=f"https://arxiv.org/pdf/{identifier}",
        submitted=submitted,
        announced=announced,
        versions=(Version(1, submitted),),
        listings=tuple(listings(categories, announced)),
    )


def acl_record(paper: dict[str, Any]) -> PaperRecord | None:
    if not (identifier := paper["acl_id"]):
        return None
    return PaperRecord(
        source="acl",
        source_id=identifier,
        title=paper["title"],
        authors=_authors(paper),
        doi=paper["doi"],
        landing_url=f"https://aclanthology.org/{identifier}/",
        pdf_url=f"https://aclanthology.org/{identifier}.pdf",
        published=date(paper["published_year"], 1, 1),
        appearances=_appearances(paper),
        same_as=_names(paper, "arxiv"),
    )


def starter_record(paper: dict[str, Any]) -> PaperRecord:
    return PaperRecord(
        source="starter",
        source_id=paper["arxiv_id"] or paper["acl_id"],
        title=paper["title"],
        authors=_authors(paper),
        abstract=paper["abstract"],
        abstract_kind=AbstractKind.SUMMARY,
        categories=tuple(paper["categories"]),
        landing_url=paper["landing_url"],
        appearances=_appearances(paper),
        same_as=_names(paper, "arxiv") + _names(paper, "acl"),
    )


def _input(source: str, build: Callable[[dict[str, Any]], PaperRecord | None]) -> Input:
    def batches(position: str) -> Iterator[Batch]:
        if not position:
            lines = enumerate(FILE.read_text(encoding="utf-8").splitlines(), start=1)
            records = ((number, build(parse(line))) for number, line in lines)
            items = [Taken(FILE.name, number, record) for number, record in records if record]
            yield Batch("end", items)

    return Input(source, FILE, batches, combine=replaced if source == "starter" else kept)


def _authors(paper: dict[str, Any]) -> tuple[Author, ...]:
    return tuple(_author(name) for name in paper["authors"])


def _author(name: str) -> Author:
    given, _, family = name.rpartition(" ")
    return Author(name=name, family=family, given=given)


def _appearances(paper: dict[str, Any]) -> tuple[Appearance, ...]:
    return (Appearance(paper["edition"], paper["track"]),) if paper["edition"] else ()


def _names(paper: dict[str, Any], source: str) -> tuple[str, ...]:
    identifier = paper[f"{source}_id"]
    return (f"{source}:{identifier}",) if identifier else ()
