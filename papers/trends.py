"""Papers per year as bars: where each stands in a plot, in shares of its width and pixels of its height. Pure.

Numbers that go into the markup are texts, so that no language writes a comma into them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEIGHT = 72  # of the highest bar, in pixels
LONGEST = 80  # years of one plot; older ones are in the table beside it
SPARK_YEARS, SPARK_HEIGHT = 30, 16

_FEWEST_SLOTS = 10  # a plot of one year is no wall
_BAR = 0.72  # of the place of a year
_LOWEST = 2
_LABEL, _BELOW_LABEL = 16, 4
_STEPS = (1, 2, 5, 10, 20, 50)
_LABELS, _LABELS_WIDE = 6, 14  # how many years can stand below a plot: on a phone, and elsewhere


@dataclass(frozen=True, slots=True)
class Point:
    """How many papers a year has. `name` says of what, `url` leads to them, both empty where there is no such page."""

    year: int
    papers: int
    url: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """`slot` and `slot_width` are the year's whole place, `x` and `width` the bar in it, in per cent; `y` and `height`
    in pixels. The papers of a year that `is_open` are still to come."""

    point: Point
    slot: str
    slot_width: str
    x: str
    width: str
    y: str
    height: str
    is_open: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A year written below the plot; one that `is_minor` only where there is room."""

    year: int
    x: str
    is_minor: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """`points` are all years with papers, the newest first; `bars` those of the plot, the oldest first. `current` is
    the name of the point whose page it is on."""

    points: tuple[Point, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    most: Point
    current: str

    height = HEIGHT
    label_y = HEIGHT + _LABEL
    total_height = HEIGHT + _LABEL + _BELOW_LABEL

    @property
    def first(self) -> int:
        return self.bars[0].point.year

    @property
    def last(self) -> int:
        return self.bars[-1].point.year

    @property
    def has_open(self) -> bool:
        return any(bar.is_open for bar in self.bars)


def trend(points: Iterable[Point], this_year: int, current: str = "") -> Trend | None:
    """The plot of years with papers, LONGEST at most up to the last one; None without any."""
    known = _by_year(points)
    if not known:
        return None
    last = known[-1].year
    shown = [point for point in known if point.year > last - LONGEST]
    first, span = shown[0].year, last - shown[0].year + 1
    slots = max(span, _FEWEST_SLOTS)
    most = max(shown, key=lambda point: point.papers)
    bars = [_bar(point, point.year - first, slots, most.papers, this_year, current) for point in shown]
    return Trend(tuple(reversed(known)), tuple(bars), _ticks(first, span, slots), most, current)


def spark(points: Iterable[Point], last: int) -> str:
    """The bars of the SPARK_YEARS up to `last` as one path, a unit wide each and SPARK_HEIGHT high at most."""
    known = [point for point in _by_year(points) if last - SPARK_YEARS < point.year <= last]
    most = max((point.papers for point in known), default=1)
    return "".join(_spark_bar(SPARK_YEARS - 1 - last + point.year, point.papers / most) for point in known)


def _by_year(points: Iterable[Point]) -> list[Point]:
    """One point for each year, the oldest first: of two with papers in one year the first gives name and address."""
    found: dict[int, Point] = {}
    for point in points:
        if point.papers > 0:
            before = found.get(point.year)
            papers = point.papers + (before.papers if before else 0)
            told = before or point
            found[point.year] = Point(point.year, papers, told.url, told.name)
    return [found[year] for year in sorted(found)]


def _bar(point: Point, place: int, slots: int, most: int, this_year: int, current: str) -> Bar:
    height = max(round(HEIGHT * point.papers / most, 1), _LOWEST)
    return Bar(
        point=point,
        slot=_percent(place / slots),
        slot_width=_percent(1 / slots),
        x=_percent((place + (1 - _BAR) / 2) / slots),
        width=_percent(_BAR / slots),
        y=f"{HEIGHT - height:g}",
        height=f"{height:g}",
        is_open=point.year >= this_year,
        is_current=bool(current) and point.name == current,
    )


def _ticks(first: int, span: int, slots: int) -> tuple[Tick, ...]:
    """Round years, so far apart that they do not touch."""
    major = _step(span, _LABELS, _STEPS)
    minor = _step(span, _LABELS_WIDE, [step for step in _STEPS if major % step == 0])
    years = [year for year in range(first, first + span) if year % minor == 0] or [first]
    return tuple(Tick(year, _percent((year - first + 0.5) / slots), bool(year % major)) for year in years)


def _step(span: int, labels: int, steps: Sequence[int]) -> int:
    return next((step for step in steps if span <= labels * step), steps[-1])


def _spark_bar(place: int, share: float) -> str:
    top = SPARK_HEIGHT - max(round(SPARK_HEIGHT * share, 1), 1)
    return f"M{place} {SPARK_HEIGHT}V{top:g}h.8V{SPARK_HEIGHT}"


def _percent(share: float) -> str:
    return f"{100 * share:.3f}".rstrip("0").rstrip(".") + "%"
