"""A model's answer -> safe HTML, block by block. Pure.

Answers are hostile text. Of Markdown only paragraphs, lists, emphasis, code and headings (as bold lines) are read; HTML
is text, and there are no links and no images. Formulas are cut out before Markdown sees the text, which would take
their signs for its own, and rendered by papers.tex."""

import re
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from papers.tex import render_math, split_math
from papers.tex.fragments import Segment
from papers.tex.limits import CONTROL

LONGEST = 20_000  # characters
_DEEPEST = 12  # lists within lists
_RULES = ["list", "emphasis", "backticks", "fence", "heading", "newline", "escape"]
_NUMBER = re.compile(r"\d{1,9}\Z")
# Characters for private use, which are taken out of the text first, so that no answer has them. The first two stand
# around the number of a formula. The third parts asterisks from Chinese punctuation: beside it Markdown, which was made
# for scripts with spaces, would not end what is bold.
_OPEN, _CLOSE, _JOINT = "\ue000", "\ue001", "\ue002"
_OURS = re.compile(f"[{_OPEN}{_CLOSE}{_JOINT}]")
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_BESIDE = re.compile(
    "(?<=[\u2018-\u201d\u3000-\u303f\uff00-\uff65])(?=\\*\\*)|(?<=\\*\\*)(?=[\u2018-\u201d\u3000-\u303f\uff00-\uff65])"
)


def blocks(text: str) -> list[str]:
    """The HTML of the text's blocks: while an answer grows, only the last two of them change."""
    source, formulas = _without_formulas(_OURS.sub("", CONTROL.sub("", text[:LONGEST])))
    tokens = _markdown().parse(_BESIDE.sub(_JOINT, source))
    _tame(tokens, formulas)
    rendered = (_markdown().renderer.render(block, _markdown().options, {}) for block in _parted(tokens))
    return [_with_formulas(html, formulas).replace(_JOINT, "") for html in rendered]


def _without_formulas(text: str) -> tuple[str, list[Segment]]:
    formulas: list[Segment] = []
    pieces = []
    for segment in split_math(text):
        if segment.kind == "math":
            pieces.append(f"{_OPEN}{len(formulas)}{_CLOSE}")
            formulas.append(segment)
        else:
            pieces.append(segment.source)
    return "".join(pieces), formulas


def _with_formulas(html: str, formulas: list[Segment]) -> str:
    return _MARK.sub(lambda match: _formula(formulas[int(match[1])]), html)


def _formula(formula: Segment) -> str:
    rendered = render_math(formula.source, formula.display)
    return rendered if rendered is not None else f'<code class="tex">{escape(formula.source.strip())}</code>'


def _as_typed(text: str, formulas: list[Segment]) -> str:
    """Code with dollar signs is no formula."""
    typed = _MARK.sub(lambda match: f"${formulas[int(match[1])].source}$", text)
    return typed.replace(_JOINT, "")


def _tame(tokens: list[Token], formulas: list[Segment]) -> None:
    """Headings would break the outline of the page; of attributes only where a list begins is left, as a number."""
    for token in tokens:
        if token.type.startswith("heading_"):
            token.tag, token.attrs = "p", {"class": "answer-heading"} if token.nesting == 1 else {}
        else:
            start = str(token.attrs.get("start", "")) if token.type == "ordered_list_open" else ""
            token.attrs = {"start": start} if _NUMBER.match(start) else {}
        if token.type in {"code_inline", "fence"}:
            token.info, token.content = "", _as_typed(token.content, formulas)
        _tame(token.children or [], formulas)


def _parted(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each outermost block."""
    found: list[list[Token]] = [[]]
    for token in tokens:
        found[-1].append(token)
        if token.level == 0 and token.nesting <= 0:
            found.append([])
    return [block for block in found if block]


@cache
def _markdown() -> Any:
    return MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": _DEEPEST}).enable(_RULES)
