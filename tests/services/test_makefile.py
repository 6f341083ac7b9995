"""What `make` says and does before anything is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from coolpapers.environment import CHECKOUT
from coolpapers.services import installation


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL"}}
    return subprocess.run(["make", *arguments], cwd=folder, env=kept, capture_output=True, text=True, timeout=300)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    for name in ("Makefile", *installation.INPUTS, "coolpapers/services/installation.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / name, tmp_path / name)
    return tmp_path


def test_make_alone_shows_every_target() -> None:
    said = make(CHECKOUT).stdout
    targets = (CHECKOUT / "Makefile").read_text().partition(".PHONY: ")[2].splitlines()[0].split()
    assert all(f"make {target}" in said for target in targets if target != "help")


def test_a_missing_python_is_named(fresh: Path) -> None:
    done = make(fresh, "setup", "PYTHON=python-of-nobody")
    assert done.returncode
    assert "coolpapers: python-of-nobody is not installed" in done.stderr


def test_an_old_python_is_refused_with_its_version(fresh: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(installation.sys, "version_info", (3, 9, 1))
    assert installation.main("run") == 1
    assert "Python 3.9 is too old: 3.11 or newer" in capsys.readouterr().err


def test_a_python_without_venv_is_told_what_to_install(fresh: Path) -> None:
    stub = fresh / "python-without-venv"
    stub.write_text(
        '#!/bin/sh\n[ "$1" = -m ] && { echo "ensurepip is not available" >&2; exit 1; }\n'
        # sys.executable must lead back to this stub.
        f"exec python3 -c \"import runpy, sys; sys.executable = '{stub}'; sys.argv = sys.argv[1:]; "
        'runpy.run_path(sys.argv[0], run_name=\'__main__\')" "$@"\n'
    )
    stub.chmod(0o755)
    done = make(fresh, "setup", f"PYTHON={stub}")
    assert done.returncode
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_finished_installation_is_not_repeated(fresh: Path) -> None:
    (fresh / ".venv").mkdir()
    (fresh / ".venv" / ".installed-run").touch()
    done = make(fresh, "setup")
    assert done.returncode == 0
    assert done.stderr == ""
    os.utime(fresh / "constraints.txt", (4e9, 4e9))
    assert "installation.py" in make(fresh, "--dry-run", "setup").stdout
