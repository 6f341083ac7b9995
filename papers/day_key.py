"""The key of a day, under which the day's readers are hashed. It dies with the day.

The salt is drawn at the first count of a day and stands in PostgreSQL, so that a restart neither loses nor doubles
counts. The key is made of the salt and of the service's own secret, which no dump of the database holds; without a
salt its day's hashes cannot be made again by anybody, so yesterday's readers are nobody's today."""

import secrets
from datetime import UTC, date, datetime
from hashlib import blake2b

from django.conf import settings
from django.db import connection

from papers.models import Allowance, DaySalt, Opening

_SALT = 32


def today() -> date:
    return datetime.now(UTC).date()


def day_key(day: date) -> bytes | None:
    """The key of a day; None for one that is over, whose key is gone for good. One query, but for the day's first."""
    salt = DaySalt.objects.filter(day=day).values_list("salt", flat=True).first() or _drawn(day)
    return blake2b(settings.SECRET_KEY.encode(), key=bytes(salt), digest_size=32).digest() if salt else None


def forget(day: date) -> int:
    """Deletes the salts and hashes of the days before. Returns how many rows."""
    return sum(model.objects.filter(day__lt=day).delete()[0] for model in (DaySalt, Opening, Allowance))


def _drawn(day: date) -> bytes | None:
    """A new salt, or that of whoever was faster; none for a day after which another has begun. The salts before go at
    once: beat may not run."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO papers_daysalt (day, salt)
               SELECT %(day)s, %(salt)s WHERE NOT EXISTS (SELECT FROM papers_daysalt WHERE day > %(day)s)
               ON CONFLICT (day) DO NOTHING""",
            {"day": day, "salt": secrets.token_bytes(_SALT)},
        )
    forget(day)
    return DaySalt.objects.filter(day=day).values_list("salt", flat=True).first()
