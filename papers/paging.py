"""Which part of a list a reader asked for: `?skip=` and `?show=`, as on the reference site."""

from collections.abc import Mapping
from dataclasses import dataclass

SHOW, MAX_SHOW = 25, 1_000
_MAX_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Window:
    """`show` places of a list from `skip` on."""

    skip: int = 0
    show: int = SHOW

    def of(self, total: int) -> "Page":
        return Page(total, self.skip, self.show)

    @property
    def end(self) -> int:
        return self.skip + self.show


@dataclass(frozen=True, slots=True)
class Page:
    """What a pager shows of a list of `total` places."""

    total: int
    skip: int
    show: int

    @property
    def first(self) -> int:
        """The number of the first paper, from 1."""
        return self.skip + 1

    @property
    def last(self) -> int:
        return min(self.skip + self.show, self.total)

    @property
    def is_past_end(self) -> bool:
        return 0 < self.total <= self.skip

    @property
    def previous_skip(self) -> int | None:
        """`skip` of the page before, None on the first one."""
        return max(min(self.skip, self.total) - self.show, 0) if self.skip else None

    @property
    def next_skip(self) -> int | None:
        return self.skip + self.show if self.skip + self.show < self.total else None

    @property
    def show_all(self) -> int | None:
        """`show` that puts the whole list on one page, where that is allowed and makes a difference."""
        return self.total if self.show < self.total <= MAX_SHOW else None


def window(parameters: Mapping[str, str]) -> Window:
    """Reads `skip` and `show`; what is no number, or too small, counts as not given."""
    show = _number(parameters.get("show", ""))
    return Window(_number(parameters.get("skip", "")), min(show, MAX_SHOW) if show else SHOW)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else 0
