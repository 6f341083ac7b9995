"""Reading venues: their editions, an edition's tracks and papers, the newest arrivals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q
from django.db.models.functions import Lower

from papers.models import Appearance, Edition, Record, Venue

# How many of the newest arrivals can be paged through.
LATEST = 1_000
NEAR = 12
_YEAR = re.compile(r"[12]\d{3}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Track:
    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class EditionCount:
    name: str
    year: int
    papers: int


@dataclass(frozen=True, slots=True)
class VenueCount:
    """A venue with its editions that have papers, the newest first; `field` as a source told it, or ""."""

    name: str
    full_name: str
    field: str
    aliases: tuple[str, ...]
    editions: tuple[EditionCount, ...]

    @property
    def papers(self) -> int:
        return sum(edition.papers for edition in self.editions)


def edition_named(name: str) -> Edition | None:
    """An edition by its name, in any case."""
    rows = Edition.objects.select_related("venue")
    return rows.filter(name=name).first() or rows.filter(name__iexact=name).first()


def edition_by_alias(name: str) -> Edition | None:
    """The edition that another name of its venue means: NIPS.2017."""
    venue_name, dot, year = name.rpartition(".")
    if not dot or not _YEAR.match(year) or (venue := _venue_named(venue_name)) is None:
        return None
    return venue.editions.filter(year=int(year)).first()


def newest_edition(venue_name: str) -> Edition | None:
    """The newest edition with papers of a venue, which is named as in addresses or by an alias."""
    venue = _venue_named(venue_name)
    if venue is None:
        return None
    papers = Appearance.objects.filter(edition=OuterRef("pk"))
    return Edition.objects.filter(Exists(papers), venue=venue).order_by("-year", "name").first()


def tracks(edition: Edition) -> list[Track]:
    """The edition's tracks, papers without one under ""; in the order of the proceedings."""
    rows = Appearance.objects.filter(edition=edition).values("track").annotate(papers=Count("id"))
    return [Track(row["track"], row["papers"]) for row in rows.order_by("-papers", "track")]


def paper_ids(edition: Edition, track: str = "") -> list[int]:
    """Papers in the order of the proceedings, by id where that is not known."""
    rows = Appearance.objects.filter(edition=edition)
    if track:
        rows = rows.filter(track=track)
    ordered = rows.order_by(F("position").asc(nulls_last=True), "paper__key")
    return list(ordered.values_list("paper_id", flat=True))


def latest_paper_ids() -> list[int]:
    """The papers that were heard last to have appeared at a venue, the last one first. By their records: a preprint
    that a venue takes has long been here, and a place is written anew whenever its record changes."""
    rows = Appearance.objects.order_by("-record_id", "-id").values_list("paper_id", flat=True)
    return list(dict.fromkeys(rows[:LATEST]))


def arrival_days(paper_ids: Sequence[int]) -> tuple[date, date] | None:
    """The first and the last day on which records of these papers that name a venue came in; None where that was not
    kept."""
    days = Record.objects.filter(places__paper__in=paper_ids).aggregate(
        first=Min("arrived__date"), last=Max("arrived__date")
    )
    return (days["first"], days["last"]) if days["first"] else None


def siblings(edition: Edition) -> list[EditionCount]:
    """All editions with papers of an edition's venue, the newest first."""
    return _counted(Edition.objects.filter(venue_id=edition.venue_id))


def near(editions: Sequence[EditionCount], name: str) -> Sequence[EditionCount]:
    """NEAR of them at most: one and those around it."""
    at = next((place for place, each in enumerate(editions) if each.name == name), 0)
    start = max(min(at - NEAR // 2, len(editions) - NEAR), 0)
    return editions[start : start + NEAR]


def venues() -> list[VenueCount]:
    """Venues with papers, by name."""
    found: dict[int, list[EditionCount]] = {}
    for edition in _edition_rows(Edition.objects.all()):
        found.setdefault(edition["venue_id"], []).append(_count(edition))
    rows = Venue.objects.filter(pk__in=found).order_by(Lower("name"))
    return [
        VenueCount(venue.name, venue.full_name, venue.field, tuple(venue.aliases), tuple(found[venue.pk]))
        for venue in rows
    ]


def _venue_named(name: str) -> Venue | None:
    return (
        Venue.objects.filter(name=name).first()
        or Venue.objects.filter(Q(name__iexact=name) | Q(aliases__contains=[name])).first()
    )


def _counted(rows: Any) -> list[EditionCount]:
    return [_count(row) for row in _edition_rows(rows)]


def _edition_rows(rows: Any) -> Any:
    counted = rows.values("name", "year", "venue_id").annotate(papers=Count("places"))
    return counted.filter(papers__gt=0).order_by("-year", "name")


def _count(row: dict[str, Any]) -> EditionCount:
    return EditionCount(row["name"], row["year"], row["papers"])
