"""What a reader of a source hands to the store: good records, records set aside with their reason, venues, editions."""

from dataclasses import dataclass

from papers.record import EditionRecord, PaperRecord, VenueRecord

# No real paper comes near these; what does is a broken or hostile record that would burden index, pages and encoder.
MAX_ABSTRACT = 100_000
MAX_TITLE = 2_000
MAX_NAME = 500
MAX_RAW = 2_000


class Malformed(ValueError):
    """A record that cannot be taken; the text is the reason, in one line of plain English."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Malformed input kept with its reason. `file` is a name inside the archive or folder, never a machine's path;
    `line` is 1-based, 0 where unknown; `raw` is an excerpt of the input, see excerpt."""

    file: str
    line: int
    reason: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """One good record and where it stood: file and 1-based line."""

    file: str
    line: int
    record: PaperRecord


Item = Taken | SetAside | VenueRecord | EditionRecord


def excerpt(raw: bytes | str) -> str:
    """The beginning of the input, at most MAX_RAW characters, fit to be stored: PostgreSQL refuses NUL."""
    if isinstance(raw, bytes):
        raw = raw[: 4 * MAX_RAW].decode("utf-8", errors="replace")
    return raw[:MAX_RAW].replace("\x00", "\ufffd")
