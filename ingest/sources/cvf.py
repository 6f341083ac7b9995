"""CVF's open access to CVPR, ICCV and WACV: a page lists a conference's papers, or links pages of its days; the page
of a paper adds its abstract. Pure."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ingest.items import Malformed
from ingest.sources import entries, open_access
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

NAME = "cvf"
SITE = "https://openaccess.thecvf.com"

_VENUES = {
    name: VenueRecord(name, f"IEEE/CVF {full_name}", url=SITE, field="Computer vision")
    for name, full_name in (
        ("CVPR", "Conference on Computer Vision and Pattern Recognition"),
        ("ICCV", "International Conference on Computer Vision"),
        ("WACV", "Winter Conference on Applications of Computer Vision"),
    )
}
_PAPER = re.compile(r"/content[_/](cvpr|iccv|wacv)_?(\d{4})/html/([^/]+)\.html\Z", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"\bmonth\s*=\s*[{\"]?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_A_DAY = 10_000  # more than the papers of one


def editions(year: int) -> tuple[SourceEdition, ...]:
    return (
        *yearly("CVPR", "cvf:/CVPR{year}", 2013, min(year, 2020)),
        *yearly("CVPR", "cvf:/CVPR{year}?day=all", 2021, year),
        *yearly("ICCV", "cvf:/ICCV{year}", 2013, min(year, 2019), every=2),
        *yearly("ICCV", "cvf:/ICCV{year}?day=all", 2021, year, every=2),
        *yearly("WACV", "cvf:/WACV{year}", 2020, year),
    )


def parse(page: Page) -> Parsed:
    root = entries.whole(page.body)
    rows = list(open_access.rows(root))
    days = () if rows or _day(page) else _days(root, page)
    if not rows and not days:
        raise _nothing(root)
    papers = tuple(entries.papers(page, rows, lambda entry, number: _record(page, entry, number)))
    year, venue = page.edition.year, _VENUES[page.edition.venue]
    edition = EditionRecord(page.edition.name, venue.name, year, url=f"{SITE}/{venue.name}{year}")
    return Parsed((venue, edition, *papers), more=days, details=entries.details(NAME, papers))


def parse_detail(page: Page) -> Parsed:
    match = _PAPER.match(page.address.removeprefix(f"{NAME}:"))
    root = open_access.paper_page(page.body)
    if not match:
        raise NotThisPage("not the address of a paper")
    return entries.one(page, root, lambda: open_access.told(root, NAME, entries.identifier(match[3]), SITE + match[0]))


def _nothing(root: Any) -> NotThisPage:
    ours = "open access" in entries.text(root.find(".//title")).lower()
    return (NotYet if ours else NotThisPage)("no papers on the page")


def _days(root: Any, page: Page) -> tuple[str, ...]:
    """The pages of days that a conference's page links, the one of all days alone where there is one."""
    found = dict.fromkeys(_day_page(anchor.get("href") or "", page.edition) for anchor in root.iter("a"))
    days = [address for address in found if address and address != page.address]
    return tuple([address for address in days if address.endswith("?day=all")][:1] or days)


def _day_page(href: str, edition: SourceEdition) -> str:
    parts = urlsplit(entries.own(SITE, href))
    name, _, wanted = parts.query.partition("=")
    day = entries.day(wanted)
    known = wanted == "all" or (day is not None and day.year == edition.year)
    path = f"/{edition.venue}{edition.year}"
    return f"{NAME}:{parts.path}?day={wanted}" if parts.path in (path, f"{path}.py") and name == "day" and known else ""


def _day(page: Page) -> date | None:
    return entries.day(page.address.partition("?day=")[2])


def _record(page: Page, entry: Entry, number: int) -> PaperRecord:
    path, source_id = _identity(entry, page.edition)
    found = list(open_access.anchors(entry))
    return PaperRecord(
        source=NAME,
        source_id=source_id,
        title=open_access.title(entry),
        authors=open_access.people(entry),
        landing_url=SITE + path,
        pdf_url=open_access.pdf(SITE, found),
        published=_day(page) or _month(entry, page.edition.year),
        appearances=(Appearance(page.edition.name, position=_position(page, number)),),
        links=open_access.links(SITE, found),
        same_as=open_access.same_as(SITE, found),
    )


def _identity(entry: Entry, edition: SourceEdition) -> tuple[str, str]:
    match = _PAPER.match(urlsplit(entries.own(SITE, open_access.href(entry))).path)
    if not match or (match[1].upper(), int(match[2])) != (edition.venue, edition.year):
        raise Malformed("the link is not that of a paper of this edition")
    return match[0], entries.identifier(match[3])


def _position(page: Page, number: int) -> int:
    day = _day(page)
    return number + (day.timetuple().tm_yday * _A_DAY if day else 0)


def _month(entry: Entry, year: int) -> date:
    """The first of the month that the reference to copy names, or of the year."""
    told = next((entries.text(it) for part in entry.parts[1:] for it in part.find_class("bibref")), "")
    match = _MONTH.search(told)
    return date(year, _MONTHS.index(match[1].lower()) + 1 if match else 1, 1)


SOURCE = ProceedingsSource(NAME, "CVF", Provenance.DOCUMENTED, editions, parse, parse_detail)
