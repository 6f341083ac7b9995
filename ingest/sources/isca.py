"""INTERSPEECH in the ISCA Archive: a page a year lists the papers by session, the page of a paper adds abstract, DOI
and PDF. Pure."""

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

NAME = "isca"
SITE = "https://www.isca-archive.org"

_FILE = re.compile(r"([A-Za-z0-9_-]{1,200})\.html\Z", re.ASCII)
_DETAIL = re.compile(r"isca:(/[a-z]{1,40}_\d{4}/)([A-Za-z0-9_-]{1,200})\.html\Z", re.ASCII)
_DOI_LINK = re.compile(r"doi\.org/(10\.21437/[\w./-]{1,100})", re.ASCII | re.IGNORECASE)
_DOI_TEXT = re.compile(r"\bdoi\s*[:=]\s*\{?\s*(10\.21437/[\w./-]{1,100})", re.ASCII | re.IGNORECASE)
_VENUE = VenueRecord(
    "INTERSPEECH", "Annual Conference of the International Speech Communication Association", url=SITE, field="Speech"
)


class _Entry(NamedTuple):
    element: Any
    track: str


def editions(year: int) -> tuple[SourceEdition, ...]:
    """Before the two conferences took one name, INTERSPEECH was held as ICSLP and as Eurospeech by turns."""
    icslp, eurospeech = "isca:/icslp_{year}/", "isca:/eurospeech_{year}/"
    earlier = {"y2000": icslp, "y2001": eurospeech, "y2002": icslp, "y2003": eurospeech}
    return tuple(yearly("INTERSPEECH", "isca:/interspeech_{year}/", 2000, year, every=1, **earlier))


def parse(page: Page) -> Parsed:
    entries = list(_entries(_root(page.body)))
    if not entries:
        raise NotThisPage("no papers on the page")
    papers = tuple(_papers(page, entries))
    details = tuple(f"isca:{_file(page, item.record)}" for item in papers if isinstance(item, Taken))
    edition = EditionRecord(page.edition.name, "INTERSPEECH", page.edition.year, url=SITE + _folder(page))
    return Parsed((_VENUE, edition, *papers), details=details)


def parse_detail(page: Page) -> Parsed:
    match = _DETAIL.match(page.address)
    root = _root(page.body)
    tags = html.citation(root)
    title = _first(tags, "citation_title") or html.text(root.find(".//*[@id='global-info']/h3"))
    if not match or not title:
        raise NotThisPage("not the page of a paper")
    try:
        return Parsed((Taken(page.address, 1, _told(root, tags, title, page.address)),))
    except Malformed as error:
        return Parsed((SetAside(page.address, 1, str(error), _raw(root)),))


def _root(body: bytes) -> Any:
    root = html.tree(body)
    if not html.is_complete(body):
        raise NotThisPage("the page is cut short")
    return root


def _entries(root: Any) -> Iterator[_Entry]:
    """A paper is a link around a paragraph; the session it belongs to is the last heading before it."""
    track = ""
    for element in root.iter("h4", "a"):
        if element.tag == "h4":
            track = html.text(element)
        elif element.find("p") is not None:
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
    match = _FILE.match(entry.element.get("href") or "")
    if not match:
        raise Malformed("the link is not that of a paper of this edition")
    title, people = _title_and_people(entry.element.find("p"))
    return PaperRecord(
        source=NAME,
        source_id=match[1],
        title=_checked(title),
        authors=names.listed(people),
        landing_url=f"{SITE}{_folder(page)}{match[0]}",
        published=date(page.edition.year, 1, 1),
        appearances=(Appearance(page.edition.name, entry.track, position),),
    )


def _told(root: Any, tags: dict[str, list[str]], title: str, address: str) -> PaperRecord:
    """What the page of a paper says. Its place among the others and its day are the list's."""
    path = address.removeprefix("isca:")
    name = path.rpartition("/")[2].removesuffix(".html")
    return PaperRecord(
        source=NAME,
        source_id=name,
        title=_checked(title),
        authors=names.authors(tags.get("citation_author", ())),
        abstract=_abstract(root),
        doi=_doi(root, tags),
        landing_url=SITE + path,
        pdf_url=html.link(SITE + path, _first(tags, "citation_pdf_url") or _pdf(root, name)),
    )


def _title_and_people(paragraph: Any) -> tuple[str, str]:
    """The authors stand in the last span of the paragraph, below the title."""
    people = html.text(next(reversed(paragraph.findall("span")), None))
    return html.text(paragraph).removesuffix(people).strip(), people


def _checked(title: str) -> str:
    if not title:
        raise Malformed("no title")
    if len(title) > MAX_TITLE:
        raise Malformed(f"title of more than {MAX_TITLE:,} characters")
    return title


def _abstract(root: Any) -> str:
    abstract = html.text(root.find(".//*[@id='abstract']"))
    if len(abstract) > MAX_ABSTRACT:
        raise Malformed(f"abstract of more than {MAX_ABSTRACT:,} characters")
    return abstract


def _doi(root: Any, tags: dict[str, list[str]]) -> str:
    linked = (match[1] for anchor in root.iter("a") if (match := _DOI_LINK.search(anchor.get("href") or "")))
    if found := _first(tags, "citation_doi") or next(linked, ""):
        return doi(found)
    cited = _DOI_TEXT.search(html.text(root))
    return doi(cited[1]) if cited else ""


def _pdf(root: Any, name: str) -> str:
    return next((href for anchor in root.iter("a") if (href := anchor.get("href") or "").endswith(f"{name}.pdf")), "")


def _folder(page: Page) -> str:
    return page.edition.address.removeprefix("isca:")


def _file(page: Page, record: PaperRecord) -> str:
    return f"{_folder(page)}{record.source_id}.html"


def _first(tags: dict[str, list[str]], name: str) -> str:
    return next(iter(tags.get(name, ())), "")


def _raw(element: Any) -> str:
    return excerpt(etree.tostring(element, encoding="unicode", with_tail=False))


SOURCE = ProceedingsSource(NAME, "ISCA Archive", Provenance.DOCUMENTED, editions, parse, parse_detail)
