"""Titles and abstracts as plain text."""

import pytest

from papers.tex import plain_text


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
