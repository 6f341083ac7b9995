"""The figures of /status for a Prometheus server."""

from collections.abc import Iterator
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from ingest import status
from papers.models import Paper


class _Collector:
    """Asked at each scrape; nothing is counted in the process."""

    def collect(self) -> Iterator[Any]:
        now = status.status()
        yield _gauge("papers", "papers stored", [((), Paper.objects.count())])
        yield _gauge("alarms_open", "alarms that are not cleared", [((), len(now.alarms))])
        yield _gauge("jobs", "jobs that are not done", _jobs(now), ("queue", "state"))
        yield _gauge("set_aside", "input that could not be stored", _set_aside(now), ("source",))
        yield _gauge("source_last_success", "seconds since 1970", _successes(now), ("source",))
        yield _gauge("source_failing", "1 while a source does not answer as it should", _failing(now), ("source",))
        yield from _latest_day(now)


def text() -> bytes:
    """The metrics in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector())  # type: ignore[arg-type]
    return generate_latest(registry)


def _gauge(name: str, help_: str, values: Any, labels: tuple[str, ...] = ()) -> Any:
    family = GaugeMetricFamily(f"coolpapers_{name}", help_, labels=labels)
    for words, value in values:
        family.add_metric(words, value)
    return family


def _jobs(now: status.Status) -> Iterator[Any]:
    for queue in now.queues:
        for state in ("waiting", "running", "dead"):
            yield (queue.name, state), getattr(queue, state)


def _set_aside(now: status.Status) -> Iterator[Any]:
    for source, number in now.set_aside.items():
        yield (source,), number


def _successes(now: status.Status) -> Iterator[Any]:
    for source in now.sources:
        if source.last_success:
            yield (source.name,), source.last_success.timestamp()


def _failing(now: status.Status) -> Iterator[Any]:
    for source in now.sources:
        yield (source.name,), int(source.is_failing)


def _latest_day(now: status.Status) -> Iterator[Any]:
    """Announced against stored, by category, of the latest day with lists."""
    day = next((day.day for day in now.days if day.lists), None)
    rows = status.lists_of(day) if day else ()
    yield _gauge("announced", "papers in the latest list", [((r.category,), r.announced) for r in rows], ("category",))
    yield _gauge("stored", "papers of it that are stored", [((r.category,), r.stored) for r in rows], ("category",))
