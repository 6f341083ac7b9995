"""Names of authors as lists print them -> Author. Pure."""

import re
from collections.abc import Iterable, Iterator

from ingest.items import MAX_NAME
from papers.record import Author
from papers.text import clean

_BETWEEN = re.compile(r"\s*(?:,|;|·|\band\b)\s*")
_MARKS = re.compile(r"[*†‡§¶]+|(?<=\D)\d+\Z")


def author(name: str, affiliation: str = "") -> Author | None:
    """`Given Family` or `Family, Given`; None for nothing, or for what is too long to be a name."""
    name = clean(_MARKS.sub("", name))
    if not name or len(name) > MAX_NAME:
        return None
    family, comma, given = name.partition(", ")
    if comma:
        return Author(name=f"{given} {family}", family=family, given=given, affiliation=clean(affiliation))
    given, _, family = name.rpartition(" ")
    return Author(name=name, family=family, given=given, affiliation=clean(affiliation))


def authors(names: Iterable[str]) -> tuple[Author, ...]:
    """Authors in order, nameless ones left out."""
    return tuple(found for name in names if (found := author(name)))


def listed(text: str) -> tuple[Author, ...]:
    """Authors of one line: `Ada Writer, Bo Li and Chi Wu`."""
    return authors(_split(text))


def _split(text: str) -> Iterator[str]:
    return filter(None, _BETWEEN.split(clean(text)))
