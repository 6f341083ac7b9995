"""What /status and the metrics tell of harvesting: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ingest import checks, clock, lists
from ingest.checks import Day
from ingest.harvest import announcements, oai
from ingest.models import Alarm, AnnouncedList, HarvestedEdition, Job, Queue, SetAside, Source
from ingest.sources import oai_journals
from ingest.sources.registry import sources
from ingest.sources.source import Provenance

_QUEUES: dict[str, Promise] = {
    Queue.DEMAND: gettext_lazy("papers that readers asked for"),
    Queue.TODAY: gettext_lazy("today’s lists"),
    Queue.VENUES: gettext_lazy("venues"),
    Queue.HISTORY: gettext_lazy("history"),
}


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source: what it is, and when it last answered as it should."""

    name: str
    title: str
    provenance: str
    last_success: datetime | None
    last_failure: datetime | None
    error: str
    harvested_until: date | None
    editions: int
    papers: int
    is_enabled: bool
    is_listed: bool

    @property
    def is_failing(self) -> bool:
        return bool(self.error)


@dataclass(frozen=True, slots=True)
class QueueState:
    name: str
    waiting: int
    running: int
    dead: int
    oldest: datetime | None

    @property
    def title(self) -> str:
        return str(_QUEUES.get(self.name, self.name))


@dataclass(frozen=True, slots=True)
class ListState:
    """A category's list of a day: announced against stored."""

    category: str
    new: int
    cross: int
    replaced: int
    announced: int
    stored: int
    set_aside: int

    @property
    def is_complete(self) -> bool:
        return self.stored >= self.announced


@dataclass(frozen=True, slots=True)
class Status:
    is_harvesting: bool
    alarms: tuple[Alarm, ...]
    days: tuple[Day, ...]
    sources: tuple[SourceState, ...]
    queues: tuple[QueueState, ...]
    set_aside: Mapping[str, int]
    now: datetime


def status() -> Status:
    """A dozen small queries, however many papers there are."""
    now = clock.now()
    return Status(
        is_harvesting=bool(settings.CONTACT),
        alarms=tuple(Alarm.objects.filter(cleared=None).order_by("-raised")),
        days=tuple(checks.days(now)),
        sources=source_states(),
        queues=queue_states(),
        set_aside=_counted(SetAside.objects.all(), "source"),
        now=now,
    )


def lists_of(day: date) -> tuple[ListState, ...]:
    """Each list of a day, the fullest first."""
    rows = AnnouncedList.objects.filter(day=day)
    stored = lists.stored_counts([row.category for row in rows], day, day)
    found = [
        ListState(row.category, row.new, row.cross, row.replaced, row.announced, stored.get((row.category, day), 0),
                  row.set_aside)
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.announced, each.category)))


def editions_of(source: str) -> list[HarvestedEdition]:
    """A source's editions that were asked for, the newest first by their year."""
    rows = HarvestedEdition.objects.filter(source=source)
    return sorted(rows, key=lambda row: (-int(row.edition.rpartition(".")[2] or 0), row.edition))


def source_states() -> tuple[SourceState, ...]:
    """Every source that there is, asked or not."""
    rows = {row.name: row for row in Source.objects.all()}
    counted = (
        HarvestedEdition.objects.filter(papers__gt=0).values("source").annotate(n=Count("id"), papers=Sum("papers"))
    )
    editions = {row["source"]: (row["n"], row["papers"]) for row in counted}
    return tuple(_state(name, title, told, rows.get(name), editions) for name, title, told in _known_sources())


def queue_states() -> tuple[QueueState, ...]:
    rows = Job.objects.exclude(state="done").values("queue", "priority", "state")
    found: dict[str, dict[str, Any]] = {}
    for row in rows.annotate(n=Count("id"), oldest=Min("created")).order_by("priority"):
        told = found.setdefault(row["queue"], {})
        told[row["state"]] = row["n"]
        if row["state"] == "waiting":
            told["oldest"] = row["oldest"]
    return tuple(
        QueueState(name, told.get("waiting", 0), told.get("running", 0), told.get("dead", 0), told.get("oldest"))
        for name, told in found.items()
    )


def _known_sources() -> list[tuple[str, str, Provenance]]:
    arxiv = [
        (announcements.SOURCE, _("arXiv: daily lists"), Provenance.RECORDED),
        (oai.ARXIV, "arXiv: OAI-PMH", Provenance.RECORDED),
        ("arxiv-api", "arXiv: API", Provenance.RECORDED),
    ]
    proceedings = [(each.name, each.title, each.provenance) for each in sources().values()]
    journals = [(each.base, each.title, each.provenance) for each in oai_journals.journals(settings.OAI_JOURNALS)]
    return [*arxiv, *proceedings, *journals]


def _state(
    name: str, title: str, provenance: Provenance, row: Source | None, editions: Mapping[str, tuple[int, int]]
) -> SourceState:
    number, papers = editions.get(name, (0, 0))
    return SourceState(
        name=name,
        title=title,
        provenance=provenance.value,
        last_success=row.last_success if row else None,
        last_failure=row.last_failure if row else None,
        error=row.error if row else "",
        harvested_until=row.harvested_until if row else None,
        editions=number,
        papers=papers,
        is_enabled=row.enabled if row else True,
        is_listed=name in sources(),
    )


def _counted(rows: Any, name: str) -> dict[str, int]:
    counted = rows.values(name).annotate(n=Count("id")).order_by("-n")
    return {row[name]: row["n"] for row in counted}
