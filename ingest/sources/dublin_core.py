"""The metadata format oai_dc, as OJS fills it -> plain values. Pure.

Dublin Core has fifteen elements, each any number of times, and no more structure than that: what an element means is a
matter of habit, here OJS's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from ingest.items import MAX_ABSTRACT, MAX_TITLE, Malformed
from ingest.sources import names
from ingest.sources.acl_markup import web_url
from ingest.sources.prose import prose
from papers.identifiers import doi
from papers.record import Author
from papers.text import clean

_DC = "{http://purl.org/dc/elements/1.1/}"
_OAI_DC = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T|\Z)", re.ASCII)
_VOLUME = re.compile(r"\bVol(?:ume|\.)?\s*(\d{1,4})\b", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\bNo\.?\s*(\d{1,4})\b", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_PAGES = re.compile(r"\s*(\d{1,6})(?:\s*[-–—]+\s*(\d{1,6}))?\s*\Z", re.ASCII)
_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]\Z", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_ENGLISH = frozenset({"en", "eng"})
_GALLEY = re.compile(r"/article/view/([\w.-]{1,100}/[\w.-]{1,100})/?\Z", re.ASCII)
_MOST_KEYWORDS, _LONGEST_KEYWORD = 100, 200


@dataclass(frozen=True, slots=True)
class Issue:
    """Where a paper stands, from a line like `Proceedings of ...; Vol. 37 No. 1: AAAI-23 Technical Tracks 1; 3-11`."""

    label: str = ""
    reference: str = ""
    year: int | None = None
    first_page: int | None = None


@dataclass(frozen=True, slots=True)
class Core:
    """What a record says."""

    title: str
    authors: tuple[Author, ...]
    abstract: str
    doi: str
    licence: str
    language: str
    landing: str
    pdf: str
    published: date | None
    keywords: tuple[str, ...]
    issue: Issue


def read(metadata: Element | None) -> Core:
    """Raises Malformed."""
    if metadata is None:
        raise Malformed("record without metadata")
    if metadata.tag != _OAI_DC:
        raise Malformed(f"not Dublin Core: {metadata.tag!r:.80}")
    identifiers = _all(metadata, "identifier")
    return Core(
        title=_bounded(metadata, "title", MAX_TITLE),
        authors=tuple(_authors(metadata)),
        abstract=_bounded(metadata, "description", MAX_ABSTRACT),
        doi=next(filter(None, map(doi, identifiers)), ""),
        licence=next(filter(None, map(web_url, _all(metadata, "rights"))), ""),
        language=_language(metadata),
        landing=next((url for url in map(web_url, identifiers) if url and not doi(url)), ""),
        pdf=_pdf(metadata),
        published=next(filter(None, map(_day, _all(metadata, "date"))), None),
        keywords=tuple(_keywords(metadata)),
        issue=_issue(metadata),
    )


def _all(metadata: Element, name: str) -> list[str]:
    return [text for element in metadata.findall(_DC + name) if (text := clean("".join(element.itertext())))]


def _bounded(metadata: Element, name: str, most: int) -> str:
    """The English text where there are several, else the first."""
    found = metadata.findall(_DC + name)
    found.sort(key=lambda element: not element.get(_LANG, "").lower().startswith("en"))
    texts = filter(None, ("".join(element.itertext()).strip() for element in found))
    text = next(texts, "")
    if len(text) > most:
        raise Malformed(f"{name} of {len(text):,} characters, more than {most:,}")
    return prose(text)


def _authors(metadata: Element) -> Iterator[Author]:
    """`Family, Given; Affiliation`."""
    for creator in _all(metadata, "creator"):
        name, _, affiliation = creator.partition(";")
        if found := names.author(prose(name), prose(affiliation)[:500]):
            yield found


def _language(metadata: Element) -> str:
    """The language where it is not English, which goes without saying."""
    language = next(filter(_LANGUAGE.match, _all(metadata, "language")), "")
    return "" if language.lower().partition("-")[0] in _ENGLISH else language


def _pdf(metadata: Element) -> str:
    """OJS lists a paper's files as relations, in the order of the formats; its `view` shows a page around the file."""
    urls = [web_url(text) for text in _all(metadata, "relation")]
    formats = _all(metadata, "format")
    if len(formats) == len(urls):
        urls = [url for url, kind in zip(urls, formats, strict=True) if kind.lower() == "application/pdf"]
    found = next((url for url in urls if url and not doi(url)), "")
    return _GALLEY.sub(r"/article/download/\1", found)


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match and int(match[1]) > 1900 else None
    except ValueError:
        return None


def _keywords(metadata: Element) -> Iterator[str]:
    words = (clean(word) for text in _all(metadata, "subject") for word in text.split(";"))
    kept = dict.fromkeys(prose(word) for word in words if word and len(word) <= _LONGEST_KEYWORD)
    yield from list(kept)[:_MOST_KEYWORDS]


def _issue(metadata: Element) -> Issue:
    lines = (text for text in _all(metadata, "source") if not _ISSN.match(text))
    line = max(lines, key=lambda text: bool(_VOLUME.search(text)), default="")
    journal, *rest = (part.strip() for part in line.split(";"))
    pages = next((match for match in map(_PAGES.match, reversed(rest)) if match), None)
    label = "; ".join(part for part in rest if not _PAGES.match(part))
    year = _YEAR.search(label)
    return Issue(label, _reference(journal, label, pages), int(year[0]) if year else None,
                 int(pages[1]) if pages else None)  # fmt: skip


def _reference(journal: str, label: str, pages: re.Match[str] | None) -> str:
    """`Proceedings of the AAAI Conference on Artificial Intelligence 37(1), 3–11`."""
    volume, number = _VOLUME.search(label), _NUMBER.search(label)
    place = f" {volume[1]}" + (f"({number[1].lstrip('0') or '0'})" if number else "") if volume else ""
    range_ = "–".join(filter(None, dict.fromkeys(pages.groups()))) if pages else ""
    return ", ".join(filter(None, (journal[:500] + place, range_)))
