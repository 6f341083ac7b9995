"""TeX's accents and special letters to Unicode."""

import re
import unicodedata
from typing import Final

from papers.tex.fragments import split_math

_COMBINING: Final = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "H": "\u030b", "c": "\u0327", "u": "\u0306", "v": "\u030c", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_SPECIAL: Final = {
    "ss": "ß", "SS": "SS", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ",
    "oe": "œ", "OE": "Œ", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "th": "þ", "TH": "Þ",
}  # fmt: skip
_LETTER: Final = r"(?:\\([ij])(?![A-Za-z])[ ]*(?:\{\})?|([^\W\d_]))"
_ACCENT_CORE: Final = (
    r"""\\(?:(['`^"~=.])[ ]*|([Hcuvkrdb])(?:[ ]+|(?=[{\\])))"""
    + rf"(?:\{{[ ]*(?:\{{{_LETTER}\}}|{_LETTER})([^\W\d_]*)[ ]*\}}|{_LETTER})"
)
_ACCENT: Final = re.compile(rf"\{{{_ACCENT_CORE}\}}|{_ACCENT_CORE}")
_SPECIAL_NAMES: Final = "|".join(sorted(_SPECIAL, key=len, reverse=True))
_SPECIAL_LETTER: Final = re.compile(
    rf"\{{\\({_SPECIAL_NAMES})[ ]*(?:\{{\}})?\}}|\\({_SPECIAL_NAMES})(?![A-Za-z(])(?:\{{\}}|[ ]+(?=[A-Za-zÀ-ž])|)"
)
_MISPLACED: Final = re.compile(r"""\{\\(['`^"~])\}(?=[^\W\d_])""")  # B{\"}ohm
_ESCAPED_QUOTES: Final = re.compile(r'(?<![A-Za-z{])\\"([^\\"{}$]{1,200})\\"(?![A-Za-z{\\])')
_ESCAPED_APOSTROPHE: Final = re.compile(r"(?<=[b-df-hj-np-tv-xz])\\'(?=s\b)|(?<=n)\\'(?=t\b)")


def unicode_accents(text: str) -> str:
    r"""TeX's accents and special letters outside formulas as Unicode: `Erd\H{o}s` is `Erdős`."""
    if "\\" not in text:
        return text
    if "$" not in text and "\\(" not in text and "\\[" not in text and "\\begin" not in text:
        return accents(text)
    parts: list[str] = []
    position = 0
    for segment in split_math(text):
        begin = text.index(segment.source, position)
        parts += (text[position:begin], accents(segment.source) if segment.kind == "text" else segment.source)
        position = begin + len(segment.source)
    return "".join((*parts, text[position:]))


def accents(prose: str) -> str:
    """TeX's accents and special letters as Unicode, in a text without formulas."""
    if "\\" not in prose:
        return prose
    prose = _ESCAPED_QUOTES.sub(r'"\1"', prose)
    prose = _ESCAPED_APOSTROPHE.sub("'", prose)
    prose = _ACCENT.sub(_accented, _MISPLACED.sub(r"\\\1", prose))
    return _SPECIAL_LETTER.sub(lambda match: _SPECIAL[match[1] or match[2]], prose)


def _accented(match: re.Match[str]) -> str:
    found = match.groups("")
    half = len(found) // 2  # the accent stands in braces or it does not
    sign, command, *letters = (braced or bare for braced, bare in zip(found[:half], found[half:], strict=True))
    rest = letters.pop(4)  # of a word in braces
    composed = unicodedata.normalize("NFC", "".join(letters) + _COMBINING[sign or command])
    if len(composed) > 1 and sign and sign in "'\"`":
        # No such letter: then it is no accent but a quotation mark or the like that somebody escaped.
        return match[0].replace("\\", "", 1)
    return composed + rest
