"""Faults of hosts, switched on by share or one by one, and an account of what was asked."""

import itertools
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from threading import Condition, Lock

from tests.world import Answer, Asked

# Answers that are wrong in themselves.
UNAVAILABLE, OVERLOADED, TRUNCATED, ENCODING = "unavailable", "overloaded", "truncated", "encoding"
EMPTY, HTML, BOMB, SKEW = "empty", "html", "bomb", "skew"
REDIRECT_LOOP, REDIRECT_PRIVATE = "redirect_loop", "redirect_private"
# Right answers at the wrong time.
EXPIRED, REPEATED, STALE = "expired", "repeated", "stale"
# What happens to the connection.
TIMEOUT, CUT, RESET, HUGE, ENDLESS = "timeout", "cut", "reset", "huge", "endless"
ANSWERS = (UNAVAILABLE, OVERLOADED, TRUNCATED, ENCODING, EMPTY, HTML, BOMB, SKEW, REDIRECT_LOOP, REDIRECT_PRIVATE)
KINDS = (*ANSWERS, EXPIRED, REPEATED, STALE, TIMEOUT, CUT, RESET, HUGE, ENDLESS)

LOOP = "/_loop"
_SPOT = re.compile(rb">[^<>]{4}|[\w ]{8}")
_PAGE = b"<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Something went wrong</h1></body></html>"
_TENFOLD = "".join(f' <!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">\n' for n in range(1, 10))
_BOMB = f'<?xml version="1.0"?>\n<!DOCTYPE lolz [\n <!ENTITY lol0 "lol">\n{_TENFOLD}]>\n<lolz>&lol9;</lolz>\n'.encode()


@dataclass
class Faults:
    """Which requests fail. `share` of them do, by seed, address and how often it was asked, and at most
    `most_in_a_row` times in a row for one address. `hang` is how long a timeout holds the connection."""

    seed: int = 1
    share: float = 0.0
    kinds: tuple[str, ...] = KINDS
    most_in_a_row: int = 3
    hang: float = 2.0
    retry_after: int = 2
    _wished: list[tuple[str, str]] = field(default_factory=list, init=False)
    _asked: Counter[str] = field(default_factory=Counter, init=False)
    _in_a_row: Counter[str] = field(default_factory=Counter, init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def fail_next(self, number: int, kind: str, base: str = "") -> None:
        """The next requests of a base (or of any) fail, whatever the share."""
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is no fault; there are {', '.join(KINDS)}")
        with self._lock:
            self._wished += [(kind, base)] * number

    def choose(self, asked: Asked, url: str) -> tuple[str, random.Random]:
        """The fault of this request, "" for none, and the chance that decides about its details."""
        with self._lock:
            chance = random.Random(f"{self.seed} {url} {self._asked[url]}")
            kind = self._drawn(asked, url, chance)
            kind = self._wish(asked) or kind
            self._asked[url] += 1
            self._in_a_row[url] = self._in_a_row[url] + 1 if kind else 0
            return kind, chance

    def _wish(self, asked: Asked) -> str:
        for number, (kind, base) in enumerate(self._wished):
            if base in ("", asked.base) and _applies(kind, asked):
                del self._wished[number]
                return kind
        return ""

    def _drawn(self, asked: Asked, url: str, chance: random.Random) -> str:
        fitting = [kind for kind in self.kinds if _applies(kind, asked)]
        if chance.random() >= self.share or not fitting or self._in_a_row[url] >= self.most_in_a_row:
            return ""
        return chance.choice(fitting)


def _applies(kind: str, asked: Asked) -> bool:
    if kind in {EXPIRED, REPEATED}:
        return asked.base == "arxiv-oai" and "resumptionToken" in asked.query
    return kind != STALE or asked.base == "arxiv-feed"


def spoiled(good: Answer, kind: str, plan: Faults, chance: random.Random, base: str, now: datetime) -> Answer:
    """What a host gives instead of a good answer."""
    match kind:
        case "unavailable":
            at = format_datetime(now + timedelta(seconds=plan.retry_after), usegmt=True)
            after = chance.choice([str(plan.retry_after), at])
            return Answer(b"Service Unavailable", "text/plain", 503, {"Retry-After": after})
        case "overloaded":
            return Answer(b"Rate exceeded.", "text/plain", 429)
        case "redirect_loop":
            return Answer(b"", "text/html", 302, {"Location": f"/{base}{LOOP}/1"})
        case "redirect_private":
            return Answer(b"", "text/html", 302, {"Location": "http://169.254.169.254/latest/"})
        case "html":
            return Answer(_PAGE, "text/html; charset=utf-8")
        case "skew":
            return _skewed(good, now, chance.choice([-400, -3, -1, 1, 3]))
    if kind not in ANSWERS:
        return good
    # A spoiled page under the good one's tag would never be asked for again.
    headers = {name: value for name, value in good.headers.items() if name != "ETag"}
    return replace(good, body=_spoiled_body(good.body, kind), headers=headers)


def _spoiled_body(body: bytes, kind: str) -> bytes:
    if kind == TRUNCATED:
        return body[: len(body) // 2]
    if kind == ENCODING:
        found = _SPOT.search(body, len(body) // 2) or _SPOT.search(body)
        at = found.end() if found else len(body)
        return body[:at] + b"\xe9\xff\xfe" + body[at:]
    return {EMPTY: b"", BOMB: _BOMB}.get(kind, body)


def _skewed(good: Answer, now: datetime, days: int) -> Answer:
    at = now + timedelta(days=days)
    told = f"<responseDate>{at:%Y-%m-%dT%H:%M:%SZ}</responseDate>".encode()
    body = re.sub(rb"<responseDate>[^<]*</responseDate>", told, good.body)
    return replace(good, body=body, headers={**good.headers, "Date": format_datetime(at, usegmt=True)})


@dataclass(frozen=True, slots=True)
class Line:
    """A request that was answered, or cut off. Times are time.monotonic(); `simultaneous` counts the requests of the
    same base that were being answered when it came, itself included."""

    arrived: float
    ended: float
    base: str
    path: str
    status: int
    fault: str
    simultaneous: int
    agent: str


@dataclass
class Log:
    """All requests, in the order of their ends."""

    lines: list[Line] = field(default_factory=list)
    _working: Counter[str] = field(default_factory=Counter, init=False)
    _changed: Condition = field(default_factory=Condition, init=False, repr=False)

    def begin(self, base: str) -> tuple[float, int]:
        """When the request came, and how many are being answered with it."""
        with self._changed:
            self._working[base] += 1
            return time.monotonic(), self._working[base]

    def working(self, base: str) -> int:
        """How many are being answered."""
        with self._changed:
            return self._working[base]

    def end(self, line: Line) -> None:
        with self._changed:
            self._working[line.base] -= 1
            self.lines.append(line)
            self._changed.notify_all()

    def of(self, *bases: str) -> list[Line]:
        """Those of some bases (or all), in the order of their arrival. A base that ends in "*" stands for several."""
        with self._changed:
            # A client has its answer a moment before the server has written its line.
            self._changed.wait_for(lambda: not self._working.total(), timeout=20)
            chosen = [line for line in self.lines if not bases or any(_is(line.base, base) for base in bases)]
        return sorted(chosen, key=lambda line: line.arrived)

    def clear(self) -> None:
        with self._changed:
            self.lines.clear()

    def pauses(self, *bases: str) -> list[float]:
        """Seconds between the end of each request and the arrival of the next; negative where two were at once."""
        lines = self.of(*bases)
        ends = itertools.accumulate((line.ended for line in lines), max)
        return [after.arrived - end for end, after in zip(ends, lines[1:], strict=False)]

    def most_at_once(self, *bases: str) -> int:
        lines = self.of(*bases)
        return max((sum(1 for each in lines if each.arrived <= line.arrived < each.ended) for line in lines), default=0)


def _is(base: str, wished: str) -> bool:
    return base.startswith(wished[:-1]) if wished.endswith("*") else base == wished
