"""Texts as sources send them, made fit to store, compare and search. Pure."""

import hashlib
import re
import unicodedata

# Control characters PostgreSQL or a page cannot bear; marks that turn the reading direction of all that follows
# (U+202A..E, U+2066..9) would let one title rewrite the page around it; lone surrogates are not UTF-8.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_TEX_COMMAND = re.compile(r"\\[A-Za-z]+|[\\${}^_]")


def clean(text: str) -> str:
    """The text on one line, in NFC, without characters that cannot be stored or shown."""
    if text.isascii() and text.isprintable():
        return text.strip() if "  " not in text else _SPACES.sub(" ", text).strip()
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text.replace("\x85", " ")))
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Lower case without accents, full-width forms as plain ones: `Ｅrdős` and `erdos` become equal."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFKC", bare.translate(_LETTERS))


# Letters that Unicode does not take apart but readers type without their stroke.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def words(text: str) -> list[str]:
    """The folded words of a text, TeX commands left out."""
    if text.isascii() and text.isalpha():  # most names
        return [text.lower()]
    return [word for word in _NOT_WORD.split(_TEX_COMMAND.sub(" ", fold(text))) if word]


def title_key(title: str) -> int:
    """A signed 64-bit number equal for titles that differ only in case, accents, TeX, spaces and punctuation.
    0 for a title too short to mean anything ("Preface", "Introduction" stay apart by their length)."""
    letters = _NOT_WORD.sub("", _TEX_COMMAND.sub("", fold(title)))
    if len(letters) < 16:
        return 0
    return int.from_bytes(hashlib.blake2b(letters.encode(), digest_size=8).digest(), "big", signed=True) or 1


def name_key(family: str, given: str) -> str:
    """What one author is found by: folded family name and first given name, `knuth donald`."""
    return " ".join(words(family) + words(given)[:1])
