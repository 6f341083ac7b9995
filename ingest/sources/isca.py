"""INTERSPEECH in the ISCA Archive: a page a year lists the papers by session, the page of a paper adds abstract, DOI
and PDF. Pure."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ingest.items import Malformed
from ingest.sources import entries, html, names
from ingest.sources.entries import Entry
from ingest.sources.source import NotThisPage, Page, Parsed, ProceedingsSource, Provenance, SourceEdition, yearly
from papers.identifiers import doi
from papers.record import Appearance, EditionRecord, PaperRecord, VenueRecord

NAME = "isca"
SITE = "https://www.isca-archive.org"

_FILE = re.compile(r"([A-Za-z0-9_-]{1,200})\.html\Z", re.ASCII)
_DETAIL = re.compile(r"isca:(/[a-z]{1,40}_\d{4}/)([A-Za-z0-9_-]{1,200})\.html\Z", re.ASCII)
_DOI_LINK = re.compile(r"doi\.org/(10\.21437/[\w./-]{1,100})", re.ASCII | re.IGNORECASE)
_DOI_TEXT = re.compile(r"\bdoi\s*[:=]\s*\{?\s*(10\.21437/[\w./-]{1,100})", re.ASCII | re.IGNORECASE)
_VENUE = VenueRecord(
    "INTERSPEECH", "Annual Conference of the International Speech Communication Association", url=SITE, field="Speech"
)


def editions(year: int) -> tuple[SourceEdition, ...]:
    """Before the two conferences took one name, INTERSPEECH was held as ICSLP and as Eurospeech by turns."""
    icslp, eurospeech = "isca:/icslp_{year}/", "isca:/eurospeech_{year}/"
    earlier = {"y2000": icslp, "y2001": eurospeech, "y2002": icslp, "y2003": eurospeech}
    return tuple(yearly("INTERSPEECH", "isca:/interspeech_{year}/", 2000, year, every=1, **earlier))


def parse(page: Page) -> Parsed:
    rows = list(_rows(entries.whole(page.body)))
    if not rows:
        raise NotThisPage("no papers on the page")
    papers = tuple(entries.papers(page, rows, lambda entry, number: _record(page, entry, number)))
    edition = EditionRecord(page.edition.name, "INTERSPEECH", page.edition.year, url=SITE + _folder(page))
    return Parsed((_VENUE, edition, *papers), details=entries.details(NAME, papers))


def parse_detail(page: Page) -> Parsed:
    match = _DETAIL.match(page.address)
    root = entries.whole(page.body)
    tags = html.citation(root)
    title = entries.stated(tags, "citation_title") or html.text(root.find(".//*[@id='global-info']/h3"))
    if not match or not title:
        raise NotThisPage("not the page of a paper")
    return entries.one(page, root, lambda: _told(root, tags, title, page.address))


def _rows(root: Any) -> Iterator[Entry]:
    """A paper is a link around a paragraph; the session it belongs to is the last heading before it."""
    track = ""
    for element in root.iter("h4", "a"):
        if element.tag == "h4":
            track = html.text(element)
        elif element.find("p") is not None:
            yield Entry(element, track=track)


def _record(page: Page, entry: Entry, number: int) -> PaperRecord:
    match = _FILE.match(entry.head.get("href") or "")
    if not match:
        raise Malformed("the link is not that of a paper of this edition")
    title, people = _title_and_people(entry.head.find("p"))
    return PaperRecord(
        source=NAME,
        source_id=match[1],
        title=entries.title(title),
        authors=names.listed(people),
        landing_url=f"{SITE}{_folder(page)}{match[0]}",
        published=date(page.edition.year, 1, 1),
        appearances=(Appearance(page.edition.name, entry.track, number),),
    )


def _told(root: Any, tags: dict[str, list[str]], title: str, address: str) -> PaperRecord:
    """What the page of a paper says. Its place among the others and its day are the list's."""
    path = address.removeprefix("isca:")
    name = path.rpartition("/")[2].removesuffix(".html")
    return PaperRecord(
        source=NAME,
        source_id=name,
        title=entries.title(title),
        authors=names.authors(tags.get("citation_author", ())),
        abstract=entries.abstract(html.text(root.find(".//*[@id='abstract']"))),
        doi=_doi(root, tags),
        landing_url=SITE + path,
        pdf_url=html.link(SITE + path, entries.stated(tags, "citation_pdf_url") or _pdf(root, name)),
    )


def _title_and_people(paragraph: Any) -> tuple[str, str]:
    """The authors stand in the last span of the paragraph, below the title."""
    people = html.text(next(reversed(paragraph.findall("span")), None))
    return html.text(paragraph).removesuffix(people).strip(), people


def _doi(root: Any, tags: dict[str, list[str]]) -> str:
    linked = (match[1] for anchor in root.iter("a") if (match := _DOI_LINK.search(anchor.get("href") or "")))
    if found := entries.stated(tags, "citation_doi") or next(linked, ""):
        return doi(found)
    cited = _DOI_TEXT.search(html.text(root))
    return doi(cited[1]) if cited else ""


def _pdf(root: Any, name: str) -> str:
    return next((href for anchor in root.iter("a") if (href := anchor.get("href") or "").endswith(f"{name}.pdf")), "")


def _folder(page: Page) -> str:
    return page.edition.address.removeprefix("isca:")


SOURCE = ProceedingsSource(NAME, "ISCA Archive", Provenance.DOCUMENTED, editions, parse, parse_detail)
