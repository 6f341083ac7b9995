"""The authors of a row of proceedings -> Author. Pure."""

import re
from typing import Any

from ingest.items import MAX_NAME, Malformed
from ingest.sources import names
from papers.record import Author
from papers.tex import unicode_accents
from papers.text import clean, name_key

AUTHOR_PARTS = ("name", "given", "family", "affiliation")
MAX_AUTHORS = 10_000  # the largest collaborations have some thousands
# PostgreSQL's index of names refuses keys of more than 2,700 bytes, which single letters that unfold into many reach.
_MAX_KEY = 2_000
NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def authors(told: Any) -> tuple[Author, ...]:
    """From one text with `;` between the names, or a list of texts and objects. Raises Malformed."""
    if told is None:
        return ()
    values = told.split(";", MAX_AUTHORS) if isinstance(told, str) else told
    if not isinstance(values, list):
        raise Malformed(f"authors is neither a list nor a text but {type(told).__name__}")
    if len(values) > MAX_AUTHORS:
        raise Malformed(f"more than {MAX_AUTHORS:,} authors")
    return tuple(filter(None, map(_author, values)))


def _author(told: Any) -> Author | None:
    if isinstance(told, str):
        found = names.author(_part(told).strip(" ,"))
    elif isinstance(told, dict):
        found = _from_parts(*(_part(told.get(part)) for part in AUTHOR_PARTS))
    else:
        raise Malformed(f"an author is neither a text nor an object: {told!r:.80}")
    if found and len(name_key(found.family or found.name, found.given).encode()) > _MAX_KEY:
        raise Malformed(f"no name of an author: {found.name!r:.80}")
    return found


def _from_parts(name: str, given: str, family: str, affiliation: str) -> Author | None:
    if not given and not family:
        return names.author(name.strip(" ,"), affiliation)
    return Author(name=name or f"{given} {family}".strip(), family=family, given=given, affiliation=affiliation)


def _part(told: Any) -> str:
    if told is None:
        return ""
    if not isinstance(told, str) or NO_TEXT.search(told):
        raise Malformed(f"part of an author's name is no text: {told!r:.80}")
    if len(told) > MAX_NAME:
        raise Malformed(f"author's name of {len(told):,} characters, more than {MAX_NAME:,}")
    return unicode_accents(clean(told))
