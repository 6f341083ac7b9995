"""Short forms that a text defines: "long short-term memory (LSTM)". Pure.

The rule is that of Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text
(Pacific Symposium on Biocomputing, 2003), for the short form in brackets; two capitals are asked for besides, so that
"(see)" and "(Eq)" define nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_BREAK = re.compile(r"[-\s]+")
_SHORTEST, _LONGEST, _MOST_WORDS, _LEAST_CAPITALS = 2, 10, 2, 2


@dataclass(frozen=True, slots=True)
class Definition:
    short: str
    long: str


def definitions(text: str) -> Iterator[Definition]:
    """Those of a text, in its order."""
    end = 0
    for match in _BRACKETS.finditer(text):
        short = re.split("[,;]", match[1])[0].strip()
        if _is_short_form(short):
            words = text[end : match.start()].split()[-_most_words(short) :]
            if long := _long_form(short, " ".join(words)):
                yield Definition(short, long)
        end = match.end()


def shortened(text: str, definition: Definition) -> str | None:
    """The text with the long form (and a definition behind it) replaced; None where it has no long form."""
    long = r"[-\s]+".join(map(re.escape, _BREAK.split(definition.long)))
    pattern = rf"(?<!\w){long}(?:\s*\(\s*{re.escape(definition.short)}\s*\)|(?!\w))"
    text, count = re.subn(pattern, lambda _: definition.short, text, flags=re.IGNORECASE)
    return " ".join(text.split()) if count else None


def _is_short_form(text: str) -> bool:
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and text[0].isalnum()
        and len(text.split()) <= _MOST_WORDS
        and sum(char.isupper() for char in text) >= _LEAST_CAPITALS
    )


def _most_words(short: str) -> int:
    return min(len(short) + 5, 2 * len(short))


def _long_form(short: str, before: str) -> str | None:
    """The shortest end of `before` that has the letters of `short` in their order, the first at a word's start."""
    at = len(before)
    for place in range(len(short) - 1, -1, -1):
        letter = short[place].lower()
        if not letter.isalnum():
            continue
        at -= 1
        while at >= 0 and not (before[at].lower() == letter and (place or _starts_word(before, at))):
            at -= 1
        if at < 0:
            return None
    found = before[before.rfind(" ", 0, at + 1) + 1 :]
    return found if len(found) > len(short) and short not in found.split() else None


def _starts_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()
