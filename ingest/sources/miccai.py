"""MICCAI's open access: one page a year lists the papers, the page of a paper adds abstract, DOI and code. Pure.

The reviews that stand below each paper are not taken."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ingest.items import Malformed
from ingest.sources import entries, html, names
from ingest.sources.entries import Entry
from ingest.sources.source import NotThisPage, Page, Parsed, ProceedingsSource, Provenance, SourceEdition, yearly
from papers.identifiers import arxiv_id, doi
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord

NAME = "miccai"
SITE = "https://papers.miccai.org"

_FIRST = 2024  # earlier years stand on another host
_PAPER = re.compile(r"(?:\A|/)(\d{1,5}-Paper(\d{1,6}))\.html\Z", re.ASCII)
_DETAIL = re.compile(r"miccai:(/miccai-(\d{4})/\d{1,5}-Paper(\d{1,6})\.html)\Z", re.ASCII)
_DOI = re.compile(r"/(10\.1007/[\w.()-]{1,100})", re.ASCII)
_ARXIV = re.compile(r"//arxiv\.org/(?:abs|pdf)/([\w./-]{1,40}?)(?:\.pdf)?\Z", re.ASCII)
_VENUE = VenueRecord(
    "MICCAI",
    "International Conference on Medical Image Computing and Computer Assisted Intervention",
    url="https://miccai.org",
    field="Medical imaging",
)


def editions(year: int) -> tuple[SourceEdition, ...]:
    return tuple(yearly("MICCAI", "miccai:/miccai-{year}/", _FIRST, year))


def parse(page: Page) -> Parsed:
    rows = [Entry(item) for item in entries.whole(page.body).iter("li") if _is_paper(item)]
    if not rows:
        raise NotThisPage("no papers on the page")
    papers = tuple(entries.papers(page, rows, lambda entry, number: _record(page, entry.head, number)))
    edition = EditionRecord(page.edition.name, "MICCAI", page.edition.year, url=_folder(page.edition.year))
    return Parsed((_VENUE, edition, *papers), details=entries.details(NAME, papers))


def parse_detail(page: Page) -> Parsed:
    match = _DETAIL.match(page.address)
    root = entries.whole(page.body)
    if not match or not _section(root, "abstract-id"):
        raise NotThisPage("not the page of a paper")
    return entries.one(page, root, lambda: _told(root, SITE + match[1], f"{match[3]}@{match[2]}"))


def _is_paper(element: Any) -> bool:
    return element.find("ul") is not None and element.find(".//b") is not None


def _record(page: Page, element: Any, position: int) -> PaperRecord:
    year, beside = page.edition.year, element.find("ul")
    file, number = _file_and_number(beside)
    return PaperRecord(
        source=NAME,
        source_id=f"{number}@{year}",
        title=entries.title(html.text(element.find(".//b"))),
        authors=_people(beside.find("li")),
        landing_url=f"{_folder(year)}{file}.html",
        pdf_url=_pdf(beside.iter("a"), year),
        published=date(year, 1, 1),
        appearances=(Appearance(page.edition.name, position=position),),
    )


def _told(root: Any, address: str, source_id: str) -> PaperRecord:
    """What the page of a paper says. Its place among the others and its day are the list's."""
    year = int(source_id.rpartition("@")[2])
    links = _section(root, "link-id")
    return PaperRecord(
        source=NAME,
        source_id=source_id,
        title=entries.title(html.text(entries.first(it for it in root.iter("h1") if not it.get("id")))),
        authors=_people(entries.first(root.find_class("post-tags"))),
        abstract=_abstract(root),
        doi=next(filter(None, map(_doi, _addresses(links))), ""),
        landing_url=address,
        pdf_url=_pdf((anchor for part in links for anchor in part.iter("a")), year),
        links=tuple(dict.fromkeys(_links(root))),
        same_as=tuple(dict.fromkeys(filter(None, map(_arxiv, _addresses(links))))),
    )


def _file_and_number(element: Any) -> tuple[str, int]:
    for anchor in element.iter("a"):
        if match := _PAPER.search(anchor.get("href") or ""):
            return match[1], int(match[2])
    raise Malformed("no link to the page of the paper")


def _people(element: Any) -> tuple[Author, ...]:
    """Each author is a link, `Family, Given`."""
    return names.authors(html.text(anchor) for anchor in element.iter("a")) if element is not None else ()


def _section(root: Any, heading: str) -> list[Any]:
    """The elements between a heading and the next."""
    found: list[Any] = []
    start = root.find(f".//h1[@id='{heading}']")
    for element in start.itersiblings() if start is not None else ():
        if element.tag == "h1":
            break
        found.append(element)
    return found


def _abstract(root: Any) -> str:
    return entries.abstract(" ".join(map(html.text, _section(root, "abstract-id"))).strip())


def _links(root: Any) -> Iterator[Link]:
    for heading, kind in (("code-id", "code"), ("dataset-id", "dataset")):
        yield from (Link(kind, url) for url in _addresses(_section(root, heading)))
    for part in _section(root, "link-id"):
        if html.text(part).startswith("Supplementary"):
            yield from (Link("attachment", url, "Supplementary material") for url in _addresses([part]))


def _addresses(parts: list[Any]) -> Iterator[str]:
    anchors = (anchor for part in parts for anchor in part.iter("a"))
    return filter(None, (html.link(SITE, anchor.get("href")) for anchor in anchors))


def _pdf(anchors: Iterator[Any], year: int) -> str:
    """The paper's own file. Supplements are PDFs too."""
    found = (html.link(_folder(year), anchor.get("href")) for anchor in anchors)
    return next((url for url in found if url.endswith("_paper.pdf")), "")


def _doi(url: str) -> str:
    match = _DOI.search(url)
    return doi(match[1]) if match else ""


def _arxiv(url: str) -> str:
    match = _ARXIV.search(url)
    found = arxiv_id(match[1]) if match else None
    return f"arxiv:{found.id}" if found else ""


def _folder(year: int) -> str:
    return f"{SITE}/miccai-{year}/"


SOURCE = ProceedingsSource(NAME, "MICCAI", Provenance.DOCUMENTED, editions, parse, parse_detail)
