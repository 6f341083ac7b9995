"""IJCAI's own proceedings: one page a year lists the papers by section, the page of a paper adds its abstract. Pure."""

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

NAME = "ijcai"
SITE = "https://www.ijcai.org"

_FIRST = 2017  # until 2016 the page is a list of plain links
_PAPER = re.compile(r"paper(\d{1,5})\Z", re.ASCII)
_DETAIL = re.compile(r"ijcai:/proceedings/(\d{4})/(\d{1,5})\Z", re.ASCII)
_VENUE = VenueRecord(
    "IJCAI", "International Joint Conference on Artificial Intelligence", url=SITE, field="Artificial intelligence"
)


def editions(year: int) -> tuple[SourceEdition, ...]:
    return tuple(yearly("IJCAI", "ijcai:/proceedings/{year}/", _FIRST, year))


def parse(page: Page) -> Parsed:
    rows = list(_rows(entries.whole(page.body)))
    if not rows:
        raise NotThisPage("no papers on the page")
    papers = tuple(entries.papers(page, rows, lambda entry, number: _record(page, entry, number)))
    return Parsed((_VENUE, _edition(page), *papers), details=entries.details(NAME, papers))


def parse_detail(page: Page) -> Parsed:
    match = _DETAIL.match(page.address)
    box = entries.first(entries.whole(page.body).find_class("proceedings-detail"))
    if not match or box is None or not html.text(box.find(".//h1")):
        raise NotThisPage("not the page of a paper")
    return entries.one(page, box, lambda: _told(box, year=match[1], number=int(match[2])))


def _rows(root: Any) -> Iterator[Entry]:
    track = ""
    for element in root.iter("div"):
        if "section_title" in element.classes:
            track = html.text(element)
        elif "paper_wrapper" in element.classes:
            yield Entry(element, track=track)


def _record(page: Page, entry: Entry, number: int) -> PaperRecord:
    paper, year = _number(entry.head), page.edition.year
    return PaperRecord(
        source=NAME,
        source_id=f"{paper}@{year}",
        title=entries.title(html.text(entries.first(entry.head.find_class("title")))),
        authors=names.listed(html.text(entries.first(entry.head.find_class("authors")))),
        landing_url=f"{SITE}/proceedings/{year}/{paper}",
        pdf_url=_pdf(entries.first(entry.head.find_class("details")), year),
        published=date(year, 1, 1),
        appearances=(Appearance(page.edition.name, entry.track, number),),
    )


def _told(box: Any, year: str, number: int) -> PaperRecord:
    """What the page of a paper says. Its place among the others and its day are the list's."""
    return PaperRecord(
        source=NAME,
        source_id=f"{number}@{year}",
        title=entries.title(html.text(box.find(".//h1"))),
        authors=names.listed(html.text(box.find(".//h2"))),
        abstract=_abstract(box),
        doi=doi(html.text(entries.first(box.find_class("doi")))),
        landing_url=f"{SITE}/proceedings/{year}/{number}",
        pdf_url=_pdf(box, int(year)),
        keywords=tuple(filter(None, map(html.text, box.find_class("topic")))),
    )


def _number(element: Any) -> int:
    match = _PAPER.match(element.get("id") or "")
    if not match:
        raise Malformed("paper without a usable number")
    return int(match[1])


def _abstract(box: Any) -> str:
    """The first full-width text that is not the list of keywords; the page gives it no name of its own."""
    wide = (element for element in box.find_class("col-md-12") if not element.find_class("keywords"))
    return entries.abstract(entries.first(filter(None, map(html.text, wide))) or "")


def _pdf(element: Any, year: int) -> str:
    anchors = element.iter("a") if element is not None else ()
    found = (html.link(f"{SITE}/proceedings/{year}/", anchor.get("href")) for anchor in anchors)
    return next((url for url in found if url.lower().endswith(".pdf")), "")


def _edition(page: Page) -> EditionRecord:
    year = page.edition.year
    return EditionRecord(page.edition.name, "IJCAI", year, url=f"{SITE}/proceedings/{year}/")


SOURCE = ProceedingsSource(NAME, "IJCAI", Provenance.DOCUMENTED, editions, parse, parse_detail)
