"""When arXiv announces what was submitted. Pure.

Source: arXiv's public submission schedule: papers received until 14:00 US Eastern time on a weekday are announced
at 20:00 the same day, Friday's on Sunday; the list carries the date of the day that follows.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
CUTOFF_HOUR = 14
_SATURDAY = 5


def listing_day(submitted: datetime) -> date:
    """The day whose list announces a paper submitted at `submitted` (time zone aware). Holidays are not known here,
    so the answer is an estimate."""
    local = submitted.astimezone(EASTERN)
    closing = local.date() + timedelta(days=1 if local.hour >= CUTOFF_HOUR else 0)
    return _weekday(_weekday(closing) + timedelta(days=1))


def _weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day
