"""How often readers opened a paper: each reader once for a paper, a way of opening it, and a day. Nobody is tracked.

Counts are lower bounds, and hard to push up. One party (papers.readers.Reader.site) has READERS places for a paper, a
kind and a day: so many browsers count behind one address, and a script that invents browsers gets no further. A party
has DAILY counts a day, so that nobody fills the tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import IntegrityError, connection

from papers.day_key import day_key
from papers.models import Interest
from papers.readers import Reader, mark

# Browsers tell little of themselves today: twenty readers behind one address send five names or fewer.
READERS = 5
# A hundred readers behind one address who open twenty papers each.
DAILY = 2_000
# A star says more than a look: somebody wants to come back.
STAR = 3


class Kind(StrEnum):
    """Ways of opening a paper: its PDF, its answers, its related papers, its page; or a star."""

    PDF = "pdf"
    ANSWERS = "answers"
    RELATED = "related"
    STAR = "star"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many readers, each once a day."""

    pdf: int = 0
    answers: int = 0
    related: int = 0
    stars: int = 0
    opens: int = 0

    @property
    def interest(self) -> int:
        """What lists are sorted by."""
        return self.pdf + self.answers + self.related + self.opens + STAR * self.stars


NOBODY = Counts()
COLUMNS = tuple(Counts.__dataclass_fields__)
_COLUMN = dict(zip(Kind, COLUMNS, strict=True))


def count(key: str, kind: Kind, reader: Reader, day: date) -> bool:
    """Counts a reader who opened the paper of that key. False where nothing was counted: the reader was counted
    before, the site has used its places, or there is no such paper."""
    marks = _marks(key, kind, reader, day)
    if marks is None:
        return False
    with connection.cursor() as cursor:
        try:
            cursor.execute(_COUNT[kind], marks)
        except IntegrityError:  # the paper was deleted meanwhile
            return False
        return bool(cursor.fetchone()[0])


def take_back_star(key: str, reader: Reader, day: date) -> bool:
    """Takes back the star that this reader gave on this day; one of an earlier day stays: nobody knows whose it was."""
    marks = _marks(key, Kind.STAR, reader, day)
    if marks is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, marks)
        return bool(cursor.fetchone()[0])


def counts_of(paper_ids: Iterable[int]) -> dict[int, Counts]:
    """Counts by paper id; papers that nobody opened are left out. One query."""
    rows = Interest.objects.filter(paper_id__in=list(paper_ids)).values_list("paper_id", *COLUMNS)
    return {paper_id: Counts(*counts) for paper_id, *counts in rows}


def add_up(kept: int, gone: int) -> None:
    """Gives one paper the counts of another that becomes part of it; inside the caller's transaction. They stay there
    should the two be parted again: readers opened the paper that was kept."""
    with connection.cursor() as cursor:
        for query in _ADD_UP:
            cursor.execute(query, {"kept": kept, "gone": gone})


def _marks(key: str, kind: Kind, reader: Reader, day: date) -> dict[str, object] | None:
    """The parameters of a count: hashes of the place, the reader in it, and the site. None for a day that is over."""
    secret = day_key(day)
    if secret is None:
        return None
    return {
        "key": key,
        "day": day,
        "place": mark(secret, "place", reader.site, kind, key),
        "reader": mark(secret, "reader", key, kind, reader.name, size=8),
        "site": mark(secret, "site", reader.site),
        "readers": READERS,
        "daily": DAILY,
    }


# One statement, whole by itself: rows are locked in one order (site, place, day, total) and only while it runs. What
# is known already is looked up first, so that it costs no allowance and no lock; of racing requests the one that
# comes second finds the place taken.
_COUNT = {
    kind: f"""
    WITH paper AS (
        SELECT id FROM papers_paper WHERE key = %(key)s AND NOT EXISTS (
            SELECT FROM papers_opening WHERE place = %(place)s
            AND (readers @> ARRAY[%(reader)s::bytea] OR cardinality(readers) >= %(readers)s))
    ), allowed AS (
        INSERT INTO papers_allowance AS known (site, day, used) SELECT %(site)s, %(day)s, 1 FROM paper
        ON CONFLICT (site) DO UPDATE SET used = known.used + 1 WHERE known.used < %(daily)s
        RETURNING 1
    ), taken AS (
        INSERT INTO papers_opening AS known (place, day, readers)
        SELECT %(place)s, %(day)s, ARRAY[%(reader)s::bytea] FROM allowed
        ON CONFLICT (place) DO UPDATE SET readers = known.readers || excluded.readers
        WHERE NOT known.readers @> excluded.readers AND cardinality(known.readers) < %(readers)s
        RETURNING 1
    ), of_day AS (
        INSERT INTO papers_interestday AS known (paper_id, day, {column})
        SELECT paper.id, %(day)s, 1 FROM paper, taken
        ON CONFLICT (day, paper_id) DO UPDATE SET {column} = known.{column} + 1
        RETURNING known.paper_id
    ), total AS (
        INSERT INTO papers_interest AS known (paper_id, {column}) SELECT paper_id, 1 FROM of_day
        ON CONFLICT (paper_id) DO UPDATE SET {column} = known.{column} + 1
    ) SELECT count(*) FROM taken"""  # noqa: S608 - our own names
    for kind, column in _COLUMN.items()
}

_TAKE_BACK = """
    WITH taken AS (
        UPDATE papers_opening SET readers = array_remove(readers, %(reader)s::bytea)
        WHERE place = %(place)s AND readers @> ARRAY[%(reader)s::bytea] RETURNING 1
    ), paper AS (
        SELECT id FROM papers_paper, taken WHERE key = %(key)s
    ), of_day AS (
        UPDATE papers_interestday SET stars = greatest(stars - 1, 0) FROM paper
        WHERE paper_id = paper.id AND day = %(day)s RETURNING paper_id
    ), total AS (
        UPDATE papers_interest known SET stars = greatest(stars - 1, 0) FROM of_day
        WHERE known.paper_id = of_day.paper_id
    ) SELECT count(*) FROM taken"""


def _moving(table: str, *day: str) -> str:
    return f"""
        WITH moved AS (DELETE FROM {table} WHERE paper_id = %(gone)s RETURNING *)
        INSERT INTO {table} AS known (paper_id, {", ".join([*day, *COLUMNS])})
        SELECT %(kept)s, {", ".join([*day, *COLUMNS])} FROM moved
        ON CONFLICT ({", ".join([*day, "paper_id"])})
        DO UPDATE SET {", ".join(f"{column} = known.{column} + excluded.{column}" for column in COLUMNS)}"""  # noqa: S608


# The row of the paper first: a count that comes now waits for the end of the merge, and then finds no such paper.
_ADD_UP = (
    "SELECT FROM papers_paper WHERE id = %(gone)s FOR UPDATE",
    _moving("papers_interestday", "day"),
    _moving("papers_interest"),
)
