r"""The TeX in titles and abstracts: to HTML with MathML, to plain text, and accents to Unicode.

Titles and abstracts are hostile text. What ``render_html`` returns is safe to insert unescaped: prose is escaped, and
of the renderer's output only the elements, attributes and values listed here are kept. The renderer is native code: a
deeply nested formula would overflow its stack, which ends the process, and brackets that nothing closes take it
exponential time, so every formula is measured before it gets there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from itertools import pairwise
from typing import Final, Literal
from xml.parsers.expat import ExpatError, ParserCreate

from math_core import LatexError, LatexToMathML

from papers.tex_macros import MACROS

MAX_TEXT: Final = 100_000  # characters of one title or abstract; what is longer is shown as it is
MAX_FRAGMENT: Final = 4_000  # characters of one formula
MAX_SEGMENTS: Final = 4_000  # formulas and stretches of prose of one text
MAX_COMMANDS: Final = 200  # commands of one formula: each may nest one level deeper
MAX_DEPTH: Final = 40  # open braces, brackets and environments, and elements within elements
MAX_BRACKETS: Final = 10  # of one formula, before they are shown as text
CACHED_LENGTH: Final = 300  # longer fragments are rare and are rendered anew


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of prose, or a formula without its delimiters (an environment keeps its own)."""

    kind: Literal["text", "math"]
    source: str
    display: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- finding the formulas ---------------------------------------------------------------------------------------------

_ENVIRONMENTS: Final = {
    "math": "", "displaymath": "", "equation": "", "subequations": "", "dmath": "", "align": "aligned",
    "alignat": "aligned", "flalign": "aligned", "eqnarray": "array", "gather": "gathered", "multline": "gathered",
    "array": "array",
}  # fmt: skip
_OPENING: Final = re.compile(r"\\begin\{([A-Za-z]{4,12})(\*?)\}|\\[\s\S]|\$+")
_CLOSING: Final = re.compile(r"\\[\s\S]|[{}$]|\n[ \t]*\n")
_WORD: Final = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,}")
_COMMON: Final = _words("and or to of the is in for with on by are as at from we that this per than it its an be which")
_MATHEMATICAL: Final = re.compile(r"[\\^_{}=<>|+]")


def _is_prose(inner: str, following: str) -> bool:
    """Whether what stands between two dollar signs is rather prose: ``costs $5 and $10``."""
    if not inner.strip():
        return True
    words = _WORD.findall(inner)
    if _MATHEMATICAL.search(inner):
        return len(words) >= 3 and (inner[0].isspace() or inner[-1].isspace())
    if not words:
        return inner[0].isdigit() and (following.isdigit() or (inner.rstrip()[-1] in ",;)" and inner[-1].isspace()))
    if len(words) > 8 or any(word.lower() in _COMMON for word in words):
        return True
    if inner[0].isdigit():
        return len(words) > 1 or inner[-1].isspace() or following.isdigit()
    return len(words) > 2 and (inner[0].isspace() or inner[-1].isspace())


@dataclass(slots=True)
class _Splitter:
    text: str
    patience: int = 200  # how many long and vain searches a text gets
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
        if width > 2:
            return end
        closing = self._closing_dollar(end)
        if closing is None:
            return end
        inner = self.text[end:closing]
        if width == 2:
            if self.text.startswith("$$", closing) and inner.strip():
                return self._add(begin, closing + 2, inner, True)
            return begin + 1 if inner.strip() and self._dollars_make_math(end, closing) else end
        if not self._dollars_make_math(end, closing):
            return end
        return self._add(begin, closing + 1, inner, False)

    def _dollars_make_math(self, begin: int, closing: int) -> bool:
        return not _is_prose(self.text[begin:closing], self.text[closing + 1 : closing + 2])

    def _closing_dollar(self, begin: int) -> int | None:
        """The dollar sign that closes: the first outside braces, or else the first."""
        depth, first = 0, None
        limit = min(len(self.text), begin + MAX_FRAGMENT)
        position = begin
        while match := _CLOSING.search(self.text, position, limit):
            sign, position = match[0], match.end()
            if sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
            elif sign == "$":
                if depth <= 0 or self.patience <= 0:
                    return match.start() if first is None or depth == 0 else first
                first = match.start() if first is None else first
            elif sign[0] == "\n":
                break
        self.patience -= 1
        return first

    def _delimited(self, match: re.Match[str]) -> int:
        begin, end = match.span()
        if match[1]:
            if match[1] not in _ENVIRONMENTS:
                return end
            closer, display = f"\\end{{{match[1]}{match[2]}}}", match[1] != "math"
        elif match[0] == "\\(":
            closer, display = "\\)", False
        elif match[0] == "\\[":
            closer, display = "\\]", True
        else:
            return end
        closing = -1 if closer in self.gone else self.text.find(closer, end)
        if closing < 0:
            self.gone.add(closer)
            return end
        if closing - end > MAX_FRAGMENT:
            self.patience -= 1
            if self.patience <= 0:
                self.gone.add(closer)
            return end
        after = closing + len(closer)
        source = self.text[begin:after] if match[1] else self.text[end:closing]
        return self._add(begin, after, source, display) if source.strip() else end


def split_math(text: str) -> list[Segment]:
    """The prose and the formulas of a text, in their order. A dollar sign that opens no formula stays in the prose."""
    if "$" not in text and "\\" not in text:
        return [Segment("text", text)] if text else []
    return _Splitter(text).split()


# --- accents ----------------------------------------------------------------------------------------------------------

_COMBINING: Final = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "H": "\u030b", "c": "\u0327", "u": "\u0306", "v": "\u030c", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_SPECIAL: Final = {
    "ss": "ß", "SS": "SS", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ",
    "oe": "œ", "OE": "Œ", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "th": "þ", "TH": "Þ",
}  # fmt: skip
_LETTER: Final = r"(?:\\([ij])(?![A-Za-z])[ ]*(?:\{\})?|([^\W\d_]))"
_ACCENT_CORE: Final = (
    r"""\\(?:(['`^"~=.])[ ]*|([Hcuvkrdb])(?:[ ]+|(?=[{\\])))"""
    + rf"(?:\{{[ ]*(?:\{{{_LETTER}\}}|{_LETTER})([^\W\d_]*)[ ]*\}}|{_LETTER})"
)
_ACCENT: Final = re.compile(rf"\{{{_ACCENT_CORE}\}}|{_ACCENT_CORE}")
_SPECIAL_NAMES: Final = "|".join(sorted(_SPECIAL, key=len, reverse=True))
_SPECIAL_LETTER: Final = re.compile(
    rf"\{{\\({_SPECIAL_NAMES})[ ]*(?:\{{\}})?\}}|\\({_SPECIAL_NAMES})(?![A-Za-z(])(?:\{{\}}|[ ]+(?=[A-Za-zÀ-ž])|)"
)
_MISPLACED: Final = re.compile(r"""\{\\(['`^"~])\}(?=[^\W\d_])""")  # B{\"}ohm
_ESCAPED_QUOTES: Final = re.compile(r'(?<![A-Za-z{])\\"([^\\"{}$]{1,200})\\"(?![A-Za-z{\\])')
_ESCAPED_APOSTROPHE: Final = re.compile(r"(?<=[b-df-hj-np-tv-xz])\\'(?=s\b)|(?<=n)\\'(?=t\b)")


def _accented(match: re.Match[str]) -> str:
    groups = [found or "" for found in match.groups()]
    half = groups[: len(groups) // 2] if any(groups[: len(groups) // 2]) else groups[len(groups) // 2 :]
    accent, letter, rest = half[0] or half[1], "".join((*half[2:6], *half[7:])), half[6]
    composed = unicodedata.normalize("NFC", letter + _COMBINING[accent])
    if len(composed) == 1 or half[1]:
        return composed + rest
    # No such letter: then it is no accent but a quotation mark or the like that somebody escaped.
    return match[0].replace("\\", "", 1) if accent in "'\"`" else composed + rest


def unicode_accents(text: str) -> str:
    r"""TeX's accents and special letters outside formulas as Unicode: ``Erd\H{o}s`` is ``Erdős``."""
    if "\\" not in text:
        return text
    if "$" not in text and "\\(" not in text and "\\[" not in text and "\\begin" not in text:
        return _accents(text)
    parts: list[str] = []
    position = 0
    for segment in split_math(text):
        begin = text.index(segment.source, position)
        if segment.kind == "text":
            parts += (text[position:begin], _accents(segment.source))
        else:
            parts.append(text[position : begin + len(segment.source)])
        position = begin + len(segment.source)
    return "".join((*parts, text[position:]))


def _accents(text: str) -> str:
    if "\\" not in text:
        return text
    text = _ESCAPED_QUOTES.sub(r'"\1"', text)
    text = _ESCAPED_APOSTROPHE.sub("'", text)
    text = _ACCENT.sub(_accented, _MISPLACED.sub(r"\\\1", text))
    return _SPECIAL_LETTER.sub(lambda match: _SPECIAL[match[1] or match[2]], text)


# --- making a formula ready for the renderer --------------------------------------------------------------------------

_TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+|[\s\S]|$)|[{}%#&$]|[^\\{}%#&$]+")
_GROUP: Final = re.compile(r"\\[\s\S]|[{}]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ENTITY: Final = re.compile(r"&(lt|gt|amp);")

# Commands that define, read or fetch something, or that only a page can have.
_FORBIDDEN: Final = _words(
    """
    def gdef edef xdef let futurelet newcommand renewcommand providecommand newenvironment renewenvironment
    newtheorem DeclareMathOperator DeclareRobustCommand DeclarePairedDelimiter global long outer csname catcode
    expandafter input include includegraphics usepackage documentclass write openout read loop require htmlClass
    htmlStyle htmlId htmlData eqref tabular
    """
)
_TEXT: Final = dict.fromkeys(
    _words("text mbox hbox fbox textnormal textrm textup textmd textsc intertext shortintertext makebox vbox"), "text"
) | {
    "textsl": "textit",
    "textit": "textit",
    "textbf": "textbf",
    "texttt": "texttt",
    "textsf": "textsf",
    "emph": "textit",
}
_AS_MATH: Final = {"text": "mathrm", "textit": "mathit", "textbf": "mathbf", "texttt": "mathtt", "textsf": "mathsf"}
_DROPPED: Final = _words(
    """
    nonumber notag allowbreak nobreak break newline noindent centering tiny scriptsize footnotesize small normalsize
    large Large LARGE huge Huge protect relax unboldmath hfill hfil vfill smallskip medskip bigskip par null
    linebreak pagebreak normalfont ignorespaces mathsurround nobreakdash qedhere hline
    """
)
_DROPPED_WITH_ARGUMENT: Final = _words(
    """
    label tag vspace cite citep citet ref footnote color pagecolor textcolor href hypertarget
    """
)
_REPLACED: Final = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciitilde": r"\sim ", "textasciicircum": r"\wedge ",
    "textdegree": r"{}^\circ ", "textmu": r"\mu ", "textbackslash": r"\backslash ", "textendash": r"\text{–}",
    "textemdash": r"\text{—}", "textquoteright": "'", "textquotesingle": "'", "lbrack": "[", "rbrack": "]",
    "textsubscript": "_", "textsuperscript": "^", "sp": "^", "sb": "_", "lq": "`", "rq": "'", "textregistered": "®",
    "texttrademark": "™", "texttimes": r"\times ", "textsection": "§", "em": r"\it ", "sl": r"\it ", "sc": r"\rm ",
    "itshape": r"\it ", "bfseries": r"\bf ", "ttfamily": r"\tt ", "sffamily": r"\sf ", "cr": r"\\",
    "tabularnewline": r"\\", "bigstrut": "", "thinspace": r"\,", "medspace": r"\:", "thickspace": r"\;",
    "negthinspace": r"\!",
}  # fmt: skip
_STARRED: Final = _words("operatorname tag hspace vspace")
_SIGNS: Final = {
    "-": "", "/": "", "@": "", "": "", "+": "+", "(": "(", ")": ")", "[": "[", "]": "]", ".": ".", "*": "*", "=": "=",
    "?": "?", "<": "<", "1": r"\mathbf{1}", "0": r"\mathbf{0}", "&": r"\&", "\n": r"\ ", "\t": r"\ ", "\u00a0": "~",
    "'": r"\acute ", '"': r"\ddot ", "`": r"\grave ", "^": r"\hat ", "~": r"\tilde ",
}  # fmt: skip
_DELIMITERS: Final = {"<": r"\langle ", ">": r"\rangle "}
_SIZED: Final = re.compile(r"(left|right|middle|[bB]igg?[lrm]?)$")
_BRACKETING: Final = frozenset(
    name
    for name, what in MACROS.items()
    if "#1" in what and not what.startswith(("#", "\\math", "\\bold", "\\wide", "\\over", "\\tilde"))
)
_LANDAU: Final = frozenset((r"\mathcal{O}", r"\tilde{O}", r"\tilde{\Theta}", r"\tilde{\Omega}"))
_LETTERLIKE: Final = re.compile(r"(?:\\(?:math(?:cal|bf|bb|frak|rm)|tilde|hat)\{\\?[A-Za-z]+\}|[a-z])$")
_FONT_SWITCH: Final = re.compile(
    r"\\(?:bf|it|rm|tt|sf|sc|em|sl|small|normalfont|bfseries|itshape|tiny|scriptsize|footnotesize|large)(?![A-Za-z]) ?"
)
_TEXT_ESCAPES: Final = str.maketrans(
    {
    "\\": r"\textbackslash ", "_": r"\_", "&": r"\&", "#": r"\#", "%": r"\%", "$": r"\$", "{": r"\{", "}": r"\}",
    "^": r"\textasciicircum{}", "~": "\u00a0",
}
)  # fmt: skip
_UNESCAPED: Final = re.compile(r"\\([_&#%$])|[{}]|\\[ ,;:!/]")


class _TooMuch(Exception):
    """The fragment is too long, too deep, or asks for what no formula may."""


def _group_end(source: str, opening: int) -> int:
    """The position after the brace that closes the one at ``opening``."""
    depth = 0
    for match in _GROUP.finditer(source, opening, opening + MAX_FRAGMENT):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return match.end()
    return -1


class _Preparer:
    """Rewrites what authors write into what the renderer knows, and measures it while it passes."""

    def __init__(self) -> None:
        self.commands = 0

    def prepare(self, source: str, level: int = 0) -> str:
        if level > MAX_DEPTH // 4:
            raise _TooMuch
        out: list[str] = []
        position, depth, tables = 0, 0, 0
        wraps = False  # whether there are cells or lines outside every table
        while position < len(source):
            match = _TOKEN.match(source, position)
            if match is None:
                raise _TooMuch
            sign, position = match[0], match.end()
            if sign == "{":
                depth += 1
                out.append(sign)
            elif sign == "}":
                depth -= 1
                out.append(sign)
            elif sign in ("%", "#"):
                out.append("\\" + sign)
            elif sign == "&":
                if entity := _ENTITY.match(source, position - 1):
                    out.append({"lt": "<", "gt": ">", "amp": r"\&"}[entity[1]])
                    position = entity.end()
                else:
                    wraps = wraps or tables == 0
                    out.append("&")
            elif sign == "$":
                continue
            elif sign[0] != "\\":
                out.append(sign)
            else:
                self.commands += 1
                name = sign[1:]
                if name in ("begin", "end"):
                    what, position, change = self._environment(name, source, position)
                    tables += change if what else 0
                    depth += change
                    out.append(what)
                elif name == "\\":
                    wraps = wraps or tables == 0
                    out.append("\\\\")
                else:
                    if name in ("left", "right"):
                        depth += 1 if name == "left" else -1
                    position = self._command(name, source, position, out, level)
            if depth > MAX_DEPTH or self.commands > MAX_COMMANDS:
                raise _TooMuch
        prepared = "".join(out)
        if wraps:
            return (
                rf"\begin{{aligned}}{prepared}\end{{aligned}}"
                if "&" in prepared
                else rf"\begin{{gathered}}{prepared}\end{{gathered}}"
            )
        return prepared

    def _environment(self, command: str, source: str, position: int) -> tuple[str, int, int]:
        end = _group_end(source, position) if source.startswith("{", position) else -1
        if end < 0:
            raise _TooMuch
        name = source[position + 1 : end - 1].strip()
        begins = command == "begin"
        known = _ENVIRONMENTS.get(
            name.rstrip("*"), {"split": "aligned", "smallmatrix": "matrix", "dcases": "cases"}.get(name, name)
        )
        extra = ""
        if begins and name.startswith("eqnarray"):
            extra = "{rcl}"
        elif begins and name.startswith("alignat") and source.startswith("{", end):
            end = max(end, _group_end(source, end))
        elif begins and known in ("aligned", "gathered", "array") and source.startswith("[", end):
            end = source.find("]", end) + 1 or end
        if not known:
            return "", end, 0
        if not known.rstrip("*").isalpha() or known in _FORBIDDEN:
            raise _TooMuch
        return f"\\{command}{{{known}}}{extra}", end, 1 if begins else -1

    def _command(self, name: str, source: str, position: int, out: list[str], level: int) -> int:
        if name in _FORBIDDEN:
            raise _TooMuch
        if name in _SIGNS:
            out.append(_SIGNS[name])
            return position
        after = position
        while after < len(source) and source[after] in " \n":
            after += 1
        braced = source.startswith("{", after)
        if name in _TEXT:
            end = _group_end(source, after) if braced else -1
            if end < 0:
                out.append("" if not braced else f"\\{_AS_MATH[_TEXT[name]]}")
                return position
            out.append(self._text(_TEXT[name], source[after + 1 : end - 1], level))
            return end
        if name in ("url", "nolinkurl") and braced and (end := _group_end(source, after)) > 0:
            out.append(rf"\texttt{{{source[after + 1 : end - 1].translate(_TEXT_ESCAPES)}}}")
            return end
        if name in _DROPPED_WITH_ARGUMENT or name == "hspace":
            if source.startswith("*", after):
                after += 1
            end = _group_end(source, after) if source.startswith("{", after) else position
            if name == "hspace":
                out.append(r"\ ")
            return end if end > 0 else position
        if name == "substack":
            end = _group_end(source, after) if braced else -1
            if end < 0:
                raise _TooMuch
            inner = self.prepare(source[after + 1 : end - 1], level + 1)
            inner = inner.removeprefix(r"\begin{gathered}").removesuffix(r"\end{gathered}")
            out.append(rf"{{\begin{{matrix}}{inner}\end{{matrix}}}}")
            return end
        if name == "unicode":
            number = re.compile(r"\{\s*x?([0-9A-Fa-f]{2,5})\s*\}").match(source, after)
            if (
                number is None
                or not (sign := _CONTROL.sub("", chr(int(number[1], 16)))).strip()
                or sign in "\\{}%#&$^_~<>"
            ):
                raise _TooMuch
            out.append(sign)
            return number.end()
        if name in _DROPPED:
            out.append(" ")
            return position
        if name in _REPLACED:
            out.append(_REPLACED[name])
            return position
        if _SIZED.match(name) and source[after : after + 1] in _DELIMITERS:
            out.append(f"\\{name}{_DELIMITERS[source[after]]}")
            return after + 1
        if name in _BRACKETING and not braced:
            out.append(f"\\mathrm{{{name}}}")
            return position
        if source.startswith("{", position) and not source.startswith("{}", position) and name in MACROS:
            if MACROS[name] in _LANDAU:
                end = _group_end(source, position)
                if end < 0:
                    raise _TooMuch
                out.append(rf"\{name}({self.prepare(source[position + 1 : end - 1], level + 1)})")
                return end
            if _LETTERLIKE.match(MACROS[name]):
                raise _TooMuch  # somebody's command with an argument, which only has the name of ours
        out.append("\\" + name)
        if source.startswith("*", position) and name not in _STARRED:
            out.append(" ")  # or the renderer takes the star for a part of the name
        return position

    def _text(self, command: str, inner: str, level: int) -> str:
        """Text within a formula: the renderer's own text mode knows few commands and no formulas within."""
        if "$" in inner or "\\(" in inner:
            parts = [
                self._text(command, part.source, level + 1)
                if part.kind == "text"
                else f"{{{self.prepare(part.source, level + 1)}}}"
                for part in split_math(inner)
            ]
            if len(parts) > 1:
                return f"{{{''.join(parts)}}}"
        while switch := _FONT_SWITCH.match(inner.lstrip("{ ")):
            inner = inner.lstrip("{ ")[switch.end() :]
            if switch[0].strip() in ("\\bf", "\\bfseries"):
                command = "textbf"
        text = _UNESCAPED.sub(lambda match: match[1] or ("" if match[0] in "{}\\!\\/" else " "), _accents(inner))
        if "\\" in text:
            return rf"\{_AS_MATH[command]}{{{self.prepare(inner, level + 1)}}}"
        return rf"\{command}{{{text.translate(_TEXT_ESCAPES)}}}"


_CONVERTER: Final = LatexToMathML(
    macros=MACROS, fancy_error=False, allow_unreliable_rendering=True, max_expansions=MAX_COMMANDS, annotation=False
)


def _convert(source: str, display: bool) -> str:
    return _CONVERTER.convert_with_local_state(source, displaystyle=display)


# The renderer looks for what closes a bracket, and where nothing does it starts anew without: each bracket
# that stays open doubles its time. So where there are many, they are given to it as text, which looks the same.
_DELIMITER: Final = re.compile(
    r"\\(?:left|right|middle)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\?[\s\S])?|\\(?:sqrt|\\)\s*\[|\\[A-Za-z]+|\\[\s\S]|[^\w\s]"
)
_OPENING_SIGNS: Final = frozenset(("Ps", "Pi"))


@lru_cache(maxsize=4096)
def _brackets_in(found: str) -> str:
    """The opening bracket that a sign or command is, or all that it shows if there is one in that."""
    if found[0] != "\\":
        return found if unicodedata.category(found) in _OPENING_SIGNS and found != "{" else ""
    if found == "\\{":
        return "{"
    if not found[1].isalpha() or not found[-1].isalpha():
        return ""
    try:
        markup = _convert(rf"{found}{{x}}{{x}}", False)
    except LatexError:
        return ""
    signs = unescape(re.sub(r"<[^>]*>|\s", "", markup))
    if not any(unicodedata.category(sign) in _OPENING_SIGNS for sign in signs) and '"prefix"' not in markup:
        return ""
    return signs[0] if len(signs) == 3 and signs.endswith("xx") else signs


def _tamed(prepared: str) -> str:
    """The formula with its opening brackets as text, if they are many."""
    brackets = [shown for match in _DELIMITER.finditer(prepared) if (shown := _brackets_in(match[0]))]
    if len(brackets) <= MAX_BRACKETS:
        return prepared
    if sum(len(shown) > 1 for shown in brackets) > MAX_BRACKETS:
        raise _TooMuch

    def as_text(match: re.Match[str]) -> str:
        shown = _brackets_in(match[0])
        return rf"{{\text{{{shown.translate(_TEXT_ESCAPES)}}}}}" if len(shown) == 1 else match[0]

    return _DELIMITER.sub(as_text, prepared)


# --- the formula's tree, from the renderer's output -------------------------------------------------------------------


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: str
    children: list[_Node | str]
    hints: dict[str, str]  # for plain text


_ELEMENTS: Final = _words(
    """
    mrow mi mn mo mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mtable mtr mtd mpadded
    mphantom mstyle mmultiscripts mprescripts
    """
)
_BOOLEAN: Final = re.compile(r"true|false")
_LENGTH: Final = re.compile(r"-?(?:[0-4](?:\.\d{1,12})?(?:em)|0)")
_ATTRIBUTES: Final = {
    "mathvariant": re.compile("normal"), "form": re.compile("prefix|infix|postfix"), "displaystyle": _BOOLEAN,
    "scriptlevel": re.compile(r"\+?[0-2]"), "lspace": _LENGTH, "rspace": _LENGTH, "width": _LENGTH, "minsize": _LENGTH,
    "maxsize": _LENGTH, "linethickness": _LENGTH, "columnspan": re.compile(r"\d{1,2}"),
    "rowspan": re.compile(r"\d{1,2}"),
} | dict.fromkeys(
    ("stretchy", "symmetric", "largeop", "movablelimits", "accent", "accentunder", "fence", "separator"), _BOOLEAN
)  # fmt: skip
_TEXT_CLASSES: Final = {"code": "tex-tt", "b": "tex-bf", "strong": "tex-bf", "i": "tex-it", "em": "tex-it"}
_WRAPPERS: Final = frozenset(("math", "semantics"))
_NAMED: Final = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062", "&nbsp;": "\u00a0"}


class _Reader:
    """Reads the renderer's MathML into a tree of only what is allowed."""

    def __init__(self) -> None:
        self.root = _Node("mrow", "", [], {})
        self.open: list[_Node] = [self.root]

    def read(self, markup: str) -> _Node:
        for name, sign in _NAMED.items():
            markup = markup.replace(name, sign)
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.ProcessingInstructionHandler = self._refuse
        parser.Parse(markup, True)
        return self.root

    def _refuse(self, *_: object) -> None:
        raise _TooMuch

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _WRAPPERS:
            return
        if len(self.open) > MAX_DEPTH * 2:
            raise _TooMuch
        parent = self.open[-1]
        if parent.tag == "mtext":  # HTML within text: the words stay, and the typeface
            found = _TEXT_CLASSES.get(tag, "tex-sf" if "sans" in attributes.get("class", "") else "")
            if found and not parent.attributes:
                parent.attributes = f' class="{found}"'
            self.open.append(parent)
            return
        classes = ""
        if tag == "menclose":
            classes = "tex-box" if "box" in attributes.get("notation", "") else "tex-strike"
            tag = "mrow"
        elif tag == "mtd":
            style = attributes.get("style", "")
            if "text-align: left" in style:
                classes = "tex-l0" if "padding-left: 0" in style else "tex-l"
            elif "text-align: right" in style:
                classes = "tex-r0" if "padding-right: 0" in style else "tex-r"
        if tag not in _ELEMENTS:
            raise _TooMuch
        kept = {
            name: value
            for name, value in attributes.items()
            if (allowed := _ATTRIBUTES.get(name)) and allowed.fullmatch(value)
        }
        written = "".join(f' {name}="{value}"' for name, value in kept.items())
        node = _Node(tag, f' class="{classes}"{written}' if classes else written, [], kept)
        parent.children.append(node)
        self.open.append(node)

    def _end(self, tag: str) -> None:
        if tag not in _WRAPPERS:
            self.open.pop()

    def _characters(self, text: str) -> None:
        if text == "\u0332" and len(self.open) > 1:  # a combining line, which browsers do not put under what is before
            text = "_" if self.open[-2].tag == "munder" else "‾"
        self.open[-1].children.append(text)


_UNKNOWN: Final = re.compile(r'Unknown command "\\([A-Za-z]+)"')


def _tree(source: str, display: bool, guess: bool) -> _Node | None:
    if len(source) > MAX_FRAGMENT:
        return None
    try:
        prepared = _Preparer().prepare(_CONTROL.sub(" ", source).strip())
        if len(prepared) > 2 * MAX_FRAGMENT:
            return None
        prepared = _tamed(prepared)
        for _ in range(6):
            try:
                return _Reader().read(_convert(prepared, display))
            except LatexError as error:
                repaired = _repaired(prepared, str(error), guess)
                if repaired is None or repaired == prepared:
                    return None
                prepared = repaired
    except (_TooMuch, ExpatError, RecursionError, ValueError):
        return None
    return None


def _repaired(prepared: str, error: str, guess: bool) -> str | None:
    """The formula without what the renderer stumbled over, where that loses nothing but a nuance."""
    if "limits" in error:
        return re.sub(r"\\(?:no)?limits(?![A-Za-z])", " ", prepared)
    if "extract text from" in error:
        return re.sub(r"\\operatorname\s*\*?", r"\\mathrm", prepared)
    if guess and (unknown := _UNKNOWN.search(error)):
        # Somebody's own command without an argument stands for a word: its name is the best that is known of it.
        name = unknown[1]
        if not re.search(rf"\\{name}(?![A-Za-z])\s*[{{\[]", prepared):
            return re.sub(rf"\\{name}(?![A-Za-z])", rf"\\mathrm{{{name}}}", prepared)
    return None


def _serialise(node: _Node, out: list[str]) -> None:
    out.append(f"<{node.tag}{node.attributes}")
    if not node.children:
        out.append("/>")
        return
    out.append(">")
    for child in node.children:
        if isinstance(child, str):
            out.append(escape(child, quote=False))
        else:
            _serialise(child, out)
    out.append(f"</{node.tag}>")


def _render(source: str, display: bool, guess: bool) -> str | None:
    root = _tree(source, display, guess)
    if root is None or not root.children:
        return None
    out: list[str] = []
    only = root.children[0] if len(root.children) == 1 else root
    if isinstance(only, str):
        return None
    _serialise(only, out)
    opening = '<math display="block">' if display else "<math>"
    readable = escape(_CONTROL.sub(" ", source).strip(), quote=False)
    return (
        f"{opening}<semantics>{''.join(out)}"
        f'<annotation encoding="application/x-tex">{readable}</annotation>'
        "</semantics></math>"
    )


_render_cached = lru_cache(maxsize=8192)(_render)


def render_math(source: str, display: bool, *, guess: bool = True) -> str | None:
    """The formula as MathML that is safe to insert unescaped, or ``None``.

    With ``guess``, a command that nobody knows and that takes no argument is shown as its name in upright letters.
    """
    return (_render_cached if len(source) <= CACHED_LENGTH else _render)(source, display, guess)


# --- a formula as plain text ------------------------------------------------------------------------------------------

_PLAIN_ACCENTS: Final = {
    "~": "\u0303", "˜": "\u0303", "^": "\u0302", "ˆ": "\u0302", "\u0302": "\u0302", "¯": "\u0304", "\u0304": "\u0304",
    "→": "\u20d7", "\u20d7": "\u20d7", "˙": "\u0307", "\u0307": "\u0307", "¨": "\u0308", "\u0308": "\u0308",
    "´": "\u0301", "`": "\u0300", "ˇ": "\u030c", "˘": "\u0306",
}  # fmt: skip
_ATOM: Final = re.compile(r"[\w.∞]*(?:\([^()]*\))?|\W|\([^()]*\)|-[\w.]+")
_PRIME: Final = re.compile("[′″‴⁗'*∗†⊤⊥°∘+]+")
_INDEXED: Final = re.compile(r"[_^][\w.]+$")
_STYLED: Final = re.compile("[\U0001d400-\U0001d7ffℊℋℌℎℐℒℛℨℬℭℯℰℱℳℴ]")
_INVISIBLE: Final = re.compile("[\u2061-\u2064\ufe00-\ufe0f]")
_SPACED: Final = frozenset("≤≥<>≪≫≈≃≅∼≡≠∝∈∉⊂⊆⊃⊇→↦⇒⇔⟹⟺⟶∧∨∪∩⊕⊗∘≺≻⪯⪰⊢⊨∣∀∃")


def _wrapped(text: str) -> str:
    return text if _ATOM.fullmatch(text) else f"({text})"


def _flat(node: _Node | str) -> str:
    if isinstance(node, str):
        return node
    tag, parts = node.tag, [_flat(child) for child in node.children]
    if tag in ("mrow", "mstyle", "mpadded", "mtd"):
        return _joined(parts)
    if tag == "mo":
        sign = "".join(parts)
        return f" {sign} " if sign in _SPACED else sign
    if tag == "mspace":
        width = node.hints.get("width", "")
        return " " if width.endswith("em") and float(width[:-2]) > 0.2 else ""
    if tag == "mphantom":
        return ""
    if tag in ("msub", "munder") and len(parts) == 2:
        return f"{parts[0]}_{_wrapped(parts[1].strip())}"
    if tag in ("msup", "mover") and len(parts) == 2:
        return _raised(parts[0], parts[1].strip(), tag == "mover")
    if tag in ("msubsup", "munderover") and len(parts) == 3:
        return _raised(f"{parts[0]}_{_wrapped(parts[1].strip())}", parts[2].strip(), False)
    if tag == "mfrac" and len(parts) == 2:
        if node.hints.get("linethickness") == "0":
            return f"{parts[0]} choose {parts[1]}"
        return f"{_wrapped(parts[0])}/{_wrapped(parts[1])}"
    if tag == "msqrt":
        return f"√{_wrapped(_joined(parts))}"
    if tag == "mroot" and len(parts) == 2:
        return f"{_wrapped(parts[0])}^(1/{parts[1]})"
    if tag == "mtable":
        return "; ".join(part for part in parts if part.strip())
    if tag == "mtr":
        return " ".join(part for part in parts if part.strip())
    return "".join(parts)


def _raised(base: str, over: str, accent: bool) -> str:
    if not over:
        return base
    if accent and over in _PLAIN_ACCENTS:
        return base + _PLAIN_ACCENTS[over] if len(base) == 1 else base
    if accent and over in "_‾\u0332⏞":
        return base
    if _PRIME.fullmatch(over) and not over.startswith(("+", "*", "∗")):
        return base + over.replace("∘", "°").replace("′", "'").replace("″", "''").replace("‴", "'''")
    return f"{base}^{_wrapped(over)}"


def _joined(parts: list[str]) -> str:
    """The parts one after the other, with a space where two words or a word and a letter would run together."""
    kept = [part for part in parts if part and part not in "\u2061\u2062"]
    out = kept[:1]
    for before, part in pairwise(kept):
        tail, head = before[-1], part[0]
        if (
            (head.isalnum() and _INDEXED.search(before))
            or (
                tail.isalpha()
                and (head.isalnum() or head in "√∑∏")
                and (len(_last_word(before)) > 1 or _first_word(part) > 1)
            )
            or (head.isalpha() and _first_word(part) > 1 and (tail.isalnum() or tail in ")]}"))
        ):
            out.append(" ")
        out.append(part)
    return "".join(out)


def _last_word(text: str) -> str:
    return text[-2:] if text[-2:].isalpha() else text[-1:]


def _first_word(text: str) -> int:
    return 2 if text[:2].isalpha() and len(text) > 1 else 1


def _source_as_text(source: str) -> str:
    text = re.sub(
        r"\\(?:left|right|mathrm|mathbf|mathcal|mathbb|mathsf|mathit|text\w*|mbox|operatorname)(?![A-Za-z])", "", source
    )
    text = re.sub(
        r"\\([A-Za-z]+) ?(?=([A-Za-z{]?))", lambda match: (_symbol(match[1]) or match[1]) + " " * len(match[2]), text
    )
    return re.sub(r"\\([^A-Za-z])|[{}$]", lambda match: match[1] or "", text)


def _plain_math(source: str) -> str:
    root = _tree(source, False, True) if source else None
    text = _source_as_text(source[:MAX_FRAGMENT]) if root is None else _flat(root)
    text = _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), _INVISIBLE.sub("", text))
    text = text.replace("−", "-")
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    return re.sub(r"(?<=[(\[{]) | (?=[)\],;}])", "", text)


_plain_math_cached = lru_cache(maxsize=8192)(_plain_math)


@lru_cache(maxsize=4096)
def _symbol(name: str) -> str:
    """What a command without argument looks like, if that is a sign, a letter or a word."""
    root = _tree("\\" + name, False, False) if len(name) <= 24 else None
    text = _INVISIBLE.sub("", _flat(root)).strip() if root is not None else ""
    return _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


# --- prose ------------------------------------------------------------------------------------------------------------

_MARK: Final = "\x00"  # stands for a formula in the prose
_PROSE_TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+\*?|[\s\S]|$)|[{}~`\x00]|''|--+")
_STYLES: Final = {
    "emph": "em", "em": "em", "textit": "i", "it": "i", "textsl": "i", "sl": "i", "itshape": "i", "textbf": "b",
    "bf": "b", "bfseries": "b", "texttt": "code", "tt": "code", "ttfamily": "code", "underline": "u", "uline": "u",
    "textsuperscript": "sup", "textsubscript": "sub", "code": "code", "textsc": "sc", "sc": "sc", "scshape": "sc",
}  # fmt: skip
_SWITCHES: Final = _words(
    """
    em it sl itshape bf bfseries tt ttfamily sc scshape rm sf sffamily normalfont upshape small large tiny
    footnotesize
    """
)
_TRANSPARENT: Final = _words(
    """
    mbox hbox fbox text textrm textsf textnormal textup textmd ensuremath protect centerline mathrm emphasize
    """
)
_GONE: Final = _words(
    """
    noindent centering par newline linebreak smallskip medskip bigskip maketitle xspace footnotemark hfill vfill
    relax small large Large tiny footnotesize scriptsize normalsize rm sf sffamily normalfont upshape em it sl
    itshape bf bfseries tt ttfamily sc scshape indent null newpage clearpage sloppy allowbreak nobreak protect break
    space quad qquad left right displaystyle textstyle limits
    """
)
_SPACE: Final = _words("par newline linebreak smallskip medskip bigskip space quad qquad")
_WORDS: Final = {
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e", "ldots": "…", "dots": "…",
    "textellipsis": "…", "textregistered": "®", "copyright": "©", "textcopyright": "©", "texttrademark": "™",
    "textdegree": "°", "deg": "°", "degree": "°", "textendash": "–", "textemdash": "—", "textquoteright": "’",
    "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'",
    "textasciitilde": "~", "textbackslash": "\\", "textunderscore": "_", "textless": "<", "textgreater": ">",
    "textbar": "|", "textasciicircum": "^", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "pounds": "£", "euro": "€",
    "texteuro": "€", "textmu": "µ", "item": " • ", "textbullet": "•", "slash": "/", "surd": "√", "bs": "\\",
    "textdollar": "$", "textpm": "±", "texttimes": "×", "percent": "%", "lbrace": "{", "rbrace": "}", "th": "th",
    "aa": "å",
}  # fmt: skip
_CITING: Final = re.compile(r"(?:cite|ref|eqref|autoref|cref|Cref)\w*|(?:text|paren|foot)cite")
_MATH_ARGUMENTS: Final = dict.fromkeys(_words("frac tfrac dfrac binom"), 2) | dict.fromkeys(
    _words(
        """
        math sqrt mathbb mathcal mathbf mathsf mathit mathfrak mathscr mathtt operatorname hat bar tilde vec overline
        widetilde widehat bm boldsymbol dot ddot check breve ceil floor norm abs
        """
    ),
    1,
)
_NUMBER_BEFORE: Final = re.compile(r"[\w)\]}.,;:!?%>’\x00]$")
_CASE_BRACES: Final = re.compile(r"[^\W_]{2,}[^\W_ -]*")
_QUOTED: Final = re.compile(r"(?<!\w)`([^`'\x00\n]{1,80})'(?!\w)")
_ESCAPED_SIGN: Final = {
    "%": "%", "&": "&", "_": "_", "#": "#", "$": "$", "{": "{", "}": "}", " ": " ", "\n": " ", ",": " ", ";": " ",
    ":": " ", "!": "", "/": "", "-": "", "\\": " ", "@": "", "|": "‖", "*": "*", "<": "<", ">": ">", "(": "(", ")": ")",
    "[": "[", "]": "]", "": "\\",
}  # fmt: skip


class _Prose:
    """Reads prose with formulas taken out, and writes HTML or plain text."""

    def __init__(self, text: str, html: bool, formulas: list[Segment]) -> None:
        self.text = text
        self.html = html
        self.formulas = iter(formulas)
        self.position = 0
        self.patience = 200
        self.quotes = 0

    def read(self) -> str:
        return self._until_brace(0)[0]

    def _plain(self, text: str) -> str:
        return escape(text) if self.html else text

    def _formula(self) -> str:
        segment = next(self.formulas)
        return _formula(segment.source, segment.display) if self.html else _formula_text(segment.source)

    def _until_brace(self, depth: int) -> tuple[str, bool]:
        out: list[str] = []
        closing = ""  # of a switch such as \em, which holds until the group ends
        while match := _PROSE_TOKEN.search(self.text, self.position):
            if match.start() > self.position:
                out.append(self._plain(self.text[self.position : match.start()]))
            self.position = match.end()
            sign = match[0]
            if sign == "}" and depth:
                return "".join(out) + closing, True
            if sign == _MARK:
                out.append(self._formula())
            elif sign == "{":
                out.append(self._group(depth))
            elif sign[0] == "\\":
                name = sign[1:].rstrip("*") if sign[1:2].isalpha() else sign[1:]
                if depth and name in _SWITCHES:
                    self._skip_spaces()
                    opened, closed = self._style(name)
                    out.append(opened)
                    closing = closed + closing
                else:
                    out.append(self._command(name, match.start(), depth))
            else:
                out.append(self._sign(sign, match.start()))
        out.append(self._plain(self.text[self.position :]))
        self.position = len(self.text)
        return "".join(out) + closing, False

    def _style(self, name: str) -> tuple[str, str]:
        tag = _STYLES.get(name)
        if tag is None or not self.html:
            return "", ""
        return ('<span class="tex-sc">', "</span>") if tag == "sc" else (f"<{tag}>", f"</{tag}>")

    def _skip_spaces(self) -> None:
        while self.text.startswith((" ", "\n"), self.position):
            self.position += 1

    def _group(self, depth: int) -> str:
        if depth >= MAX_DEPTH // 2:
            return "{"
        begin = self.position
        inner, closed = self._until_brace(depth + 1)
        if not closed:
            return "{" + inner
        raw = self.text[begin : self.position - 1]
        before, after = self.text[max(0, begin - 2) : begin - 1], self.text[self.position : self.position + 1]
        if not raw or raw[0] in "\\{\x00" or raw in ("--", "---", "-", "=", ",", "@"):
            return inner
        if before in ("^", "_"):
            return "{" + inner + "}"
        if raw.isalpha() and (before.isalpha() or after.isalpha()):
            return inner  # {B}ayesian
        if raw[0].isupper() and _CASE_BRACES.match(raw) and not any(sign in raw for sign in ",;|=()[]"):
            return inner  # {NP}, {Scalable Systems}
        return "{" + inner + "}"

    def _raw_group(self) -> str | None:
        """The argument that follows as it is in the source."""
        before = self.position
        self._skip_spaces()
        if self.text.startswith("[", self.position) and self.text.find("]", self.position, self.position + 80) > 0:
            self.position = self.text.find("]", self.position) + 1
        if self.patience > 0 and self.text.startswith("{", self.position):
            end = _group_end(self.text, self.position)
            if end > 0:
                raw = self.text[self.position + 1 : end - 1]
                self.position = end
                return raw
            self.patience -= 1
        self.position = before
        return None

    def _argument(self, depth: int) -> str | None:
        """The argument that follows, read."""
        before = self.position
        self._skip_spaces()
        if depth < MAX_DEPTH // 2 and self.text.startswith("{", self.position):
            self.position += 1
            return self._until_brace(depth + 1)[0]
        self.position = before
        return None

    def _sign(self, sign: str, begin: int) -> str:
        before = self.text[begin - 1 : begin]
        after = self.text[self.position : self.position + 1]
        if sign == "~":
            return "\u00a0" if _NUMBER_BEFORE.match(before) and after and not after.isspace() and before != "/" else "~"
        if sign == "''":
            if self.quotes:
                self.quotes -= 1
                return "”"
            return self._plain(sign)
        if sign == "`":
            if after == "`":
                self.position += 1
                self.quotes += 1
                return "“"
            if found := _QUOTED.match(self.text, begin):
                inner = found[1]
                if "\\" not in inner and "{" not in inner:
                    self.position = found.end()
                    return f"‘{self._plain(inner)}’"
            return "`"
        if sign == "--":
            return sign if (not before or before.isspace()) and after.isalpha() else "–"
        return "—" if sign == "---" else sign

    def _command(self, name: str, begin: int, depth: int) -> str:
        if name in _ESCAPED_SIGN:
            return self._plain(_ESCAPED_SIGN[name])
        if not name.isalpha() or not name.isascii():
            return self._plain("\\" + name)
        if name in _STYLES and name not in _SWITCHES:
            inner = self._argument(depth)
            opened, closed = self._style(name)
            return "" if inner is None else opened + inner + closed
        if name in _TRANSPARENT:
            return self._argument(depth) or ""
        if name == "enquote":
            inner = self._argument(depth)
            return f"“{inner}”" if inner is not None else ""
        if name in ("footnote", "footnotetext", "thanks"):
            inner = self._argument(depth)
            return f" ({inner})" if inner else ""
        if name in ("textcolor", "colorbox", "href"):
            return self._argument(depth) or "" if self._raw_group() is not None else ""
        if name in ("url", "nolinkurl", "path"):
            raw = self._raw_group()
            return self._plain(re.sub(r"\\([_%#&~$])", r"\1", self._unmarked(raw))) if raw is not None else ""
        if _CITING.fullmatch(name):
            raw = self._raw_group()
            return self._plain(f"[{self._unmarked(raw)}]") if raw is not None else self._plain("\\" + name)
        if name in ("begin", "end", "label", "vspace", "hspace", "color", "index", "bibliography"):
            raw = self._raw_group()
            return " " if raw is not None else self._plain("\\" + name)
        if name in _MATH_ARGUMENTS:
            return self._math_command(name)
        if name in _WORDS:
            if name == "item":
                self._skip_spaces()
            elif self.text.startswith("{}", self.position):
                self.position += 2
            return self._plain(_WORDS[name])
        if name in _GONE:
            if name not in ("left", "right"):
                self._skip_spaces()
            return " " if name in _SPACE else ""
        return self._unknown(name, begin, depth)

    def _unmarked(self, raw: str) -> str:
        while _MARK in raw:
            raw = raw.replace(_MARK, f"${next(self.formulas).source}$", 1)
        return raw

    def _math_command(self, name: str) -> str:
        """A formula whose author forgot the dollar signs, as far as it goes."""
        before, source = self.position, "\\" + name
        for _ in range(_MATH_ARGUMENTS[name]):
            raw = self._raw_group()
            if raw is None or _MARK in raw or len(raw) > MAX_FRAGMENT:
                self.position = before
                letter = re.compile(r"\s*([A-Za-z])(?![A-Za-z])").match(self.text, before)
                if letter is None or _MATH_ARGUMENTS[name] > 1:
                    return self._plain("\\" + name)
                self.position, raw = letter.end(), letter[1]
            source += f"{{{raw}}}"
        source = source.removeprefix("\\math{").removesuffix("}") if name == "math" else source
        return _formula(source, False) if self.html else _formula_text(source)

    def _unknown(self, name: str, begin: int, depth: int) -> str:
        if (len(name) > 1 or name.isupper()) and (symbol := _symbol(name)):
            if self.text.startswith("{}", self.position):
                self.position += 2
            gap = " " if len(symbol) > 1 and self.text[begin - 1 : begin].isalnum() else ""
            return self._plain(gap + symbol)
        before = self.text[begin - 1 : begin]
        if len(name) < 3 or before.isalnum() or before in (":", "\\", "/", "."):
            return self._plain("\\" + name)  # a path or a pattern rather than TeX
        if (inner := self._argument(depth)) is not None:
            return inner or self._plain(name)
        return self._plain(name)


def _formula(source: str, display: bool) -> str:
    rendered = render_math(source, display)
    return rendered if rendered is not None else f'<code class="tex">{escape(source.strip())}</code>'


def _formula_text(source: str) -> str:
    return (_plain_math_cached if len(source) <= CACHED_LENGTH else _plain_math)(source)


def _read(text: str, html: bool) -> str:
    segments = split_math(text)
    prose = "".join(segment.source if segment.kind == "text" else _MARK for segment in segments)
    formulas = [segment for segment in segments if segment.kind == "math"]
    return _Prose(_accents(prose), html, formulas).read()


_NEEDS_READING: Final = re.compile(r"[\\${}~`]|--")


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def render_html(text: str) -> str:
    """The text as HTML that is safe to insert unescaped, with its formulas as MathML."""
    text = _clean(text)
    if len(text) > MAX_TEXT or not _NEEDS_READING.search(text):
        return escape(text)
    return _read(text, html=True)


def plain_text(text: str) -> str:
    """The text as a search index, a page's title or a feed wants it: no TeX, and formulas in a line of Unicode."""
    text = _clean(text)
    if len(text) <= MAX_TEXT and _NEEDS_READING.search(text):
        text = _read(text, html=False)
    return " ".join(text.split())
