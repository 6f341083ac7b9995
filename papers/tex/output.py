"""A whole title or abstract, as HTML and as plain text."""

import re
from html import escape
from typing import Final

from papers.tex.limits import CONTROL, MAX_TEXT
from papers.tex.linear import linear
from papers.tex.mathml import render_math
from papers.tex.prose import Form, written

_NEEDS_READING: Final = re.compile(r"[\\${}~`]|--")
_TAGS: Final = {tag: (f"<{tag}>", f"</{tag}>") for tag in ("em", "i", "b", "u", "code", "sup", "sub")} | {
    "sc": ('<span class="tex-sc">', "</span>")
}


def render_html(text: str) -> str:
    """The text as HTML that is safe to insert unescaped, with its formulas as MathML."""
    text = CONTROL.sub("", text)
    return written(text, _HTML) if _is_read(text) else escape(text)


def plain_text(text: str) -> str:
    """The text as a search index, a page's title or a feed wants it: no TeX, and formulas in a line of Unicode."""
    text = CONTROL.sub("", text)
    return " ".join((written(text, _PLAIN) if _is_read(text) else text).split())


def _is_read(text: str) -> bool:
    return len(text) <= MAX_TEXT and _NEEDS_READING.search(text) is not None


def _formula_as_html(source: str, display: bool) -> str:
    rendered = render_math(source, display)
    if rendered is not None:
        return rendered
    return f'<code class="tex notranslate" translate="no">{escape(source.strip())}</code>'


def _formula_as_text(source: str, _: bool) -> str:
    return linear(source)


_HTML: Final = Form(escape, _formula_as_html, _TAGS)
_PLAIN: Final = Form(str, _formula_as_text, dict.fromkeys(_TAGS, ("", "")))
