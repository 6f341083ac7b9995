"""The lines of a stream of chat completions -> the text of the answer and how it ended. Pure.

Server-sent events, each a line `data: {...}`, as OpenAI defined them and others took over; `data: [DONE]` is the last
one. Only the endpoint's own finish reason `stop` makes an answer complete."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from library.answers.failures import Broken, Unusable

COMPLETE = "stop"
CUT_OFF = "the endpoint cut its answer off"
LONGEST_LINE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens, as the endpoint counts them."""

    prompt: int
    completion: int


@dataclass(slots=True)
class Stream:
    """What has come so far. `is_over` says that nothing more will."""

    finish: str = ""
    usage: Usage | None = None
    is_over: bool = False
    _rest: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> Iterator[str]:
        """The pieces of text in what came. Raises Unusable for what is not of the protocol, Broken for an error that
        the endpoint tells of in the middle."""
        self._rest += data
        while not self.is_over and (end := self._rest.find(b"\n")) >= 0:
            line = bytes(self._rest[:end]).strip()
            del self._rest[: end + 1]
            if piece := self._line(line):
                yield piece
        if len(self._rest) > LONGEST_LINE:
            raise Unusable("the endpoint sent a line without end")

    def check(self) -> None:
        """After the end of the stream. Raises Broken or Unusable where the answer is not complete."""
        if not self.finish:
            raise Broken(CUT_OFF)
        if self.finish != COMPLETE:
            raise Unusable(f"the endpoint ended its answer with “{self.finish[:60]}”, not because it was complete")

    def _line(self, line: bytes) -> str:
        name, colon, value = line.partition(b":")
        if not line or not name:  # between events; a comment that keeps the line open
            return ""
        if name in (b"event", b"id", b"retry"):
            return ""
        if name != b"data" or not colon:
            raise Unusable(f"the endpoint sent what is no event: {_shown(line)}")
        if value.strip() == b"[DONE]":
            self.is_over = True
            return ""
        return self._event(value)

    def _event(self, value: bytes) -> str:
        try:
            event = json.loads(value)
        except ValueError as error:
            raise Unusable(f"the endpoint sent what is no JSON: {_shown(value)}") from error
        if not isinstance(event, dict):
            raise Unusable(f"the endpoint sent what is no event: {_shown(value)}")
        if event.get("error"):
            raise Broken(f"the endpoint says: {_error(event['error'])}")
        return self._read(event)

    def _read(self, event: dict[str, Any]) -> str:
        choice = _first(event.get("choices"))
        self.usage = _usage(event.get("usage")) or _usage(choice.get("usage")) or self.usage
        if isinstance(reason := choice.get("finish_reason"), str) and reason:
            self.finish = reason
        delta = choice.get("delta")
        content = delta.get("content") if isinstance(delta, dict) else None
        return content if isinstance(content, str) else ""


def _first(choices: object) -> dict[str, Any]:
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}


def _usage(told: object) -> Usage | None:
    if not isinstance(told, dict):
        return None
    prompt, completion = told.get("prompt_tokens"), told.get("completion_tokens")
    is_counted = isinstance(prompt, int) and isinstance(completion, int) and 0 <= prompt <= 1e9 >= completion >= 0
    return Usage(int(prompt), int(completion)) if is_counted else None  # type: ignore[arg-type]


def _error(told: object) -> str:
    message = told.get("message") if isinstance(told, dict) else told
    return " ".join(str(message or told).split())[:300]


def _shown(data: bytes) -> str:
    return repr(data[:80].decode("utf-8", errors="replace"))
