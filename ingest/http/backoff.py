"""How long to wait before asking again. Pure."""

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 6 * 3_600.0  # seconds; what a host asks for beyond it is not believed
_FIRST = 15.0


def delay(failures: int, asked: float | None = None, chance: random.Random | None = None) -> float:
    """Seconds until the next try after `failures` in a row (from 1): twice as long each time, with jitter so that
    those who failed together do not come back together, and never less than the host asked for."""
    spread = (chance or random).uniform(0.5, 1.0)
    own = min(_FIRST * 2 ** min(failures, 20), LONGEST) * spread
    return max(own, min(asked or 0.0, LONGEST))


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds in a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3); None for nothing usable."""
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
