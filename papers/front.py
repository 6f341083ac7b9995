"""What the front page shows: every category with its latest list, every venue with its editions."""

from dataclasses import dataclass
from datetime import date

from papers import editions, listings, taxonomy
from papers.category_names import group_name
from papers.editions import EditionCount, VenueCount
from papers.listings import CategoryDay
from papers.models import Paper
from papers.taxonomy import Category

VENUES_SHOWN, EDITIONS_SHOWN = 24, 6


@dataclass(frozen=True, slots=True)
class Lane:
    """A category and its latest list."""

    category: Category
    latest: CategoryDay


@dataclass(frozen=True, slots=True)
class Group:
    """`lanes` have papers, `quiet` categories have none yet; `archives` are lists of several categories at once."""

    name: str
    archives: tuple[str, ...]
    lanes: tuple[Lane, ...]
    quiet: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class VenueLine:
    venue: VenueCount
    newest: tuple[EditionCount, ...]
    older: int


@dataclass(frozen=True, slots=True)
class Front:
    """`more_venues` are those with fewer papers."""

    is_empty: bool
    groups: tuple[Group, ...]
    venues: tuple[VenueLine, ...]
    more_venues: tuple[VenueLine, ...]

    @property
    def newest_day(self) -> date | None:
        return max((lane.latest.day for group in self.groups for lane in group.lanes), default=None)


def front() -> Front:
    """Four queries."""
    found = editions.venues()
    largest = {venue.name for venue in sorted(found, key=lambda venue: -venue.papers)[:VENUES_SHOWN]}
    lines = [venue_line(venue) for venue in found]
    return Front(
        is_empty=not Paper.objects.exists(),
        groups=_groups(),
        venues=tuple(line for line in lines if line.venue.name in largest),
        more_venues=tuple(line for line in lines if line.venue.name not in largest),
    )


def venue_line(venue: VenueCount) -> VenueLine:
    return VenueLine(venue, venue.editions[:EDITIONS_SHOWN], len(venue.editions[EDITIONS_SHOWN:]))


def _groups() -> tuple[Group, ...]:
    """In the taxonomy's order."""
    latest = listings.latest_of_categories([code for code in taxonomy.categories() if taxonomy.canonical(code) == code])
    return tuple(
        Group(
            name=group_name(name),
            archives=tuple(taxonomy.archive_groups().get(name, ())),
            lanes=tuple(Lane(each, latest[each.code]) for each in members if each.code in latest),
            quiet=tuple(each for each in members if each.code not in latest),
        )
        for name, members in taxonomy.groups().items()
    )
