"""Authors' names as the index keeps them, and patterns that find them however they are written. Pure.

Each name is indexed as whole terms, `ashish vaswani` and `vaswani, ashish`, so that a query's words must all be of one
author, and so that a pattern begins with something definite: the index then reads a small part of its terms."""

import re

from papers.text import words

MAX_WORDS = 8
MAX_LOOSE = 4  # a name of more words is sought as it stands: patterns with many loose parts grow beyond bounds
LONGEST_WORD = 40
_REST = "[^ ]*"
_BETWEEN = "( [^ ]+)* "
_OF_TEX = re.compile(r"([.+*?()|\[\]{}^$\\&~#-])")


def forms(name: str, family: str = "", given: str = "") -> set[str]:
    """The terms of one author; of a family name of several words also one by its last (`berg, jan van den`)."""
    whole, last, first = words(name), words(family), words(given)
    if not last:
        first, last = whole[:-1], whole[-1:]
    turned = [(last, first), (last[-1:], first + last[:-1])]
    found = {" ".join(whole), " ".join(first + last)}
    found |= {" ".join([" ".join(before) + ",", *after]) for before, after in turned if before}
    return found - {""}


def pattern(name: str, prefix: bool = False) -> str:
    """A regular expression for a whole term, "" for a name without words. With a comma the family name stands before
    it, else at either end; others may stand between. A single letter is an initial of a given name, and a given name
    is found by the initial that a paper has of it."""
    parts = words(name)[:MAX_WORDS]
    if not parts or max(map(len, parts)) > LONGEST_WORD:
        return ""
    exact = [_OF_TEX.sub(r"\\\1", part) for part in parts]
    exact[-1] += _REST * prefix
    if len(parts) == 1 or len(parts) > MAX_LOOSE:
        return f"{',? '.join(exact)},?( .*)?"
    givens = [_given(part, found) for part, found in zip(parts, exact, strict=True)]
    before = min(len(words(name.partition(",")[0])) or 1, len(parts) - 1) if "," in name else 0
    orders = [_turned(exact[: before or 1], givens[before or 1 :])]
    if not before:
        orders += [f"{_BETWEEN.join([*givens[:-1], exact[-1]])}( .*)?", f"{' '.join(exact)},?( .*)?"]
    return "|".join(f"({order})" for order in orders)


def _turned(family: list[str], givens: list[str]) -> str:
    return f"{' '.join(family)},{_BETWEEN}{_BETWEEN.join(givens)}( .*)?"


def _given(part: str, found: str) -> str:
    if not part[0].isascii():
        return found
    return f"({found}|{part[0]})" if len(part) > 1 else f"{part}{_REST}"
