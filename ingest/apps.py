from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "ingest"

    def ready(self) -> None:
        from papers.wanted import papers_wanted

        papers_wanted.connect(_fetch, dispatch_uid="ingest fetches what readers want")


def _fetch(sender: object, ids: Sequence[str], **more: Any) -> Any:
    """Loaded at the first wish: commands that never harvest start faster without."""
    from ingest.harvest import on_demand

    return on_demand.wish(ids)
