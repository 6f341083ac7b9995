import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from coolpapers.environment import CHECKOUT


def test_behind_https_djangos_own_check_finds_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=CHECKOUT,
        env={
            "PATH": os.environ["PATH"],
            "COOLPAPERS_DATA_DIR": str(tmp_path / "data"),
            "COOLPAPERS_PUBLIC_URL": "https://papers.example",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.django_db
def test_livez_and_readyz_answer_supervisors() -> None:
    assert Client().get("/livez").content == b"ok\n"
    ready = Client().get("/readyz")
    assert ready.status_code == 200
    assert ready.content == b"database ok\ncache ok\n"
    assert "no-store" in ready["Cache-Control"]


@pytest.mark.django_db
def test_every_answer_carries_a_strict_policy() -> None:
    policy = Client().get("/search")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_encoders_libraries_are_not_loaded_with_the_site() -> None:
    """torch takes seconds and half a gigabyte: only encoding may load it."""
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'coolpapers.settings';"
        "import coolpapers.wsgi, coolpapers.urls, search.tasks, search.stages;"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()))"
    )
    environment = {"PATH": os.environ["PATH"], "COOLPAPERS_DATA_DIR": str(settings.DATA_DIR)}
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
