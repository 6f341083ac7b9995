"""The pure parts of the browser's scripts under Node's own test runner; what all scripts weigh, and what they say."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from coolpapers import environment
from papers.js_words import WORDS

SCRIPTS = sorted(environment.CHECKOUT.glob("*/static/*/js/*.js"))
HERE = Path(__file__).parent
OLDEST_NODE = 18
LIMIT = 60_000  # bytes, compressed; the whole of a reader's first visit


@pytest.mark.parametrize("module", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name.partition(".")[0])
def test_a_module_keeps_what_its_own_tests_say(module: Path) -> None:
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None:
        pytest.skip("no Node on this machine: apt-get install nodejs")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        pytest.skip(f"Node {version.strip()} is too old: these tests need {OLDEST_NODE}")
    ran = subprocess.run([node, "--test", str(module)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "# pass 0" not in ran.stdout


def test_all_scripts_together_are_small(record_property: Any) -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), mtime=0)) for path in SCRIPTS}
    record_property("figures", f"{len(sizes)} scripts, {sum(sizes.values()):,} bytes compressed")
    assert len(sizes) > 20
    assert sum(sizes.values()) < LIMIT, sizes


def test_scripts_say_nothing_that_has_no_text() -> None:
    said = {name for path in SCRIPTS for name in re.findall(r'\bword\(\s*"(\w+)"', path.read_text())}
    assert said - set(WORDS) == set()


def test_scripts_never_make_markup_of_texts_nor_code() -> None:
    """But for what our own server rendered, where answers come in pieces."""
    forbidden = re.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b")
    found = {path.name for path in SCRIPTS if forbidden.search(path.read_text())}
    assert found <= {"answers.js"}
