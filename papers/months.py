"""A day of a selection with its month around it."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from papers import listings
from papers.listings import Neighbours, Place
from papers.selection import Selection

# Shades in the calendar, by the share of the month's fullest day.
_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in the calendar; `level` is 0 without papers, else 1 to 4."""

    day: date
    papers: int
    level: int


@dataclass(frozen=True, slots=True)
class DayPage:
    """`weeks` begin on Monday and hold None outside the month; `is_estimated` says that no list told us the day."""

    day: date
    new: int
    cross_lists: int
    is_estimated: bool
    near: Neighbours
    weeks: tuple[tuple[Cell | None, ...], ...]

    @property
    def is_latest(self) -> bool:
        return self.day == self.near.latest


def read_day(text: str) -> date | None:
    """A day as YYYY-MM-DD, None for anything else."""
    if len(text) != len("2025-01-31"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_page(chosen: Selection, day: date, places: Sequence[Place]) -> DayPage:
    """Two queries."""
    crossed = sum(place.is_cross_list for place in places)
    return DayPage(
        day=day,
        new=len(places) - crossed,
        cross_lists=crossed,
        is_estimated=bool(places) and all(place.is_estimated for place in places),
        near=listings.neighbours(chosen, day),
        weeks=_weeks(day, listings.counts_of_month(chosen, day)),
    )


def _weeks(day: date, counts: Mapping[date, int]) -> tuple[tuple[Cell | None, ...], ...]:
    most = max(counts.values(), default=1)
    return tuple(
        tuple(_cell(date(day.year, day.month, number), counts, most) if number else None for number in week)
        for week in calendar.monthcalendar(day.year, day.month)
    )


def _cell(day: date, counts: Mapping[date, int], most: int) -> Cell:
    papers = counts.get(day, 0)
    return Cell(day, papers, -(-papers * _LEVELS // most))
