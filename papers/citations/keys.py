"""Citation keys: `vaswani2017attention`. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from string import ascii_lowercase

from papers.citations.cited import CitedPaper
from papers.tex import plain_text
from papers.tex.names import names
from papers.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_LETTERS = re.compile(r"[^a-z]+")
_EMPTY = names(
    "a an and are as at be by can do does for from how in into is it its not of on or our that the this to towards "
    "toward via we what when where which who why with"
)
_LONGEST = 40


def citation_keys(papers: Sequence[CitedPaper]) -> list[str]:
    """A key for each paper, all different. Papers that would share one get a, b, c ... behind it in the order of
    their ids, so that the same papers have the same keys in whatever order they stand."""
    wanted = [base(paper) for paper in papers]
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(wanted):
        shared[key].append(place)
    taken = {key for key, places in shared.items() if len(places) == 1}
    for key, places in shared.items():
        if len(places) > 1:
            suffixes = count(1)
            for place in sorted(places, key=lambda each: papers[each].key):
                wanted[place] = next(free for number in suffixes if (free := key + _suffix(number)) not in taken)
                taken.add(wanted[place])
    return wanted


def base(paper: CitedPaper) -> str:
    """The first author's family name, the year and the first word of the title that tells something, in plain
    letters; the paper's id where name and title have none."""
    year = str(paper.date.year) if paper.date else ""
    name = _name(paper)
    word = next((word for word in _WORD.findall(fold(plain_text(paper.title))) if word not in _EMPTY), "")
    if not name and not word:
        return "paper" + "".join(_WORD.findall(fold(paper.key)))[:_LONGEST]
    return f"{name[:_LONGEST]}{year}{word[:_LONGEST]}"


def _name(paper: CitedPaper) -> str:
    if not paper.authors:
        return ""
    first = paper.authors[0]
    return _LETTERS.sub("", fold(first.family or first.name.split(" ")[0]))


def _suffix(number: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, len(ascii_lowercase))
        letters = ascii_lowercase[rest] + letters
    return letters
