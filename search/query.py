"""What a reader typed -> what to look for. Pure. (The full query language comes on top of this: see README.)"""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from papers.identifiers import ArxivId, arxiv_id, doi

MAX_LENGTH = 2_000
MAX_WORDS = 256
_ARXIV_PATH = re.compile(r"/(?:abs|pdf|html|format|e-print)/(?P<id>.+?)(?:\.pdf)?/?\Z")
_ARXIV_HOSTS = ("arxiv.org", "www.arxiv.org", "export.arxiv.org", "browse.arxiv.org", "ar5iv.org", "alphaxiv.org")
_ANTHOLOGY_HOSTS = ("aclanthology.org", "www.aclanthology.org")


@dataclass(frozen=True, slots=True)
class Query:
    """`text` is what was typed, cut to MAX_LENGTH characters; `shortened` says that something was cut."""

    text: str
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Index terms of a query with how often each was typed: stemmed and as written."""

    stemmed: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.written)


def parse(text: str) -> Query:
    """Reads what was typed; anything is a query."""
    flat = " ".join(text.replace("\x00", " ").split())
    words = flat.split(" ")
    cut = " ".join(words[:MAX_WORDS])[:MAX_LENGTH]
    return Query(cut, shortened=len(cut) < len(flat))


def named_paper(text: str) -> ArxivId | str | None:
    """The one paper that a query names: an arXiv id, or another id or DOI as text; None for ordinary words."""
    text = text.strip()
    if found := arxiv_id(text):
        return found
    if named := doi(text):
        return named
    if text.startswith(("http://", "https://")):
        return _named_by_url(text)
    return None


def _named_by_url(url: str) -> ArxivId | str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path).replace("\x00", "")
    if parts.hostname in _ARXIV_HOSTS and (match := _ARXIV_PATH.match(path)):
        return arxiv_id(match["id"])
    if parts.hostname in _ANTHOLOGY_HOSTS:
        return path.strip("/").removesuffix(".pdf") or None
    return None
