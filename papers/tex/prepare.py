"""Rewrites a formula as authors write it into what the renderer knows, and measures it while it passes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from papers.tex.accents import accents
from papers.tex.formula_commands import (
    ADDRESSES,
    AS_MATH,
    BRACKETING,
    DELIMITERS,
    DROPPED_WITH_ARGUMENT,
    FORBIDDEN,
    LANDAU,
    LETTERLIKE,
    POSITIONED_ENVIRONMENTS,
    RENAMED_ENVIRONMENTS,
    REPLACED,
    SIZED,
    STARRED,
    TEXT,
    TEXT_ESCAPES,
)
from papers.tex.fragments import ENVIRONMENTS, Segment, group_end, split_math
from papers.tex.limits import CONTROL, MAX_COMMANDS, MAX_DEPTH, MAX_FRAGMENT, TooMuch
from papers.tex.macros import MACROS

_TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+|[\s\S]|$)|[{}%#&$]|[^\\{}%#&$]+")
_NESTING: Final = {"{": 1, "}": -1, r"\left": 1, r"\right": -1}
_LITERAL: Final = {"%": r"\%", "#": r"\#", "$": ""}
_ENTITY: Final = re.compile(r"&(lt|gt|amp);")
_ENTITIES: Final = {"lt": "<", "gt": ">", "amp": r"\&"}
_SPACES: Final = re.compile(r"[ \n]*")
_CODE_POINT: Final = re.compile(r"\{\s*x?([0-9A-Fa-f]{2,5})\s*\}")
_FONT_SWITCH: Final = re.compile(
    r"[{ ]*\\(bf|it|rm|tt|sf|sc|em|sl|small|normalfont|bfseries|itshape|tiny|scriptsize|footnotesize|large)"
    r"(?![A-Za-z]) ?"
)
_UNESCAPED: Final = re.compile(r"\\([_&#%$])|[{}]|\\[ ,;:!/]")


def prepared(source: str) -> str:
    """The formula for the renderer; raises `TooMuch`."""
    rewritten = _Part(CONTROL.sub(" ", source).strip(), 0, count(1)).rewritten()
    if len(rewritten) > 2 * MAX_FRAGMENT:
        raise TooMuch
    return rewritten


@dataclass(slots=True)
class _Part:
    """A formula, or what stands in the braces of one of its commands."""

    source: str
    level: int
    commands: Iterator[int]  # counts those of the whole formula
    position: int = 0
    depth: int = 0
    tables: int = 0  # that are open
    wraps: bool = False  # whether there are cells or lines outside every table

    def rewritten(self) -> str:
        if self.level > MAX_DEPTH // 4:
            raise TooMuch
        out: list[str] = []
        while match := _TOKEN.match(self.source, self.position):
            token, self.position = match[0], match.end()
            self.depth += _NESTING.get(token, 0)
            if token[0] == "\\":
                out.append(self._command(token[1:]))
            else:
                out.append(self._cell() if token == "&" else _LITERAL.get(token, token))
            if self.depth > MAX_DEPTH:
                raise TooMuch
        return self._in_table("".join(out)) if self.wraps else "".join(out)

    def _in_table(self, rewritten: str) -> str:
        table = "aligned" if "&" in rewritten else "gathered"
        return rf"\begin{{{table}}}{rewritten}\end{{{table}}}"

    def _within(self, source: str, level: int) -> str:
        return _Part(source, level + 1, self.commands).rewritten()

    def _cell(self) -> str:
        if entity := _ENTITY.match(self.source, self.position - 1):
            self.position = entity.end()
            return _ENTITIES[entity[1]]
        return self._line_or_cell("&")

    def _line_or_cell(self, sign: str) -> str:
        self.wraps = self.wraps or self.tables == 0
        return sign

    def _after_spaces(self) -> int:
        match = _SPACES.match(self.source, self.position)
        return match.end() if match else self.position

    def _argument(self, begin: int) -> str | None:
        """What stands in the braces that open there; it is passed."""
        end = group_end(self.source, begin) if self.source.startswith("{", begin) else -1
        if end < 0:
            return None
        self.position = end
        return self.source[begin + 1 : end - 1]

    def _needed_argument(self, begin: int) -> str:
        argument = self._argument(begin)
        if argument is None:
            raise TooMuch
        return argument

    def _command(self, name: str) -> str:
        if next(self.commands) > MAX_COMMANDS:
            raise TooMuch
        if name in REPLACED:
            return REPLACED[name]
        return _COMMANDS.get(name, _Part._unchanged)(self, name)

    def _refuse(self, _: str) -> str:
        raise TooMuch

    def _line(self, _: str) -> str:
        return self._line_or_cell("\\\\")

    def _environment(self, command: str) -> str:
        name = self._needed_argument(self.position).strip()
        known = ENVIRONMENTS.get(name.rstrip("*"), RENAMED_ENVIRONMENTS.get(name, name))
        columns = self._columns(name, known) if command == "begin" else ""
        if not known:
            return ""
        if not known.rstrip("*").isalpha() or known in FORBIDDEN:
            raise TooMuch
        change = 1 if command == "begin" else -1
        self.tables += change
        self.depth += change
        return f"\\{command}{{{known}}}{columns}"

    def _columns(self, name: str, known: str) -> str:
        """Those the renderer has to be told. What else stands there is passed."""
        if name.startswith("eqnarray"):
            return "{rcl}"
        passed = self._argument(self.position) if name.startswith("alignat") else None
        if passed is None and known in POSITIONED_ENVIRONMENTS and self.source.startswith("[", self.position):
            self.position = self.source.find("]", self.position) + 1 or self.position
        return ""

    def _drop_argument(self, _: str) -> str:
        begin = self._after_spaces()
        self._argument(begin + 1 if self.source.startswith("*", begin) else begin)
        return ""

    def _space(self, name: str) -> str:
        self._drop_argument(name)
        return r"\ "

    def _stack(self, _: str) -> str:
        inner = self._within(self._needed_argument(self._after_spaces()), self.level)
        inner = inner.removeprefix(r"\begin{gathered}").removesuffix(r"\end{gathered}")
        return rf"{{\begin{{matrix}}{inner}\end{{matrix}}}}"

    def _character(self, _: str) -> str:
        number = _CODE_POINT.match(self.source, self._after_spaces())
        sign = CONTROL.sub("", chr(int(number[1], 16))) if number else ""
        if number is None or not sign.strip() or sign in "\\{}%#&$^_~<>":
            raise TooMuch
        self.position = number.end()
        return sign

    def _address(self, name: str) -> str:
        address = self._argument(self._after_spaces())
        return self._unchanged(name) if address is None else rf"\texttt{{{address.translate(TEXT_ESCAPES)}}}"

    def _sized(self, name: str) -> str:
        after = self._after_spaces()
        delimiter = DELIMITERS.get(self.source[after : after + 1])
        if delimiter is None:
            return self._unchanged(name)
        self.position = after + 1
        return f"\\{name}{delimiter}"

    def _macro(self, name: str) -> str:
        if name in BRACKETING and not self.source.startswith("{", self._after_spaces()):
            return f"\\mathrm{{{name}}}"
        if self.source.startswith("{", self.position) and not self.source.startswith("{}", self.position):
            if MACROS[name] in LANDAU:
                return rf"\{name}({self._within(self._needed_argument(self.position), self.level)})"
            if LETTERLIKE.match(MACROS[name]):
                raise TooMuch  # somebody's command with an argument, which only has the name of ours
        return self._unchanged(name)

    def _unchanged(self, name: str) -> str:
        # Without a space the renderer takes a star for a part of the name.
        starred = self.source.startswith("*", self.position) and name not in STARRED
        return f"\\{name} " if starred else "\\" + name

    def _text_command(self, name: str) -> str:
        inner = self._argument(self._after_spaces())
        return "" if inner is None else self._text(TEXT[name], inner, self.level)

    def _text(self, command: str, inner: str, level: int) -> str:
        """Text within a formula: the renderer's own text mode knows few commands and no formulas within."""
        if "$" in inner or "\\(" in inner:
            parts = self._text_and_formulas(command, inner, level)
            if len(parts) > 1:
                return f"{{{''.join(parts)}}}"
        while switch := _FONT_SWITCH.match(inner):
            inner = inner[switch.end() :]
            command = "textbf" if switch[1] in ("bf", "bfseries") else command
        text = _UNESCAPED.sub(lambda match: match[1] or ("" if match[0] in "{}\\!\\/" else " "), accents(inner))
        if "\\" in text:
            return rf"\{AS_MATH[command]}{{{self._within(inner, level)}}}"
        return rf"\{command}{{{text.translate(TEXT_ESCAPES)}}}"

    def _text_and_formulas(self, command: str, inner: str, level: int) -> list[str]:
        segments = split_math(inner)
        if segments == [Segment("text", inner)]:
            raise TooMuch  # a dollar sign that opens no formula
        return [
            self._text(command, segment.source, level + 1)
            if segment.kind == "text"
            else f"{{{self._within(segment.source, level)}}}"
            for segment in segments
        ]


_COMMANDS: Final[dict[str, Callable[[_Part, str], str]]] = {
    **dict.fromkeys(MACROS, _Part._macro),
    **dict.fromkeys(FORBIDDEN, _Part._refuse),
    **dict.fromkeys(TEXT, _Part._text_command),
    **dict.fromkeys(ADDRESSES, _Part._address),
    **dict.fromkeys(DROPPED_WITH_ARGUMENT, _Part._drop_argument),
    **dict.fromkeys(SIZED, _Part._sized),
    "begin": _Part._environment,
    "end": _Part._environment,
    "hspace": _Part._space,
    "substack": _Part._stack,
    "unicode": _Part._character,
    "\\": _Part._line,
}
