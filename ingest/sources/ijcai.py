"""IJCAI's own proceedings: one page a year lists the papers by section, the page of a paper adds its abstract. Pure."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from lxml import etree

from ingest.items import MAX_ABSTRACT, MAX_TITLE, Item, Malformed, SetAside, Taken, excerpt
from ingest.sources import html, names
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


class _Entry(NamedTuple):
    element: Any
    track: str


def editions(year: int) -> tuple[SourceEdition, ...]:
    return tuple(yearly("IJCAI", "ijcai:/proceedings/{year}/", _FIRST, year))


def parse(page: Page) -> Parsed:
    entries = list(_entries(_root(page.body)))
    if not entries:
        raise NotThisPage("no papers on the page")
    papers = tuple(_papers(page, entries))
    details = tuple(_detail(page, item.record) for item in papers if isinstance(item, Taken))
    return Parsed((_VENUE, _edition(page), *papers), details=details)


def parse_detail(page: Page) -> Parsed:
    match = _DETAIL.match(page.address)
    box = _first(_root(page.body), "proceedings-detail")
    if not match or box is None or not html.text(box.find(".//h1")):
        raise NotThisPage("not the page of a paper")
    try:
        return Parsed((Taken(page.address, 1, _told(box, year=match[1], number=int(match[2]))),))
    except Malformed as error:
        return Parsed((SetAside(page.address, 1, str(error), _raw(box)),))


def _root(body: bytes) -> Any:
    root = html.tree(body)
    if not html.is_complete(body):
        raise NotThisPage("the page is cut short")
    return root


def _entries(root: Any) -> Iterator[_Entry]:
    track = ""
    for element in root.iter("div"):
        if "section_title" in element.classes:
            track = html.text(element)
        elif "paper_wrapper" in element.classes:
            yield _Entry(element, track)


def _papers(page: Page, entries: list[_Entry]) -> Iterator[Item]:
    seen: set[str] = set()
    for position, entry in enumerate(entries, start=1):
        try:
            record = _record(page, entry, position)
            if record.source_id in seen:
                raise Malformed(f"{record.source_id} stands twice on the page")
            seen.add(record.source_id)
            yield Taken(page.address, entry.element.sourceline, record)
        except Malformed as error:
            yield SetAside(page.address, entry.element.sourceline, str(error), _raw(entry.element))


def _record(page: Page, entry: _Entry, position: int) -> PaperRecord:
    number, year = _number(entry.element), page.edition.year
    return PaperRecord(
        source=NAME,
        source_id=f"{number}@{year}",
        title=_title(html.text(_first(entry.element, "title"))),
        authors=names.listed(html.text(_first(entry.element, "authors"))),
        landing_url=f"{SITE}/proceedings/{year}/{number}",
        pdf_url=_pdf(_first(entry.element, "details"), year),
        published=date(year, 1, 1),
        appearances=(Appearance(page.edition.name, entry.track, position),),
    )


def _told(box: Any, year: str, number: int) -> PaperRecord:
    """What the page of a paper says. Its place among the others and its day are the list's."""
    return PaperRecord(
        source=NAME,
        source_id=f"{number}@{year}",
        title=_title(html.text(box.find(".//h1"))),
        authors=names.listed(html.text(box.find(".//h2"))),
        abstract=_abstract(box),
        doi=doi(html.text(_first(box, "doi"))),
        landing_url=f"{SITE}/proceedings/{year}/{number}",
        pdf_url=_pdf(box, int(year)),
        keywords=tuple(filter(None, map(html.text, box.find_class("topic")))),
    )


def _number(element: Any) -> int:
    match = _PAPER.match(element.get("id") or "")
    if not match:
        raise Malformed("paper without a usable number")
    return int(match[1])


def _title(title: str) -> str:
    if not title:
        raise Malformed("no title")
    if len(title) > MAX_TITLE:
        raise Malformed(f"title of more than {MAX_TITLE:,} characters")
    return title


def _abstract(box: Any) -> str:
    """The first full-width text that is not the list of keywords; the page gives it no name of its own."""
    wide = (element for element in box.find_class("col-md-12") if not element.find_class("keywords"))
    abstract = next(filter(None, map(html.text, wide)), "")
    if len(abstract) > MAX_ABSTRACT:
        raise Malformed(f"abstract of more than {MAX_ABSTRACT:,} characters")
    return abstract


def _pdf(element: Any, year: int) -> str:
    anchors = element.iter("a") if element is not None else ()
    found = (html.link(f"{SITE}/proceedings/{year}/", anchor.get("href")) for anchor in anchors)
    return next((url for url in found if url.lower().endswith(".pdf")), "")


def _edition(page: Page) -> EditionRecord:
    year = page.edition.year
    return EditionRecord(page.edition.name, "IJCAI", year, url=f"{SITE}/proceedings/{year}/")


def _detail(page: Page, record: PaperRecord) -> str:
    return f"ijcai:/proceedings/{page.edition.year}/{record.source_id.partition('@')[0]}"


def _first(element: Any, name: str) -> Any:
    return next(iter(element.find_class(name)), None)


def _raw(element: Any) -> str:
    return excerpt(etree.tostring(element, encoding="unicode", with_tail=False))


SOURCE = ProceedingsSource(NAME, "IJCAI", Provenance.DOCUMENTED, editions, parse, parse_detail)
