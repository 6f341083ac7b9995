"""A running text -> its sentences, without what is none: formulas, tables, headings. Pure."""

import re

from papers.tex import split_math

SHORTEST, LONGEST = 30, 600  # characters
_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9$\\\x00])|[。！？](?=.)|\n|\s(?=•)")
_UNFINISHED = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|etc|resp|approx|Figs?|Eqs?|Secs?|Tabs?|Refs?|Nos?|Chap|Thm|Def|Prop|Dr|Prof|St"
    r"|w\.r\.t)"
    r"|\b[A-Z])\.\Z"
)
_LETTERS = re.compile(r"[^\W\d_]")
_SPACES = re.compile(r"\s+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def sentences(text: str) -> list[str]:
    """In their order, each once."""
    masked, formulas = _masked(text)
    found: list[str] = []
    start = 0
    for match in _END.finditer(masked):
        if match[0][0] == "." and _UNFINISHED.search(masked, start, match.end()):
            continue
        found.append(masked[start : match.end()])
        start = match.end()
    found.append(masked[start:])
    whole = (_SPACES.sub(" ", _restored(each, formulas)).strip() for each in found)
    return [each for each in dict.fromkeys(whole) if _is_sentence(each)]


def _masked(text: str) -> tuple[str, list[str]]:
    """Formulas as single characters: they have full stops of their own."""
    text = text.replace("\x00", "")
    formulas: list[str] = []
    pieces = []
    for segment in split_math(text):
        if segment.kind == "text":
            pieces.append(segment.source)
        else:
            sign = "$$" if segment.display else "$"
            formulas.append(segment.source if segment.source.startswith("\\begin") else f"{sign}{segment.source}{sign}")
            pieces.append("\x00")
    return "".join(pieces), formulas


def _restored(text: str, formulas: list[str]) -> str:
    """Sentences are restored in their order, so that each takes its formulas from the front."""
    pieces = text.split("\x00")
    taken = [formulas.pop(0) for _ in pieces[1:]]
    return "".join(piece for pair in zip(pieces, [*taken, ""], strict=True) for piece in pair)


def _is_sentence(text: str) -> bool:
    letters = len(_LETTERS.findall(text))
    if _UNSPACED.search(text):
        return 10 <= len(text) <= LONGEST and letters >= len(text) * 0.5
    return SHORTEST <= len(text) <= LONGEST and letters >= len(text) * 0.55 and text.count(" ") >= 4
