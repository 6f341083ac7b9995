"""What readers opened and starred most of late.

A paper's interest is what its readers did on each day of a period, weighed by 2 to the power of -age / half-life, the
age in days: with every half-life an opening loses half of its weight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from papers.interest import STAR
from papers.selection import Selection

# How many papers of a list can be paged through.
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Period:
    """Days that count, today among them, and the half-life in days: about a third of the period."""

    name: str
    days: int
    half_life: int


# A day of one day would be empty at midnight.
PERIODS = {each.name: each for each in (Period("day", 2, 1), Period("week", 7, 3), Period("month", 30, 10))}
USUAL = PERIODS["week"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The papers in question: those listed in a selection of categories, those of editions, or all."""

    selection: Selection | None = None
    editions: Sequence[int] | None = None


ALL = Scope()


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper with what it was opened and starred in the period, and its interest, in which that fades."""

    paper_id: int
    interest: float
    openings: int
    stars: int


@dataclass(frozen=True, slots=True)
class Top:
    """The first MOST papers; `papers`, `openings` and `stars` count all there were."""

    entries: Sequence[Entry] = ()
    papers: int = 0
    openings: int = 0
    stars: int = 0


def top(scope: Scope, period: Period, today: date) -> Top:
    """One query."""
    values = {"today": today, "days": period.days, "half_life": period.half_life, "star": STAR, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_query(scope), values | _of_scope(scope))
        rows = cursor.fetchall()
    if not rows:
        return Top()
    entries = [Entry(paper_id, millionths / 1e6, openings, stars) for paper_id, millionths, openings, stars, *_ in rows]
    return Top(entries, *rows[0][4:])


def _query(scope: Scope) -> str:
    """Whole numbers are sorted, not sums of floats, which come out differently in another order of adding."""
    return f"""
        WITH of_paper AS (
            SELECT paper_id, sum(pdf + answers + related + opens) AS openings, sum(stars) AS stars,
                   round(1000000 * sum((pdf + answers + related + opens + %(star)s * stars)
                         * power(0.5, (%(today)s - day) / %(half_life)s::float8))) AS millionths
            FROM papers_interestday
            WHERE day > %(today)s - %(days)s AND day <= %(today)s {_LISTED if scope.selection else ""}
                  {_APPEARED if scope.editions is not None else ""}
            GROUP BY paper_id
        )
        SELECT paper_id, millionths::bigint, openings, stars,
               count(*) OVER (), (sum(openings) OVER ())::bigint, (sum(stars) OVER ())::bigint
        FROM of_paper WHERE millionths > 0 {_WITHOUT if scope.selection and scope.selection.excluded else ""}
        ORDER BY millionths DESC, paper_id DESC LIMIT %(most)s"""  # noqa: S608 - all parts stand here


_LISTED = "AND paper_id IN (SELECT paper_id FROM papers_listing WHERE category = ANY(%(codes)s))"
_APPEARED = "AND paper_id IN (SELECT paper_id FROM papers_appearance WHERE edition_id = ANY(%(editions)s))"
_WITHOUT = """AND NOT EXISTS (
    SELECT FROM papers_paper paper WHERE paper.id = paper_id AND paper.categories && %(excluded)s)"""


def _of_scope(scope: Scope) -> dict[str, object]:
    chosen = scope.selection
    return {
        "codes": list(chosen.codes) if chosen else [],
        "excluded": chosen.excluded_spellings if chosen and chosen.excluded else [],
        "editions": list(scope.editions or ()),
    }
