"""How long a day's list takes from the feed to a search by meaning: `python -m tests.world.day`.

Starts the whole service in a folder of its own, lets it come to rest, asks the feeds of twelve categories at arXiv's
pace as `manage.py harvest arxiv` does, and tells when all papers were listed, found by words and found by meaning."""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.services.sandbox import Sandbox, read_until, wait_for
from tests.world import WorldClock
from tests.world.population import CATEGORIES, World
from tests.world.server import serve


def main() -> int:
    today = datetime.now(UTC).date()
    world = World(first_day=today - timedelta(days=3), days=5, clock=WorldClock())
    if not world.is_list_day(world.shown_day()):
        print("No list comes out today: run this on a working day of arXiv's.")
        return 1
    box = Sandbox()
    try:
        with serve(world) as url:
            _measure(box, world, url)
    finally:
        box.close()
    return 0


def _measure(box: Sandbox, world: World, url: str) -> None:
    up = box.start("up")
    read_until(up, "stop ")
    wait_for(lambda: _is_searchable(_status(box)), 600)
    before, began = _status(box)["papers"], time.monotonic()
    variables = {
        "COOLPAPERS_CONTACT": "measure@example.org",
        "COOLPAPERS_SOURCE_URLS": f"*={url}",
        "COOLPAPERS_ARXIV_CATEGORIES": ",".join(CATEGORIES),
    }
    done = box.manage("harvest", "arxiv", **variables)
    assert done.returncode == 0, done.stderr
    _tell("listed", began, _status(box)["papers"] - before)
    wait_for(lambda: _status(box)["lexical"]["documents"] == _status(box)["papers"], 600)
    _tell("found by words", began, _status(box)["papers"] - before)
    wait_for(lambda: _is_searchable(_status(box)), 1_200)
    _tell("found by meaning, both vectors", began, _status(box)["papers"] - before)
    told = world.expected(world.shown_day())
    assert _status(box)["papers"] - before == told["total"], told["total"]
    box.manage("stop")
    up.wait(20)


def _is_searchable(told: dict[str, Any]) -> bool:
    models = told["vectors"]
    return bool(models) and all(model["embedded"] == told["papers"] for model in models)


def _status(box: Sandbox) -> dict[str, Any]:
    told = box.manage("index", "status", "--json")
    return dict(json.loads(told.stdout)) if told.returncode == 0 else {"papers": 0, "lexical": {}, "vectors": []}


def _tell(what: str, began: float, papers: int) -> None:
    print(f"{papers:,} papers {what} after {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
