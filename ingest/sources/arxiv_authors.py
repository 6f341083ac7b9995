"""arXiv's line of authors, `Ada Writer (MIT), Bo van der Berg Jr. and Chi Wu (1) ((1) ETH)`, taken apart. Pure."""

import re
from collections.abc import Iterator, Mapping

from ingest.items import MAX_NAME
from papers.tex import unicode_accents
from papers.text import clean

_MARK = "\x00"  # clean leaves none in a text
_BRACKET = re.compile(r"[()]")
_BETWEEN = re.compile(r"\s*(?:[,;:]|(?<!\S)(?:and|&)(?!\S))\s*")
_KEYED = re.compile(r"\((\d{1,3}|[a-zA-Z]|[*†‡§¶]+)\)")
_KEYS = re.compile(r"[\d,;\s*†‡§¶]+\Z|(?:\d{1,3}|[a-zA-Z])(?:\s*(?:,|;|and|&)\s*(?:\d{1,3}|[a-zA-Z]))*\Z")
_KEY = re.compile(r"\d{1,3}|(?<![a-zA-Z])[a-zA-Z](?![a-zA-Z])|[*†‡§¶]+")
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{1,3}|IV|VI{0,3})\Z")
_NO_NAME = re.compile(r"(?:et\.? al\.?|for|on behalf of)\Z", re.IGNORECASE)
_GROUP = re.compile(r"\b(?:collaborations?|consortium|group|team)\Z", re.IGNORECASE)
_PARTICLES = frozenset(["van", "der", "de", "la", "von", "del", "della", "da", "mac", "ter", "dem", "di", "vaziri"])


def parsed(line: str) -> list[list[str]]:
    """[family, given, suffix, affiliation ...] of each author, the layout of arXiv's `authors_parsed`."""
    outside, groups = _groups(unicode_accents(clean(line)))
    keys = _keys(groups)
    inside = iter(groups)
    found: list[list[str]] = []
    for piece in _BETWEEN.split(outside):
        affiliations = [
            text[:MAX_NAME] for _ in range(piece.count(_MARK)) for text in _affiliations(next(inside, ""), keys) if text
        ]
        name = clean(piece.replace(_MARK, " "))
        if _SUFFIX.match(name) and found and not found[-1][2]:
            found[-1][2] = name
            found[-1] += affiliations
        elif name and not _NO_NAME.match(name):
            found.append([*_name(name), *affiliations])
    return found


def _groups(line: str) -> tuple[str, list[str]]:
    """The line with a mark in place of each outermost bracket, and what stood in them. A bracket that nothing closes
    goes on to the end."""
    outside, groups, depth, start = [], [], 0, 0
    for bracket in _BRACKET.finditer(line + ")" * line.count("(")):
        opens, at = bracket[0] == "(", bracket.start()
        if depth == 0:
            outside += [line[start:at], _MARK if opens else ""]
        elif depth == 1 and not opens:
            groups.append(line[start:at])
        if depth + opens <= 1:
            start = bracket.end()
        depth = max(depth + (1 if opens else -1), 0)
    return "".join([*outside, line[start:]]), groups


def _keys(groups: list[str]) -> dict[str, str]:
    """The institutes by their key, from a last bracket like `((1) MIT, (2) ETH)`, which is emptied."""
    if not groups or not _KEYED.match(groups[-1]):
        return {}
    parts = _KEYED.split(groups[-1])[1:]
    groups[-1] = ""
    return {key: name.strip(" ,;.") for key, name in zip(parts[::2], parts[1::2], strict=True)}


def _affiliations(group: str, keys: Mapping[str, str]) -> Iterator[str]:
    group = group.strip()
    if len(group) <= 40 and _KEYS.match(group):
        yield from (keys.get(key, "") for key in _KEY.findall(group))
    else:
        yield group


def _name(name: str) -> tuple[str, str, str]:
    """(family, given, suffix). A collaboration is one name."""
    words = name.split(" ")
    if _GROUP.search(name) or len(words) == 1:
        return name, "", ""
    suffix = words.pop() if _SUFFIX.match(words[-1]) and len(words) > 2 else ""
    start = len(words) - 1
    # Da Zheng and Di Hu are given names; only a small `de` begins a name of two words.
    while start > 0 and words[start - 1].lower() in _PARTICLES and (start > 1 or words[0].islower()):
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start]), suffix
