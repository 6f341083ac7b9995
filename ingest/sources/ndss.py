"""The NDSS Symposium: a page of WordPress lists a year's papers, the page of a paper adds abstract and PDF. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from ingest.items import Malformed
from ingest.sources import entries, html, names
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
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord

NAME = "ndss"
SITE = "https://www.ndss-symposium.org"

_FIRST = 2019  # earlier lists link PDFs, and no pages of papers
_VENUE = VenueRecord("NDSS", "Network and Distributed System Security Symposium", url=SITE, field="Computer security")
_PAPER = re.compile(r"/ndss-paper/([^/]+)/?\Z", re.ASCII)
_BOXES = ("pt-cv-content-item", "pt-cv-ifield", "rel-paper")  # the last until the lists were made anew
_CYCLE = re.compile(r"\((\d{1,5})\)\Z", re.ASCII)
_BETWEEN = re.compile(r"[(),;]|\band\b")


def editions(year: int) -> tuple[SourceEdition, ...]:
    return tuple(yearly("NDSS", "ndss:/ndss{year}/accepted-papers/", _FIRST, year))


def parse(page: Page) -> Parsed:
    root = entries.whole(page.body)
    rows = _rows(root)
    if not rows:
        ours = "accepted papers" in html.text(root.find(".//title")).lower()
        raise (NotYet if ours else NotThisPage)("no papers on the page")
    papers = tuple(entries.papers(page, rows, lambda entry, number: _record(page, entry, number)))
    year = page.edition.year
    edition = EditionRecord(page.edition.name, "NDSS", year, url=f"{SITE}/ndss{year}/")
    return Parsed((_VENUE, edition, *papers), details=entries.details(NAME, papers), announced=_announced(root))


def parse_detail(page: Page) -> Parsed:
    match = _PAPER.match(page.address.removeprefix(f"{NAME}:"))
    root = entries.whole(page.body)
    if not match or not root.find_class("paper-data") or not _heading(root):
        raise NotThisPage("not the page of a paper")
    return entries.one(page, root, lambda: _told(root, entries.identifier(match[1])))


def _rows(root: Any) -> list[Entry]:
    """A list of nothing but files is one too, if there is no other: its boxes are set aside, and not lost."""
    kinds = (list(_listed(root.find_class(name), sign)) for sign in (_names_a_paper, _is_a_file) for name in _BOXES)
    return next(filter(None, kinds), [])


def _listed(boxes: Iterable[Any], sign: Callable[[Any], bool]) -> Iterator[Entry]:
    """The boxes with titles in the views where one has the sign. Sponsors and news are listed by the same means, but
    in views of their own; what leads elsewhere from among papers may be a paper."""
    titled = (box for box in boxes if _title(box) is not None)
    for _, view in groupby(titled, _view):
        found = list(view)
        if any(map(sign, found)):
            yield from map(Entry, found)


def _view(box: Any) -> Any:
    return entries.first(it for it in box.iterancestors() if "pt-cv-wrapper" in it.classes)


def _names_a_paper(box: Any) -> bool:
    href = _href(box) or ""
    return "ndss-paper" in href or not html.link(SITE, href)


def _is_a_file(box: Any) -> bool:
    return urlsplit(html.link(SITE, _href(box))).path.lower().endswith(".pdf")


def _title(box: Any) -> Any:
    return next((it for it in box.iter("h2", "h3", "h4") if {"pt-cv-title", "blog-post-title"} & set(it.classes)), None)


def _href(box: Any) -> str | None:
    """Either the title is the link, or one below it is."""
    anchor = _title(box).find(".//a[@href]")
    if anchor is None:
        anchor = entries.first(it for it in box.find_class("paper-link-abs") if it.tag == "a")
    return anchor.get("href") if anchor is not None else None


def _announced(root: Any) -> int | None:
    """The numbers of papers by cycle, from the filter above the list."""
    options = root.iterfind(".//select[@name='tx_post_tag']/option")
    counts = [_CYCLE.search(html.text(option)) for option in options if option.get("value")]
    return sum(int(match[1]) for match in counts if match) if counts and all(counts) else None


def _record(page: Page, entry: Entry, number: int) -> PaperRecord:
    match = _PAPER.match(urlsplit(entries.own(SITE, _href(entry.head))).path)
    if not match:
        raise Malformed("the link is not that of a paper")
    source_id = entries.identifier(match[1])
    return PaperRecord(
        source=NAME,
        source_id=source_id,
        title=entries.title(entries.text(_title(entry.head))),
        authors=_people(entries.text(entry.head.find(".//p"))),
        landing_url=_landing(source_id),
        published=date(page.edition.year, 1, 1),
        appearances=(Appearance(page.edition.name, position=number),),
    )


def _told(root: Any, source_id: str) -> PaperRecord:
    """What the page of a paper says. Its place among the others is the list's."""
    people, abstract = _parts(entries.first(root.find_class("paper-data")))
    return PaperRecord(
        source=NAME,
        source_id=source_id,
        title=entries.title(_heading(root)),
        authors=_people(people),
        abstract=entries.abstract(abstract),
        landing_url=_landing(source_id),
        pdf_url=_pdf(root),
        links=_videos(root),
    )


def _landing(source_id: str) -> str:
    return f"{SITE}/ndss-paper/{source_id}/"


def _heading(root: Any) -> str:
    headings = [it for it in root.iter("h1") if "entry-title" in it.classes] or root.iter("h1")
    return entries.text(entries.first(headings))


def _parts(box: Any) -> tuple[str, str]:
    """Authors and abstract. Either may be a paragraph within a paragraph; the authors stand in <strong>."""
    strong = box.find(".//strong")
    people = entries.text(strong)
    if not entries.text(box).startswith(people):
        strong, people = None, ""
    within = set(strong.iter("p")) if strong is not None else set()
    leaves = (it for it in box.iter("p") if it not in within and it.find(".//p") is None)
    told = [paragraph for it in leaves if (paragraph := entries.text(it).removeprefix(people).strip())]
    if not people and len(told) > 1 and "(" in told[0]:
        people = told.pop(0)
    return people, " ".join(told)


def _people(text: str) -> tuple[Author, ...]:
    """`Ada Writer (A University, Town), Bo Li (B Lab) and Chi Wu`."""
    found = []
    for person in _persons(text):
        name, _, place = person.partition("(")
        if author := names.author(name):
            found.append(replace(author, affiliation=place.strip().removesuffix(")").strip()))
    return tuple(found)


def _persons(text: str) -> Iterator[str]:
    """The text cut where a comma stands outside parentheses."""
    depth = start = 0
    for match in _BETWEEN.finditer(text):
        if match[0] in "()":
            depth = max(0, depth + (1 if match[0] == "(" else -1))
        elif not depth:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _pdf(root: Any) -> str:
    urls = (entries.own(SITE, it.get("href")) for it in root.iter("a") if _is_paper(it))
    return next((url for url in urls if urlsplit(url).path.lower().endswith(".pdf")), "")


def _is_paper(anchor: Any) -> bool:
    """The slides' button is of the same kind."""
    return "pdf-button" in anchor.classes and "slides" not in html.text(anchor).lower()


def _videos(root: Any) -> tuple[Link, ...]:
    buttons = (anchor for box in root.find_class("paper-buttons") for anchor in box.iter("a"))
    urls = dict.fromkeys(html.link(SITE, it.get("href")) for it in buttons if html.text(it).lower() == "video")
    return tuple(link for url in urls for link in entries.link("video", url))


SOURCE = ProceedingsSource(NAME, "NDSS", Provenance.DOCUMENTED, editions, parse, parse_detail)
