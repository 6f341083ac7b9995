"""The pure parts of the extension under Node's own test runner, and what they found in figures."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
OLDEST_NODE = 18


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node") or shutil.which("nodejs")
    if found is None:
        pytest.skip("no Node on this machine: apt-get install nodejs")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        pytest.skip(f"Node {version.strip()} is too old: these tests need {OLDEST_NODE}")
    return found


@pytest.mark.parametrize("module", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name.partition(".")[0])
def test_a_module_keeps_what_its_own_tests_say(module: Path, node: str, record_property: Any) -> None:
    ran = subprocess.run([node, "--test", "--test-reporter=tap", str(module)], capture_output=True, text=True)
    for figures in re.findall(r"^ *# figures: (.+)$", ran.stdout, re.MULTILINE):
        record_property("figures", figures)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"^# pass [1-9]", ran.stdout, re.MULTILINE)
    assert re.search(r"^# skipped 0$", ran.stdout, re.MULTILINE)
