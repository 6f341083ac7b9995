"""HTML of strangers -> texts, by lxml. Pure: nothing that a page names is fetched."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from ingest.sources.source import NotThisPage
from papers.text import clean

MAX_DEPTH = 250  # libxml2's own bound, said here since the readers recurse no deeper

_NO_TEXT = frozenset({"script", "style", "template"})
_WITHIN_WORDS = frozenset({"b", "big", "code", "em", "font", "i", "small", "strong", "sub", "sup", "tt", "u"})
_META = re.compile(r"\Acitation_[a-z_]+\Z")


def tree(body: bytes) -> Any:
    """The root element. Raises NotThisPage where there is none, or the bytes are not UTF-8."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotThisPage(f"bytes that are not UTF-8 at {error.start}") from error
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.replace("\x00", "").encode(), parser=parser)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise NotThisPage(f"not HTML: {error}"[:300]) from error
    return root


def is_complete(body: bytes) -> bool:
    """Whether the page came to its end: a page cut off reads as a shorter list of papers, and nobody would notice."""
    return b"</html>" in body[-2_000:].lower()


def text(element: Any) -> str:
    """All text in an element on one clean line, "" for None. Scripts are no text."""
    return clean("".join(_pieces(element))) if element is not None else ""


def _pieces(element: Any) -> Iterator[str]:
    """Its texts, with a space wherever a tag stands that may begin something new: not within `H<sub>2</sub>O`."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "end" and node is not element:
            yield from ("" if node.tag in _WITHIN_WORDS else " ", node.tail or "")
        elif event == "start" and node.tag in _NO_TEXT:
            walk.skip_subtree()
        elif event == "start":
            yield from ("" if node.tag in _WITHIN_WORDS else " ", node.text or "")


def link(base: str, href: str | None) -> str:
    """An absolute http(s) address, or "" for anything else (javascript:, mailto:, data:)."""
    try:
        found = urljoin(base, clean(href)) if href else ""
        return found if urlsplit(found).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def citation(root: Any) -> dict[str, list[str]]:
    """The Highwire `citation_*` tags of a page by name, each with its values in order."""
    found: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        name = (tag.get("name") or "").lower()
        if _META.match(name) and (content := clean(tag.get("content") or "")):
            found.setdefault(name, []).append(content)
    return found
