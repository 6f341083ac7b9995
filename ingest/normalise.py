"""arXiv metadata as received -> PaperRecord. Pure: the reasons for refusing a record are raised as Malformed."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from ingest.items import MAX_ABSTRACT, MAX_TITLE, Malformed
from papers import taxonomy
from papers.calendar import listing_day
from papers.identifiers import arxiv_id, doi
from papers.record import Author, Listing, ListingKind, PaperRecord, Version
from papers.taxonomy import canonical
from papers.tex import unicode_accents
from papers.text import clean

_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?\.[A-Za-z]{2,}(?:-[A-Za-z]+)?\Z")
_BETWEEN_CODES = re.compile(r"[\s,;]+")
_WITHDRAWN = re.compile(
    r"\A\W*withdrawn|\b(?:been|be|is|was|are|being)\s+(?:\w+\s+)?withdrawn|\bwithdraw(?:n|al)\s+(?:by|due)",
    re.IGNORECASE,
)
_AFFILIATION = re.compile(r"\([^()]*\)")
_BETWEEN_AUTHORS = re.compile(r"\s*(?:,|;|\band\b)\s*")
_FIRST_DAY = date(1986, 1, 1)  # the oldest papers that arXiv took in later carry dates from 1986 on
_LISTED_WITHIN = timedelta(days=7)


def arxiv_record(raw: dict[str, Any], today: date) -> PaperRecord:
    """One object of arXiv's public metadata snapshot. Raises Malformed.

    `announced` is `update_date` for a paper of one version where that lies within a week of its submission (arXiv
    stamps a new paper on the day it is announced), else the day that arXiv's schedule gives for the submission."""
    identifier = arxiv_id(_text(raw, "id"))
    if identifier is None:
        raise Malformed(f"not an arXiv id: {raw.get('id')!r:.80}")
    versions = _versions(raw.get("versions"), today)
    submitted = versions[0].submitted if versions else None
    announced = _announced(submitted, _day(raw.get("update_date"), "update_date", today), len(versions))
    categories, subjects = _categories(_text(raw, "categories"))
    abstract, comments = _abstract(raw), unicode_accents(clean(_text(raw, "comments")))
    return PaperRecord(
        source="arxiv",
        source_id=identifier.id,
        title=_title(raw),
        abstract=abstract,
        authors=tuple(_authors(raw)),
        categories=categories,
        subjects=subjects,
        doi=doi(_text(raw, "doi").split(" ")[0]),
        comments=comments,
        journal_ref=unicode_accents(clean(_text(raw, "journal-ref"))),
        report_no=clean(_text(raw, "report-no")),
        licence=_url(_text(raw, "license")),
        landing_url=f"https://arxiv.org/abs/{identifier.id}",
        pdf_url=f"https://arxiv.org/pdf/{identifier.id}",
        submitted=submitted,
        updated=versions[-1].submitted if len(versions) > 1 else None,
        announced=announced,
        versions=versions,
        listings=tuple(listings(categories, announced)),
        withdrawn=_withdrawal(comments, abstract),
    )


def _text(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(f"{name} is not a text but {type(value).__name__}")
    return value


def _title(raw: dict[str, Any]) -> str:
    title = unicode_accents(clean(_text(raw, "title")))
    if not title:
        raise Malformed("no title")
    if len(title) > MAX_TITLE:
        raise Malformed(f"title of {len(title):,} characters, more than {MAX_TITLE:,}")
    return title


def _abstract(raw: dict[str, Any]) -> str:
    abstract = _text(raw, "abstract")
    if len(abstract) > MAX_ABSTRACT:
        raise Malformed(f"abstract of {len(abstract):,} characters, more than {MAX_ABSTRACT:,}")
    return unicode_accents(clean(abstract))


def _categories(codes: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Categories, and the subject classes (ACM's, MSC's: `I.2.7`, `68T50`) that exports mix in behind them. Codes
    that the taxonomy does not know yet are kept: arXiv opens new categories without notice."""
    found = list(dict.fromkeys(filter(None, _BETWEEN_CODES.split(clean(codes)))))
    categories = tuple(code for code in found if code in taxonomy.categories() or _CATEGORY.match(code))
    return categories, tuple(code for code in found if code not in categories)


def _versions(raw: Any, today: date) -> tuple[Version, ...]:
    if not isinstance(raw, list):
        raise Malformed("versions is not a list")
    return tuple(_version(number, item, today) for number, item in enumerate(raw, start=1))


def _version(number: int, item: Any, today: date) -> Version:
    try:
        named, created = item["version"], item["created"]
        at = parsedate_to_datetime(created).replace(tzinfo=UTC)
        number = int(str(named).removeprefix("v")) if named else number
    except (TypeError, KeyError, ValueError, OverflowError, AttributeError) as error:
        raise Malformed(f"version {number} cannot be read: {item!r:.80}") from error
    _check_day(at.date(), f"version {number}", today)
    return Version(number, at)


def _day(value: Any, name: str, today: date) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Malformed(f"{name} is not a day: {value!r:.40}") from error
    return _check_day(day, name, today)


def _check_day(day: date, name: str, today: date) -> date:
    if not _FIRST_DAY <= day <= today + timedelta(days=2):
        raise Malformed(f"{name} is absurd: {day.isoformat()}")
    return day


def _announced(submitted: datetime | None, stamped: date | None, versions: int) -> date | None:
    if submitted is None:
        return stamped
    if stamped and versions == 1 and timedelta(0) <= stamped - submitted.date() <= _LISTED_WITHIN:
        return stamped
    return listing_day(submitted)


def listings(categories: tuple[str, ...], announced: date | None) -> Iterator[Listing]:
    """Where a paper stands in the daily lists if no list has told us: new in the primary category, a cross-list in
    the others, double codes once."""
    if announced is None:
        return
    listed = list(dict.fromkeys(canonical(code) for code in categories))
    for rank, code in enumerate(listed):
        yield Listing(code, announced, ListingKind.CROSS if rank else ListingKind.NEW, estimated=True)


def _authors(raw: dict[str, Any]) -> Iterable[Author]:
    parsed = raw.get("authors_parsed")
    if isinstance(parsed, list) and parsed:
        yield from filter(None, map(_parsed_author, parsed))
        return
    names = _AFFILIATION.sub(" ", unicode_accents(clean(_text(raw, "authors"))))
    for name in filter(None, map(clean, _BETWEEN_AUTHORS.split(names))):
        given, _, family = name.rpartition(" ")
        yield Author(name=name, family=family, given=given)


def _parsed_author(parts: Any) -> Author | None:
    """arXiv splits a name into family, given and suffix; what follows them is the affiliation."""
    if not isinstance(parts, list) or not parts or not all(isinstance(part, str) for part in parts):
        raise Malformed(f"an author cannot be read: {parts!r:.80}")
    family, given, suffix, *affiliation = [*(unicode_accents(clean(part)) for part in parts), "", ""][:4]
    name = " ".join(part for part in (given, family, suffix) if part)
    return Author(name=name, family=family, given=given, affiliation=affiliation[0]) if name else None


def _url(text: str) -> str:
    text = clean(text)
    return text if text.startswith(("https://", "http://")) else ""


def _withdrawal(comments: str, abstract: str) -> str:
    """arXiv announces a withdrawal in the comments; before that field was used so, in place of the abstract."""
    if _WITHDRAWN.search(comments):
        return comments
    return abstract if len(abstract) < 400 and _WITHDRAWN.search(abstract) else ""
