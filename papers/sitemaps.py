"""What search engines are told of: every paper, category and edition, in files that stay the same but for what is new.

A file of papers covers a range of ids, so that none moves from one file to another when papers arrive or go."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import connection
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from papers import editions, listings, taxonomy
from papers.models import Paper

LARGEST = 50_000  # addresses that the protocol allows in a file
_READ = 2_000  # rows at a time
_SAFE = "/~:@!$&'()*+,;="  # as Django leaves them in addresses
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Place(NamedTuple):
    """An address without its host, and the day of its last change where that is known."""

    path: str
    changed: date | None = None


def paper_files() -> list[int]:
    """Numbers of the files that hold papers, from 1. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT file + 1 FROM generate_series(0, (SELECT (max(id) - 1) / %(largest)s FROM papers_paper)) file
            WHERE EXISTS (
                SELECT FROM papers_paper WHERE id > file * %(largest)s AND id <= (file + 1) * %(largest)s)
            ORDER BY file
            """,
            {"largest": LARGEST},
        )
        return [row[0] for row in cursor.fetchall()]


def papers(number: int) -> Iterator[Place]:
    """The papers of a file. One query, read while it is written."""
    rows = Paper.objects.filter(pk__gt=(number - 1) * LARGEST, pk__lte=number * LARGEST).order_by("pk")
    known = Coalesce(TruncDate("updated"), TruncDate("submitted"), "announced", "published")
    arxiv, venue = (reverse(name, args=["-"]).removesuffix("-") for name in ("arxiv", "venue"))
    today = timezone.now().date()
    for key, day in rows.annotate(changed=known).values_list("key", "changed").iterator(chunk_size=_READ):
        # Django's `reverse` takes longer than all the rest.
        yield Place((venue if "@" in key else arxiv) + quote(key, safe=_SAFE), day if day and day <= today else None)


def pages() -> Iterator[Place]:
    """All that lists papers. Three queries."""
    yield from (Place(reverse(name)) for name in ("home", "venues", "latest"))
    codes = [code for code in taxonomy.categories() if taxonomy.canonical(code) == code]
    for code, latest in listings.latest_of_categories(codes).items():
        yield Place(reverse("arxiv", args=[code]), latest.day)
    for venue in editions.venues():
        yield from (Place(reverse("venue", args=[edition.name])) for edition in venue.editions)


def url_set(places: Iterable[Place]) -> Iterator[str]:
    """A file of addresses, as XML."""
    yield from _document("urlset", "url", places)


def index(paths: Iterable[str]) -> Iterator[str]:
    """The file that names the others."""
    yield from _document("sitemapindex", "sitemap", map(Place, paths))


def _document(root: str, element: str, places: Iterable[Place]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    for path, changed in places:
        told = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        yield f"<{element}><loc>{escape(settings.PUBLIC_URL + path)}</loc>{told}</{element}>\n"
    yield f"</{root}>\n"
