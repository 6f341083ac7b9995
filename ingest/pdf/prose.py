"""The texts of a PDF's pages -> the running text of the paper. Pure.

As far as that is reasonable: running heads and page numbers go, words that a line's end cut in two are one again,
lines are joined to paragraphs, and the list of references is left out."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from papers.tex.limits import CONTROL

LONGEST = 300_000  # characters
_EDGE = 2  # lines at the head and foot of a page that may be running ones
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_STAMP = re.compile(r"arXiv:\S+\s+\[[\w.-]+\]\s+\d{1,2} \w{3} \d{4}")
_NUMBER = re.compile(r"(?:page )?[-–\[(]?\s*\d{1,4}\s*[-–\])]?(?:\s*(?:/|of)\s*\d{1,4})?\Z", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_COMPOUND = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_CUT_WORD = re.compile(rf"({_COMPOUND})[-\u00ad\u2010]\n({_COMPOUND})")
_WORD = re.compile(_COMPOUND)
_HEADING = re.compile(r"(?:(?:\d+|[A-Z]|[IVX]+)(?:\.\d+)*\.?\s+)?[A-Z][\w ,:&/()’'-]{2,70}\Z")
_NUMBERED = re.compile(r"(?:\d+|[IVX]+)(?:\.\d+)*\.?\s+[A-Z]")
_REFERENCES = re.compile(r"\n(?:(?:\d+|[IVX]+)\.?\s+)?(?:References|REFERENCES|Bibliography|BIBLIOGRAPHY|参考文献)\n")
_SPACES = re.compile(r"[^\S\n]+")


def running_text(pages: Sequence[str]) -> str:
    """Paragraphs with a line's end between them, at most LONGEST characters."""
    lines = [_lines(page) for page in pages]
    text = "\n".join(chain.from_iterable(_without_running(lines)))
    return _paragraphs(_whole_words(_without_references(text)))[:LONGEST].rstrip()


def _lines(page: str) -> list[str]:
    text = _SPACES.sub(" ", CONTROL.sub("", page.replace("\r", "\n").translate(_LIGATURES)))
    return [line for line in (line.strip() for line in text.split("\n")) if line and not _STAMP.search(line)]


def _without_running(pages: list[list[str]]) -> list[list[str]]:
    """Without lines that stand at the edge of many pages, whatever numbers they have, and without page numbers."""
    seen = Counter(form for page in pages for form in {_form(line) for line in page[:_EDGE] + page[-_EDGE:]})
    often = max(3, len(pages) * 2 // 5)
    return [
        [
            line
            for at, line in enumerate(page)
            if _EDGE <= at < len(page) - _EDGE or not (seen[_form(line)] >= often or _NUMBER.match(line))
        ]
        for page in pages
    ]


def _form(line: str) -> str:
    return _DIGITS.sub("#", line)


def _without_references(text: str) -> str:
    """What follows the last such heading in the text's second half is references, and what comes after them."""
    found = [match.start() for match in _REFERENCES.finditer(text) if match.start() > len(text) // 3]
    return text[: found[-1]] if found else text


def _whole_words(text: str) -> str:
    """The hyphen stays where the text has the word with it elsewhere."""
    known = {word.lower() for word in _WORD.findall(text)}

    def joined(match: re.Match[str]) -> str:
        hyphenated = f"{match[1]}-{match[2]}"
        keeps = hyphenated.lower() in known and (match[1] + match[2]).lower() not in known
        return hyphenated if keeps or "-" in match[1] or match[2][0].isupper() else match[1] + match[2]

    return _CUT_WORD.sub(joined, text)


def _paragraphs(text: str) -> str:
    """Lines joined, but around headings and behind lines that end a sentence early."""
    lines = text.split("\n")
    usual = sorted(len(line) for line in lines)[len(lines) * 3 // 4] if lines else 0
    out: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        ends = before.endswith((".", "!", "?", "。")) and len(before) < usual * 3 // 4
        if not before or ends or _is_heading(before, usual) or _is_heading(line, usual):
            out.append(line)
        else:
            out[-1] += ("" if _is_unspaced(before[-1]) and _is_unspaced(line[0]) else " ") + line
    return "\n".join(out)


def _is_heading(line: str, usual: int) -> bool:
    if len(line) > min(usual * 2 // 3, 75) or not _HEADING.match(line):
        return False
    return bool(_NUMBERED.match(line)) or line.istitle() or line.isupper()


def _is_unspaced(character: str) -> bool:
    return "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
