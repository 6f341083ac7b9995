"""As many papers as a service has after years, made by SQL from a few hundred or thousand real ones, to measure pages
with. Every day announces `A_DAY` papers in the fullest category; every third is cross-listed, every tenth appeared at a
venue."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from django.db import connection

from ingest import runs
from ingest.batches import Batch
from ingest.runs import Input
from ingest.sources import arxiv_snapshot, starter
from papers.models import Edition, Paper, Venue

A_DAY = 1_000
CATEGORY, CROSSED, VENUE = "cs.LG", "cs.AI", "ICLR"
LAST = date(2025, 6, 27)
_YEARS = range(2016, 2026)
_BATCHES = 3  # of a snapshot: thousands of texts, which the papers repeat


def fill(papers: int, snapshot: Path | None) -> None:
    """Stores about so many papers, whose texts are those of the starter corpus or of the beginning of a snapshot."""
    for each in [_beginning(snapshot)] if snapshot else starter.inputs():
        runs.run(each)
    venue = Venue.objects.get_or_create(name=VENUE)[0]
    made = [Edition.objects.get_or_create(name=f"{VENUE}.{y}", defaults={"venue": venue, "year": y})[0] for y in _YEARS]
    values = {
        "papers": papers, "last": LAST, "a_day": A_DAY, "category": CATEGORY, "crossed": CROSSED,
        "editions": [edition.pk for edition in made], "names": [edition.name for edition in made],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE papers_paper DISABLE TRIGGER USER")
        for query in (_TEXTS, _papers(), *_PLACES):
            cursor.execute(query, values)
        cursor.execute("ALTER TABLE papers_paper ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE papers_paper, papers_record, papers_listing, papers_appearance")


def _beginning(snapshot: Path) -> Input:
    def batches(position: str) -> Iterator[Batch]:
        return islice(iter(arxiv_snapshot.batches(snapshot, position)), _BATCHES)

    return Input("arxiv", snapshot, batches)


_TEXTS = """
    CREATE TEMPORARY TABLE model ON COMMIT PRESERVE ROWS AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS models, paper.*
    FROM papers_paper paper WHERE abstract <> ''
"""


def _papers() -> str:
    """Each column is the model's, except for those that make a paper another one."""
    own = {
        "key": """to_char(day, 'YYMM') || '.'
               || lpad((extract(day FROM day) * %(a_day)s + n %% %(a_day)s)::text, 5, '0')""",
        "announced": "day",
        "submitted": "day - interval '30 hours'",
        "updated": "day - interval '30 hours'",
        "categories": "CASE WHEN n %% 3 = 0 THEN ARRAY[%(category)s, %(crossed)s] ELSE ARRAY[%(category)s] END",
        "appearances": """CASE WHEN n %% 10 = 0 THEN ARRAY[(%(names)s::text[])[1 + n / 10 %% 10]]
                       ELSE ARRAY[]::text[] END""",
        "title_key": "n",
    }
    columns = [field.column for field in Paper._meta.concrete_fields if not field.primary_key]
    values = ", ".join(own.get(column, f"model.{column}") for column in columns)
    return f"""
        INSERT INTO papers_paper ({", ".join(columns)})
        SELECT {values}
        FROM (SELECT n, %(last)s::date - n / %(a_day)s AS day FROM generate_series(0, %(papers)s - 1) n) made
        JOIN model ON model.place = n %% model.models
        ON CONFLICT (key) DO NOTHING
    """  # noqa: S608 - columns of our own table


_NEW = "paper.announced IS NOT NULL AND record.record_hash = ''::bytea"
_PLACES = (
    """INSERT INTO papers_record (paper_id, source, source_id, record_hash, data)
       SELECT id, 'arxiv', key, ''::bytea, '{}'::jsonb FROM papers_paper paper
       WHERE NOT EXISTS (SELECT FROM papers_record WHERE paper_id = paper.id)""",
    f"""INSERT INTO papers_listing (record_id, paper_id, category, day, kind, position, estimated)
       SELECT record.id, paper.id, %(category)s, announced, 'new', title_key %% %(a_day)s, false
       FROM papers_paper paper JOIN papers_record record ON record.paper_id = paper.id WHERE {_NEW}""",  # noqa: S608
    f"""INSERT INTO papers_listing (record_id, paper_id, category, day, kind, position, estimated)
       SELECT record.id, paper.id, %(crossed)s, announced, 'cross-list', title_key %% %(a_day)s, false
       FROM papers_paper paper JOIN papers_record record ON record.paper_id = paper.id
       WHERE {_NEW} AND title_key %% 3 = 0""",  # noqa: S608
    f"""INSERT INTO papers_appearance (record_id, paper_id, edition_id, track, position)
       SELECT record.id, paper.id, (%(editions)s::bigint[])[1 + title_key / 10 %% 10], 'Poster', title_key
       FROM papers_paper paper JOIN papers_record record ON record.paper_id = paper.id
       WHERE {_NEW} AND title_key %% 10 = 0""",  # noqa: S608
    """INSERT INTO papers_feedentry (paper_id, list, track, venue, told, name)
       SELECT paper.id, category, '', '', day, paper.key
       FROM papers_listing listing JOIN papers_paper paper ON paper.id = listing.paper_id
       ORDER BY day, kind = 'new', position DESC ON CONFLICT DO NOTHING""",
    """INSERT INTO papers_feedentry (paper_id, list, track, venue, told, name)
       SELECT paper.id, edition.name, track, split_part(edition.name, '.', 1), make_date(edition.year, 1, 1), paper.key
       FROM papers_appearance place JOIN papers_edition edition ON edition.id = place.edition_id
       JOIN papers_paper paper ON paper.id = place.paper_id
       ORDER BY edition.year, position DESC ON CONFLICT DO NOTHING""",
)
