"""Records to build pages from."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from papers.record import Appearance, Author, Listing, ListingKind, PaperRecord, Version

DAY = date(2025, 3, 18)


def author(name: str) -> Author:
    given, _, family = name.rpartition(" ")
    return Author(name=name, family=family, given=given)


def arxiv(
    identifier: str, *, categories: tuple[str, ...] = ("cs.CL",), day: date | None = DAY, **fields: Any
) -> PaperRecord:
    """A preprint that is new in its first category and cross-listed in the others."""
    kinds = [ListingKind.NEW, *[ListingKind.CROSS] * len(categories)]
    listings = tuple(Listing(code, day, kind) for code, kind in zip(categories, kinds, strict=False)) if day else ()
    submitted = datetime(2025, 3, 17, 17, 59, 3, tzinfo=UTC)
    record = PaperRecord(
        source="arxiv",
        source_id=identifier,
        title=f"A paper called {identifier}",
        authors=(author("Ada Lovelace"), author("Alan Turing")),
        abstract=f"We study what {identifier} means.",
        categories=categories,
        landing_url=f"https://arxiv.org/abs/{identifier}",
        pdf_url=f"https://arxiv.org/pdf/{identifier}",
        submitted=submitted,
        announced=day,
        versions=(Version(1, submitted),),
        listings=listings,
    )
    return replace(record, **fields)


def acl(
    identifier: str, *, edition: str = "ACL.2019", track: str = "Long", position: int | None = None, **fields: Any
) -> PaperRecord:
    record = PaperRecord(
        source="acl",
        source_id=identifier,
        title=f"A paper called {identifier}",
        authors=(author("Grace Hopper"),),
        abstract=f"We compile {identifier}.",
        landing_url=f"https://aclanthology.org/{identifier}/",
        pdf_url=f"https://aclanthology.org/{identifier}.pdf",
        published=date(2019, 7, 1),
        appearances=(Appearance(edition, track, position),),
    )
    return replace(record, **fields)
