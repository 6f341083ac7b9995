"""The one place from which sources are asked. Bounded in size and time, and never further than allowed."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import certifi
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from ingest import clock
from ingest.http import addresses, turnstile
from ingest.http.addresses import Target
from ingest.http.backoff import retry_after
from ingest.http.errors import FetchFailed, NotThere, Refused, Unavailable

MAX_BODY = 64 * 1024 * 1024  # bytes, unpacked; the largest real answer has 10 million
MAX_REDIRECTS = 5
QUIET = 30.0  # seconds without any news from the host
WHOLE = 120.0  # seconds for all of an answer
_CHUNK = 64 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY = {403, 408, 425, 429}  # arXiv answers 403 to those it finds too fast


class NoContact(FetchFailed):
    """Nobody is asked before the operator has said whom the hosts may turn to."""

    def __init__(self, address: str):
        super().__init__(address, "nothing is harvested until COOLPAPERS_CONTACT names an e-mail address or a page")


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by their names in lower case; an unchanged page (304) has an empty body."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304


def fetch(address: str, *, etag: str = "") -> Answer:
    """Asks for an address and follows its redirects, each of them as a call of its own at the hosts' pace. Raises
    Refused, NotThere, Unavailable, NoContact."""
    if not settings.CONTACT:
        raise NoContact(address)
    url, seen = addresses.url_of(address), set[str]()
    while len(seen) <= MAX_REDIRECTS and url not in seen:
        seen.add(url)
        aim = addresses.target(address, url)
        with turnstile.turn(aim.group, addresses.pause_of(aim.group)):
            answer = _asked_once(address, aim, etag)
        if answer.status not in _REDIRECTS:
            return _judged(answer, aim)
        url = addresses.redirected(address, url, answer.headers.get("location", ""))
    raise Refused(address, "redirected in a circle" if url in seen else f"more than {MAX_REDIRECTS} redirects")


def _judged(answer: Answer, aim: Target) -> Answer:
    if answer.status in {200, 304}:
        return answer
    if answer.status in {404, 410}:
        raise NotThere(answer.address, "there is no such page", answer.status)
    if answer.status >= 500 or answer.status in _BUSY:
        seconds = retry_after(answer.headers.get("retry-after"), clock.now())
        if seconds:
            turnstile.hold_back(aim.group, seconds)
        raise Unavailable(answer.address, f"the host answers {answer.status}", answer.status, seconds)
    raise Unavailable(answer.address, f"the host answers {answer.status}: {_beginning(answer.body)}", answer.status)


def _asked_once(address: str, aim: Target, etag: str) -> Answer:
    headers = {
        "Host": aim.host_header,
        "User-Agent": settings.USER_AGENT,
        "Accept-Encoding": "gzip",
    } | ({"If-None-Match": etag} if etag else {})
    connection = _connection(aim)
    try:
        connection.connect()
        with _no_longer_than(WHOLE, connection.sock):
            connection.request("GET", aim.path, headers=headers, preload_content=False)
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.headers.items()}
            body = b"".join(_bounded(address, response, told))
    except (HTTPError, OSError, http.client.HTTPException, ValueError) as error:
        raise Unavailable(address, _plainly(error)) from error
    finally:
        connection.close()
    return Answer(address, response.status, told, body)


def _connection(aim: Target) -> Any:
    """To the address of the network that was looked at; the certificate is that of the name."""
    if aim.scheme == "http":
        return HTTPConnection(aim.ip, aim.port, timeout=QUIET)
    return HTTPSConnection(
        aim.ip, aim.port, timeout=QUIET, server_hostname=aim.host, assert_hostname=aim.host,
        cert_reqs=ssl.CERT_REQUIRED, ca_certs=certifi.where(),
    )  # fmt: skip


@contextmanager
def _no_longer_than(seconds: float, link: socket.socket) -> Iterator[None]:
    """A host that sends a byte now and then would hold the turn of all others: its connection is cut, which a body of
    no declared length reads as its end. The socket is held here, since the connection forgets it after the headers.
    Raises TimeoutError."""
    was_cut = threading.Event()

    def cut() -> None:
        was_cut.set()
        with suppress(OSError):
            link.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if was_cut.is_set():
        raise TimeoutError(f"the answer took longer than {seconds:g} seconds")


def _bounded(address: str, response: Any, headers: Mapping[str, str]) -> Iterator[bytes]:
    """The body, unpacked, as long as it stays within bounds. Cut short, urllib3 raises IncompleteRead."""
    length = headers.get("content-length", "")
    if length.isascii() and length.isdecimal() and int(length[:18]) > MAX_BODY:
        raise Refused(address, f"a body of {int(length[:18]):,} bytes, more than {MAX_BODY:,}", response.status)
    size = 0
    for chunk in response.stream(_CHUNK, decode_content=True):
        size += len(chunk)
        if size > MAX_BODY:
            raise Refused(address, f"a body of more than {MAX_BODY:,} bytes", response.status)
        yield chunk


def _beginning(body: bytes) -> str:
    return " ".join(body[:200].decode("utf-8", errors="replace").split())


def _plainly(error: Exception) -> str:
    kind = type(error).__name__
    return f"{kind}: {error}"[:300] if str(error) else kind
