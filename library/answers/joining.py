"""Two papers that turn out to be one: what was answered on either is answered on the one that is kept."""

from typing import Any

from django.db import connection

# Of two open askings for the same, that of the paper that is kept goes on; the other leaves with its paper.
_MOVE = """
    UPDATE library_asking asking SET paper_id = %(kept)s
    WHERE asking.paper_id = %(gone)s AND NOT (
        asking.state IN ('waiting', 'running') AND EXISTS (
            SELECT FROM library_asking other
            WHERE other.paper_id = %(kept)s AND other.kind = asking.kind AND other.language = asking.language
            AND other.state IN ('waiting', 'running')))
"""


def bring_together(sender: object, kept: int, gone: int, **more: Any) -> None:
    """In the transaction of the merge. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"kept": kept, "gone": gone})
