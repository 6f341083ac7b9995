"""What pages cost: time in the server, queries, bytes on the wire."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coolpapers import garbage


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one page: milliseconds at the median and the 95th percentile, queries, compressed kilobytes."""

    name: str
    status: int
    p50: float
    p95: float
    queries: int
    kilobytes: float


def measure(pages: Sequence[tuple[str, str, dict[str, str]]], rounds: int) -> list[Cost]:
    """Pages (name, path, headers) are asked in turns, so that what disturbs the machine disturbs all of them."""
    client = Client(raise_request_exception=True)
    asked = [(name, path, {"HTTP_ACCEPT_ENCODING": "gzip"} | headers) for name, path, headers in pages]
    for _, path, headers in asked:
        _get(client, path, headers)
    garbage.set_apart()  # as the web server does
    times: dict[str, list[float]] = {name: [] for name, _, _ in asked}
    for _ in range(rounds):
        for name, path, headers in asked:
            started = time.perf_counter()
            _get(client, path, headers)
            times[name].append((time.perf_counter() - started) * 1000)
    return [_cost(client, name, path, headers, sorted(times[name])) for name, path, headers in asked]


def _cost(client: Client, name: str, path: str, headers: dict[str, str], spent: list[float]) -> Cost:
    with CaptureQueriesContext(connection) as asked:
        answer = _get(client, path, headers)
    at95 = spent[min(len(spent) - 1, round(len(spent) * 0.95))]
    size = len(answer.content) / 1000
    return Cost(name, answer.status_code, round(spent[len(spent) // 2], 1), round(at95, 1), len(asked), round(size, 1))


def _get(client: Client, path: str, headers: dict[str, str]) -> HttpResponse:
    return client.get(path, secure=settings.BEHIND_HTTPS, SERVER_NAME="localhost", **headers)
