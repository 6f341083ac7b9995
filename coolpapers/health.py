"""Answers for supervisors: is the process alive, and can it serve."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when pages can be served. PostgreSQL is needed; without Valkey pages are served, so that is told only."""
    database, cached = _works(_ask_database), _works(_ask_cache)
    text = f"database {_word(database)}\ncache {_word(cached)}\n"
    return HttpResponse(text, content_type="text/plain", status=200 if database else 503)


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM papers_paper LIMIT 1")


def _ask_cache() -> None:
    cache.get("readyz")


def _works(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:  # whatever is wrong with the server, the answer to a supervisor is no
        return False
    return True


def _word(works: bool) -> str:
    return "ok" if works else "does not answer"
