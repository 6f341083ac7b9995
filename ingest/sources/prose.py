"""Titles and abstracts out of web pages -> texts with TeX as authors write it. Pure."""

import html
import re

from papers.tex import unicode_accents
from papers.text import clean

# Only these: `$a<b$` is no tag.
_TAG = re.compile(
    r"</?(?:p|br|em|i|b|u|strong|sub|sup|tt|code|span|font|a|ul|ol|li|div|h[1-6])(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)
_WITHIN_WORDS = re.compile(r"</?(?:em|i|b|u|strong|sub|sup|tt|code|span|font|a)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|[mn]dash|[lr][sd]quo|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")


def prose(written: str) -> str:
    """The text on one line, without tags and entities."""
    bare = _TAG.sub(lambda tag: "" if _WITHIN_WORDS.match(tag[0]) else " ", written)
    return unicode_accents(clean(_ENTITY.sub(lambda entity: html.unescape(entity[0]), bare)))
