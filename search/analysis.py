"""Texts as the BM25 index and its queries see them: folded alike on both sides, Chinese in pairs of characters."""

import re

from papers.tex import plain_text
from papers.text import fold

# Han, kana and Hangul are written without spaces; overlapping pairs find words without a dictionary.
UNSPACED = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+")

# Words that tell nothing of a text: where a query has others, they are neither searched nor marked.
COMMON = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have", "how", "in",
        "into", "is", "it", "its", "of", "on", "or", "that", "the", "their", "there", "this", "to", "was", "we", "what",
        "when", "where", "which", "who", "why", "will", "with",
    }
)  # fmt: skip


def indexable(text: str) -> str:
    """TeX read as text, accents and case folded, unspaced scripts cut into pairs: what tantivy tokenises."""
    return UNSPACED.sub(_pairs, fold(plain_text(text)))


def query_text(text: str) -> str:
    """The same for a query, in which nobody means TeX unless there is a backslash or dollar."""
    return indexable(text) if "\\" in text or "$" in text else UNSPACED.sub(_pairs, fold(text))


def _pairs(match: re.Match[str]) -> str:
    run = match[0]
    if len(run) == 1:
        return f" {run} "
    return " " + " ".join(run[at : at + 2] for at in range(len(run) - 1)) + " "
