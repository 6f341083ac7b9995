r"""Titles and abstracts as TeX that stands in a .bib file: formulas and styles stay TeX, all else is escaped. Pure.

BibTeX counts braces whatever stands before them, so no brace of a text may come through, not even as `\{`. And what
comes through is run by the TeX of whoever cites the paper: of a stranger's formula only known commands of mathematics
stay, and a formula with anything else becomes a line of Unicode."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from papers.tex import render_math
from papers.tex.limits import CONTROL, MAX_TEXT
from papers.tex.linear import linear
from papers.tex.names import names
from papers.tex.prose import Form, written

_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "$": r"\$",
        "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    }
)  # fmt: skip
_STYLES: Final = {
    "em": (r"\emph{", "}"), "i": (r"\textit{", "}"), "b": (r"\textbf{", "}"), "u": (r"\underline{", "}"),
    "code": (r"\texttt{", "}"), "sup": (r"\textsuperscript{", "}"), "sub": (r"\textsubscript{", "}"),
    "sc": (r"\textsc{", "}"),
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W_]+")
_TOKEN: Final = re.compile(r"\\(?:([A-Za-z]+)|(.))|[{}]|[$%#&~\"@\\]|\^\^|[^\x20-\x7e]")
_DELIMITER: Final = re.compile(r"\\[A-Za-z]+|\\?[{}]")
_PAIRS: Final = (("{", "}"), (r"\{", r"\}"), (r"\left", r"\right"))
_SIGNS: Final = frozenset(",;:! {}|%#&_")
_LONGEST_FORMULA: Final = 400
_MATHEMATICS: Final = names(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho
    sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    ell hbar imath jmath aleph Re Im wp partial nabla infty emptyset varnothing exists forall neg top bot angle
    mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak boldsymbol operatorname text textrm textit textbf texttt
    hat bar tilde vec dot ddot check breve acute grave widehat widetilde overline underline overbrace underbrace
    frac tfrac dfrac binom sqrt left right langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert
    sum prod int oint bigcup bigcap bigoplus bigotimes coprod lim limsup liminf sup inf max min arg argmax log ln exp
    sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan det dim ker deg gcd hom Pr bmod pmod mod
    pm mp times div cdot ast star circ bullet oplus ominus otimes odot wedge vee cap cup setminus dagger ddagger
    leq le geq ge neq ne ll gg approx equiv sim simeq cong propto prec succ preceq succeq subset supset subseteq
    supseteq in ni notin mid nmid parallel perp vdash models lesssim gtrsim
    to gets rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow longrightarrow mapsto uparrow
    downarrow hookrightarrow iff implies
    ldots cdots dots vdots ddots prime backslash colon quad qquad limits
    """
)


def title(text: str) -> str:
    """A title, with those capitals in braces that a style must not make small: `{BERT}`, `{Q}-learning`."""
    is_shouted = text.isupper() and text.count(" ") > 1
    return _written(text, _escaped if is_shouted else _protected, _in_braces)


def prose(text: str) -> str:
    """An abstract, a name of proceedings: text whose capitals nobody touches."""
    return _written(text, _escaped, _formula)


def name(text: str) -> str:
    """What is no TeX: a person's name, a number."""
    return _escaped(" ".join(CONTROL.sub("", text).split()))


def _written(text: str, escape: Callable[[str], str], formula: Callable[[str, bool], str]) -> str:
    text = CONTROL.sub("", text)
    as_tex = written(text, Form(escape, formula, _STYLES)) if len(text) <= MAX_TEXT else escape(text)
    return " ".join(as_tex.split())


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _protected(text: str) -> str:
    pieces: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        if _has_own_case(match[0]):
            pieces += [_escaped(text[end : match.start()]), "{", match[0], "}"]
            end = match.end()
    return "".join([*pieces, _escaped(text[end:])])


def _has_own_case(word: str) -> bool:
    """Whether a capital stands where no sentence puts one: inside of a word, or alone (but for `A` and `I`)."""
    return word[1:] != word[1:].lower() or (len(word) == 1 and word.isupper() and word not in "AI")


def _in_braces(source: str, display: bool) -> str:
    """Styles would make the letters of a bare formula small."""
    return f"{{{_formula(source, display)}}}"


def _formula(source: str, _: bool) -> str:
    source = " ".join(source.split())
    return f"${source}$" if _is_safe(source) else _escaped(linear(source))


@lru_cache(maxsize=4096)
def _is_safe(source: str) -> bool:
    """Whether a formula can be given to anybody's TeX: commands of mathematics only, whatever opens closes (for BibTeX
    too), and a renderer understands it."""
    if len(source) > _LONGEST_FORMULA or not all(map(_is_mathematics, _TOKEN.finditer(source))):
        return False
    return all(_matches(source, *pair) for pair in _PAIRS) and render_math(source, False) is not None


def _is_mathematics(match: re.Match[str]) -> bool:
    command, sign = match[1], match[2]
    return command in _MATHEMATICS if command else sign in _SIGNS if sign else match[0] in "{}"


def _matches(source: str, opening: str, closing: str) -> bool:
    depth = 0
    for match in _DELIMITER.finditer(source):
        depth += (match[0] == opening) - (match[0] == closing)
        if depth < 0:
            return False
    return depth == 0
