"""What was announced since a reader was here last: every paper once, under the day on which it first came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Case, Exists, F, Min, OuterRef, Value, When

from papers import listings
from papers.cards import Card
from papers.models import Listing
from papers.record import ListingKind
from papers.selection import Selection

MOST_DAYS = 62  # days back; more is no catching up any more, and is read day by day


@dataclass(frozen=True, slots=True)
class Missed:
    """A paper, and the day whose list announced it first."""

    paper_id: int
    day: date
    is_cross_list: bool


@dataclass(frozen=True, slots=True)
class CatchUp:
    """The papers of all lists after `since`, the newest day first; `latest` is the last list there is. `asked` is the
    day that was asked for, where that is too long ago."""

    since: date
    latest: date | None
    asked: date
    papers: Sequence[Missed]

    @property
    def is_cut(self) -> bool:
        return self.asked < self.since

    @property
    def counts(self) -> dict[date, int]:
        found: dict[date, int] = {}
        for missed in self.papers:
            found[missed.day] = found.get(missed.day, 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class Day:
    """A stretch of cards of one day, and how many papers the day has in all."""

    day: date
    papers: int
    cards: Sequence[Card]


def since(chosen: Selection, asked: date) -> CatchUp:
    """Two queries."""
    latest = listings.latest_day(chosen)
    first = max(asked, latest - timedelta(days=MOST_DAYS)) if latest else asked
    return CatchUp(first, latest, asked, _missed(chosen, first) if latest and latest > first else ())


def by_day(found: CatchUp, cards: Sequence[Card], skip: int) -> list[Day]:
    """The cards of one page, which begin `skip` papers down the list, under their days."""
    day_of = {number: missed.day for number, missed in enumerate(found.papers[skip : skip + len(cards)], skip + 1)}
    counts = found.counts
    return [Day(day, counts[day], list(group)) for day, group in groupby(cards, key=lambda card: day_of[card.number])]


def _missed(chosen: Selection, after: date) -> list[Missed]:
    """A paper that one of the categories had listed by then was there to be seen, and comes no more."""
    before = Listing.objects.filter(
        paper=OuterRef("paper"), category__in=chosen.codes, day__lte=after, kind__in=listings.ANNOUNCED
    )
    rows = (
        listings.announced(chosen)
        .filter(~Exists(before), day__gt=after)
        .values("paper_id", key=F("paper__key"))
        .annotate(
            first=Min("day"),
            rank=Min(Case(When(kind=ListingKind.NEW.value, then=Value(0)), default=Value(1))),
            place=Min("position"),
        )
        .order_by("-first", "rank", F("place").asc(nulls_last=True), "-paper__key")
    )
    return [Missed(row["paper_id"], row["first"], row["rank"] == 1) for row in rows]
