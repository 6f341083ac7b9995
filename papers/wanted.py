"""Papers that readers ask for and that are not here. Whoever can bring them listens (ingest does); here we only ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.dispatch import Signal

# Sent with `ids`, canonical arXiv ids; a listener answers with a Wish for each of them.
papers_wanted = Signal()


class WishState(StrEnum):
    """OFF: nobody fetches here. BUSY: too many others wait. MISSING: arXiv does not know the id."""

    WAITING = "waiting"
    BUSY = "busy"
    MISSING = "missing"
    FAILED = "failed"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Wish:
    """How far a paper is that was asked for. `reason` is why it failed last, `seconds` how long it has been asked."""

    state: WishState
    reason: str = ""
    seconds: int = 0


def ask(ids: Sequence[str]) -> dict[str, Wish]:
    """Has papers fetched, and tells how far each is."""
    for _, answer in papers_wanted.send(sender=None, ids=list(ids)):
        if answer:
            return dict(answer)
    return dict.fromkeys(ids, Wish(WishState.OFF))
