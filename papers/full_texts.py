"""The full text of papers. Here nobody has it; a room above, which fetches PDFs, registers itself, so that who reads
the text need not know where it comes from."""

from collections.abc import Callable
from dataclasses import dataclass

from papers.models import Paper


@dataclass(frozen=True, slots=True)
class FullText:
    """The text of a paper's PDF, without its references. `is_whole` says that no page was left out."""

    text: str
    pages: int
    is_whole: bool


class NotNow(Exception):
    """The text may be had later: its host is busy. `retry_after` is in seconds, where the host said so."""

    def __init__(self, reason: str, retry_after: float | None = None):
        self.reason, self.retry_after = reason, retry_after
        super().__init__(reason)


Source = Callable[[Paper], FullText | None]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Makes `source` the one that is asked. It may take minutes, and raise NotNow."""
    _sources[:] = [source]


def of(paper: Paper) -> FullText | None:
    """The paper's full text, which may be fetched for it and take minutes; None where there is none. Raises NotNow."""
    return _sources[0](paper) if _sources else None
