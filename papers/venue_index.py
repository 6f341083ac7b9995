"""All venues: by field with their trends, and the editions of a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from papers import meant
from papers.editions import EditionCount, VenueCount
from papers.front import VenueLine, venue_line
from papers.trends import Point, spark
from papers.venue_fields import FIELDS, field_name, field_of

SHOWN = 24  # venues of a field, those with most papers; the others are folded


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A venue, and its papers per year as a small path."""

    line: VenueLine
    spark: str


@dataclass(frozen=True, slots=True)
class Field:
    """The venues of a field by name; `more` are those with fewer papers."""

    name: str | Promise
    lines: tuple[TrendLine, ...]
    more: tuple[TrendLine, ...]

    @property
    def papers(self) -> int:
        return sum(each.line.venue.papers for each in (*self.lines, *self.more))


@dataclass(frozen=True, slots=True)
class HeldEdition:
    """An edition of a year."""

    venue: VenueCount
    edition: EditionCount


@dataclass(frozen=True, slots=True)
class YearField:
    name: str | Promise
    held: tuple[HeldEdition, ...]


def fields(venues: Sequence[VenueCount], this_year: int) -> list[Field]:
    """The known fields in their order, then any other by name, then the venues without one."""
    return [_field(name, members, this_year) for name, members in _by_field(venues)]


def of_year(venues: Sequence[VenueCount], year: int) -> list[YearField]:
    """The editions of a year by field."""
    held = [(name, _held(members, year)) for name, members in _by_field(venues)]
    return [YearField(field_name(name), found) for name, found in held if found]


def years(venues: Iterable[VenueCount]) -> list[Point]:
    """Papers of all venues per year, each leading to the editions of the year."""
    found: dict[int, int] = {}
    for venue in venues:
        for edition in venue.editions:
            found[edition.year] = found.get(edition.year, 0) + edition.papers
    index = reverse("venues")
    return [Point(year, papers, f"{index}?year={year}", str(year)) for year, papers in found.items()]


def points(editions: Iterable[EditionCount]) -> list[Point]:
    """Papers per edition, each leading to it."""
    return [Point(each.year, each.papers, reverse("venue", args=[each.name]), each.name) for each in editions]


def meant_editions(typed: str, venues: Sequence[VenueCount]) -> list[EditionCount]:
    """What a mistyped name of a venue or an edition may have meant."""
    by_name = {venue.name: venue for venue in venues}
    names = ((venue.name, [*venue.aliases, venue.full_name]) for venue in venues)
    found = meant.venues_named(typed, names)
    return meant.nearest(typed, [by_name[name].editions for name in found])


def _field(name: str, members: Sequence[VenueCount], this_year: int) -> Field:
    largest = {venue.name for venue in sorted(members, key=lambda venue: -venue.papers)[:SHOWN]}
    lines = [TrendLine(venue_line(venue), _spark(venue, this_year)) for venue in members]
    return Field(
        name=field_name(name),
        lines=tuple(each for each in lines if each.line.venue.name in largest),
        more=tuple(each for each in lines if each.line.venue.name not in largest),
    )


def _spark(venue: VenueCount, this_year: int) -> str:
    return spark((Point(edition.year, edition.papers) for edition in venue.editions), this_year)


def _by_field(venues: Iterable[VenueCount]) -> list[tuple[str, list[VenueCount]]]:
    found: dict[str, list[VenueCount]] = {field: [] for field in FIELDS}
    other: dict[str, list[VenueCount]] = {}
    for venue in venues:
        field = field_of(venue.name, venue.field)
        (found if field in found else other).setdefault(field, []).append(venue)
    told = sorted((field, members) for field, members in other.items() if field)
    return [(f, m) for f, m in [*found.items(), *told, ("", other.get("", []))] if m]


def _held(venues: Iterable[VenueCount], year: int) -> tuple[HeldEdition, ...]:
    return tuple(HeldEdition(venue, edition) for venue in venues for edition in venue.editions if edition.year == year)
