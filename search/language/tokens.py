"""What was typed -> tokens: words, phrases, fields, operators, parentheses. Nothing is refused: what makes no sense is
passed over and noted. One pass, no recursion. Pure."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal

from search.language.values import FIELDS

MAX_DEPTH = 16
MAX_MISREAD = 8
MAX_PIECE = 60
# Beside more words than these `arXiv:` or `doi:` stands in a title or citation that was pasted, and asks for nothing.
CITATION = 4

Code = Literal["unknown-field", "no-value", "bad-value", "quote", "parenthesis", "minus", "operator", "depth", "prose"]


@dataclass(frozen=True, slots=True)
class Misread:
    """A piece of the query that could not be understood, and why."""

    code: Code
    text: str


class Kind(Enum):
    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    NOT = auto()
    OR = auto()
    AND = auto()


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str = ""


_CLOSERS = {'"': '"＂”', "＂": '"＂”', "“": '”"“', "„": '“”"', "「": "」", "『": "』", "«": "»"}
_ANYWHERE = "“„「『«"  # these open a phrase within a word too: Chinese puts no space before them
SPECIAL = frozenset("()（）|｜-:：").union(_CLOSERS, *_CLOSERS.values())
_OPERATORS = {"OR": Kind.OR, "AND": Kind.AND, "NOT": Kind.NOT}
_FIELD = re.compile(r"([A-Za-z]+)([:：])")
_WORDS = re.compile(r"[^\W_]+")
_PARENTHESES = str.maketrans("（）｜", "()|")
_SHOUTED = 4  # so many words in capitals, and nothing else, are a title: NOT and OR are words of it


def tokens(text: str) -> tuple[list[Token], list[Misread]]:
    """`text` is on one line, words apart by single spaces."""
    return _Lexer(text.translate(_PARENTHESES)).read()


def plain_words(text: str) -> list[str]:
    """The words of a piece that could not be understood, without what could be taken for an operator."""
    return [word.lower() if word in _OPERATORS else word for word in _WORDS.findall(text)]


def _is_shouted(text: str) -> bool:
    if text.upper() != text or not SPECIAL.isdisjoint(text):
        return False
    return sum(word.isupper() and word not in _OPERATORS for word in text.split(" ")) >= _SHOUTED


@dataclass(slots=True)
class _Lexer:
    text: str
    at: int = 0
    found: list[Token] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)
    # Parentheses that are open: True for a group, False for one within a word, as in O(n log n).
    opened: list[bool] = field(default_factory=list)
    closing: dict[str, int] = field(default_factory=dict)  # the last place of each kind of quote
    shouted: bool = False

    def read(self) -> tuple[list[Token], list[Misread]]:
        self.shouted = _is_shouted(self.text)
        self.closing = {char: self.text.rfind(char) for chars in _CLOSERS.values() for char in chars}
        while self.at < len(self.text):
            self._next()
        if any(self.opened):
            self._note("parenthesis", "(")
        return self.found, self.misread

    def _next(self) -> None:
        char = self.text[self.at]
        if char == " ":
            self.at += 1
        elif char in _CLOSERS:
            self._quoted()
        elif char == "(":
            self._open()
        elif char == ")":
            self._close()
        elif char == "|":
            self._skip_run("|", Kind.OR)
        elif char == "-":
            self._minus()
        elif match := _FIELD.match(self.text, self.at):
            self._field(match)
        else:
            self._word()

    def _add(self, kind: Kind, text: str = "") -> None:
        self.found.append(Token(kind, text))

    def _note(self, code: Code, text: str) -> None:
        noted = Misread(code, text[:MAX_PIECE])
        if noted not in self.misread and len(self.misread) < MAX_MISREAD:
            self.misread.append(noted)

    def _quoted(self) -> None:
        opener = self.text[self.at]
        closers = _CLOSERS[opener]
        self.at += 1
        if all(self.closing[char] < self.at for char in closers):
            self._note("quote", opener)
            return
        end = min(place for char in closers if (place := self.text.find(char, self.at)) >= 0)
        self._add(Kind.PHRASE, self.text[self.at : end])
        self.at = end + 1

    def _open(self) -> None:
        self.at += 1
        is_group = sum(self.opened) < MAX_DEPTH
        self.opened.append(is_group)
        if is_group:
            self._add(Kind.OPEN)
        else:
            self._note("depth", "(")

    def _close(self) -> None:
        self.at += 1
        if not self.opened:
            self._note("parenthesis", ")")
        elif self.opened.pop():
            self._add(Kind.CLOSE)

    def _skip_run(self, char: str, kind: Kind) -> None:
        while self.text.startswith(char, self.at):
            self.at += 1
        self._add(kind)

    def _minus(self) -> None:
        end = self.at
        while self.text.startswith("-", end):
            end += 1
        after = self.text[end : end + 1]
        if self.text[max(self.at - 1, 0)] not in " -(|":
            pass  # a dash: deep (learning)-based
        elif after not in ("", " ", ")", "|") and end - self.at == 1:
            self._add(Kind.NOT)
        elif after != " " or not self.found or self.found[-1].kind not in (Kind.WORD, Kind.PHRASE):
            self._note("minus", self.text[self.at : end])  # others are dashes between words
        self.at = end

    def _field(self, match: re.Match[str]) -> None:
        name, colon = match.groups()
        after = self.text[match.end() : match.end() + 1]
        known = FIELDS.get(name.lower())
        if known == "id" and name.lower() != "id" and self.text.count(" ") > CITATION:
            self._plain(self._word_end(self.at)[0], "prose")
        elif known and after not in ("", " ", ")", "|"):
            self._add(Kind.FIELD, known)
            self.at = match.end()
            if after not in _CLOSERS and after != "(":
                self._word()
        elif known:
            self._plain(match.end(), "no-value")
        elif colon == ":" and after not in ("", " ", ")", "|", "/", ":"):
            self._plain(self._word_end(self.at)[0], "unknown-field")
        else:
            self._word()

    def _plain(self, end: int, code: Code) -> None:
        piece = self.text[self.at : end]
        self._note(code, piece)
        words = plain_words(piece)
        if self.found and self.found[-1].kind is Kind.NOT:  # all of it is excluded, or nothing
            self._add(Kind.PHRASE, " ".join(words))
        else:
            self.found += [Token(Kind.WORD, word) for word in words]
        self.at = max(end, self.at + 1)

    def _word(self) -> None:
        end, opened = self._word_end(self.at)
        word = self.text[self.at : end]
        self.opened += [False] * opened
        is_value = bool(self.found) and self.found[-1].kind is Kind.FIELD
        if word in _OPERATORS and not is_value and not self.shouted:
            self._add(_OPERATORS[word])
        elif word:
            self._add(Kind.WORD, word.lower() if word in _OPERATORS and not is_value else word)
        self.at = max(end, self.at + (not word))

    def _word_end(self, start: int) -> tuple[int, int]:
        """Where the word ends that begins here, and how many parentheses it leaves open."""
        depth = 0
        for at in range(start, len(self.text)):
            char = self.text[at]
            if char == " " or char in _ANYWHERE:
                return at, depth
            if char == "|" and not depth:
                return at, depth
            if char == ")" and not depth:
                return at, depth
            depth += (char == "(") - (char == ")")
        return len(self.text), depth
