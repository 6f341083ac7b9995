"""Answers are hostile text: what of their Markdown and TeX becomes HTML, and that nothing else does."""

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from library.answers.following import UNSTEADY
from library.answers.markdown import LONGEST, blocks
from library.answers.terms import marks
from library.templatetags.answer_texts import answer, found
from papers.models import Paper
from tests.answers.conftest import Ask, write
from tests.answers.standin import StandIn, saying
from tests.pages.reading import text

ALLOWED = re.compile(
    r"</?(?:p|ul|ol|li|strong|em|code|pre|br|math|semantics|annotation|m[a-z]+)(?: [a-z-]+=\"[^\"<>]*\")*\s*/?>"
)


def html(typed: str) -> str:
    return "".join(blocks(typed)).strip()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a **b** *c*", "<p>a <strong>b</strong> <em>c</em></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("# Heading", '<p class="answer-heading">Heading</p>'),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("```js onload=x\na\n```", "<pre><code>a\n</code></pre>"),
        ("costs $5 and $10", "<p>costs $5 and $10</p>"),
        ("**方法：**本文**“新”**的", "<p><strong>方法：</strong>本文<strong>“新”</strong>的</p>"),
        ("`$PATH` and `$HOME`", "<p><code>$PATH</code> and <code>$HOME</code></p>"),
        ("a **b", "<p>a **b</p>"),
        ("", ""),
    ],
)
def test_a_small_part_of_markdown_is_read(typed: str, expected: str) -> None:
    assert html(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/x.png)",
        "<https://evil.example>",
        "[a]: https://evil.example\n\n[a]",
        "$<script>alert(1)</script>$",
        "$\\href{javascript:alert(1)}{x}$",
        "```\n</code><script>alert(1)</script>\n```",
        "`</code><script>`",
        "**<b onclick=alert(1)>**",
        "| a | <i> |\n|---|---|\n| $x$ | <u> |",
    ],
)
def test_nothing_else_is(typed: str) -> None:
    shown = html(typed)
    assert "<script" not in shown
    assert " src=" not in shown.replace("&lt;img src=x", "")
    assert "href=" not in shown
    assert ALLOWED.sub("", shown).count("<") == 0


def test_formulas_survive_markdown() -> None:
    shown = html("The loss $a_1 * b_2 * c_3$ and $$\\sum_{i*j} x_i$$ and \\(y_*\\) *end*")
    assert shown.count("<math") == 3
    assert "<em>end</em>" in shown
    assert shown.count("<em>") == 1


def test_broken_tex_is_shown_as_typed() -> None:
    assert "\\frac{1}{" in html("so $\\frac{1}{$ it")
    assert '<code class="tex">' in html("a $\\frac{1$ b")


def test_the_signs_that_stand_for_formulas_cannot_be_made_up() -> None:
    assert "<math" not in html("\ue0000\ue001 &#57344;0&#57345; \ue002")
    assert html("$x$ \ue0000\ue001").count("<math") == 1


@pytest.mark.parametrize(
    "typed",
    ["- " * 9_000, "*" * 19_000 + "a", "*a **b " * 3_000, "$\\frac{" * 3_000, "$a$ " * 5_000, "`" * 19_999,
     "1. " * 6_000, "[" * 9_000, "\\(" * 9_000, "x" * 100_000],
    ids=["lists", "stars", "emphasis", "fractions", "formulas", "ticks", "numbers", "brackets", "openings", "long"],
)  # fmt: skip
def test_what_is_made_to_take_long_does_not(typed: str) -> None:
    import time

    began = time.process_time()
    assert len(html(typed)) < 60 * LONGEST
    assert time.process_time() - began < 5


@given(st.text(alphabet="ab$*_`\\{}<>&#\n -1.[]()“：\ue000\ue001", max_size=80))
def test_whatever_is_typed_only_allowed_tags_come_out(typed: str) -> None:
    shown = html(typed).replace(' class="answer-heading"', "").replace(' class="tex"', "")
    assert ALLOWED.sub("", shown).count("<") == 0


@given(
    st.lists(
        st.sampled_from(["a **b** c", "- x\n- y", "$x_1$", "# h", "```\ncode\n```", "1. z"]), min_size=2, max_size=6
    )
)
def test_while_an_answer_grows_only_its_last_blocks_change(parts: list[str]) -> None:
    whole = "\n\n".join(parts)
    before: list[str] = []
    for end in range(1, len(whole) + 1):
        now = blocks(whole[:end])
        steady = max(len(before) - UNSTEADY, 0)
        assert now[:steady] == before[:steady]
        before = now


def test_words_of_a_query_are_marked_and_formulas_are_not() -> None:
    shown = found(answer("Transformers & **transformer** $transformer$ `transformer`"), marks("transformer"))
    assert shown.count("<mark>") == 2
    assert "<mark>Transformers</mark> &amp; <strong><mark>transformer</mark></strong>" in shown


def test_chinese_words_are_marked_inside_of_sentences() -> None:
    assert "研究<mark>图像</mark>分割" in found(answer("我们研究图像分割的方法"), marks("图像"))


def test_marks_find_no_tags_and_no_entities() -> None:
    shown = found(answer("a < b & **lt** amp strong"), marks("lt amp strong p"))
    assert shown.count("<mark>") == 3
    assert "&lt;" in shown


@pytest.mark.django_db
def test_a_hostile_answer_on_its_page(client: Client, endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    endpoint.behave = saying("<script>alert(1)</script> **bold** $x_1$ [x](javascript:alert(1)) \u202e\u200b\x00 end")
    ask()
    write()
    shown: Any = text(client.get("/answers/2503.00001?lang=en"))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown
    assert "<strong>bold</strong>" in shown
    assert "<math" in shown
    assert "\u202e" not in shown
    assert 'href="javascript' not in shown
