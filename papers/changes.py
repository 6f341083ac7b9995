"""Reading the change log in an order that loses nothing."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True, order=True)
class Watermark:
    """How far a follower has read."""

    transaction: int = 0
    id: int = 0


def after(mark: Watermark, limit: int) -> tuple[list[int], Watermark]:
    """Ids of the papers changed after `mark`, each once, and the new watermark. Reads at most `limit` log rows.

    Only transactions older than every running one are read: a number is taken before its transaction commits, so
    reading further would step over a change that is still to appear."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT paper_id, transaction, id FROM papers_change
            WHERE (transaction, id) > (%s, %s)
              AND transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            ORDER BY transaction, id LIMIT %s
            """,
            [mark.transaction, mark.id, limit],
        )
        rows = cursor.fetchall()
    if not rows:
        return [], mark
    return list(dict.fromkeys(row[0] for row in rows)), Watermark(rows[-1][1], rows[-1][2])


def waiting(mark: Watermark) -> int:
    """How many rows of the log a follower has not read yet, those of running transactions included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM papers_change WHERE (transaction, id) > (%s, %s)", [mark.transaction, mark.id]
        )
        return int(cursor.fetchone()[0])


def is_from_another_server(mark: Watermark) -> bool:
    """Whether the watermark lies ahead of the server's transactions, as after restoring a dump into a new server.
    What was followed then says nothing about this log: start again from the papers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return mark.transaction > int(cursor.fetchone()[0])
