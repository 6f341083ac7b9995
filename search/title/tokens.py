"""Titles -> token ids, the way they stand in the trie."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from papers.tex import plain_text
from papers.text import fold
from search.encoder import packaged_folder
from search.title.identifiers import END, LONGEST

LONGEST_TITLE = 2_000  # characters that are read; the importers take no longer ones


@dataclass(frozen=True, slots=True)
class Tokeniser:
    """`tokenise` gives the token ids of each text; its ids are 1 to 65,535, others are left out. `fingerprint` changes
    whenever a text may get other ids."""

    fingerprint: str
    tokenise: Callable[[list[str]], list[list[int]]]


def title_tokens(tokeniser: Tokeniser, titles: Sequence[str]) -> list[list[int]]:
    """Token ids of each title: TeX read as text, accents and case folded, cut after LONGEST tokens. Empty for a title
    that has none."""
    texts = [fold(plain_text(title[:LONGEST_TITLE])) for title in titles]
    return [[token for token in tokens if END < token <= 0xFFFF][:LONGEST] for tokens in tokeniser.tokenise(texts)]


def texts() -> list[str]:
    """What the token ids of the packaged tokeniser stand for."""
    ids = _wordpiece().get_vocab()
    return sorted(ids, key=ids.__getitem__)


@cache
def packaged() -> Tokeniser:
    """WordPiece of the packaged model. Raises ImproperlyConfigured if the package is missing."""
    file, wordpiece = _file(), _wordpiece()
    wordpiece.no_padding()
    wordpiece.no_truncation()
    # Otherwise a title that says "[PAD]" gets the token that means the end.
    wordpiece.encode_special_tokens = True

    def tokenise(texts: list[str]) -> list[list[int]]:
        return [found.ids for found in wordpiece.encode_batch_fast(texts, add_special_tokens=False)]

    return Tokeniser(f"wordpiece@{hashlib.sha256(file.read_bytes()).hexdigest()[:12]}", tokenise)


def _wordpiece() -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(_file()))


def _file() -> Path:
    return packaged_folder() / "tokenizer.json"
