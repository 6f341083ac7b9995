"""Reading the daily lists. A list belongs to one day; days are never mixed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, Min, QuerySet, Value, When

from papers.models import Listing
from papers.record import ListingKind
from papers.selection import Selection, UnknownCategory, could_be_category, parse

# Replacements are no news: they stand in the data, not on the page of a day.
ANNOUNCED = [ListingKind.NEW.value, ListingKind.CROSS.value]


@dataclass(frozen=True, slots=True)
class Place:
    """A paper in a day's list."""

    paper_id: int
    is_cross_list: bool
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Days with papers around a day: the nearest on both sides, the last one before its month, the first after it,
    and the last of all."""

    latest: date | None = None
    previous: date | None = None
    next: date | None = None
    month_before: date | None = None
    month_after: date | None = None


@dataclass(frozen=True, slots=True)
class CategoryDay:
    """A category's latest list and how long it is."""

    day: date
    papers: int


def selection(spec: str) -> Selection:
    """Reads a category list. A code that the taxonomy lacks is good if papers are listed under it: arXiv opens
    categories without notice. Raises UnknownCategory."""
    try:
        return parse(spec)
    except UnknownCategory as unknown:
        if not could_be_category(unknown.typed) or not Listing.objects.filter(category=unknown.typed).exists():
            raise
        return parse(spec, frozenset([unknown.typed]))


def announced(chosen: Selection) -> "QuerySet[Any]":
    """Listings of a selection that announce something."""
    rows = Listing.objects.filter(category__in=chosen.codes, kind__in=ANNOUNCED)
    if chosen.excluded:
        rows = rows.exclude(paper__categories__overlap=chosen.excluded_spellings)
    return rows


def of_day(chosen: Selection, day: date) -> list[Place]:
    """A day's papers, each once: new before cross-lists (new in one of the categories is new), then in arXiv's order
    where it is known, then the newest id first."""
    rows = (
        announced(chosen)
        .filter(day=day)
        .values("paper_id", key=F("paper__key"))
        .annotate(
            rank=Min(Case(When(kind=ListingKind.NEW.value, then=Value(0)), default=Value(1))),
            place=Min("position"),
            told=Count("id") - Count(Case(When(estimated=True, then=Value(1)))),
        )
        .order_by("rank", F("place").asc(nulls_last=True), "-paper__key")
    )
    return [Place(row["paper_id"], row["rank"] == 1, row["told"] == 0) for row in rows]


def counts_of_month(chosen: Selection, day: date) -> dict[date, int]:
    """How many papers each day of the month of `day` announces."""
    first, after = month_of(day)
    rows = announced(chosen).filter(day__gte=first, day__lt=after).values("day")
    return {row["day"]: row["papers"] for row in rows.annotate(papers=Count("paper_id", distinct=True))}


def month_of(day: date) -> tuple[date, date]:
    """The first day of the month and of the month after it."""
    first = day.replace(day=1)
    if first.year == date.max.year and first.month == 12:
        return first, date.max
    return first, (first + timedelta(days=31)).replace(day=1)


def neighbours(chosen: Selection, day: date) -> Neighbours:
    """One look-up in the index for each category and direction, however many days there are."""
    first, after = month_of(day)
    bounds = {"day": day, "first": first, "after": after}
    lists = {"codes": list(chosen.codes), "excluded": chosen.excluded_spellings, "kinds": ANNOUNCED}
    with connection.cursor() as cursor:
        cursor.execute(_NEIGHBOURS_WITHOUT if chosen.excluded else _NEIGHBOURS, bounds | lists)
        return Neighbours(*cursor.fetchone())


def _nearest(end: str, direction: str, condition: str, without: str) -> str:
    return f"""{end}((
        SELECT listing.day FROM papers_listing listing
        WHERE listing.category = code AND listing.kind = ANY(%(kinds)s) AND {condition} {without}
        ORDER BY listing.day {direction} LIMIT 1))"""  # noqa: S608 - all parts stand below


def _neighbours(without: str) -> str:
    columns = [
        _nearest("max", "DESC", "true", without),
        _nearest("max", "DESC", "listing.day < %(day)s", without),
        _nearest("min", "ASC", "listing.day > %(day)s", without),
        _nearest("max", "DESC", "listing.day < %(first)s", without),
        _nearest("min", "ASC", "listing.day >= %(after)s", without),
    ]
    return f"SELECT {', '.join(columns)} FROM unnest(%(codes)s::text[]) code"  # noqa: S608


_NEIGHBOURS = _neighbours("")
_NEIGHBOURS_WITHOUT = _neighbours(
    """AND NOT EXISTS (
        SELECT FROM papers_paper paper WHERE paper.id = listing.paper_id AND paper.categories && %(excluded)s)"""
)


def latest_day(chosen: Selection) -> date | None:
    return neighbours(chosen, date.max).latest


def latest_of_categories(codes: list[str]) -> dict[str, CategoryDay]:
    """The latest list of each category that has one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT code, latest.day, (
                SELECT count(*) FROM papers_listing WHERE category = code AND day = latest.day AND kind = ANY(%s))
            FROM unnest(%s::text[]) code
            CROSS JOIN LATERAL (
                SELECT day FROM papers_listing WHERE category = code AND kind = ANY(%s) ORDER BY day DESC LIMIT 1
            ) latest
            """,
            [ANNOUNCED, codes, ANNOUNCED],
        )
        return {code: CategoryDay(day, papers) for code, day, papers in cursor.fetchall()}
