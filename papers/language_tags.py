"""What sources call a text's language -> what pages and files call it. Pure."""

import re

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_TWO_LETTERS = {
    "ara": "ar", "deu": "de", "eng": "en", "fra": "fr", "ita": "it", "jpn": "ja", "kor": "ko", "pol": "pl", "por": "pt",
    "rus": "ru", "spa": "es", "zho": "zh",
}  # fmt: skip


def language_tag(language: str) -> str:
    """What the page says of a text's language. Sources name it only where it is not English, the Anthology with
    three letters where browsers want two."""
    primary, _, rest = language.partition("-")
    tag = _TWO_LETTERS.get(primary.lower(), primary) + (f"-{rest}" if rest else "")
    return tag if _LANGUAGE.match(tag) else "en"
