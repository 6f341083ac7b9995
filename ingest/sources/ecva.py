"""ECCV at ecva.net: one page lists the papers of all years, the page of a paper adds its abstract. Pure."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ingest.items import Malformed
from ingest.sources import entries, html, open_access
from ingest.sources.entries import Entry
from ingest.sources.source import (
    NotThisPage,
    NotYet,
    Page,
    Parsed,
    ProceedingsSource,
    Provenance,
    SourceEdition,
    yearly,
)
from papers.record import Appearance, EditionRecord, PaperRecord, VenueRecord

NAME = "ecva"
SITE = "https://www.ecva.net"

_VENUE = VenueRecord("ECCV", "European Conference on Computer Vision", url=SITE, field="Computer vision")
_PAPER = re.compile(r"/papers/eccv_(\d{4})/papers_ECCV/html/([^/]+)\.php\Z", re.ASCII)
_SECTION = re.compile(r"\bECCV\s+(\d{4})\b", re.ASCII)


def editions(year: int) -> tuple[SourceEdition, ...]:
    return tuple(yearly("ECCV", "ecva:/papers.php", 2018, year, every=2))


def parse(page: Page) -> Parsed:
    found = list(_of_years(entries.whole(page.body)))
    rows = [entry for entry, year in found if year == page.edition.year]
    if not rows:
        raise NotYet("no papers of this year on the page") if found else NotThisPage("no papers on the page")
    papers = tuple(entries.papers(page, rows, lambda entry, number: _record(page, entry, number)))
    edition = EditionRecord(page.edition.name, "ECCV", page.edition.year, url=f"{SITE}/papers.php")
    return Parsed((_VENUE, edition, *papers), details=entries.details(NAME, papers))


def parse_detail(page: Page) -> Parsed:
    match = _PAPER.match(page.address.removeprefix(f"{NAME}:"))
    root = open_access.paper_page(page.body)
    if not match:
        raise NotThisPage("not the address of a paper")
    return entries.one(page, root, lambda: open_access.told(root, NAME, entries.identifier(match[2]), SITE + match[0]))


def _of_years(root: Any) -> Iterator[tuple[Entry, int]]:
    """Each entry with its year: its address tells, or else the section that it stands in."""
    rows = {entry.head: entry for entry in open_access.rows(root)}
    section = 0
    for element in root.iter("button", "dt"):
        if element in rows:
            match = _PAPER.match(_path(rows[element]))
            yield rows[element], int(match[1]) if match else section
        elif element.tag == "button" and (heading := _SECTION.search(html.text(element))):
            section = int(heading[1])


def _record(page: Page, entry: Entry, number: int) -> PaperRecord:
    match, found = _PAPER.match(_path(entry)), list(open_access.anchors(entry))
    if not match:
        raise Malformed("the link is not that of a paper of this edition")
    return PaperRecord(
        source=NAME,
        source_id=entries.identifier(match[2]),
        title=open_access.title(entry),
        authors=open_access.people(entry),
        doi=open_access.chapter(SITE, found),
        landing_url=SITE + match[0],
        pdf_url=open_access.pdf(SITE, found),
        published=date(page.edition.year, 1, 1),
        appearances=(Appearance(page.edition.name, position=number),),
        links=open_access.links(SITE, found),
        same_as=open_access.same_as(SITE, found),
    )


def _path(entry: Entry) -> str:
    return urlsplit(entries.own(f"{SITE}/", open_access.href(entry))).path


SOURCE = ProceedingsSource(NAME, "ECVA", Provenance.DOCUMENTED, editions, parse, parse_detail)
