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


def arxiv_day(moment: datetime) -> date:
    """The date in arXiv's time zone, which is that of its lists."""
    return moment.astimezone(EASTERN).date()


def midnight(day: date) -> datetime:
    """The moment at which a day's list comes out."""
    return datetime(day.year, day.month, day.day, tzinfo=EASTERN)


def is_silent(day: date) -> bool:
    """Whether no list is expected for a day: lists come out for Monday to Friday, and not around the holidays of the
    United States that arXiv keeps. It announces each year which evenings it leaves out; here are all it has used."""
    return day.weekday() >= _SATURDAY or _is_holiday(day) or _is_holiday(day - timedelta(days=1))


def expected_days(first: date, last: date) -> list[date]:
    """Days from first to last for which lists are expected."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if not is_silent(day)]


def _is_holiday(day: date) -> bool:
    fixed = {(1, 1), (6, 19), (7, 4), (12, 24), (12, 25), (12, 26), (12, 31)}
    return (day.month, day.day) in fixed or day in {
        _nth(day.year, 1, 0, 3),  # Martin Luther King
        _nth(day.year, 6, 0, 1) - timedelta(days=7),  # Memorial Day, the last Monday of May
        _nth(day.year, 9, 0, 1),  # Labor Day
        _nth(day.year, 11, 3, 4),  # Thanksgiving
        _nth(day.year, 11, 3, 4) + timedelta(days=1),
    }


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day
