"""Reading venues: their editions, an edition's tracks and papers, the newest arrivals."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from papers.models import Appearance, Edition, Venue

# How many of the newest arrivals can be paged through.
LATEST = 1_000


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
    """A venue with its editions that have papers, the newest first."""

    name: str
    full_name: str
    editions: tuple[EditionCount, ...]

    @property
    def papers(self) -> int:
        return sum(edition.papers for edition in self.editions)


def edition_named(name: str) -> Edition | None:
    """An edition by its name, in any case."""
    rows = Edition.objects.select_related("venue")
    return rows.filter(name=name).first() or rows.filter(name__iexact=name).first()


def newest_edition(venue_name: str) -> Edition | None:
    """The newest edition with papers of a venue, which is named as in addresses or by an alias."""
    venue = (
        Venue.objects.filter(name=venue_name).first()
        or Venue.objects.filter(Q(name__iexact=venue_name) | Q(aliases__contains=[venue_name])).first()
    )
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
    """The newest papers that appeared at a venue."""
    rows = Appearance.objects.order_by("-paper_id").values_list("paper_id", flat=True)
    return list(rows.distinct()[:LATEST])


def siblings(edition: Edition) -> list[EditionCount]:
    """All editions with papers of an edition's venue, the newest first."""
    return _counted(Edition.objects.filter(venue_id=edition.venue_id))


def venues() -> list[VenueCount]:
    """Venues with papers, by name."""
    found: dict[int, list[EditionCount]] = {}
    for edition in _edition_rows(Edition.objects.all()):
        found.setdefault(edition["venue_id"], []).append(_count(edition))
    rows = Venue.objects.filter(pk__in=found).only("name", "full_name").order_by(Lower("name"))
    return [VenueCount(venue.name, venue.full_name, tuple(found[venue.pk])) for venue in rows]


def _counted(rows: Any) -> list[EditionCount]:
    return [_count(row) for row in _edition_rows(rows)]


def _edition_rows(rows: Any) -> Any:
    counted = rows.values("name", "year", "venue_id").annotate(papers=Count("places"))
    return counted.filter(papers__gt=0).order_by("-year", "name")


def _count(row: dict[str, Any]) -> EditionCount:
    return EditionCount(row["name"], row["year"], row["papers"])
