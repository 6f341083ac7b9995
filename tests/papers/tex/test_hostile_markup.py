"""Markup in titles and abstracts never becomes markup of the page."""

import random
import re
from xml.parsers.expat import ExpatError

import pytest

from papers.tex import plain_text, render_html, unicode_accents
from papers.tex.limits import TooMuch
from papers.tex.mathml import serialised
from papers.tex.tree import allowed
from tests.papers.tex.auditing import audited, words

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
    for markup in ("<math><script>1</script></math>", "<math><maction>x</maction></math>", "<math><mi>x</math>",
                   "<!DOCTYPE a><math/>", "<math><?a?></math>"):  # fmt: skip
        with pytest.raises((TooMuch, ExpatError)):
            allowed(markup)
    node = allowed('<math><mi style="x" onclick="y" href="z" class="q" width="99em" lspace="1em">a</mi></math>')
    assert serialised(node) == '<mrow><mi lspace="1em">a</mi></mrow>'


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
