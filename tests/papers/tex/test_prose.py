"""How the prose around formulas is shown."""

import re

import pytest

from papers.tex import render_html
from tests.papers.tex.auditing import audited


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\emph{x} {\em y} \textit{z}", "<em>x</em> <em>y</em> <i>z</i>"),
        (
            r"\textbf{x} \texttt{a\_b} \underline{u} {\sc Max}",
            '<b>x</b> <code>a_b</code> <u>u</u> <span class="tex-sc">Max</span>',
        ),
        (r"{\bf a {\it b} c}", "<b>a <i>b</i> c</b>"),
        (r"``quoted'' and `single'", "“quoted” and ‘single’"),
        (r"a~b, ~10\%, a--b, a---b, \& \_ \#", "a\u00a0b, ~10%, a–b, a—b, &amp; _ #"),
        (r"use --verbose", "use --verbose"),
        (r"\url{https://x.org/~me/a\_b?c=1&d=2}", "https://x.org/~me/a_b?c=1&amp;d=2"),
        (r"\href{https://x.org}{the \emph{page}}", "the <em>page</em>"),
        (r"\cite{A19,B20} and \citep[p.~3]{C}", "[A19,B20] and [C]"),
        (r"{B}ayesian {NP} on {0,1}^n and {a}", "Bayesian NP on {0,1}^n and {a}"),
        (r"\alpha-stable {\lambda}-calculus at 360{\deg}", "α-stable λ-calculus at 360°"),
        (r"in O(n^{1+\eps})", "in O(n^{1+ε})"),
        (r"We propose \METHOD~for all", "We propose METHOD\u00a0for all"),
        (r"the \code{try} \foobar{x}", "the <code>try</code> x"),
        (r"a \textcolor{red}{b}\footnote{c}", "a b (c)"),
        (r"\begin{itemize}\item a \item b\end{itemize}", "  • a  • b "),
        (r"C:\Users\x and \d+", r"C:\Users\x and \d+"),
        ("unmatched {brace and } more", "unmatched {brace and } more"),
        ("unmatched } and {brace", "unmatched } and {brace"),
        ("plain <b>&\"'</b>", "plain &lt;b&gt;&amp;&quot;&#x27;&lt;/b&gt;"),
        ("", ""),
    ],
)
def test_prose(source: str, expected: str) -> None:
    assert audited(render_html(source)) == expected


def test_emphasis_reaches_over_a_formula() -> None:
    assert re.sub("<math[ >].*?</math>", "@", audited(render_html(r"{\em the $k$-server \textbf{problem}}"))) == (
        "<em>the @-server <b>problem</b></em>"
    )


def test_a_formula_without_dollars_is_rendered_in_prose() -> None:
    assert "<mfrac>" in render_html(r"at least \frac{1}{2} of them")
