"""The native renderer: what may be given to it, and what it is given instead of a formula that it refuses."""

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import Final

from math_core import LatexError, LatexToMathML

from papers.tex.formula_commands import TEXT_ESCAPES
from papers.tex.limits import MAX_BRACKETS, MAX_COMMANDS, MAX_REPAIRS, TooMuch
from papers.tex.macros import MACROS

_CONVERTER: Final = LatexToMathML(
    macros=MACROS, fancy_error=False, allow_unreliable_rendering=True, max_expansions=MAX_COMMANDS, annotation=False
)
_BRACKET: Final = re.compile(
    r"\\(?:left|right|middle)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\?[\s\S])?|\\(?:sqrt|\\)\s*\[|\\[A-Za-z]+|\\[\s\S]|[^\w\s]"
)
_OPENING_SIGNS: Final = frozenset(("Ps", "Pi"))
_LIMITS: Final = re.compile(r"\\(?:no)?limits(?![A-Za-z])")
_OPERATOR_NAME: Final = re.compile(r"\\operatorname\s*\*?")
_UNKNOWN: Final = re.compile(r'Unknown command "\\([A-Za-z]+)"')


def rendered(prepared: str, display: bool, guess: bool) -> str | None:
    """The renderer's MathML of a formula that `prepare` measured, or `None`; raises `TooMuch`."""
    formula = _tamed(prepared)
    for _ in range(MAX_REPAIRS + 1):
        try:
            return _convert(formula, display)
        except LatexError as error:
            repaired = _repaired(formula, str(error), guess)
        if repaired is None or repaired == formula:
            return None
        formula = repaired
    return None


def _convert(source: str, display: bool) -> str:
    return _CONVERTER.convert_with_local_state(source, displaystyle=display)


def _tamed(prepared: str) -> str:
    """The formula with its opening brackets as text, if they are many.

    The renderer looks for what closes a bracket, and where nothing does it starts anew without: each bracket that stays
    open doubles its time. As text they look the same.
    """
    brackets = [shown for match in _BRACKET.finditer(prepared) if (shown := _brackets_in(match[0]))]
    if len(brackets) <= MAX_BRACKETS:
        return prepared
    if sum(len(shown) > 1 for shown in brackets) > MAX_BRACKETS:
        raise TooMuch
    return _BRACKET.sub(_bracket_as_text, prepared)


def _bracket_as_text(match: re.Match[str]) -> str:
    shown = _brackets_in(match[0])
    return rf"{{\text{{{shown.translate(TEXT_ESCAPES)}}}}}" if len(shown) == 1 else match[0]


@lru_cache(maxsize=4096)
def _brackets_in(found: str) -> str:
    """The opening bracket that a sign or command is, or all that it shows if there is one in that."""
    if found == r"\{":
        return "{"
    if found[0] != "\\":
        return found if unicodedata.category(found) in _OPENING_SIGNS and found != "{" else ""
    if not found[1].isalpha() or not found[-1].isalpha():
        return ""
    try:
        return _brackets_of_command(_convert(rf"{found}{{x}}{{x}}", False))
    except LatexError:
        return ""


def _brackets_of_command(markup: str) -> str:
    signs = unescape(re.sub(r"<[^>]*>|\s", "", markup))
    if not any(unicodedata.category(sign) in _OPENING_SIGNS for sign in signs) and '"prefix"' not in markup:
        return ""
    return signs[0] if len(signs) == 3 and signs.endswith("xx") else signs


def _repaired(formula: str, error: str, guess: bool) -> str | None:
    """The formula without what the renderer stumbled over, where that loses nothing but a nuance."""
    if "limits" in error:
        return _LIMITS.sub(" ", formula)
    if "extract text from" in error:
        return _OPERATOR_NAME.sub(r"\\mathrm", formula)
    unknown = _UNKNOWN.search(error) if guess else None
    return _guessed(formula, unknown[1]) if unknown else None


def _guessed(formula: str, name: str) -> str | None:
    """Somebody's own command without an argument stands for a word: its name is the best that is known of it."""
    if re.search(rf"\\{name}(?![A-Za-z])\s*[{{\[]", formula):
        return None
    return re.sub(rf"\\{name}(?![A-Za-z])", rf"\\mathrm{{{name}}}", formula)
