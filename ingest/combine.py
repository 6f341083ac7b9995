"""What becomes of a record when its source tells of it again. Pure.

A source speaks through several channels: arXiv's OAI answers know every version, its feeds and its API only the
latest. Each of these functions takes what is known and what is told, and gives what is kept."""

from collections.abc import Callable
from dataclasses import replace

from papers.record import PaperRecord, Version

Combine = Callable[[PaperRecord, PaperRecord], PaperRecord]

# Fields that the channels with less to say leave empty. Where they tell of a newer version, an empty one is no news.
_FILLED = (
    "abstract", "authors", "editors", "categories", "subjects", "doi", "comments", "journal_ref", "report_no",
    "licence", "language", "landing_url", "pdf_url", "submitted", "updated", "published", "appearances", "links",
    "keywords", "same_as", "listings", "withdrawn",
)  # fmt: skip


def kept(known: PaperRecord, told: PaperRecord) -> PaperRecord:
    """For those who speak for a source that knows better itself."""
    return known


def replaced(known: PaperRecord, told: PaperRecord) -> PaperRecord:
    """For a source whose every account is whole."""
    return told


def newest(known: PaperRecord, told: PaperRecord) -> PaperRecord:
    """A whole account, unless it is older than what is known: a snapshot may be months behind. The day on which a
    paper was first announced does not change with later versions."""
    if latest(told) < latest(known):
        return known
    return replace(told, announced=known.announced or told.announced)


def brief(known: PaperRecord, told: PaperRecord) -> PaperRecord:
    """An account of the latest version only. One of a version that is known adds but the day of the list."""
    known = replace(known, announced=told.announced or known.announced)
    if latest(told) <= latest(known):
        return known
    return replace(filled(known, told), versions=_versions(known, told))


def filled(known: PaperRecord, told: PaperRecord) -> PaperRecord:
    """What is told; what it leaves empty stays as it was known. For pages that tell a part each."""
    empty = {name: getattr(known, name) for name in _FILLED if not getattr(told, name)}
    return replace(told, announced=known.announced or told.announced, **empty)


def latest(record: PaperRecord) -> int:
    """The number of the newest version, 0 where none is told."""
    return max((version.number for version in record.versions), default=0)


def _versions(known: PaperRecord, told: PaperRecord) -> tuple[Version, ...]:
    """All numbers up to the newest, with the days that either of them knows."""
    days = {version.number: version.submitted for record in (told, known) for version in record.versions}
    return tuple(Version(number, days.get(number)) for number in range(1, latest(told) + 1))
