"""What `up` does between the start of the servers and the start of the web server."""

import http.client
import io
import time
from dataclasses import dataclass

from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.db import connection as database

from coolpapers.services import server
from coolpapers.services.child import Child
from coolpapers.services.errors import ServiceError
from coolpapers.services.server import Say

PATIENCE = 60


def migrate(say: Say) -> None:
    say("Bringing the database up to date ...")
    call_command("migrate", interactive=False, verbosity=0)
    database.close()


def load_starter_papers(say: Say) -> None:
    """Gives a new installation something to show and to search, also when it was killed over it. A failure is told
    and does not keep the service from running."""
    if count_papers() and not _starter_was_interrupted():
        return
    say("Importing the starter papers ...")
    try:
        call_command("ingest", "starter", stdout=io.StringIO(), verbosity=0)
        call_command("index", "rebuild", stdout=io.StringIO(), verbosity=0)
    except (CommandError, OSError, ValueError) as error:
        say(f"The starter papers could not be imported: {error}")
    finally:
        database.close()


def _starter_was_interrupted() -> bool:
    from ingest.sources import starter

    try:
        return starter.was_interrupted()
    finally:
        database.close()


def count_papers() -> int:
    from papers.models import Paper

    try:
        return int(Paper.objects.count())
    finally:
        database.close()


@dataclass(frozen=True)
class VectorProgress:
    papers: int
    embedded: int
    failed: int

    @property
    def is_complete(self) -> bool:
        return self.embedded + self.failed >= self.papers


def vector_progress() -> VectorProgress | None:
    """How far the newest embedding model is; None when that cannot be told now."""
    from search.indexing.status import status

    try:
        told = status()
    except (DatabaseError, OSError):
        return None  # a server is just coming back; the supervisor tells
    finally:
        database.close()
    newest = told["vectors"][-1] if told["vectors"] else {"embedded": 0, "failed": 0}
    return VectorProgress(told["papers"], newest["embedded"], newest["failed"])


def await_web(child: Child, host: str, port: int) -> None:
    """Waits until the web server answers. Raises ServiceError when it ends or keeps silent."""
    deadline = time.monotonic() + PATIENCE
    while not _answers(host, port):
        if child.is_gone() or time.monotonic() > deadline:
            why = server.last_words(server.tail(child.log)) or f"it did not answer for {PATIENCE} seconds"
            raise ServiceError("The web server cannot be started", why, f"See {child.log}.")
        time.sleep(0.1)


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        # The header keeps a service behind HTTPS from sending us to its public address.
        connection.request("GET", "/livez", headers={"X-Forwarded-Proto": "https"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def local_address(host: str) -> str:
    """Where this machine itself reaches a server that listens at `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
