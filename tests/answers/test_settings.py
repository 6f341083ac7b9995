"""Variables of the endpoint: a wrong value stops the start with a line that names it, and never shows the key."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coolpapers.environment import CHECKOUT

URL = "https://api.example.com/v1"


def start(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    code = "from django.conf import settings as s; print(s.ANSWERS_URL, s.ANSWERS_MODEL, s.ANSWERS_CONTEXT)"
    environment = {"PATH": os.environ["PATH"], "COOLPAPERS_DATA_DIR": str(tmp_path), **variables}
    environment |= {"DJANGO_SETTINGS_MODULE": "coolpapers.settings"}
    return subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, env=environment, capture_output=True, text=True)


def test_right_values_are_taken(tmp_path: Path) -> None:
    done = start(
        tmp_path, COOLPAPERS_ANSWERS_URL=f"{URL}/", COOLPAPERS_ANSWERS_MODEL="m", COOLPAPERS_ANSWERS_KEY="sk-1"
    )
    assert done.stdout == f"{URL} m 32000\n", done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COOLPAPERS_ANSWERS_URL", "api.example.com"),
        ("COOLPAPERS_ANSWERS_URL", "file:///etc/passwd"),
        ("COOLPAPERS_ANSWERS_URL", "https://user:secret@api.example.com/v1"),
        ("COOLPAPERS_ANSWERS_URL", "https://api.example.com/v1?key=secret"),
        ("COOLPAPERS_ANSWERS_URL", "http://[::1"),
        ("COOLPAPERS_ANSWERS_KEY", "secret\twith space"),
        ("COOLPAPERS_ANSWERS_MODEL", ""),
        ("COOLPAPERS_ANSWERS_CONTEXT", "12"),
        ("COOLPAPERS_ANSWERS_DAILY_TOKENS", "-1"),
    ],
)
def test_a_wrong_value_stops_the_start(tmp_path: Path, name: str, value: str) -> None:
    right = {"COOLPAPERS_ANSWERS_URL": URL, "COOLPAPERS_ANSWERS_MODEL": "m"}
    done = start(tmp_path, **(right | {name: value}))
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0
    assert name in last
    assert "cannot be used" in last
    if name != "COOLPAPERS_ANSWERS_URL" or "user" in value:
        assert "secret" not in last
