"""Hostile texts and addresses on their way into a page. The only place that marks anything as safe HTML."""

import html
import json
import re
from typing import Any, Protocol

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from papers.addresses import host, web
from papers.category_names import category_name
from papers.js_words import WORDS
from papers.originals import original
from papers.tex import plain_text, render_html

register = template.Library()
register.filter(category_name)
register.filter(web)
register.filter(host)
register.filter(original)

_LICENCE = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<kind>[a-z-]+)|publicdomain/(?P<free>zero|mark))/(?P<version>[\d.]+)"
)
_ARXIV_LICENCE = re.compile(r"arxiv\.org/licenses/nonexclusive-distrib/(?P<version>[\d.]+)")
_MATHEMATICS = re.compile(r"(<math\b.*?</math>|<code\b.*?</code>|<[^>]*>)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}  # as JSON may write them


class Marks(Protocol):
    """The words of a query, as the page that highlights them knows them."""

    def holds(self, word: str) -> bool:
        """Whether a word of a text is a word of the query."""
        ...


@register.filter
def tex(text: str) -> SafeString:
    """Escaped, with TeX as MathML."""
    return mark_safe(render_html(text))  # noqa: S308 - render_html escapes, see papers.tex


@register.filter
def marked(rendered: SafeString, marks: Marks) -> SafeString:
    """`<mark>` around the query's words, in the prose of what `tex` gave: tags and formulas are left as they are."""
    parts = _MATHEMATICS.split(rendered)
    parts[::2] = [_marked_prose(part, marks) for part in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308 - each stretch of prose was escaped anew


@register.simple_tag
def script_words() -> SafeString:
    """What the page's scripts say, as a block of JSON that they read and no browser runs."""
    return json_script({name: str(text) for name, text in WORDS.items()}, "script-words")


@register.simple_tag
def linked_data(value: dict[str, Any]) -> SafeString:
    """A block of JSON-LD for search engines, which no browser runs. No text in it can end the block."""
    block = json.dumps(value, ensure_ascii=False).translate(_MARKUP)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(block))  # noqa: S308 - see _MARKUP


@register.filter
def grouped(number: int) -> str:
    """12,345, as the reader's language writes it."""
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def plain(text: str) -> str:
    """Without TeX, for titles of windows and attributes; escaped by the template."""
    return plain_text(text)


@register.filter
def licence_name(url: str) -> str:
    """`CC BY 4.0` for the address of a well-known licence, else the address."""
    if match := _LICENCE.search(url):
        free = {"zero": "CC0", "mark": "Public Domain Mark"}.get(match["free"] or "")
        return f"{free or 'CC ' + match['kind'].upper()} {match['version']}"
    if match := _ARXIV_LICENCE.search(url):
        return _("arXiv.org, non-exclusive, %(version)s") % {"version": match["version"]}
    return url


def _marked_prose(escaped: str, marks: Marks) -> str:
    """Words are sought in the text itself, so that none is found in an entity."""
    text = html.unescape(escaped) if "&" in escaped else escaped
    pieces: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        if marks.holds(match[0]):
            pieces += [html.escape(text[end : match.start()]), f"<mark>{html.escape(match[0])}</mark>"]
            end = match.end()
    return "".join([*pieces, html.escape(text[end:])]) if pieces else escaped
