"""The one place from which a language model is asked: any endpoint that speaks OpenAI's chat completions.

Only the operator's base URL is asked, and no redirect is followed: a question carries the operator's key."""

import http.client
import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import certifi
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as UrllibTimeout

from library.answers.failures import Broken, Busy, NoAnswer, Refused, Unusable
from library.answers.prompts import Messages
from library.answers.stream import CUT_OFF, Stream, Usage
from papers.tex.limits import CONTROL

CONNECT = 10.0  # seconds
FIRST = 120.0  # until the first byte: the endpoint may have a queue of its own
QUIET = 30.0  # without any byte in the middle
WHOLE = 600.0  # for all of an answer
LONGEST = 20_000  # characters of an answer
_ERROR_BODY = 2_000
_BUSY = {429, 503}


def is_there() -> bool:
    """Whether the operator has set an endpoint."""
    return bool(settings.ANSWERS_URL)


class Reply:
    """An answer as it comes: iterating gives its pieces, and "" where the endpoint is alive but says nothing. It is
    complete when the iteration ends without an exception; `usage` is known then, if the endpoint tells it."""

    def __init__(self, messages: Messages):
        self._messages = messages
        self._stream = Stream()
        self.has_begun = False  # the endpoint has taken the question, and so it costs

    @property
    def usage(self) -> Usage | None:
        return self._stream.usage

    def __iter__(self) -> Iterator[str]:
        """Raises Busy, Refused, Broken, Unusable. Leaving the iteration ends the connection, and so the work there."""
        try:
            yield from self._pieces()
        except (HTTPError, OSError, http.client.HTTPException, ValueError) as error:
            if self._stream.finish:  # all was said before the line broke
                self._stream.check()
                return
            raise Broken(_plainly(error, has_begun=self.has_begun)) from error

    def _pieces(self) -> Iterator[str]:
        until = time.monotonic() + WHOLE
        length = 0
        with closing(_connection()) as connection:
            connection.connect()
            link = connection.sock  # the connection forgets it where the endpoint closes it after the answer
            link.settimeout(FIRST)
            response = _asked(connection, self._messages)
            self.has_begun = True
            for data in _read(response, link, until):
                yield ""
                for piece in self._stream.feed(data):
                    length += len(piece)
                    if length > LONGEST:
                        raise Unusable(f"the answer is longer than {LONGEST:,} characters")
                    yield CONTROL.sub("", piece)
                if self._stream.is_over:
                    break
        self._stream.check()


def _connection() -> Any:
    parts = urlsplit(settings.ANSWERS_URL)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "http":
        return HTTPConnection(host, port or 80, timeout=CONNECT)
    return HTTPSConnection(
        host, port or 443, timeout=CONNECT, cert_reqs=ssl.CERT_REQUIRED, ca_certs=certifi.where()
    )  # fmt: skip


def _asked(connection: Any, messages: Messages) -> Any:
    """The response, whose headers say that an answer follows. Raises Busy, Refused, Broken, Unusable."""
    body = {
        "model": settings.ANSWERS_MODEL,
        "messages": messages,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    connection.request(
        "POST", f"{urlsplit(settings.ANSWERS_URL).path}/chat/completions", body=json.dumps(body).encode(),
        headers=_headers(), preload_content=False,
    )  # fmt: skip
    response = connection.getresponse()
    if response.status != 200:
        raise _failure(response)
    if not response.headers.get("Content-Type", "").lower().startswith("text/event-stream"):
        raise Unusable(f"the endpoint does not stream: it answers with {response.headers.get('Content-Type')!r:.80}")
    return response


def _headers() -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "Accept": "text/event-stream",
        "Accept-Encoding": "identity",
        "User-Agent": f"coolpapers/{settings.VERSION}",
    }
    return headers | ({"Authorization": f"Bearer {settings.ANSWERS_KEY}"} if settings.ANSWERS_KEY else {})


def _read(response: Any, link: socket.socket, until: float) -> Iterator[bytes]:
    while data := response.read1():
        link.settimeout(QUIET)
        if time.monotonic() > until:
            raise Broken(f"the answer took longer than {WHOLE:g} seconds")
        yield data


def _failure(response: Any) -> NoAnswer:
    status, retry_after = response.status, _seconds(response.headers.get("Retry-After", ""))
    said = " ".join(response.read(_ERROR_BODY).decode("utf-8", errors="replace").split())[:300]
    if settings.ANSWERS_KEY:
        said = said.replace(settings.ANSWERS_KEY, "***")
    if 300 <= status < 400:
        return Refused(f"the endpoint redirects elsewhere ({status}), which is not followed", status)
    reason = f"the endpoint answers {status}: {said}"
    if status in _BUSY:
        return Busy(reason, status, retry_after)
    return Broken(reason, status, retry_after) if status >= 500 else Refused(reason, status)


def _seconds(header: str) -> float | None:
    """The endpoints that are busy say it in seconds."""
    text = header.strip()
    return float(text[:9]) if text.isascii() and text.isdecimal() else None


def _plainly(error: Exception, *, has_begun: bool) -> str:
    if isinstance(error, (TimeoutError, UrllibTimeout)):
        return "the endpoint fell silent"
    if has_begun:
        return CUT_OFF
    return f"the endpoint cannot be asked: {type(error).__name__}: {error}"[:300]
