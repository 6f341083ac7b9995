"""What a query asks for, as plain values: things that must hold of a paper, and how they are written. Pure."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

TextField = Literal["", "ti", "abs"]
CodeField = Literal["cat", "venue", "track", "id", "has", "in"]
SpanField = Literal["year", "date"]

_PLAIN_VALUE = re.compile(r"[A-Za-z0-9][\w.*/@-]*\Z")
_PLAIN_WORD = re.compile(r"[^\W_]+\Z")


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand side by side: in the title, in the abstract, or in either (field "")."""

    field: TextField
    text: str

    def __str__(self) -> str:
        if self.field and _PLAIN_WORD.match(self.text):
            return f"{self.field}:{self.text}"
        return f'{self.field}:"{self.text}"' if self.field else f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Author:
    """A name in any usual order; with `prefix` its last word is the beginning of one."""

    name: str
    prefix: bool = False

    def __str__(self) -> str:
        name = self.name + "*" * self.prefix
        return f"au:{name}" if _PLAIN_WORD.match(self.name) else f'au:"{name}"'


@dataclass(frozen=True, slots=True)
class Code:
    """A category, venue, edition, track, id, source, or something that a paper has; as typed."""

    field: CodeField
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{self.value}" if _PLAIN_VALUE.match(self.value) else f'{self.field}:"{self.value}"'


@dataclass(frozen=True, slots=True)
class Span:
    """Years, or days as YYYYMMDD, both ends included; None is open."""

    field: SpanField
    first: int | None
    last: int | None

    def __str__(self) -> str:
        first, last = self._written(self.first), self._written(self.last)
        return f"{self.field}:{first}" if first == last else f"{self.field}:{first}..{last}"

    def _written(self, number: int | None) -> str:
        if number is None:
            return ""
        return (
            f"{number:04}"
            if self.field == "year"
            else f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}"
        )


@dataclass(frozen=True, slots=True)
class Not:
    clause: "Clause"

    def __str__(self) -> str:
        return f"-{self.clause}"


@dataclass(frozen=True, slots=True)
class Every:
    clauses: tuple["Clause", ...]

    def __str__(self) -> str:
        return f"({' '.join(map(str, self.clauses))})"


@dataclass(frozen=True, slots=True)
class Either:
    clauses: tuple["Clause", ...]

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.clauses))})"


Clause: TypeAlias = Text | Author | Code | Span | Not | Every | Either


@dataclass(frozen=True, slots=True)
class Part:
    """A query, or what stands in a pair of parentheses: words that rank, and what must and must not hold. `plain` are
    the texts that say what it is about, in the order typed."""

    words: tuple[str, ...] = ()
    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    plain: tuple[str, ...] = ()

    @property
    def is_words(self) -> bool:
        return not self.required and not self.excluded


def merged(parts: list[Part]) -> Part:
    """Side by side: all that is required must hold, and the words rank together."""
    return Part(
        words=tuple(word for part in parts for word in part.words),
        required=tuple(dict.fromkeys(clause for part in parts for clause in part.required)),
        excluded=tuple(dict.fromkeys(clause for part in parts for clause in part.excluded)),
        plain=tuple(text for part in parts for text in part.plain),
    )


def either(parts: list[Part]) -> Part:
    """Alternatives. Words alone rank as they do without an OR; beside something required they are one of the
    things that may hold."""
    if len(parts) == 1 or all(part.is_words for part in parts):
        return merged(parts)
    choices: dict[Clause, None] = {}
    for clause in filter(_says_something, map(clause_of, parts)):
        choices |= dict.fromkeys(clause.clauses if isinstance(clause, Either) else (clause,))
    plain = tuple(text for part in parts for text in part.plain)
    found = part_of(Either(tuple(choices)) if len(choices) > 1 else next(iter(choices), _NOTHING))
    return Part(found.words, found.required, found.excluded, plain)


def negated(part: Part) -> Part:
    clause = clause_of(part)
    return _without(clause) if _says_something(clause) else Part()


def clause_of(part: Part) -> Clause:
    """The part as one thing that holds of a paper or does not: all it requires, and one of its words if it has any."""
    words: tuple[Clause, ...] = tuple(dict.fromkeys(Text("", spoken(word)) for word in part.words if spoken(word)))
    among = (words if len(words) < 2 else (Either(words),)) if words else ()
    clauses = tuple(dict.fromkeys((*part.required, *among, *map(Not, part.excluded))))
    return clauses[0] if len(clauses) == 1 else Every(clauses)


def part_of(clause: Clause) -> Part:
    if isinstance(clause, Every):
        return merged([part_of(each) for each in clause.clauses])
    return Part(excluded=(clause.clause,)) if isinstance(clause, Not) else Part(required=(clause,))


def spoken(text: str) -> str:
    """The text as it may stand between quotes; "" if it holds nothing that could be looked up."""
    bare = " ".join(_QUOTES.sub(" ", text).split())
    return bare if any(char.isalnum() for char in bare) else ""


_QUOTES = re.compile('["＂“”„「」『』«»]')


_NOTHING = Every(())


def _says_something(clause: Clause) -> bool:
    """Not so words without a letter or digit."""
    return clause != _NOTHING


def _without(clause: Clause) -> Part:
    if isinstance(clause, Not):
        return part_of(clause.clause)
    if isinstance(clause, Either):
        return merged([_without(each) for each in clause.clauses])
    return Part(excluded=(clause,))
