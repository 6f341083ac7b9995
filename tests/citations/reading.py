"""Files of citations as other programs read them."""

import csv
import io
import re
from typing import Any

import bibtexparser
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts

_SIGNS = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "textless": "<", "textgreater": ">", "textbar": "|",
}  # fmt: skip


def bib_entries(text: str) -> list[Any]:
    """The entries of a .bib file with people taken apart; nothing in it may be unreadable."""
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert library.failed_blocks == []
    return library.entries


def bib_fields(text: str) -> dict[str, Any]:
    """The fields of the one entry of a .bib file."""
    (entry,) = bib_entries(text)
    return {field.key: field.value for field in entry.fields}


def untex(value: str) -> str:
    """A field of BibTeX as a reader sees it: without escapes and braces. Formulas stay."""
    value = re.sub(r"\\(text[a-z]+)\{\}", lambda match: f"\x00{match[1]}\x00", value)
    value = re.sub(r"\\(.)|[{}]", lambda match: match[1] or "", value)
    return re.sub("\x00([a-z]+)\x00", lambda match: _SIGNS[match[1]], value)


def balanced_as_bibtex_counts(text: str) -> bool:
    """BibTeX counts braces and knows no escapes."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def ris_entries(text: str) -> list[dict[str, Any]]:
    return rispy.loads(text)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
