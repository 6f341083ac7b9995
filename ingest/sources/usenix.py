"""OSDI, FAST and USENIX Security at usenix.org: the programme of each lists papers, mostly with abstracts; the page of
a paper adds its PDF. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from ingest.items import Malformed
from ingest.sources import entries, html, names
from ingest.sources.entries import Entry
from ingest.sources.source import NotThisPage, Page, Parsed, ProceedingsSource, Provenance, SourceEdition, yearly
from papers.record import Appearance, Author, EditionRecord, PaperRecord, VenueRecord

NAME = "usenix"
SITE = "https://www.usenix.org"

_VENUES = {
    name: VenueRecord(name, f"USENIX {full_name}", url=f"{SITE}/conferences", field=field)
    for name, full_name, field in (
        ("OSDI", "Symposium on Operating Systems Design and Implementation", "Computer systems"),
        ("USENIX-FAST", "Conference on File and Storage Technologies", "Computer systems"),
        ("USENIX-Sec", "Security Symposium", "Computer security"),
    )
}
_PROGRAMME = "usenix:/conference/{name}{{yy}}/technical-sessions"
_PATH = re.compile(
    r"/conference/([a-z]{1,30}\d\d)/(?:technical-sessions/)?(?:presentation/)?([A-Za-z0-9][\w.-]{0,150})\Z", re.ASCII
)
_CYCLE = re.compile(r"/conference/([a-z]{1,30}\d\d)/(?:spring|summer|fall|winter|cycle-?\d)-accepted-papers\Z")
_TALK = re.compile(r"(?i)\b(?:keynote|panel|invited talks?|remarks|poster session|work-in-progress|wips?)\b")
_TALK_TITLE = re.compile(r"(?i)(?:\w+ )?(?:keynote|panel|remarks)(?: address| discussion)?\s*(?::|\Z)")
_TALK_FILE = re.compile(r"[/-](?:keynote|panel|invited|remarks)(?:-|\d|\Z)")
_BESIDE = frozenset({"field-label", "paper-award-badge"})  # in the field of the authors, and none of them


def editions(year: int) -> tuple[SourceEdition, ...]:
    osdi, fast, security = (_PROGRAMME.format(name=name) for name in ("osdi", "fast", "usenixsecurity"))
    return (
        *yearly("OSDI", osdi, 2012, min(year, 2020), every=2),
        *yearly("OSDI", osdi, 2021, year),
        *yearly("USENIX-FAST", fast, 2012, year),
        *yearly("USENIX-Sec", security, 2012, year),
    )


def parse(page: Page) -> Parsed:
    root = entries.whole(page.body)
    rows = list(_rows(root))
    cycles = () if rows else tuple(_cycles(root, page))
    if not rows and not cycles:
        raise NotThisPage("no papers on the page")
    with_files = any(map(_has_file, rows))
    rows = [entry for entry in rows if _is_paper(entry, page, with_files)]
    papers = tuple(entries.papers(page, rows, lambda entry, number: _record(page, entry, number)))
    url = f"{SITE}/conference/{_conference(page)}"
    edition = EditionRecord(page.edition.name, page.edition.venue, page.edition.year, url=url)
    return Parsed((_VENUES[page.edition.venue], edition, *papers), more=cycles, details=entries.details(NAME, papers))


def parse_detail(page: Page) -> Parsed:
    path = page.address.removeprefix(f"{NAME}:")
    root = entries.whole(page.body)
    tags = html.citation(root)
    title = entries.stated(tags, "citation_title")
    if not _PATH.match(path) or not title:
        raise NotThisPage("not the page of a paper")
    return entries.one(page, root, lambda: _told(root, tags, title, path))


def _rows(root: Any) -> Iterator[Entry]:
    """A paper is a heading in a block of its own. Until 2013 there are no blocks, a page is one row of headings."""
    for title in root.iter("h2"):
        block = _around(title, "node-paper")
        if next(block.iter("h2")) is title if block is not None else "/presentation/" in _href(title):
            session = _around(title, "node-session")
            track = html.text(session.find("h2")) if session is not None else ""
            yield Entry(title, (block,) if block is not None else (), track)


def _href(title: Any) -> str:
    anchor = title.find(".//a[@href]")
    return anchor.get("href") if anchor is not None else ""


def _cycles(root: Any, page: Page) -> Iterator[str]:
    """A symposium that takes papers in rounds lists them by round until its programme is out."""
    paths = dict.fromkeys(_path(anchor.get("href") or "") for anchor in root.iter("a"))
    return (f"usenix:{path}" for path in paths if (match := _CYCLE.match(path)) and match[1] == _conference(page))


def _is_paper(entry: Entry, page: Page, with_files: bool) -> bool:
    """Joint sessions are linked from the neighbouring conference's programme. Once papers have their files, an entry
    that has but slides or a recording is a talk."""
    path = _path(_href(entry.head))
    match = _PATH.match(path)
    if match and match[1] != _conference(page):
        return False
    if _TALK.search(entry.track) or _TALK_TITLE.match(html.text(entry.head)) or _TALK_FILE.search(path[-150:]):
        return False
    return not with_files or not _media(entry) or _has_file(entry)


def _media(entry: Entry) -> list[Any]:
    return [medium for block in entry.parts for medium in block.find_class("usenix-schedule-media")]


def _has_file(entry: Entry) -> bool:
    return any("pdf" in medium.classes for medium in _media(entry))


def _record(page: Page, entry: Entry, number: int) -> PaperRecord:
    match = _PATH.match(_path(_href(entry.head)))
    if not match:
        raise Malformed("the link is not that of a paper of this edition")
    box = entry.elements[0]
    return PaperRecord(
        source=NAME,
        source_id=f"{match[2]}@{match[1]}",
        title=entries.title(html.text(entry.head)),
        authors=_people(box),
        abstract=_abstract(box),
        landing_url=SITE + match[0],
        pdf_url=_pdf(box),
        published=date(page.edition.year, 1, 1),
        appearances=(Appearance(page.edition.name, entry.track, number),),
    )


def _told(root: Any, tags: dict[str, list[str]], title: str, path: str) -> PaperRecord:
    """What the page of a paper says. Its place among the others and its day are the list's."""
    return PaperRecord(
        source=NAME,
        source_id=f"{path.split('/')[-1]}@{path.split('/')[2]}",
        title=entries.title(title),
        authors=_people(root) or names.authors(tags.get("citation_author", ())),
        abstract=_abstract(root),
        landing_url=SITE + path,
        pdf_url=html.link(SITE, entries.stated(tags, "citation_pdf_url")) or _pdf(root),
    )


def _people(box: Any) -> tuple[Author, ...]:
    """`Ada Writer and Bo Li, <em>A University;</em> Chi Wu, <em>B Lab</em>`. Without the emphasis nothing tells names
    from places, and the page of the paper has to say."""
    field = entries.first(box.find_class("field-name-field-paper-people-text"))
    if field is None or field.find(".//em") is None:
        return ()
    return tuple(
        replace(author, affiliation=place) for listed, place in _runs(field) for author in names.listed(listed)
    )


def _runs(field: Any) -> Iterator[tuple[str, str]]:
    """Texts of names, each with the text of the affiliation behind it."""
    before = ""
    walk = etree.iterwalk(field, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            before += node.tail or "" if node is not field else ""
        elif node.tag == "em":
            yield before, html.text(node).strip(" ,;")
            before = ""
            walk.skip_subtree()
        elif _BESIDE & set(node.classes):
            walk.skip_subtree()
        else:
            before += f" {node.text or ''}"
    yield before, ""


def _abstract(box: Any) -> str:
    fields = ("field-name-field-paper-description-long", "field-name-field-paper-description")
    abstract = next(filter(None, (html.text(entries.first(box.find_class(field))) for field in fields)), "")
    return entries.abstract(abstract.removeprefix("Abstract:").strip())


def _pdf(box: Any) -> str:
    """The final file where there is an earlier one too. Slides are PDFs as well, but in a field of their own."""
    fields = ("field-name-field-final-paper-pdf", "field-name-field-presentation-pdf")
    anchors = (anchor for name in fields for field in box.find_class(name) for anchor in field.iter("a"))
    found = (html.link(SITE, anchor.get("href")) for anchor in anchors)
    return next((url for url in found if urlsplit(url).path.lower().endswith(".pdf")), "")


def _conference(page: Page) -> str:
    return page.edition.address.split("/")[2]


def _path(href: str) -> str:
    url = urlsplit(html.link(SITE, href))
    return url.path if url.hostname in ("www.usenix.org", "usenix.org") else ""


def _around(element: Any, name: str) -> Any:
    return next((it for it in element.iterancestors() if name in it.classes), None)


SOURCE = ProceedingsSource(NAME, "USENIX", Provenance.DOCUMENTED, editions, parse, parse_detail)
