"""How often the readers of one network may ask. Counted by hashes whose key dies with the day (papers.day_key)."""

from django.db import connection

from library.answers.kinds import Kind
from library.answers.models import Asker
from papers.day_key import day_key, today
from papers.readers import Reader, mark

# Of one network, in a day: a language model costs, key sentences take a second of a processor.
MOST = {Kind.WRITTEN: 60, Kind.EXTRACTED: 300}


def allow(reader: Reader, kind: str) -> bool:
    """Whether the reader's network may ask once more; counts it if so."""
    day = today()
    key = day_key(day)
    if key is None:  # the day ended a moment ago
        return False
    Asker.objects.filter(day__lt=day).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO library_asker AS a (network, day, asked) VALUES (%s, %s, 1)
               ON CONFLICT (network) DO UPDATE SET asked = a.asked + 1 WHERE a.asked < %s""",
            [mark(key, "answers", kind, reader.site), day, MOST[Kind(kind)]],
        )
        return bool(cursor.rowcount)
