"""Collects and compresses style sheets and scripts, in a process of its own beside the migrations."""

import hashlib
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from coolpapers.services import server
from coolpapers.services.errors import ServiceError


class StaticFiles:
    """Takes seconds of both cores, so it is left out when no source file has changed since the last time."""

    def __init__(self) -> None:
        self._log = settings.LAYOUT.folder(settings.LAYOUT.log_dir) / "static.log"
        self._stamp = Path(settings.STATIC_ROOT) / ".collected"
        self._sources = _fingerprint()
        self._process = None if self._is_current() else self._start()

    def wait(self) -> None:
        """Returns when all are there. Raises ServiceError."""
        if self._process is None:
            return
        if self._process.wait():
            raise ServiceError(
                "Style sheets and scripts cannot be collected",
                server.last_words(server.tail(self._log)) or f"exit code {self._process.returncode}",
                f"See {self._log}.",
            )
        self._stamp.write_text(self._sources)

    def cancel(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _is_current(self) -> bool:
        return self._stamp.exists() and self._stamp.read_text() == self._sources

    def _start(self) -> subprocess.Popen[bytes]:
        self._stamp.unlink(missing_ok=True)
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
                cwd=settings.BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
