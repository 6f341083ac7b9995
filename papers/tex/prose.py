"""Reads the prose around formulas, and writes it in the form it is asked for."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from papers.tex.accents import accents
from papers.tex.fragments import Segment, group_end, split_math
from papers.tex.limits import MAX_DEPTH, MAX_SEARCHES
from papers.tex.linear import symbol
from papers.tex.prose_commands import (
    ADDRESSES,
    CITING,
    DECORATED,
    DROPPED_WITH_ARGUMENT,
    ESCAPED_SIGNS,
    GONE,
    MATH_ARGUMENTS,
    NOTES,
    SPACES,
    STYLED,
    SWITCHES,
    TRANSPARENT,
    WORDS,
)

_MARK: Final = "\x00"  # stands for a formula in the prose
_TOKEN: Final = re.compile(r"\\(?:([A-Za-z]+)\*?|([\s\S]|$))|[{}~`\x00]|''|--+")
_NUMBER_BEFORE: Final = re.compile(r"[\w)\]}.,;:!?%>’\x00]$")
_CASE_BRACES: Final = re.compile(r"[^\W_]{2,}[^\W_ -]*")
_QUOTED: Final = re.compile(r"(?<!\w)`([^`'\x00\n]{1,80})'(?!\w)")
_LETTER: Final = re.compile(r"\s*([A-Za-z])(?![A-Za-z])")
_ESCAPED_IN_ADDRESS: Final = re.compile(r"\\([_%#&~$])")


@dataclass(frozen=True, slots=True)
class Form:
    """What texts are written as. Whatever comes from a text goes through `prose` or `formula`, which escape it."""

    prose: Callable[[str], str]
    formula: Callable[[str, bool], str]  # its source, and whether it stands by itself
    styles: Mapping[str, tuple[str, str]]


def written(text: str, form: Form) -> str:
    """The text with its formulas, in that form. It must not have NUL characters, which stand for formulas here."""
    segments = split_math(text)
    prose = "".join(segment.source if segment.kind == "text" else _MARK for segment in segments)
    formulas = [segment for segment in segments if segment.kind == "math"]
    return _Prose(accents(prose), form, formulas).read()


@dataclass(slots=True)
class _Prose:
    text: str
    form: Form
    formulas: Sequence[Segment]
    position: int = 0
    depth: int = 0  # of braces
    patience: int = MAX_SEARCHES
    quotes: int = 0  # that are open

    def read(self) -> str:
        return self._until_brace()[0]

    def _until_brace(self) -> tuple[str, bool]:
        """The rest of this group, and whether something closes it."""
        out: list[str] = []
        ending = ""  # of the styles switched to, which hold until the group ends
        while match := _TOKEN.search(self.text, self.position):
            if match.start() > self.position:
                out.append(self.form.prose(self.text[self.position : match.start()]))
            self.position = match.end()
            if self.depth and match[0] == "}":
                return "".join(out) + ending, True
            if self.depth and match[1] in SWITCHES:
                self._skip_spaces()
                opened, closed = self.form.styles[SWITCHES[match[1]]]
                out.append(opened)
                ending = closed + ending
            else:
                out.append(self._token(match))
        out.append(self.form.prose(self.text[self.position :]))
        self.position = len(self.text)
        return "".join(out) + ending, False

    def _token(self, match: re.Match[str]) -> str:
        before = self.text[match.start() - 1 : match.start()]
        if match[1]:
            return self._command(match[1], before)
        if match[2] is not None:
            return self.form.prose(ESCAPED_SIGNS.get(match[2], "\\" + match[2]))
        if match[0] == _MARK:
            formula = self._formula_at(match.start())
            return self.form.formula(formula.source, formula.display)
        return self._group() if match[0] == "{" else self._sign(match[0], before)

    def _formula_at(self, position: int) -> Segment:
        """By its mark's number, not the next one unread: a dropped argument takes its formulas along."""
        return self.formulas[self.text.count(_MARK, 0, position)]

    def _skip_spaces(self) -> None:
        while self.text.startswith((" ", "\n"), self.position):
            self.position += 1

    def _skip_empty_group(self) -> None:
        if self.text.startswith("{}", self.position):
            self.position += 2

    def _group(self) -> str:
        if self.depth >= MAX_DEPTH // 2:
            return self.form.prose("{")
        begin = self.position
        inner, closed = self._within()
        if not closed:
            return self.form.prose("{") + inner
        if self._is_markup(begin, self.position - 1):
            return inner
        return self.form.prose("{") + inner + self.form.prose("}")

    def _within(self) -> tuple[str, bool]:
        self.depth += 1
        found = self._until_brace()
        self.depth -= 1
        return found

    def _is_markup(self, begin: int, end: int) -> bool:
        """Whether the braces around a stretch of the text are TeX's rather than the author's."""
        raw = self.text[begin:end]
        before, after = self.text[max(0, begin - 2) : begin - 1], self.text[end + 1 : end + 2]
        if not raw or raw[0] in "\\{\x00" or raw in ("--", "---", "-", "=", ",", "@"):
            return True
        if before in ("^", "_"):
            return False
        if raw.isalpha() and (before.isalpha() or after.isalpha()):
            return True  # {B}ayesian
        # {NP}, {Scalable Systems}
        return bool(raw[0].isupper() and _CASE_BRACES.match(raw)) and not any(sign in raw for sign in ",;|=()[]")

    def _raw_argument(self) -> str | None:
        """The argument that follows as it is in the source."""
        before = self.position
        self._skip_spaces()
        if self.text.startswith("[", self.position):
            self.position = self.text.find("]", self.position, self.position + 80) + 1 or self.position
        if self.patience > 0 and self.text.startswith("{", self.position):
            begin, end = self.position, group_end(self.text, self.position)
            if end > 0:
                self.position = end
                return self.text[begin + 1 : end - 1]
            self.patience -= 1
        self.position = before
        return None

    def _argument(self) -> str | None:
        """The argument that follows, read."""
        before = self.position
        self._skip_spaces()
        if self.depth < MAX_DEPTH // 2 and self.text.startswith("{", self.position):
            self.position += 1
            return self._within()[0]
        self.position = before
        return None

    def _sign(self, sign: str, before: str) -> str:
        if sign == "~":
            return self._tie(before)
        if sign == "''" and self.quotes:
            self.quotes -= 1
            return "”"
        if sign == "`":
            return self._backquote()
        if sign == "--":
            is_option = (not before or before.isspace()) and self.text[self.position : self.position + 1].isalpha()
            return sign if is_option else "–"
        return "—" if sign == "---" else self.form.prose(sign)

    def _tie(self, before: str) -> str:
        after = self.text[self.position : self.position + 1]
        return "\u00a0" if _NUMBER_BEFORE.match(before) and after and not after.isspace() else self.form.prose("~")

    def _backquote(self) -> str:
        if self.text.startswith("`", self.position):
            self.position += 1
            self.quotes += 1
            return "“"
        found = _QUOTED.match(self.text, self.position - 1)
        if found is None or "\\" in found[1] or "{" in found[1]:
            return "`"
        self.position = found.end()
        return f"‘{self.form.prose(found[1])}’"

    def _command(self, name: str, before: str) -> str:
        if known := _COMMANDS.get(name):
            return known(self, name)
        return self._cited(name) if CITING.fullmatch(name) else self._unknown(name, before)

    def _styled(self, name: str) -> str:
        inner = self._argument()
        opened, closed = self.form.styles[STYLED[name]]
        return "" if inner is None else opened + inner + closed

    def _transparent(self, _: str) -> str:
        return self._argument() or ""

    def _quoted(self, _: str) -> str:
        inner = self._argument()
        return "" if inner is None else f"“{inner}”"

    def _note(self, _: str) -> str:
        inner = self._argument()
        return f" ({inner})" if inner else ""

    def _decorated(self, _: str) -> str:
        return (self._argument() or "") if self._raw_argument() is not None else ""

    def _address(self, _: str) -> str:
        raw = self._raw_argument()
        return "" if raw is None else self.form.prose(_ESCAPED_IN_ADDRESS.sub(r"\1", self._unmarked(raw)))

    def _cited(self, name: str) -> str:
        raw = self._raw_argument()
        return self.form.prose("\\" + name if raw is None else f"[{self._unmarked(raw)}]")

    def _drop_argument(self, name: str) -> str:
        return self.form.prose("\\" + name) if self._raw_argument() is None else " "

    def _unmarked(self, raw: str) -> str:
        """An argument just read with its formulas' sources in their places."""
        begin = self.position - 1 - len(raw)
        pieces = raw.split(_MARK)
        first = self.text.count(_MARK, 0, begin)
        sources = [f"${formula.source}$" for formula in self.formulas[first : first + len(pieces) - 1]]
        return "".join(piece for pair in zip(pieces, [*sources, ""], strict=True) for piece in pair)

    def _word(self, name: str) -> str:
        self._skip_empty_group()
        return self.form.prose(WORDS[name])

    def _item(self, _: str) -> str:
        self._skip_spaces()
        return " • "

    def _space(self, _: str) -> str:
        self._skip_spaces()
        return " "

    def _gone(self, _: str) -> str:
        self._skip_spaces()
        return ""

    def _delimiter_size(self, _: str) -> str:
        return ""

    def _math(self, name: str) -> str:
        """A formula whose author forgot the dollar signs, as far as it goes."""
        before = self.position
        arguments = self._math_arguments(MATH_ARGUMENTS[name])
        if not arguments:
            self.position = before
            return self.form.prose("\\" + name)
        source = arguments[0] if name == "math" else f"\\{name}" + "".join(f"{{{raw}}}" for raw in arguments)
        return self.form.formula(source, False)

    def _math_arguments(self, count: int) -> list[str]:
        before = self.position
        arguments: list[str] = []
        while len(arguments) < count:
            raw = self._raw_argument()
            if raw is None or _MARK in raw:
                return self._single_letter(before) if count == 1 else []
            arguments.append(raw)
        return arguments

    def _single_letter(self, begin: int) -> list[str]:
        letter = _LETTER.match(self.text, begin)
        if letter is None:
            return []
        self.position = letter.end()
        return [letter[1]]

    def _unknown(self, name: str, before: str) -> str:
        if (len(name) > 1 or name.isupper()) and (shown := symbol(name)):
            self._skip_empty_group()
            return self.form.prose(f" {shown}" if len(shown) > 1 and before.isalnum() else shown)
        if len(name) < 3 or before.isalnum() or before in (":", "\\", "/", "."):
            return self.form.prose("\\" + name)  # a path or a pattern rather than TeX
        return self._argument() or self.form.prose(name)


_COMMANDS: Final[dict[str, Callable[[_Prose, str], str]]] = {
    **dict.fromkeys(STYLED, _Prose._styled),
    **dict.fromkeys(TRANSPARENT, _Prose._transparent),
    **dict.fromkeys(NOTES, _Prose._note),
    **dict.fromkeys(DECORATED, _Prose._decorated),
    **dict.fromkeys(ADDRESSES, _Prose._address),
    **dict.fromkeys(DROPPED_WITH_ARGUMENT, _Prose._drop_argument),
    **dict.fromkeys(MATH_ARGUMENTS, _Prose._math),
    **dict.fromkeys(WORDS, _Prose._word),
    **dict.fromkeys(SPACES, _Prose._space),
    **dict.fromkeys(GONE | SWITCHES.keys(), _Prose._gone),  # a switch outside every group
    "left": _Prose._delimiter_size,
    "right": _Prose._delimiter_size,
    "enquote": _Prose._quoted,
    "item": _Prose._item,
}
