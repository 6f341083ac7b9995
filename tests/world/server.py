"""The world behind a server on this machine."""

import gzip
import itertools
import os
import random
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.world import Answer, Asked, arxiv_api, arxiv_feed, faults
from tests.world.arxiv_oai import Oai
from tests.world.faults import Line, spoiled
from tests.world.population import World

_GIGABYTE = 1 << 30
_CHUNK = b"<a>" + b"x" * 65_533
_WORTH_PACKING = 500  # bytes


@contextmanager
def serve(world: World, port: int = 0) -> Iterator[str]:
    """Serves the world on the loopback until the block ends. The URL is the one below which each base has its name."""
    server = _Server(world, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.stop()
        thread.join(5)


class _Server(ThreadingHTTPServer):
    daemon_threads, block_on_close, request_queue_size = True, False, 64

    def __init__(self, world: World, port: int) -> None:
        self.world, self.oai = world, Oai(world)
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def stop(self) -> None:
        """Cuts also the connections that clients keep open, so that nobody is answered afterwards."""
        self.stopping.set()
        self.shutdown()
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are part of the play; other errors are told."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def fault(self, asked: Asked, url: str) -> tuple[str, random.Random]:
        """None on the way round a loop: it would end there."""
        if asked.path.startswith(f"{faults.LOOP}/"):
            return "", random.Random()
        return self.world.faults.choose(asked, url)

    def answer(self, asked: Asked, rest: str, fault: str) -> Answer:
        if asked.path.startswith(f"{faults.LOOP}/"):
            other = 2 if asked.path.endswith("1") else 1
            return Answer(b"", "text/html", 302, {"Location": f"/{asked.base}{faults.LOOP}/{other}"})
        match asked.base:
            case "arxiv-feed":
                return arxiv_feed.answer(self.world, asked, stale=fault == faults.STALE)
            case "arxiv-oai":
                return self.oai.answer(asked, fault=fault)
            case "arxiv-api":
                return arxiv_api.answer(self.world, asked)
        return self.world.venues.answer(asked.base, rest)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server: _Server
    _status = 0

    def do_GET(self) -> None:
        asked, rest = self._asked()
        arrived, number = self.server.world.log.begin(asked.base)
        self._status, fault = 0, ""
        try:
            fault, chance = self.server.fault(asked, self.path)
            self._respond(asked, rest, fault, chance)
            self.wfile.flush()
        except OSError:
            self.close_connection = True
        finally:
            told = (asked.base, self.path, self._status, fault, number, self.headers.get("User-Agent", ""))
            self.server.world.log.end(Line(arrived, time.monotonic(), *told))

    def log_message(self, format: str, *args: object) -> None:
        """The log of the world is enough."""

    def _asked(self) -> tuple[Asked, str]:
        """What is asked for, and the same as written: path and query below the base."""
        parts = urlsplit(self.path)
        base, slash, path = parts.path.lstrip("/").partition("/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        rest = f"{slash}{path}" + (f"?{parts.query}" if parts.query else "")
        return Asked(base, unquote(f"{slash}{path}"), query), rest

    def _respond(self, asked: Asked, rest: str, fault: str, chance: random.Random) -> None:
        match fault:
            case faults.TIMEOUT:
                return self._hang(self.server.world.faults.hang)
            case faults.RESET:
                return self._reset()
            case faults.HUGE | faults.ENDLESS:
                return self._flood(_GIGABYTE if fault == faults.HUGE else None)
        answer, world = self.server.answer(asked, rest, fault), self.server.world
        if fault:
            answer = spoiled(answer, fault, world.faults, chance, asked.base, world.clock())
        return self._send(answer, fault)

    def _send(self, answer: Answer, fault: str) -> None:
        etag, cut = answer.headers.get("ETag"), fault == faults.CUT
        if etag and not fault and self.headers.get("If-None-Match") == etag:
            return self._head(304, {"ETag": etag})
        body, headers = answer.body, {"Content-Type": answer.content_type, **answer.headers}
        if len(body) > _WORTH_PACKING and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body, 1), "gzip"
        self._head(answer.status, {**headers, "Content-Length": str(len(body))})
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = self.close_connection or cut
        return None

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self._status = status
        self.send_response_only(status)
        date = format_datetime(self.server.world.clock(), usegmt=True)
        for name, value in {"Date": date, "Server": "nginx", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _hang(self, seconds: float) -> None:
        """Silence, until the client has had enough."""
        self.close_connection = True
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.server.stopping.wait(0.02):
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                return

    def _reset(self) -> None:
        """Without lingering, closing a socket sends a reset; detached, since the handler's files would keep it open."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def _flood(self, size: int | None) -> None:
        """So many bytes as declared; without a size, chunks until the client goes."""
        self.close_connection = True
        length = {"Content-Length": str(size)} if size else {"Transfer-Encoding": "chunked"}
        self._head(200, {"Content-Type": "text/xml", **length})
        chunk = _CHUNK if size else b"%x\r\n%s\r\n" % (len(_CHUNK), _CHUNK)
        for _ in range(size // len(_CHUNK)) if size else itertools.count():
            if self.server.stopping.is_set():
                return
            self.wfile.write(chunk)
