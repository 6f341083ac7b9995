"""The software behind the proceedings of NeurIPS and of MLSys: a page lists a year's papers, and in some years links
further volumes; the page of a paper adds its abstract. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

from ingest.items import Malformed
from ingest.sources import entries, html, names
from ingest.sources.entries import Entry
from ingest.sources.source import NotThisPage, NotYet, Page, Parsed, SourceEdition
from papers.identifiers import doi
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord

_PAPER = re.compile(
    r"(?P<folder>/(?:paper_files/)?paper/(?P<year>\d{4}))"
    r"/hash/(?P<hash>[0-9a-f]{32})-Abstract(?P<track>-\w{1,60})?\.html\Z",
    re.ASCII,
)
_VOLUME = re.compile(r"/paper_files/paper/(\d{4})/[A-Za-z][\w-]{0,100}\Z", re.ASCII)
_NUMBER = re.compile(r"(?<![\d,])\d{1,3}(?:,?\d{3}){0,2}(?![\d,])", re.ASCII)
_MAIN = re.compile(r"(?:main_)?conference|mlsys\d{4}", re.ASCII)
_TRACK = re.compile(r"[a-z0-9_ -]{1,60}", re.ASCII)
_PROSE = frozenset({"p", "ul", "ol", "pre", "blockquote"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TRACKS = {"none": "", "datasets_and_benchmarks": "Datasets and Benchmarks", "creative_ai": "Creative AI"}


@dataclass(frozen=True, slots=True)
class Site:
    """`name` is the source's and that of its base URL."""

    name: str
    url: str
    venue: VenueRecord

    def parse(self, page: Page) -> Parsed:
        root = entries.whole(page.body)
        rows, volumes = list(_rows(root)), _volumes(root, page, self)
        if not rows and not volumes:
            raise (NotYet if root.find_class("paper-list") else NotThisPage)("no papers on the page")
        papers = tuple(entries.papers(page, rows, lambda entry, number: _record(self, page, entry, number)))
        url = f"{self.url}/paper_files/paper/{page.edition.year}"
        edition = EditionRecord(page.edition.name, self.venue.name, page.edition.year, url=url)
        announced = None if volumes else _announced(root)
        return Parsed((self.venue, edition, *papers), volumes, entries.details(self.name, papers), announced)

    def parse_detail(self, page: Page) -> Parsed:
        match = _PAPER.match(page.address.removeprefix(f"{self.name}:"))
        root = entries.whole(page.body)
        tags = html.citation(root)
        if not match or not tags.get("citation_title"):
            raise NotThisPage("not the page of a paper")
        return entries.one(page, root, lambda: _told(self, root, tags, match))


def _rows(root: Any) -> Iterator[Entry]:
    return (Entry(item) for item in root.iter("li") if _title(item) is not None)


def _title(item: Any) -> Any:
    return next(
        (it for it in item.iter("a") if it.get("title") == "paper title" or "/hash/" in it.get("href", "")), None
    )


def _volumes(root: Any, page: Page, site: Site) -> tuple[str, ...]:
    """Further lists of the year, which only its first page links."""
    if page.address != page.edition.address:
        return ()
    paths = dict.fromkeys(urlsplit(entries.own(site.url, it.get("href"))).path for it in root.iter("a"))
    found = ((path, _VOLUME.match(path)) for path in paths)
    return tuple(f"{site.name}:{path}" for path, match in found if match and int(match[1]) == page.edition.year)


def _announced(root: Any) -> int | None:
    match = _NUMBER.search(html.text(entries.first(root.find_class("paper-count"))))
    return int(match[0].replace(",", "")) if match else None


def _record(site: Site, page: Page, entry: Entry, number: int) -> PaperRecord:
    title = _title(entry.head)
    match = _matched(site, title.get("href"), page.edition)
    return PaperRecord(
        source=site.name,
        source_id=_source_id(match),
        title=entries.title(entries.text(title)),
        authors=_people(entry.head),
        landing_url=site.url + match[0],
        pdf_url=f"{site.url}{match['folder']}/file/{match['hash']}-Paper{match['track'] or ''}.pdf",
        published=date(page.edition.year, 1, 1),
        appearances=(Appearance(page.edition.name, _track(entry.head, match), number),),
    )


def _matched(site: Site, href: str | None, edition: SourceEdition) -> re.Match[str]:
    match = _PAPER.match(urlsplit(entries.own(site.url, href)).path)
    if not match or int(match["year"]) != edition.year:
        raise Malformed("the link is not that of a paper of this edition")
    return match


def _source_id(match: re.Match[str]) -> str:
    return f"{match['hash']}@{match['year']}"


def _people(item: Any) -> tuple[Author, ...]:
    box = entries.first(item.find_class("paper-authors"))
    return names.listed(entries.text(box if box is not None else item.find(".//i")))


def _track(item: Any, match: re.Match[str]) -> str:
    told = item.get("data-track") or (match["track"] or "").removeprefix("-")
    name = told.lower().removesuffix("_track")
    if not _TRACK.fullmatch(name):
        return ""
    return "Main" if _MAIN.fullmatch(name) else _TRACKS.get(name, name.replace("_", " ").title())


def _told(site: Site, root: Any, tags: dict[str, list[str]], match: re.Match[str]) -> PaperRecord:
    """What the page of a paper says. Its place among the others is the list's."""
    return PaperRecord(
        source=site.name,
        source_id=_source_id(match),
        title=entries.title(entries.plain(tags["citation_title"][0])),
        authors=names.authors(map(entries.plain, tags.get("citation_author", ()))),
        abstract=entries.abstract(_abstract(root)),
        doi=doi(entries.stated(tags, "citation_doi")),
        landing_url=site.url + match[0],
        pdf_url=entries.own(site.url, entries.stated(tags, "citation_pdf_url")),
        published=entries.day(entries.stated(tags, "citation_publication_date")),
        links=_supplements(site, root),
    )


def _abstract(root: Any) -> str:
    """What stands below its heading, up to the next."""
    heading = next((it for it in root.iter(*_HEADINGS) if html.text(it).lower() == "abstract"), None)
    below = takewhile(lambda it: it.tag not in _HEADINGS, heading.itersiblings()) if heading is not None else ()
    told = " ".join(filter(None, (entries.text(it) for it in below if it.tag in _PROSE)))
    return "" if told.lower().startswith("abstract unavailable") else told


def _supplements(site: Site, root: Any) -> tuple[Link, ...]:
    urls = dict.fromkeys(entries.own(site.url, it.get("href")) for it in root.iter("a"))
    found = (url for url in urls if "-Supplemental" in urlsplit(url).path)
    return tuple(link for url in found for link in entries.link("attachment", url, "Supplementary material"))
