"""What a page itself says, without what it only cites: texts of papers, names, codes and formulas."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from papers.taxonomy import archives, categories

# Attributes that readers see or hear.
_TOLD = ("title", "aria-label", "placeholder", "alt", "aria-description", "data-label")
_SILENT = {"script", "style", "code", "kbd", "math", "template"}
_IDS = re.compile(r"https?://\S+|\S*\w[@/_]\S+|\b[A-Za-z-]*\d\S*|\b[A-Za-z]+\.org\b", re.ASCII)
_KNOWN = sorted({*categories(), *archives()}, key=len, reverse=True)
_CODES = re.compile(r"\b(?:" + "|".join(map(re.escape, _KNOWN)) + r")\b(?!\.\w)", re.ASCII)
_LATIN = re.compile(r"[A-Za-z][A-Za-z.'’-]*[A-Za-z]")


def foreign_words(page: str, allowed: set[str]) -> set[str]:
    """Latin words in what a Chinese page says itself, beside names that stay as they are."""
    told = " ".join(_told(html.document_fromstring(page), True))
    told = _CODES.sub(" ", _IDS.sub(" ", told))
    return set(_LATIN.findall(told)) - allowed


def _told(element: Any, is_ours: bool) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    is_ours = _is_ours(element, is_ours)
    if is_ours:
        yield from (element.get(name) for name in _TOLD if element.get(name))
        yield element.text or ""
    for child in element:
        yield from _told(child, is_ours)
        if is_ours:
            yield child.tail or ""


def _is_ours(element: Any, is_ours: bool) -> bool:
    if element.get("translate") in ("no", "yes"):
        return bool(element.get("translate") == "yes")
    if language := element.get("lang"):
        return str(language).startswith("zh")
    return is_ours
