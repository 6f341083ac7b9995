"""The fields of the query language and their values: years, days, names, codes. Pure."""

import re
from calendar import monthrange
from datetime import date
from typing import get_args

from papers.identifiers import SOURCE_NAMES
from search.language.clauses import Author, Clause, Code, CodeField, Either, Span, SpanField, Text, spoken

# Every name a field goes by -> its short one.
FIELDS: dict[str, str] = {
    **dict.fromkeys(("ti", "title", "intitle"), "ti"),
    **dict.fromkeys(("abs", "abstract"), "abs"),
    **dict.fromkeys(("au", "author", "authors"), "au"),
    **dict.fromkeys(("cat", "category", "categories"), "cat"),
    **dict.fromkeys(("venue", "conf", "conference", "journal"), "venue"),
    **dict.fromkeys(("track", "group"), "track"),
    **dict.fromkeys(("year", "years"), "year"),
    **dict.fromkeys(("date", "day"), "date"),
    **dict.fromkeys(("id", "arxiv", "doi"), "id"),
    "has": "has",
    **dict.fromkeys(("in", "source"), "in"),
}
HAS = ("pdf", "code", "doi", "abstract", "venue")
IN = ("arxiv", "venues", "venue", "starter", *SOURCE_NAMES)

_BOUND = re.compile(r"(>=|<=|≥|≤|>|<|=)?(.*)\Z", re.DOTALL)
_YEARS = re.compile(r"(\d{4})-(\d{4})\Z")
_YEAR = re.compile(r"[12]\d{3}\Z")
_DAY = re.compile(r"([12]\d{3})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?|(\d{2})(\d{2}))?\Z")
_LISTED = ("cat", "venue", "id", "has", "in", "year")
_MAX_LISTED = 50
_FIRST, _LAST = 1000, 2999


def read(field: str, value: str, is_phrase: bool) -> Clause | None:
    """The clause of `field:value`, or None for a value that the field does not have."""
    if field in _LISTED and not is_phrase and "," in value:
        return _listed(field, [each for each in value.split(",") if each])
    if field in ("ti", "abs"):
        text = spoken(value)
        return Text("ti" if field == "ti" else "abs", text) if text else None
    if field == "au":
        return _author(value)
    if field in ("year", "date"):
        return _span("year" if field == "year" else "date", value)
    return _code(field, value)


def _listed(field: str, values: list[str]) -> Clause | None:
    """`cat:cs.CL,cs.LG`: any of them."""
    clauses = list(dict.fromkeys(read(field, value, False) for value in values[:_MAX_LISTED]))
    if not clauses or None in clauses:
        return None
    known = tuple(clause for clause in clauses if clause is not None)
    return known[0] if len(known) == 1 else Either(known)


def _author(value: str) -> Clause | None:
    name = spoken(value.replace("*", " * ")).replace(" *", "*")
    bare = " ".join(name.replace("*", " ").split())
    return Author(bare, name.endswith("*")) if spoken(bare) else None


def _code(field: str, value: str) -> Clause | None:
    text = spoken(value)
    allowed = {"has": HAS, "in": IN}.get(field)
    if allowed and text.lower() not in allowed:
        return None
    known: tuple[CodeField, ...] = get_args(CodeField)
    name = next((each for each in known if each == field), None)
    return Code(name, text.lower() if allowed else text) if name and text else None


def _span(field: SpanField, value: str) -> Span | None:
    value = spoken(value).replace("…", "..")
    if field == "year" and (match := _YEARS.match(value)):
        value = f"{match[1]}..{match[2]}"
    if ".." in value:
        low, high = (part.strip(". ") for part in value.split("..", 1))
        ends = _first(field, low), _last(field, high)
        if (low and ends[0] is None) or (high and ends[1] is None) or not (low or high):
            return None
        return _ordered(field, *ends)
    return _compared(field, value)


def _compared(field: SpanField, value: str) -> Span | None:
    match = _BOUND.match(value)
    sign, bound = (match[1] or "=", match[2].strip()) if match else ("=", value)
    first, last = _first(field, bound), _last(field, bound)
    if first is None or last is None:
        return None
    spans = {">=": (first, None), "≥": (first, None), "<=": (None, last), "≤": (None, last), "=": (first, last)}
    if sign in spans:
        return Span(field, *spans[sign])
    return Span(field, _step(field, last, 1), None) if sign == ">" else Span(field, None, _step(field, first, -1))


def _ordered(field: SpanField, first: int | None, last: int | None) -> Span:
    if first is not None and last is not None and first > last:
        first, last = _turned(field, last, first)
    return Span(field, first, last)


def _turned(field: SpanField, low: int, high: int) -> tuple[int, int]:
    """Ends typed the wrong way round. A month typed as an end was read as its other end: that is put right too."""
    if field == "year":
        return low, high
    is_month_end = low % 100 == monthrange(low // 10_000, low // 100 % 100)[1]
    return (low - low % 100 + 1 if is_month_end and high % 100 == 1 else low), high


def _first(field: SpanField, text: str) -> int | None:
    """The year, or the first day of a day, month or year."""
    if field == "year":
        return int(text) if _YEAR.match(text) else None
    year, month, day = _day(text)
    return _number(year, month or 1, day or 1) if year else None


def _last(field: SpanField, text: str) -> int | None:
    if field == "year":
        return int(text) if _YEAR.match(text) else None
    year, month, day = _day(text)
    if not year or (month and not 1 <= month <= 12):
        return None
    return _number(year, month or 12, day or monthrange(year, month or 12)[1])


def _day(text: str) -> tuple[int, int, int]:
    """Year, month and day, 0 where not told."""
    match = _DAY.match(text)
    if match is None or not text.isascii():
        return 0, 0, 0
    year, month, day = match[1], match[2] or match[4] or 0, match[3] or match[5] or 0
    if (match[2] and int(month) == 0) or (match[3] and int(day) == 0) or match[4] == "00" or match[5] == "00":
        return 0, 0, 0
    return int(year), int(month), int(day)


def _number(year: int, month: int, day: int) -> int | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.year * 10_000 + found.month * 100 + found.day


def _step(field: SpanField, number: int, by: int) -> int:
    if field == "year":
        return min(max(number + by, _FIRST), _LAST)
    day = date(number // 10_000, number // 100 % 100, number % 100)
    moved = date.fromordinal(day.toordinal() + by)
    return moved.year * 10_000 + moved.month * 100 + moved.day
