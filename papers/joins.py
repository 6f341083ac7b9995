"""Why several records stand under one paper. Whoever brings records together registers itself here (ingest does), so
that the page of a paper need not know who does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.dispatch import Signal

from papers.models import Paper


@dataclass(frozen=True, slots=True)
class Join:
    """Records that came to a paper. `evidence` is "id", "doi", "title" or "near-title"; `records` are SOURCE:ID;
    `detail` holds what was compared, each from 0 to 1."""

    records: tuple[str, ...]
    evidence: str
    day: date
    detail: dict[str, Any] = field(default_factory=dict)


# Sent with `kept` and `gone`, ids of papers, while both are there: who keeps something of a paper moves it over.
brought_together = Signal()

Source = Callable[[Paper], Sequence[Join]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Makes `source` the one that is asked."""
    _sources[:] = [source]


def of(paper: Paper) -> Sequence[Join]:
    """The joins of a paper that hold, the first one first. One query."""
    return _sources[0](paper) if _sources else ()
