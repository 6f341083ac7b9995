"""The kinds of askings, how far they are, and what answers are made from. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """Who answers: a language model, or the paper itself by its key sentences."""

    WRITTEN = "written"
    EXTRACTED = "extracted"


class State(StrEnum):
    """FAILED: given up after several tries."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OPEN = (State.WAITING, State.RUNNING)


class Source(StrEnum):
    """The text of the paper's PDF, whole or in part; its abstract; a summary that stands in the abstract's place."""

    PDF = "pdf"
    PDF_PART = "pdf-part"
    ABSTRACT = "abstract"
    SUMMARY = "summary"
