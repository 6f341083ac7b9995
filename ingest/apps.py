from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "ingest"

    def ready(self) -> None:
        from papers import full_texts, joins
        from papers.wanted import papers_wanted

        papers_wanted.connect(_fetch, dispatch_uid="ingest fetches what readers want")
        joins.register(_joins)
        full_texts.register(_full_text)


def _fetch(sender: object, ids: Sequence[str], **more: Any) -> Any:
    """Loaded at the first wish: commands that never harvest start faster without."""
    from ingest.harvest import on_demand

    return on_demand.wish(ids)


def _joins(paper: Any) -> Any:
    from ingest import merging

    return merging.joins_of(paper)


def _full_text(paper: Any) -> Any:
    from ingest import full_text

    return full_text.of(paper)
