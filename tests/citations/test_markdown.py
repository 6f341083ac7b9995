from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from papers.citations.cited import CitedName
from papers.citations.markdown import line, markdown, text
from tests.citations.samples import ADA, IN_JOURNAL, IN_PROCEEDINGS, PREPRINT, listed, titled


def tokens(source: str) -> list[Any]:
    """The inline tokens of a line, as a program that knows tables, HTML and strikethrough reads them."""
    parsed = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(source)
    return [each for block in parsed for each in block.children or []]


def shown(source: str) -> str:
    """What a reader sees."""
    return "".join(each.content for each in tokens(source) if each.type in ("text", "text_special"))


HOSTILE = [
    "*emphasis* and **more** and _this_ and __that__",
    "[a link](javascript:alert(1))", "![an image](https://evil.example/x.png)", "[ref][1]", "<https://evil.example>",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt; &copy; &#42;", "`code` and ``more``",
    "~~struck~~", "| a | b |", "# heading", "- item", "+ item", "1. item", "2) item", "=====", "---", "> quote",
    "backslash \\", "\\* already", "ends with \\", "] ends", "(paren) and ](https://evil.example)", "$x$ and $$y$$",
    "C++ and C#", "100%", "深度学习 [x]",
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_words_never_become_markup(title: str) -> None:
    assert shown(text(title)) == title
    blocks = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text(title))
    assert [block.type for block in blocks] == ["paragraph_open", "inline", "paragraph_close"]
    assert {each.type for each in tokens(text(title))} <= {"text", "text_special"}


def test_bare_addresses_are_parted_for_programs_that_link_them() -> None:
    assert text("see https://evil.example or www.evil.example") == r"see https:\//evil.example or www\.evil.example"


def test_a_line_has_links_authors_and_venue() -> None:
    assert line(IN_PROCEEDINGS) == (
        "[On computable engines](https://aclanthology.org/2025.acl-long.1/). Ada Lovelace, Alan Turing. "
        "*ACL 2025* Long. [PDF](https://arxiv.org/pdf/2503.00001) "
        "[arXiv:2503.00001](https://arxiv.org/abs/2503.00001) "
        "[doi:10.18653/v1/2025.acl-long.1](https://doi.org/10.18653/v1/2025.acl-long.1)"
    )
    assert "*Computational Linguistics*, 2025." in line(IN_JOURNAL)
    assert "Ada Lovelace, Alan Turing. 2025. [PDF]" in line(PREPRINT)
    assert "**Withdrawn**." in line(replace(PREPRINT, withdrawn="Gone."))


def test_links_lead_where_they_should() -> None:
    odd = titled("A [b](c)", url="https://e.org/a_(b)?x='y'&copy;=1 2", authors=(CitedName("[X](y)"),), doi="10.1/(a)")
    links = [each.attrs["href"] for each in tokens(line(odd)) if each.type == "link_open"]
    assert links == [
        "https://e.org/a_%28b%29?x=%27y%27&copy%3B=1%202", "https://arxiv.org/pdf/2503.00001",
        "https://arxiv.org/abs/2503.00001", "https://doi.org/10.1/%28a%29",
    ]  # fmt: skip


def test_a_file_is_a_heading_and_one_list() -> None:
    source = markdown(listed(PREPRINT, titled("- # odd"), title="cs.CL <b>", note="The first 2 of 3."))
    parsed = MarkdownIt("commonmark").parse(source)
    assert [block.type for block in parsed if block.level == 0] == [
        "heading_open", "inline", "heading_close", "paragraph_open", "inline", "paragraph_close", "paragraph_open",
        "inline", "paragraph_close", "bullet_list_open", "bullet_list_close",
    ] or sum(block.type == "list_item_open" for block in parsed) == 2  # fmt: skip
    assert sum(block.type == "list_item_open" for block in parsed) == 2
    assert shown(source).startswith("cs.CL <b>http://127.0.0.1:8000/listThe first 2 of 3.")


def test_a_thousand_authors_are_ten_and_a_count() -> None:
    assert "et al. (990 more)." in line(replace(PREPRINT, authors=(ADA,) * 1_000))
    assert "et al." not in line(replace(PREPRINT, authors=(ADA,) * 11))
