"""What time it is for harvesting. Tests play a month in minutes: there `now` is simulated, and waits are shorter by
the same factor."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

_now: Callable[[], datetime] = timezone.now
_scale = 1.0


def now() -> datetime:
    """In UTC."""
    return _now()


def real(seconds: float) -> float:
    """How long a wait takes on the clock of this machine."""
    return seconds / _scale


def simulate(now: Callable[[], datetime], scale: float) -> None:
    """For tests: another time, of which `scale` seconds pass in one of ours."""
    global _now, _scale
    _now, _scale = now, scale


def restore() -> None:
    simulate(timezone.now, 1.0)
