"""The fragments of a text: its formulas and the prose between them, and groups in braces."""

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from papers.tex.limits import MAX_FRAGMENT, MAX_SEARCHES, MAX_SEGMENTS
from papers.tex.names import names

# Environments that are formulas by themselves, and as what they are given to the renderer.
ENVIRONMENTS: Final = {
    "math": "", "displaymath": "", "equation": "", "subequations": "", "dmath": "", "align": "aligned",
    "alignat": "aligned", "flalign": "aligned", "eqnarray": "array", "gather": "gathered", "multline": "gathered",
    "array": "array",
}  # fmt: skip

_OPENING: Final = re.compile(r"\\begin\{([A-Za-z]{4,12})(\*?)\}|\\[\s\S]|\$+")
_CLOSERS: Final = {"\\(": "\\)", "\\[": "\\]"}
_CLOSING: Final = re.compile(r"\\[\s\S]|[{}$]|\n[ \t]*\n")
_GROUP: Final = re.compile(r"\\[\s\S]|[{}]")
_NESTING: Final = {"{": 1, "}": -1}
_WORD: Final = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,}")
_COMMON: Final = names("and or to of the is in for with on by are as at from we that this per than it its an be which")
_MATHEMATICAL: Final = re.compile(r"[\\^_{}=<>|+]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of prose, or a formula without its delimiters (an environment keeps its own)."""

    kind: Literal["text", "math"]
    source: str
    display: bool = False


def split_math(text: str) -> list[Segment]:
    """The prose and the formulas of a text, in their order. A dollar sign that opens no formula stays in the prose."""
    if "$" not in text and "\\" not in text:
        return [Segment("text", text)] if text else []
    return _Splitter(text).split()


def group_end(source: str, opening: int) -> int:
    """The position after the brace that closes the one at `opening`, or -1."""
    depth = 0
    for match in _GROUP.finditer(source, opening, opening + MAX_FRAGMENT):
        depth += _NESTING.get(match[0], 0)
        if depth == 0 and match[0] == "}":
            return match.end()
    return -1


@dataclass(slots=True)
class _Splitter:
    text: str
    patience: int = MAX_SEARCHES
    found: list[Segment] = field(default_factory=list)
    start: int = 0  # of the prose not yet in found
    gone: set[str] = field(default_factory=set)  # closing delimiters that do not occur any more

    def split(self) -> list[Segment]:
        position = 0
        while len(self.found) < MAX_SEGMENTS and (match := _OPENING.search(self.text, position)):
            position = self._dollars(match) if match[0][0] == "$" else self._delimited(match)
        if self.start < len(self.text):
            self.found.append(Segment("text", self.text[self.start :]))
        return self.found

    def _add(self, begin: int, end: int, source: str, display: bool) -> int:
        if begin > self.start:
            self.found.append(Segment("text", self.text[self.start : begin]))
        self.found.append(Segment("math", source, display))
        self.start = end
        return end

    def _dollars(self, match: re.Match[str]) -> int:
        begin, end = match.span()
        width = end - begin
        closing = self._closing_dollar(end) if width <= 2 else None
        if closing is None:
            return end
        if width == 2:
            return self._two_dollars(begin, closing)
        if not self._dollars_make_math(end, closing):
            return end
        return self._add(begin, closing + 1, self.text[end:closing], False)

    def _two_dollars(self, begin: int, closing: int) -> int:
        inner = self.text[begin + 2 : closing]
        if not inner.strip():
            return begin + 2
        if self.text.startswith("$$", closing):
            return self._add(begin, closing + 2, inner, True)
        return begin + 1 if self._dollars_make_math(begin + 2, closing) else begin + 2

    def _dollars_make_math(self, begin: int, closing: int) -> bool:
        return not _is_prose(self.text[begin:closing], self.text[closing + 1 : closing + 2])

    def _closing_dollar(self, begin: int) -> int | None:
        """The dollar sign that closes: the first outside braces, or else the first."""
        depth, first = 0, None
        for match in _CLOSING.finditer(self.text, begin, begin + MAX_FRAGMENT):
            sign = match[0]
            if sign == "$":
                if depth <= 0 or self.patience <= 0:
                    return match.start() if first is None or depth == 0 else first
                first = match.start() if first is None else first
            elif sign[0] == "\n":
                break
            else:
                depth += _NESTING.get(sign, 0)
        self.patience -= 1
        return first

    def _delimited(self, match: re.Match[str]) -> int:
        begin, end = match.span()
        environment = match[1]
        closer = f"\\end{{{environment}{match[2]}}}" if environment in ENVIRONMENTS else _CLOSERS.get(match[0], "")
        closing = self._closer(closer, end) if closer else -1
        if closing < 0:
            return end
        after = closing + len(closer)
        source = self.text[begin:after] if environment else self.text[end:closing]
        display = closer != "\\)" and environment != "math"
        return self._add(begin, after, source, display) if source.strip() else end

    def _closer(self, closer: str, begin: int) -> int:
        closing = -1 if closer in self.gone else self.text.find(closer, begin)
        if closing < 0:
            self.gone.add(closer)
        elif closing - begin > MAX_FRAGMENT:
            self.patience -= 1
            if self.patience <= 0:
                self.gone.add(closer)
            return -1
        return closing


def _is_prose(inner: str, following: str) -> bool:
    """Whether what stands between two dollar signs is rather prose: `costs $5 and $10`."""
    if not inner.strip():
        return True
    words = _WORD.findall(inner)
    if _MATHEMATICAL.search(inner):
        return len(words) > 2 and _has_outer_space(inner)
    if not words:
        return inner[0].isdigit() and (following.isdigit() or (inner.rstrip()[-1] in ",;)" and inner[-1].isspace()))
    if len(words) > 8 or any(word.lower() in _COMMON for word in words):
        return True
    if inner[0].isdigit():
        return len(words) > 1 or inner[-1].isspace() or following.isdigit()
    return len(words) > 2 and _has_outer_space(inner)


def _has_outer_space(inner: str) -> bool:
    return inner[0].isspace() or inner[-1].isspace()
