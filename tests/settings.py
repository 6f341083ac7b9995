"""The settings of a test run: a data folder of its own, and no variable of the shell that runs it."""

import atexit
import os
import tempfile
from pathlib import Path

from coolpapers.services import removal
from coolpapers.services.layout import Layout

PREFIX = "coolpapers-tests-"
KEPT = ("COOLPAPERS_TEST_", "COOLPAPERS_REAL_DATA")


def _begin() -> None:
    for name in [name for name in os.environ if name.startswith("COOLPAPERS_") and not name.startswith(KEPT)]:
        del os.environ[name]
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
        if foreign := os.environ.get(f"COOLPAPERS_TEST_{name}"):
            os.environ[name] = foreign
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)  # root's PostgreSQL runs as another account and must get through
    (folder / "static").mkdir()  # WhiteNoise warns without it
    os.environ["COOLPAPERS_DATA_DIR"] = str(folder)
    # Also after failures and Ctrl-C. Workers share the folder; the process that made it removes it.
    atexit.register(_end, os.getpid(), folder)


def _end(maker: int, folder: Path) -> None:
    if os.getpid() == maker:
        removal.remove(Layout(folder))


# The workers of xdist inherit the folder from the process that starts them.
if "PYTEST_XDIST_WORKER" not in os.environ:
    _begin()

from coolpapers.settings import *  # noqa: E402, F403
from coolpapers.settings import STORAGES  # noqa: E402

# Nothing is collected for a test, so there is no manifest to look names up in.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
