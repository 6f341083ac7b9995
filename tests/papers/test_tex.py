r"""The TeX of titles and abstracts: what is found, how it is shown, and that hostile text does no harm."""

from __future__ import annotations

import random
import re
import time
from html.parser import HTMLParser
from xml.parsers.expat import ExpatError

import pytest
from math_core import LatexError, LatexToMathML

from papers import tex
from papers.tex import Segment, plain_text, render_html, render_math, split_math, unicode_accents
from papers.tex_macros import MACROS


def words(text: str) -> list[str]:
    return text.split()


ELEMENTS = words(
    """
    math semantics annotation mrow mi mn mo mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot
    mtable mtr mtd mpadded mphantom mstyle mmultiscripts mprescripts em i b code u sup sub span
    """
)
ATTRIBUTES = words(
    """
    display encoding class mathvariant form displaystyle scriptlevel lspace rspace width minsize maxsize linethickness
    columnspan rowspan stretchy symmetric largeop movablelimits accent accentunder fence separator
    """
)
CLASSES = words("tex tex-sc tex-tt tex-bf tex-it tex-sf tex-l tex-l0 tex-r tex-r0 tex-box tex-strike")


class Auditor(HTMLParser):
    """Reads HTML as it was written and notes what is not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [tag] * (tag not in ELEMENTS)
        for name, value in attrs:
            if name not in ATTRIBUTES or (name == "class" and value not in CLASSES) or not value:
                self.wrong.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"declaration {decl}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"declaration {data}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"instruction {data}")


def audited(html: str) -> str:
    auditor = Auditor()
    auditor.feed(html)
    auditor.close()
    assert not auditor.wrong, auditor.wrong
    assert not auditor.open
    return html


def math(source: str, display: bool = False) -> str:
    """The MathML without the wrapper and the annotation."""
    rendered = render_math(source, display)
    assert rendered is not None, source
    audited(rendered)
    return re.sub(r"</?math[^>]*>|</?semantics>|<annotation.*?</annotation>", "", rendered)


def sources(text: str) -> list[str]:
    return [segment.source for segment in split_math(text) if segment.kind == "math"]


# --- finding the formulas ---------------------------------------------------------------------------------------------


def test_split_math_keeps_all_of_the_text() -> None:
    assert split_math(r"Let $x$ and \(y\) and $$z$$ and \[w\].") == [
        Segment("text", "Let "), Segment("math", "x", False), Segment("text", " and "), Segment("math", "y", False),
        Segment("text", " and "), Segment("math", "z", True), Segment("text", " and "), Segment("math", "w", True),
        Segment("text", "."),
    ]  # fmt: skip
    assert split_math("") == []
    assert split_math("no mathematics") == [Segment("text", "no mathematics")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("costs $5 and $10", []),
        ("from $5M to $10M in 2019", []),
        ("between $100-$200 a month", []),
        ("US$5 and US$10 for $x$", ["x"]),
        ("a fixed disk cost $5,000, a modem $300", []),
        ("cost $5,000 vs $x$", ["x"]),
        (r"worth \$5 and \$10 of $n$", ["n"]),
        ("sub 10$ entropy source", []),
        ("proposed by Steel as a $100 challenge", []),
        ("Let X = (x_0)$ be a sequence of $n$ numbers and $k$", ["n", "k"]),
        ("$ n $ and $ m$", [" n ", " m"]),
        ("$1$ and $2$, a $3$-$4$ split", ["1", "2", "3", "4"]),
        ("is $ NP-$hard in $ polylog(n) $ time", [" NP-", " polylog(n) "]),
        ("a time of $200 ps$ and $300 fs$", ["200 ps", "300 fs"]),
        ("a Pi ($35) and a board ($59), $x", []),
        ("$$", []),
        ("$a$$b$", ["a", "b"]),
        (r"$\text{for $n$ even}$ and $m$", [r"\text{for $n$ even}", "m"]),
        ("$a\n\nb$", []),
        (r"\begin{align*}a&=b\end{align*} x", [r"\begin{align*}a&=b\end{align*}"]),
        (r"\begin{itemize}\item $x$\end{itemize}", ["x"]),
        (r"\\(x) \(y", []),
        (r"$k$-means and $\epsilon$-greedy", ["k", r"\epsilon"]),
    ],
)
def test_split_math_tells_formulas_from_money(text: str, expected: list[str]) -> None:
    assert sources(text) == expected


# --- accents ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"Erd\H{o}s", "Erdős"), (r"Poincar\'e", "Poincaré"), (r"P{\'o}sa", "Pósa"), (r"\'{\i}", "í"),
        (r"\'\i x", "íx"),
        (r"\L{}ukasz", "Łukasz"), (r"{\L}ukasiewicz", "Łukasiewicz"), (r"\aa", "å"), (r"S\o rensen", "Sørensen"),
        (r'Gr{\"o}bner', "Gröbner"), (r'Gr\"{o}bner', "Gröbner"), (r'Gr\"obner', "Gröbner"), (r'na\"{\i}ve', "naïve"),
        (r'na\"{{\i}}ve', "naïve"), (r"fa\c{c}ade", "façade"), (r"fa\c cade", "façade"),
        (r"Ne\v{s}et\v{r}il", "Nešetřil"),
        (r"Gau\ss", "Gauß"), (r"Stra{\ss}e", "Straße"), (r"Stra\ss{}e", "Straße"), (r"B{\"}ohm", "Böhm"),
        (r"Ko\'scielny", "Kościelny"), (r"El Ni\~no", "El Niño"), (r"rela\c{c}\~ao", "relação"), (r"\.Zak", "Żak"),
        (r"syst{\`e}mes", "systèmes"), (r"r\^ole", "rôle"), (r"Erd\" os", "Erdös"), (r"\'{E}cole", "École"),
        (r"it don\'t", "it don't"), (r"the \"best\" way", 'the "best" way'), ("plain", "plain"),
        (r"\cite{a}", r"\cite{a}"),
        (r"\mathbb{R} \cdot \omega", r"\mathbb{R} \cdot \omega"), (r"C:\users\okay", r"C:\users\okay"),
        (r"in \O(n) time", r"in \O(n) time"), (r"Caf\'e $\'e + \o$ \'a", r"Café $\'e + \o$ á"),
    ],
)  # fmt: skip
def test_unicode_accents(source: str, expected: str) -> None:
    assert unicode_accents(source) == expected


def test_unicode_accents_without_backslash_is_the_same_object() -> None:
    text = "an abstract without any of it, $x$"
    assert unicode_accents(text) is text


# --- formulas ---------------------------------------------------------------------------------------------------------


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
    assert rendered.startswith('<math display="block"><semantics><mrow>')
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
    assert render_html(r"the $\foobar{x<1}$") == r'the <code class="tex">\foobar{x&lt;1}</code>'


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


# --- prose ------------------------------------------------------------------------------------------------------------


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
    assert re.sub("<math>.*?</math>", "@", audited(render_html(r"{\em the $k$-server \textbf{problem}}"))) == (
        "<em>the @-server <b>problem</b></em>"
    )


def test_a_formula_without_dollars_is_rendered_in_prose() -> None:
    assert "<mfrac>" in render_html(r"at least \frac{1}{2} of them")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"$\alpha$", "α"), (r"$O(n^2)$", "O(n^2)"), (r"$O(n\log n)$", "O(n log n)"), (r"$\log\log n$", "log log n"),
        (r"$x_{i}^{2}$", "x_i^2"), (r"$2^{n-1}$", "2^(n-1)"), (r"$2^{O(k)}$", "2^O(k)"),
        (r"$\frac{a+b}{c}$", "(a+b)/c"),
        (r"$\mathbb{R}^n$", "ℝ^n"), (r"$\mathcal{O}(n)$", "O(n)"), (r"$\tilde O(n)$", "Õ(n)"), (r"$90^\circ$", "90°"),
        (r"$x'$", "x'"), (r"$\sqrt{n}$", "√n"), (r"$n \geq 2$", "n ≥ 2"), (r"$\{0,1\}^n$", "{0,1}^n"),
        (r"$\binom{n}{k}$", "(n choose k)"), (r"$k$-means", "k-means"), (r"$\text{for $n$ in}$", "for n in"),
        (r"$\foobar{x}$", "foobar x"), (r"\emph{A} {\bf b} Erd\H{o}s", "A b Erdős"), ("a\n  b", "a b"),
        (r"$\ell_1$-norm", "ℓ_1-norm"), (r"costs \$5 and $10", "costs $5 and $10"), (r"$x_i y_j$", "x_i y_j"),
    ],
)  # fmt: skip
def test_plain_text(source: str, expected: str) -> None:
    assert plain_text(source) == expected


# --- hostile text -----------------------------------------------------------------------------------------------------

ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg/onload=alert(1)>', "</math><script>1</script>",
    r"\text{</math><img onerror=..>}", r"\href{javascript:alert(1)}{x}", r"\url{javascript:alert(1)}", r"<script>",
    r"\text{<![CDATA[</annotation><script>]]>}", "</annotation></semantics></math><img src=x onerror=1>", "<!--",
    "--><b>",
    r"\htmlStyle{color:red}{x}", r"\style{position:fixed}{x}", r"\class{evil}{x}", r"\cssId{a}{x}", r"\htmlId{a}{x}",
    r"\color{red}{x}", r"\textcolor{red;background:url(x)}{x}", r"\eqref{x}", r"\label{x\"onload=1}", r"\tag{<b>}",
    r"\unicode{x3c}script\unicode{x3e}", r"\unicode{x0}", r"\unicode{xd800}", r"\char60 script", r"\operatorname{<b>}",
    r"\raisebox{-9999em}{x}", r"\hspace{9999em}x", r"\kern 9999em x", r"\mspace{99999mu}", r"\rule{99em}{99em}",
    r"\begin{array}{@{<b>}c}x\end{array}", r"\begin{<script>}x\end{<script>}", r"\includegraphics{x}",
    r"\input{/etc/passwd}",
    r"\emph{<b>}", r"\textbf{</b><script>}", r"\cite{<b>}", r"\item<script>", r"`<b>'", "\x00<b>", "\u202e<b>",
    "&lt;script&gt;",
    r"\'<b>", r"\foo{<b>}", r"{\em <b>", r"<!DOCTYPE x [<!ENTITY y 'z'>]>&y;", "&y;", "<?xml?>", "]]>", r"\mathrm{<b>}",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_of_others_never_becomes_markup(attack: str) -> None:
    for text in (attack, f"${attack}$", f"$${attack}$$", f"\\({attack}\\)", f"$x$ {attack} $y$", f"{{\\bf {attack}}}"):
        assert not re.search(r'="-?9999', audited(render_html(text)))
    plain_text(attack)
    plain_text(f"${attack}$")


def test_a_renderer_gone_wrong_yields_no_foreign_markup() -> None:
    reader = tex._Reader
    for markup in ("<math><script>1</script></math>", "<math><maction>x</maction></math>", "<math><mi>x</math>",
                   "<!DOCTYPE a><math/>", "<math><?a?></math>"):  # fmt: skip
        with pytest.raises((tex._TooMuch, ExpatError)):
            reader().read(markup)
    node = reader().read('<math><mi style="x" onclick="y" href="z" class="q" width="99em" lspace="1em">a</mi></math>')
    out: list[str] = []
    tex._serialise(node, out)
    assert "".join(out) == '<mrow><mi lspace="1em">a</mi></mrow>'


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
    begin = time.monotonic()
    for display in (False, True):
        rendered = render_math(bomb, display)
        assert rendered is None or len(rendered) < 250_000
    audited(render_html(f"before ${bomb}$ after"))
    audited(render_html(bomb[:50_000]))
    plain_text(f"${bomb}$ {bomb}")
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    "unit",
    ["$", "$ ", "$a", "${", r"\(", r"\begin{align}", "{", "\\", r"\'", r"\'{", "`", "$5 and ", "$x\n", r"\"a", "\n "],
)
def test_time_is_linear_in_the_length(unit: str) -> None:
    text = (unit * 2_000_000)[:2_000_000]
    begin = time.monotonic()
    assert "".join(segment.source for segment in split_math(text)).count("a") <= len(text)
    unicode_accents(text)
    render_html(text)
    render_html(text[: tex.MAX_TEXT])
    plain_text(text[: tex.MAX_TEXT])
    assert time.monotonic() - begin < 15


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
    text = (unit * tex.MAX_TEXT)[: tex.MAX_TEXT]
    begin = time.monotonic()
    audited(render_html(text))
    plain_text(text)
    assert time.monotonic() - begin < 10


def test_random_soup() -> None:
    random.seed(7)
    pieces = words(
        r"""
        ( [ \{ \langle ) ] \} | \log \log^2 \mathsf{ab} f x 1 { } ^ _ ^{ _{ \left( \right) & \\ \frac \sqrt \sqrt[
        \text{a} \hat \sum \not \bigl( \begin{matrix} \end{matrix} \over \rm ⟨ ' , \bra \ket \norm \Pr \binom \limits
        \substack{ $ % # ~ < > " é \emph{ \cite{ \' \"o \( \) \[ \] -- `` '' \alpha \unknown \begin{align} \end{align}
        """
    )
    for _ in range(1_500):
        some = random.sample(pieces, random.randint(2, 12))
        text = "".join(random.choice(some) + random.choice(["", " "]) for _ in range(random.choice([8, 40, 160])))
        for source in (text, f"${text}$"):
            audited(render_html(source))
            plain_text(source)
            unicode_accents(source)
