"""No text takes the pages down or makes them wait."""

import time

import pytest

from papers.tex import plain_text, render_html, render_math, split_math, unicode_accents
from papers.tex.limits import MAX_TEXT
from tests.papers.tex.auditing import audited

BOMBS = {
    "definitions": r"\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\a",
    "new command": r"\newcommand{\a}{\a\a}\a",
    "braces": "{" * 10_000 + "x" + "}" * 10_000,
    "braces in reach": "{" * 1_900 + "x" + "}" * 1_900,
    "open braces": "{" * 3_900,
    "closed braces": "}" * 3_900,
    "exponents": "x^{" * 900 + "x" + "}" * 900,
    "fractions": r"\frac1" * 600 + "x",
    "accents": r"\hat " * 700 + "x",
    "negations": r"\not" * 900 + "x",
    "roots": r"\sqrt " * 600 + "x",
    "delimiters": r"\left(" * 300 + "x" + r"\right)" * 300,
    "texts": r"\text{$" * 400 + "x" + "$}" * 400,
    "matrices": r"\begin{matrix}" * 150 + r"\end{matrix}" * 100,
    "wide matrix": r"\begin{matrix}" + "&" * 3_900 + r"\end{matrix}",
    "long": "x" * 1_000_000,
    "long text": r"\text{" + "x" * 1_000_000 + "}",
    "parentheses": "(" * 3_000,
    "functions": r"\log(" * 700,
    "functions with a power": r"\log_2^3(" * 400,
    "angles": r"\langle" * 500,
    "norms": r"\lVert x" * 500,
    "kets": r"\ket\Set" * 400,
    "moduli": r"\sqrt \pmod " * 300,
    "grouped parentheses": "{(}" * 1_000,
    "Unicode brackets": "⟦" * 3_000,
    "quotes": "«" * 3_000,
    "own brackets": r"\norm\int" * 300,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(name: str) -> None:
    bomb = BOMBS[name]
    begin = time.process_time()
    for display in (False, True):
        rendered = render_math(bomb, display)
        assert rendered is None or len(rendered) < 250_000
    audited(render_html(f"before ${bomb}$ after"))
    audited(render_html(bomb[:50_000]))
    plain_text(f"${bomb}$ {bomb}")
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "unit",
    ["$", "$ ", "$a", "${", r"\(", r"\begin{align}", "{", "\\", r"\'", r"\'{", "`", "$5 and ", "$x\n", r"\"a", "\n "],
)
def test_time_is_linear_in_the_length(unit: str) -> None:
    text = (unit * 2_000_000)[:2_000_000]
    begin = time.process_time()
    assert "".join(segment.source for segment in split_math(text)).count("a") <= len(text)
    unicode_accents(text)
    render_html(text)
    render_html(text[:MAX_TEXT])
    plain_text(text[:MAX_TEXT])
    assert time.process_time() - begin < 15


@pytest.mark.parametrize(
    "unit",
    [
        r"\frac{",
        r"\emph{",
        r"\url{",
        r"\cite[",
        r"\sqrt{1}",
        r"{\em ",
        r"\href{",
        r"\foobar{",
        "`a' ",
        "${x}",
        r"\foo",
        r"\item",
    ],
)
def test_prose_that_never_ends(unit: str) -> None:
    text = (unit * MAX_TEXT)[:MAX_TEXT]
    begin = time.process_time()
    audited(render_html(text))
    plain_text(text)
    assert time.process_time() - begin < 10
