"""How formulas are shown."""

import re

import pytest
from math_core import LatexError, LatexToMathML

from papers.tex import render_html, render_math
from papers.tex.macros import MACROS
from tests.papers.tex.auditing import math


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x", "<mi>x</mi>"),
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\frac{1}{n}", "<mfrac><mn>1</mn><mi>n</mi></mfrac>"),
        (r"\mathbb{R}", "<mi>ℝ</mi>"),
        (r"\mathds{R}", "<mi>ℝ</mi>"),
        (r"\eps", "<mi>ε</mi>"),
        (r"\RR", "<mi>ℝ</mi>"),
        (r"\mbox{rank one}", "<mtext>rank\u00a0one</mtext>"),
        (r"\text{if $x$ is}", "<mrow><mtext>if\u00a0</mtext><mi>x</mi><mtext>\u00a0is</mtext></mrow>"),
        (r"\texttt{a\_b}", '<mtext class="tex-tt">a_b</mtext>'),
        (r"\textbf{\Sigma}", "<mi>𝚺</mi>"),
        (r"50%", "<mrow><mn>50</mn><mi>%</mi></mrow>"),
        (r"#P", "<mrow><mi>#</mi><mi>P</mi></mrow>"),
        ("a &lt; b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"),
        (r"\left<x\right>", "<mrow><mo>⟨</mo><mi>x</mi><mo>⟩</mo></mrow>"),
        (r"\sqrt[3]{n}", "<mroot><mi>n</mi><mn>3</mn></mroot>"),
        (r"\boxed{x}", '<mrow class="tex-box"><mi>x</mi></mrow>'),
        (r"\norm{x}_2", None),
        (r"\eps{}", "<mrow><mi>ε</mi><mrow/></mrow>"),
        (r"\substack{a\\b}", None),
        (r"\widetilde{O}(n)", None),
        (r"f(x)=\begin{cases}1 & x>0\\0\end{cases}", None),
        (r"\begin{eqnarray}a&=&b\label{x}\end{eqnarray}", None),
        (r"\begin{alignat}{2}a&=b\end{alignat}", None),
        (r"a &= b \\ &= c", None),
        (r"\Omega*(n)", None),
        (r"\mathop{\rm TV}\nolimits(f)", None),
        (r"\operatorname{\mathsf{NP}}", None),
        (r"\unicode{x2014}", None),
    ],
)
def test_render_math(source: str, expected: str | None) -> None:
    rendered = math(source)
    assert expected is None or rendered == expected


def test_the_author_s_source_goes_with_the_formula() -> None:
    rendered = render_math(r"a<\eps", display=True)
    assert rendered is not None
    assert rendered.startswith('<math display="block" class="notranslate" translate="no"><semantics><mrow>')
    assert rendered.endswith(r'<annotation encoding="application/x-tex">a&lt;\eps</annotation></semantics></math>')


def test_columns_keep_their_sides_without_inline_style() -> None:
    rendered = math(r"\begin{align}a&=b\\c&=d\end{align}", display=True)
    assert '<mtd class="tex-r0">' in rendered
    assert '<mtd class="tex-l0">' in rendered
    assert "style" not in rendered.replace("displaystyle", "")
    assert "(1)" not in rendered


def test_an_unknown_command_is_its_name_or_the_source() -> None:
    assert render_math(r"\foobar x", display=False, guess=False) is None
    assert "<mi>foobar</mi>" in math(r"\foobar x")
    assert render_math(r"\foobar{x}", display=False) is None
    assert render_math(r"\s{x}", display=False) is None
    assert render_html(r"the $\foobar{x<1}$") == (
        r'the <code class="tex notranslate" translate="no">\foobar{x&lt;1}</code>'
    )


def test_macros_are_known_to_the_renderer_and_only_replace_what_no_formula_needs() -> None:
    bare = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)
    own = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True, macros=MACROS)
    replaced = set()
    for name in MACROS:
        own.convert_with_local_state(rf"\{name}{{x}}{{y}}", displaystyle=False)
        try:
            bare.convert_with_local_state(rf"\{name}{{x}}{{y}}", displaystyle=False)
            replaced.add(name)
        except LatexError:
            pass
    assert replaced == {"P", "S"}  # ¶ and §


def test_no_browser_translates_a_formula() -> None:
    shown = render_html(r"Rank $k$, $$\sum_i x_i,$$ \[y\] and $\foobar{z}$, \begin{equation}a=b\end{equation}")
    formulas = re.findall(r'<math\b[^>]*>|<code class="tex\b[^>]*>', shown)
    assert len(formulas) == 5
    assert all('translate="no"' in each and re.search(r'class="[^"]*\bnotranslate"', each) for each in formulas)
