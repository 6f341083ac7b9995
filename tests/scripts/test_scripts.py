"""The parts of our scripts that need no browser, run by Node's own test runner."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NODE_WITH_RUNNER = 18


@pytest.fixture(scope="module")
def node() -> str:
    program = shutil.which("node")
    if program is None:
        pytest.skip("no Node on this machine: scripts are then tested in Chromium only")
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    if int(re.findall(r"\d+", version)[0]) < NODE_WITH_RUNNER:
        pytest.skip(f"Node {version.strip()} has no test runner: it takes {NODE_WITH_RUNNER} or newer")
    return program


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_script(node: str, name: str) -> None:
    run = subprocess.run([node, "--test", name], cwd=HERE, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout + run.stderr
