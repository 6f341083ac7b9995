import pytest

from papers.tex import plain_text, render_html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\textcolor{$x$}{a} and $y$ or $z$", "a and y or z"),
        (r"\cite[$p$]{A} and $y$", "[A] and y"),
        (r"\cite{$p$} and $y$", "[p] and y"),
        (r"\href{$u$}{$v$} and $y$", "v and y"),
    ],
)
def test_a_dropped_argument_takes_its_formulas_along(text: str, shown: str) -> None:
    assert plain_text(text).replace("$", "") == shown
    assert render_html(text).count("<math") >= 1
