"""Pages are tested with papers made by hand, stored as an importer stores them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from ingest.store import store
from papers.record import PaperRecord
from search.indexing import follow, lexical
from tests.pages.browsing import Open, opening, running_chromium, wait_for_answers

Keep = Callable[..., None]


@pytest.fixture
def keep(db: None) -> Keep:
    """Stores records, one source at a time as importers do."""

    def keep_records(*records: PaperRecord) -> None:
        for source in dict.fromkeys(record.source for record in records):
            with transaction.atomic():
                store([record for record in records if record.source == source])

    return keep_records


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Builds the BM25 index of the stored papers, in a folder of its own."""
    settings.INDEX_DIR = tmp_path / "index"

    def build() -> None:
        with lexical.writing():
            follow.rebuild_lexical()

    yield build


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def site(live_server: Any) -> str:
    """The address of the service; modules that need papers override it with one that stores them."""
    return str(live_server.url)


@pytest.fixture
def visit(chromium: Any, site: str) -> Iterator[Open]:
    with opening(chromium, site) as open_page:
        yield open_page
    wait_for_answers()
