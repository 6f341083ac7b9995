"""A reader asks for the answers of a paper: what there is already, what is under way, and what may begin."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db import transaction

from library.answers import endpoint, limits, queue, spending
from library.answers.kinds import Kind, State
from library.answers.models import Asking
from library.answers.questions import Language
from papers import versions
from papers.models import Paper
from papers.readers import Reader

# Announced so lately a paper is new: over a weekend the latest list is three days old.
_NEW = timedelta(days=3)


class Refusal(StrEnum):
    """Why no language model is asked: the reader's network, or all readers together, have asked for enough, or today's
    tokens are spent."""

    READER = "reader"
    FULL = "full"
    BUDGET = "budget"


def ask(paper: Paper, language: Language, reader: Reader) -> Refusal | None:
    """Has the paper answered, unless it is or will be. Where no language model may be asked there are key sentences
    instead, and the reason is returned."""
    if not endpoint.is_there():
        return _put(paper, Kind.EXTRACTED, "", reader)
    refusal = _put(paper, Kind.WRITTEN, language, reader)
    if refusal:
        _put(paper, Kind.EXTRACTED, "", reader)
    return refusal


def is_current(asking: Asking, paper: Paper, version: int) -> bool:
    """Whether an asking is of the text that the paper has now."""
    return bool(asking.version == version and bytes(asking.text_hash) == bytes(paper.text_hash))


def version_of(paper: Paper) -> int:
    """0 for what is no preprint."""
    found = versions.preprint(paper)
    return found.version if found else 0


def _put(paper: Paper, kind: Kind, language: str, reader: Reader) -> Refusal | None:
    version = version_of(paper)
    latest = Asking.objects.filter(paper=paper, kind=kind, language=language).order_by("-id").first()
    if latest and latest.state in {State.WAITING, State.RUNNING}:
        return None
    is_here = latest is not None and is_current(latest, paper, version)
    if is_here and latest.state == State.DONE:
        return None
    if refusal := _refusal(kind, reader):
        return refusal
    if is_here:  # it was given up, and goes on where it stopped
        queue.revive([latest.pk])
    else:
        queue.put(paper.pk, kind, language, version, bytes(paper.text_hash), _priority(paper))
    transaction.on_commit(lambda: _wake(kind))
    return None


def _refusal(kind: Kind, reader: Reader) -> Refusal | None:
    if kind == Kind.WRITTEN and spending.is_used_up():
        return Refusal.BUDGET
    if queue.is_full(kind):
        return Refusal.FULL
    return None if limits.allow(reader, kind) else Refusal.READER


def _priority(paper: Paper) -> int:
    return queue.NEW if paper.announced and paper.announced >= datetime.now(UTC).date() - _NEW else queue.OTHER


def _wake(kind: str) -> None:
    from library import tasks  # it imports what does the work

    tasks.wake(kind)
