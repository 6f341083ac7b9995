"""Feeds are tested with papers that an importer stored, at a time that the test says."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from ingest import clock
from tests.pages.conftest import index, keep

__all__ = ["at", "index", "keep"]

At = Callable[[datetime], None]


@pytest.fixture
def at() -> Iterator[At]:
    """Sets the clock of those who store papers."""

    def set_clock(moment: datetime) -> None:
        clock.simulate(lambda: moment.astimezone(UTC), 1.0)

    yield set_clock
    clock.restore()
