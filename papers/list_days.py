"""On which days lists came out."""

from datetime import date, timedelta

from django.db import connection

from papers import listings
from papers.catch_up import MOST_DAYS
from papers.listings import ANNOUNCED
from papers.selection import Selection

_DAYS = """
    SELECT DISTINCT asked.day::date
    FROM generate_series(%(first)s::date + 1, %(last)s::date, interval '1 day') asked(day),
        unnest(%(codes)s::text[]) chosen(code)
    WHERE EXISTS (
        SELECT FROM papers_listing listing
        WHERE listing.category = chosen.code AND listing.day = asked.day::date AND listing.kind = ANY(%(kinds)s))
    ORDER BY 1 DESC
"""


def since(chosen: Selection, asked: date) -> list[date]:
    """Days after `asked` on which one of the chosen categories had a list, the newest first, as far back as catching up
    goes. Two queries; the second looks once into the index for each category and day."""
    latest = listings.latest_day(chosen)
    if latest is None or latest <= asked:
        return []
    first = max(asked, latest - timedelta(days=MOST_DAYS))
    bounds = {"first": first, "last": latest, "codes": list(chosen.codes), "kinds": ANNOUNCED}
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, bounds)
        return [day for (day,) in cursor.fetchall()]
