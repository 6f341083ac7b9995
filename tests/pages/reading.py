"""What a reader of a page sees in it."""

import re
from html import unescape
from typing import Any


def text(response: Any) -> str:
    return response.content.decode()


def keys(response: Any) -> list[str]:
    """Ids of the papers on a page, in order."""
    return [unescape(found) for found in re.findall(r'<div class="paper" id="([^"]*)"', text(response))]


def links(response: Any) -> list[str]:
    return [unescape(found) for found in re.findall(r'\bhref="([^"]*)"', text(response))]


def meta(response: Any, name: str) -> list[str]:
    found = re.findall(rf'<meta (?:name|property)="{re.escape(name)}" content="([^"]*)"', text(response))
    return [unescape(content) for content in found]


def words(response: Any) -> str:
    """The page without tags and surplus spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text(response))).split())
