"""Harvesting against a host on loopback."""

from collections.abc import Iterator
from typing import Any

import pytest

from coolpapers.source_urls import DEFAULTS
from ingest import clock
from ingest.http import addresses
from tests.ingest.http.scripted import Script, scripted


@pytest.fixture
def host(settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Script]:
    """Plays all sources, each under its name; calls without pauses."""
    monkeypatch.setattr(addresses, "PAUSE", 0.0)
    monkeypatch.setattr(addresses, "PAUSES", {})
    with scripted() as script:
        settings.CONTACT = "tests@example.org"
        settings.SOURCE_URLS = {name: f"{script.url}/{name}" for name in DEFAULTS}
        yield script
    clock.restore()
