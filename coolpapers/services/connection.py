"""The servers as settings name them: embedded ones are started, foreign ones are tried."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings

from coolpapers.services import usage
from coolpapers.services.errors import ServiceError
from coolpapers.services.server import Say, Server


def embedded_servers() -> list[Server]:
    return usage.servers(settings.LAYOUT, postgres=settings.EMBEDDED_POSTGRES, valkey=settings.EMBEDDED_VALKEY)


@contextmanager
def connected(say: Say, patience: float = 0) -> Iterator[None]:
    """Runs its block with both servers usable; see usage.using for `patience`. Raises ServiceError."""
    embedded = embedded_servers()
    if not settings.EMBEDDED_POSTGRES:
        _try_database()
    if not embedded:
        yield
        return
    with usage.using(settings.LAYOUT, embedded, say, patience):
        yield


def _try_database() -> None:
    # The connection pool would keep trying for ten seconds and then not say why.
    address = settings.DATABASES["default"]
    try:
        psycopg.connect(
            host=address["HOST"],
            port=address["PORT"],
            dbname=address["NAME"],
            user=address["USER"] or None,
            password=address["PASSWORD"] or None,
            connect_timeout=5,
        ).close()
    except psycopg.Error as error:
        raise ServiceError(
            f"The database {address['NAME']} at {address['HOST']}:{address['PORT']} cannot be reached",
            str(error).strip().splitlines()[0],
            "Correct DATABASE_URL, or unset it to use the embedded PostgreSQL.",
        ) from error
