"""What pages cost, measured on a made corpus."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from coolpapers.environment import CHECKOUT
from tests.services.sandbox import Sandbox


@pytest.fixture
def told() -> list[dict[str, object]]:
    box = Sandbox()
    try:
        done = box.manage("bench_pages", "--papers", "3000", "--rounds", "2")
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout.splitlines()[-1]))
    finally:
        box.close()


def test_asks_every_page_with_success_and_within_its_queries(told: list[dict[str, object]]) -> None:
    assert len(told) >= 12
    assert {page["status"] for page in told} == {200}
    day = next(page for page in told if page["name"] == "day, first page")
    assert int(str(day["queries"])) <= 8
    assert float(str(day["kilobytes"])) < 100


@pytest.mark.parametrize("papers", ["few", "999", "9000000"])
def test_refuses_numbers_that_make_no_sense(papers: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "bench_pages", "--papers", papers],
        cwd=CHECKOUT,
        env={"PATH": "/usr/bin:/bin", "COOLPAPERS_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "give a number from 1000 to 3000000" in done.stderr
