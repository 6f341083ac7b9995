"""What is found to be a formula, and what is money."""

import pytest

from papers.tex import Segment, split_math


def sources(text: str) -> list[str]:
    return [segment.source for segment in split_math(text) if segment.kind == "math"]


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
