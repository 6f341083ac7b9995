"""What the address of a feed asks for: how many entries, and from which one on. Pure.

Pages begin behind an entry, not after a number of them: papers that arrive meanwhile move nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

SHOW, MAX_SHOW = 100, 500
_NUMBER = re.compile(r"[0-9]{1,9}\Z")
_MARK = re.compile(r"(-?[0-9]{1,11})\.([0-9]{1,18})\Z")


class BadMark(ValueError):
    """`before` is none that a feed has given out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ends: the moment at which its last entry was told (seconds since 1970), and that one's number."""

    moment: int
    id: int

    def __str__(self) -> str:
        return f"{self.moment}.{self.id}"

    @property
    def time(self) -> datetime:
        return datetime.fromtimestamp(self.moment, UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """`show` entries that come after the one of `before`, or from the newest on."""

    show: int = SHOW
    before: Mark | None = None

    def query(self) -> dict[str, str]:
        """As it stands in an address; what is usual is left out."""
        shown = {} if self.show == SHOW else {"show": str(self.show)}
        return shown | ({"before": str(self.before)} if self.before else {})

    def after(self, mark: Mark) -> "Asked":
        return Asked(self.show, mark)

    def first(self) -> "Asked":
        return Asked(self.show)


def asked(parameters: Mapping[str, str]) -> Asked:
    """Reads `show`, forgiving as other pages are, and `before`. Raises BadMark."""
    show = parameters.get("show", "")
    number = int(show) if _NUMBER.match(show) else 0
    return Asked(min(number, MAX_SHOW) or SHOW, _mark(parameters.get("before", "")))


def _mark(text: str) -> Mark | None:
    if not text:
        return None
    match = _MARK.match(text)
    if match is None:
        raise BadMark(text)
    mark = Mark(int(match[1]), int(match[2]))
    try:
        mark.time  # noqa: B018 - whether there is such a moment
    except (ValueError, OverflowError, OSError):
        raise BadMark(text) from None
    return mark
