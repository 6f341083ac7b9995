"""Ids of curated papers: `icml.2031-lin24`, public as `icml.2031-lin24@curated`. Pure.

The edition stands in front, so that two editions may use the same short ids. What follows is the row's id, else its
DOI, else the last part of its address where that holds a digit (`paper.html` names no paper), else a slug of the title
with a hash of it. Letters, digits and `._-` stay as they are. Where anything else had to go, or the text is too long,
a hash of all of it is put behind, so that different ids stay different."""

import hashlib
import re
from urllib.parse import urlsplit

from papers.text import fold, words

_SAFE = re.compile(r"[A-Za-z0-9._-]{1,80}\Z", re.ASCII)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
_SUFFIX = re.compile(r"\.(?:html?|pdf)\Z", re.IGNORECASE)
_LONGEST = 60  # before the hash


def source_id(edition: str, told: str, doi: str, url: str, title: str) -> str:
    """The id of a row, the same whenever it tells the same."""
    own = told or doi.replace("/", "-", 1) or _last_part(url)
    return f"{edition.lower()}-{_safe(own) if own else _of_title(title)}"


def _last_part(url: str) -> str:
    """`https://example.org/2031/lin24.html` -> `lin24`. A query or fragment belongs to it: `forum?id=x7`."""
    try:
        split = urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    last = _SUFFIX.sub("", split.path.rstrip("/").rpartition("/")[2])
    last = "?".join(filter(None, (last, split.query)))
    last = "#".join(filter(None, (last, split.fragment)))
    return last if re.search(r"\d", last) else ""


def _safe(text: str) -> str:
    return text if _SAFE.match(text) else _with_hash(_UNSAFE.sub("-", text), text)


def _of_title(title: str) -> str:
    told = words(title)
    return _with_hash(_UNSAFE.sub("-", fold(" ".join(told[:8]))), " ".join(told) or title)


def _with_hash(slug: str, whole: str) -> str:
    mark = hashlib.blake2b(whole.encode(), digest_size=5).hexdigest()
    return f"{slug[:_LONGEST].strip('-._')}-{mark}".lstrip("-")
