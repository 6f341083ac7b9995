"""When a feed tells a paper. Pure.

News are told when they come in, in whatever order that is: a reader of the feed meets all that is new before anything
that it knows. Old papers that are brought in are no news, and stand where they would if they had always been here."""

from datetime import UTC, date, datetime, timedelta

from papers.calendar import midnight

# So long an outage can be, and readers still be told of what was announced meanwhile.
NEWS = timedelta(days=30)


def of_day(day: date, now: datetime) -> datetime:
    """The moment at which a feed tells a paper that comes in now, of the list of a day."""
    if day > (now - NEWS).date():
        return now.replace(microsecond=0)
    return midnight(day)


def of_edition(year: int, now: datetime) -> datetime:
    """The same for a paper of an edition. Proceedings come out late: those of last year are news."""
    if year >= now.year - 1:
        return now.replace(microsecond=0)
    return datetime(year, 1, 1, tzinfo=UTC)
