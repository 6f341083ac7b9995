""" "Did you mean": a query with its unknown words spelt as papers spell them. Offered, never searched instead."""

import re
import threading

from papers.text import fold
from search.analysis import UNSPACED
from search.query import Query
from search.retrieval import lexical
from search.retrieval.lexical import LexicalIndex
from search.spelling import Vocabulary

# A word in so many papers or fewer may be a mistake; another is offered if it is in so many times as many.
RARE = 2
TIMES_MORE = 20
LEAST = 5
SHORTEST, LONGEST = 4, 30
MAX_WORDS = 600_000
_MAX_CORRECTED = 8
_WORD = re.compile(r"[^\W\d_]+")


def did_you_mean(query: Query, index: LexicalIndex) -> str:
    """The query as typed with other words in place of those that hardly any paper has; "" if there is nothing better
    to offer."""
    better = {word: found for word in _suspects(query, index) if (found := _better(word, index))}
    if not better:
        return ""
    return _WORD.sub(lambda match: better.get(fold(match[0]), match[0]), query.text)


def vocabulary(index: LexicalIndex, name: str = "exact", papers: int = 2) -> Vocabulary | None:
    """The words of a field that so many papers have: most of those in one only are mistakes themselves. Made at the
    first need and again when the index has grown by a hundredth; None while another thread makes it for the first
    time."""
    size, key = index.size(), (str(index.folder), name)
    kept = _kept.get(key)
    if kept and abs(kept[0] - size) <= size / 100:
        return kept[1]
    if not _making.acquire(blocking=False):
        return kept[1] if kept else None
    try:
        made = _made(index, name, papers)
        for old in [each for each in _kept if each[0] != key[0]]:
            del _kept[old]
        _kept[key] = (size, made)
        return made
    finally:
        _making.release()


_making = threading.Lock()
_kept: dict[tuple[str, str], tuple[int, Vocabulary]] = {}


def _made(index: LexicalIndex, name: str, least: int) -> Vocabulary:
    terms = [(term, papers) for term, papers in index.terms(name) if papers >= least and _could_be_offered(term)]
    if len(terms) > MAX_WORDS:
        terms = sorted(terms, key=lambda each: -each[1])[:MAX_WORDS]
    return Vocabulary([term for term, _ in terms], [papers for _, papers in terms])


def _could_be_offered(term: str) -> bool:
    return 3 <= len(term) <= LONGEST and term.isalpha() and not UNSPACED.match(term)


def _suspects(query: Query, index: LexicalIndex) -> list[str]:
    found = lexical.terms(query.plain).written
    return [
        word
        for word in found
        if SHORTEST <= len(word) <= LONGEST
        and _could_be_offered(word)
        and index.frequency("exact", word) <= RARE
        and not index.frequency("authors", word)
    ][:_MAX_CORRECTED]


def _better(word: str, index: LexicalIndex) -> str:
    words = vocabulary(index)
    if words is None:
        return ""
    least = max(LEAST, TIMES_MORE * index.frequency("exact", word))
    distance = 1 if len(word) < 6 else 2
    near = [each for each in words.near(word, distance) if each[0] != word and each[1] >= least]
    return near[0][0] if near else ""
