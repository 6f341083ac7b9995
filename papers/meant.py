"""Which editions a mistyped name of a venue may have meant. Pure."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Protocol, TypeVar

from papers.text import fold

MOST = 8  # editions that are offered
_VENUES = 4
_ALIKE = 0.6
_LONGEST = 100
_YEAR = re.compile(r"(?P<name>.*?)[\s.,_'’-]*(?P<year>(?:19|20)\d\d)\D*\Z", re.ASCII | re.DOTALL)


class _Edition(Protocol):
    @property
    def year(self) -> int: ...


E = TypeVar("E", bound=_Edition)


def venues_named(typed: str, names: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Venues whose name, or one of whose other names (beside it in `names`), is nearest to what was typed: alone the
    one that it is in other letters."""
    known: dict[str, dict[str, None]] = {}
    for venue, others in names:
        for name in filter(None, (venue, *others)):
            known.setdefault(fold(name), {})[venue] = None
    wanted = fold(_split(typed)[0])
    found = [wanted] if wanted in known else get_close_matches(wanted, known, n=2 * _VENUES, cutoff=_ALIKE)
    return list(dict.fromkeys(venue for name in found for venue in known[name]))[:_VENUES]


def nearest(typed: str, venues: Sequence[Sequence[E]]) -> list[E]:
    """MOST of the editions of some venues, nearest to the year that was typed, or the newest without one: as many of
    each venue, in the order of the venues."""
    if not venues:
        return []
    year = _split(typed)[1]
    each = max(MOST // len(venues), 1)
    return [edition for editions in venues for edition in _nearest(editions, year)[:each]]


def _nearest(editions: Sequence[E], year: int | None) -> list[E]:
    return sorted(editions, key=lambda edition: (abs(edition.year - (year or 9999)), -edition.year))


def _split(typed: str) -> tuple[str, int | None]:
    match = _YEAR.match(typed[:_LONGEST])
    return (match["name"], int(match["year"])) if match else (typed[:_LONGEST], None)
