"""Is everything here that was announced? What is not, and what went silent, raises an alarm that ends by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count

from ingest import clock, lists
from ingest.harvest import announcements, state
from ingest.harvest.oai import ARXIV
from ingest.models import AnnouncedList, Job, Source
from papers.calendar import expected_days, midnight
from papers.models import Listing

DAYS = 14  # looked back
_DUE = timedelta(hours=12)  # after midnight in arXiv's time zone a list is late
_SILENT = timedelta(days=3)  # a source that failed and has not succeeded since
_NAMED = 12  # categories in an alarm's text


@dataclass(frozen=True, slots=True)
class Day:
    """A day's lists. `rebuilt` counts places that OAI-PMH told of afterwards, for lists that were missed."""

    day: date
    expected: int
    lists: int
    announced: int
    stored: int
    set_aside: int
    rebuilt: int
    missing: tuple[str, ...]
    short: tuple[str, ...]
    is_due: bool = True

    @property
    def is_late(self) -> bool:
        return self.is_due and not self.is_complete

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.short


def check() -> None:
    """Raises and clears alarms. Without a contact nothing is harvested, and nothing can be late."""
    if not settings.CONTACT:
        return
    now = clock.now()
    _check_days([day for day in days(now) if day.is_due])
    _check_sources(now)
    _check_dead()


def days(now: datetime, number: int = DAYS) -> list[Day]:
    """The last days for which lists were expected, or came; from the first list on that was ever kept."""
    today = announcements.today()
    first = max(_first_day(today), today - timedelta(days=number))
    rows = AnnouncedList.objects.filter(day__gte=first, day__lte=today)
    wanted = set(expected_days(first, today)) | {row.day for row in rows if row.announced}
    stored = lists.stored_counts(list({row.category for row in rows}), first, today)
    rebuilt = dict(_rebuilt(sorted(wanted)))
    followed = announcements.followed()
    return [
        _day(day, [row for row in rows if row.day == day], followed, stored, rebuilt.get(day, 0), now)
        for day in sorted(wanted, reverse=True)
    ]


def _day(
    day: date,
    rows: list[AnnouncedList],
    followed: list[str],
    stored: dict[tuple[str, date], int],
    rebuilt: int,
    now: datetime,
) -> Day:
    there = {row.category for row in rows}
    return Day(
        day=day,
        expected=len(followed),
        lists=len(rows),
        announced=sum(row.announced for row in rows),
        stored=sum(stored.get((row.category, day), 0) for row in rows),
        set_aside=sum(row.set_aside for row in rows),
        rebuilt=rebuilt,
        missing=tuple(code for code in followed if code not in there),
        is_due=now - midnight(day) > _DUE,
        short=tuple(row.category for row in rows if stored.get((row.category, day), 0) < row.announced),
    )


def _first_day(today: date) -> date:
    """Since when lists are kept: before, none can be missing."""
    first = AnnouncedList.objects.order_by("day").values_list("day", flat=True).first()
    probe = Job.objects.filter(kind=announcements.PROBE).order_by("key").values_list("key", flat=True).first()
    return min(first or today + timedelta(days=1), date.fromisoformat(probe) if probe else today + timedelta(days=1))


def _rebuilt(days: list[date]) -> Iterable[tuple[date, int]]:
    rows = Listing.objects.filter(day__in=days, estimated=True).values("day").annotate(places=Count("id"))
    return [(row["day"], row["places"]) for row in rows]


def _check_days(late: list[Day]) -> None:
    until = state.harvested_until(ARXIV)
    for day in late:
        is_mended = bool(day.rebuilt and until and until > day.day)
        nothing = not day.announced and not is_mended
        _alarm(
            f"silent {day.day}",
            f"arXiv announced nothing for {day.day:%A} {day.day}, which is no known holiday",
            nothing,
        )
        gone = bool(day.missing) and day.announced > 0 and not is_mended
        _alarm(f"missing {day.day}", f"of {day.day} the lists of {_names(day.missing)} are missing", gone)
        text = f"of {day.day} fewer papers are stored than announced in {_names(day.short)}"
        _alarm(f"fewer {day.day}", text, bool(day.short))


def _check_sources(now: datetime) -> None:
    for row in Source.objects.all():
        since = row.last_success or row.last_failure
        bad = bool(row.enabled and row.error and since and now - since > _SILENT)
        _alarm(f"source {row.name}", _late(row.name, since, row.error), bad)


def _late(name: str, since: datetime | None, error: str) -> str:
    return f"{name} has not answered as it should since {since:%Y-%m-%d}: {error}" if since else ""


def _check_dead() -> None:
    dead = Job.objects.filter(state=Job.State.DEAD).count()
    _alarm("dead jobs", f"{dead:,} jobs were given up; see them in the admin, where they can be tried again", dead > 0)


def _alarm(subject: str, text: str, is_on: bool) -> None:
    if is_on:
        state.raise_alarm(subject, text)
    else:
        state.clear_alarms(subject=subject)


def _names(codes: tuple[str, ...]) -> str:
    more = len(codes) - _NAMED
    return ", ".join(codes[:_NAMED]) + (f" and {more} more" if more > 0 else "")
