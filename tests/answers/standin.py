"""An endpoint on loopback that streams as OpenAI's does, in the way a test wants it, and remembers what was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One question, and what is sent back."""

    handler: BaseHTTPRequestHandler
    body: dict[str, Any]
    number: int  # of all questions, from 1

    @property
    def question(self) -> str:
        text = str(self.body["messages"][-1]["content"])
        return text.rsplit("Question: ", 1)[-1].rsplit("问题：", 1)[-1].strip()

    def begin(self, content_type: str = "text/event-stream") -> None:
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", content_type)
        self.handler.send_header("Transfer-Encoding", "chunked")
        self.handler.end_headers()

    def raw(self, data: bytes) -> None:
        self.handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.handler.wfile.flush()

    def event(self, value: Any) -> None:
        self.raw(b"data: " + json.dumps(value).encode() + b"\n\n")

    def piece(self, text: str) -> None:
        self.event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})

    def finish(self, reason: str = "stop", usage: tuple[int, int] | None = (1_000, 100)) -> None:
        self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
        if usage:
            self.event({"choices": [], "usage": {"prompt_tokens": usage[0], "completion_tokens": usage[1]}})
        self.raw(b"data: [DONE]\n\n")
        self.handler.wfile.write(b"0\r\n\r\n")

    def refuse(self, status: int, body: bytes = b"no", **headers: str) -> None:
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.send_header("Content-Length", str(len(body)))
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def cut(self) -> None:
        """Ends the connection as a host does that dies."""
        self.handler.close_connection = True


@dataclass
class StandIn:
    """`behave` answers; `asked` are the questions, `headers` what came with each."""

    url: str = ""
    behave: Behaviour = lambda exchange: answer(exchange)
    asked: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


def answer(exchange: Exchange, text: str = "") -> None:
    """All of an answer, in two pieces."""
    said = text or f"It says **this** about “{exchange.question}”."
    exchange.begin()
    exchange.piece(said[: len(said) // 2])
    exchange.piece(said[len(said) // 2 :])
    exchange.finish()


def saying(text: str) -> Behaviour:
    return lambda exchange: answer(exchange, text)


def refusing(status: int, **headers: str) -> Behaviour:
    return lambda exchange: exchange.refuse(status, **headers)


def cutting_off(exchange: Exchange) -> None:
    exchange.begin()
    exchange.piece("The beginning of")
    exchange.cut()


def ending_for(reason: str) -> Behaviour:
    def behave(exchange: Exchange) -> None:
        exchange.begin()
        exchange.piece("Half an answer")
        exchange.finish(reason)

    return behave


def first(behave: Behaviour, *, times: int = 1) -> Behaviour:
    """So for the first questions, and well afterwards."""
    return lambda exchange: (behave if exchange.number <= times else answer)(exchange)


@contextmanager
def stand_in() -> Iterator[StandIn]:
    made = StandIn()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            exchange = Exchange(self, body, len(made.asked) + 1)
            made.paths.append(self.path)
            made.headers.append(dict(self.headers))
            made.bodies.append(body)
            made.asked.append(exchange.question)
            try:
                made.behave(exchange)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def do_GET(self) -> None:
            made.paths.append(self.path)
            Exchange(self, {"messages": [{"content": ""}]}, 0).refuse(200)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/v1"
    yield made
    server.shutdown()
    server.server_close()
