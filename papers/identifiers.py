"""The names papers go by: arXiv ids old and new, DOIs, Anthology ids, `id@Source`. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

# arXiv's scheme: YYMM.NNNN from 0704, YYMM.NNNNN from 1501, archive[.CLASS]/YYMMNNN before 2007.
_NEW = re.compile(r"(?P<yymm>\d{4})\.(?P<number>\d{4,5})(?:v(?P<version>[1-9]\d{0,2}))?\Z", re.ASCII | re.IGNORECASE)
_OLD = re.compile(
    r"(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(?P<yymm>\d{4})(?P<number>\d{3})(?:v(?P<version>[1-9]\d{0,2}))?\Z",
    re.ASCII | re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/\S+\Z")
_FIVE_DIGITS_SINCE = 1501
_FIRST_NEW, _FIRST_OLD = 704, 9107


@dataclass(frozen=True, slots=True)
class ArxivId:
    """An arXiv paper id in its canonical form (`1406.2661`, `hep-th/9901001`); version None means the latest."""

    id: str
    version: int | None = None


def arxiv_id(text: str) -> ArxivId | None:
    """Reads an arXiv id, forgiving an `arXiv:` in front, a subject class (`math.GT/0309136`) and a zero too many or
    too few (`1406.02661`). None for what is no arXiv id."""
    text = re.sub(r"(?i)\Aarxiv:\s*", "", text.strip())
    if match := _NEW.match(text):
        yymm = match["yymm"]
        if not _real_month(yymm) or not _FIRST_NEW <= _order(yymm) < _FIRST_OLD:
            return None
        number = _with_digits(match["number"], 5 if _order(yymm) >= _FIVE_DIGITS_SINCE else 4)
        return ArxivId(f"{yymm}.{number}", _version(match["version"])) if number else None
    if match := _OLD.match(text):
        yymm = match["yymm"]
        if not _real_month(yymm) or not (_order(yymm) >= _FIRST_OLD or _order(yymm) <= _FIRST_NEW):
            return None
        return ArxivId(f"{match['archive'].lower()}/{yymm}{match['number']}", _version(match["version"]))
    return None


def may_exist(identifier: str, today: date) -> bool:
    """Whether arXiv can have given out a canonical id by now: its month is not after tomorrow's."""
    match = _NEW.match(identifier)
    if not match:
        return True
    tomorrow = today + timedelta(days=1)
    return _order(match["yymm"]) <= tomorrow.year % 100 * 100 + tomorrow.month


def doi(text: str) -> str:
    """A DOI in lower case without its resolver, or "" for what is none. DOIs compare without case."""
    text = re.sub(r"(?i)\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip())
    return text.lower() if _DOI.match(text) else ""


def venue_key(source_id: str, source: str) -> str:
    """The id of a paper that has no arXiv id, as it stands in URLs: `P19-1001@ACL`."""
    return f"{source_id}@{SOURCE_NAMES.get(source, source)}"


def split_venue_key(key: str) -> tuple[str, str] | None:
    """`P19-1001@ACL` -> ("P19-1001", "acl"); None where there is no `@Source`. The source is the last part:
    `<id>@v235@PMLR` belongs to PMLR."""
    source_id, at, name = key.rpartition("@")
    if not at or not source_id or not name:
        return None
    return source_id, _SOURCES_BY_NAME.get(name.lower(), name.lower())


SOURCE_NAMES = {
    "arxiv": "arXiv",
    "acl": "ACL",
    "openreview": "OpenReview",
    "pmlr": "PMLR",
    "ijcai": "IJCAI",
    "aaai": "AAAI",
    "cvf": "CVF",
    "ecva": "ECVA",
    "neurips": "NeurIPS",
    "mlsys": "MLSys",
    "isca": "ISCA",
    "usenix": "USENIX",
    "ndss": "NDSS",
    "miccai": "MICCAI",
    "icwsm": "ICWSM",
    "aiide": "AIIDE",
    "hcomp": "HCOMP",
    "jair": "JAIR",
}
_SOURCES_BY_NAME = {name.lower(): source for source, name in SOURCE_NAMES.items()}


def _order(yymm: str) -> int:
    return int(yymm)


def _real_month(yymm: str) -> bool:
    return 1 <= int(yymm[2:]) <= 12


def _with_digits(number: str, digits: int) -> str:
    """The number with as many digits as its year asks for, or "" if it does not fit."""
    bare = number.lstrip("0").rjust(digits, "0")
    return bare if len(bare) == digits else ""


def _version(text: str | None) -> int | None:
    return int(text) if text else None
