"""OSDI, FAST and USENIX Security at usenix.org: the programme of each lists papers, mostly with abstracts; the page of
a paper adds its PDF. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from ingest.items import MAX_ABSTRACT, MAX_TITLE, Item, Malformed, SetAside, Taken, excerpt
from ingest.sources import html, names
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


class _Entry(NamedTuple):
    title: Any
    block: Any  # None until 2013, where a page is one row of headings
    href: str
    session: str


def editions(year: int) -> tuple[SourceEdition, ...]:
    osdi, fast, security = (_PROGRAMME.format(name=name) for name in ("osdi", "fast", "usenixsecurity"))
    return (
        *yearly("OSDI", osdi, 2012, min(year, 2020), every=2),
        *yearly("OSDI", osdi, 2021, year),
        *yearly("USENIX-FAST", fast, 2012, year),
        *yearly("USENIX-Sec", security, 2012, year),
    )


def parse(page: Page) -> Parsed:
    root = _root(page.body)
    entries = list(_entries(root))
    cycles = () if entries else tuple(_cycles(root, page))
    if not entries and not cycles:
        raise NotThisPage("no papers on the page")
    with_files = any(map(_has_file, entries))
    papers = tuple(_papers(page, [entry for entry in entries if _is_paper(entry, page, with_files)]))
    details = tuple(f"usenix:{urlsplit(it.record.landing_url).path}" for it in papers if isinstance(it, Taken))
    url = f"{SITE}/conference/{_conference(page)}"
    edition = EditionRecord(page.edition.name, page.edition.venue, page.edition.year, url=url)
    return Parsed((_VENUES[page.edition.venue], edition, *papers), more=cycles, details=details)


def parse_detail(page: Page) -> Parsed:
    path = page.address.removeprefix(f"{NAME}:")
    root = _root(page.body)
    tags = html.citation(root)
    title = _first(tags.get("citation_title", ()))
    if not _PATH.match(path) or not title:
        raise NotThisPage("not the page of a paper")
    try:
        return Parsed((Taken(page.address, 1, _told(root, tags, title, path)),))
    except Malformed as error:
        return Parsed((SetAside(page.address, 1, str(error), _raw(root)),))


def _root(body: bytes) -> Any:
    root = html.tree(body)
    if not html.is_complete(body):
        raise NotThisPage("the page is cut short")
    return root


def _entries(root: Any) -> Iterator[_Entry]:
    for title in root.iter("h2"):
        block = _around(title, "node-paper")
        anchor = title.find(".//a[@href]")
        href = anchor.get("href") if anchor is not None else ""
        if next(block.iter("h2")) is title if block is not None else "/presentation/" in href:
            session = _around(title, "node-session")
            yield _Entry(title, block, href, html.text(session.find("h2")) if session is not None else "")


def _cycles(root: Any, page: Page) -> Iterator[str]:
    """A symposium that takes papers in rounds lists them by round until its programme is out."""
    paths = dict.fromkeys(_path(anchor.get("href") or "") for anchor in root.iter("a"))
    return (f"usenix:{path}" for path in paths if (match := _CYCLE.match(path)) and match[1] == _conference(page))


def _is_paper(entry: _Entry, page: Page, with_files: bool) -> bool:
    """Joint sessions are linked from the neighbouring conference's programme. Once papers have their files, an entry
    that has but slides or a recording is a talk."""
    path = _path(entry.href)
    match = _PATH.match(path)
    if match and match[1] != _conference(page):
        return False
    if _TALK.search(entry.session) or _TALK_TITLE.match(html.text(entry.title)) or _TALK_FILE.search(path[-150:]):
        return False
    return not with_files or not _media(entry) or _has_file(entry)


def _media(entry: _Entry) -> list[Any]:
    return entry.block.find_class("usenix-schedule-media") if entry.block is not None else []


def _has_file(entry: _Entry) -> bool:
    return any("pdf" in medium.classes for medium in _media(entry))


def _papers(page: Page, entries: list[_Entry]) -> Iterator[Item]:
    seen: set[str] = set()
    for position, entry in enumerate(entries, start=1):
        try:
            record = _record(page, entry, position)
            if record.source_id in seen:
                raise Malformed(f"{record.source_id} stands twice on the page")
            seen.add(record.source_id)
            yield Taken(page.address, entry.title.sourceline, record)
        except Malformed as error:
            raw = _raw(entry.block if entry.block is not None else entry.title)
            yield SetAside(page.address, entry.title.sourceline, str(error), raw)


def _record(page: Page, entry: _Entry, position: int) -> PaperRecord:
    match = _PATH.match(_path(entry.href))
    if not match:
        raise Malformed("the link is not that of a paper of this edition")
    box = entry.block if entry.block is not None else entry.title
    return PaperRecord(
        source=NAME,
        source_id=f"{match[2]}@{match[1]}",
        title=_title(html.text(entry.title)),
        authors=_people(box),
        abstract=_abstract(box),
        landing_url=SITE + match[0],
        pdf_url=_pdf(box),
        published=date(page.edition.year, 1, 1),
        appearances=(Appearance(page.edition.name, entry.session, position),),
    )


def _told(root: Any, tags: dict[str, list[str]], title: str, path: str) -> PaperRecord:
    """What the page of a paper says. Its place among the others and its day are the list's."""
    return PaperRecord(
        source=NAME,
        source_id=f"{path.split('/')[-1]}@{path.split('/')[2]}",
        title=_title(title),
        authors=_people(root) or names.authors(tags.get("citation_author", ())),
        abstract=_abstract(root),
        landing_url=SITE + path,
        pdf_url=html.link(SITE, _first(tags.get("citation_pdf_url", ()))) or _pdf(root),
    )


def _title(title: str) -> str:
    if not title:
        raise Malformed("no title")
    if len(title) > MAX_TITLE:
        raise Malformed(f"title of more than {MAX_TITLE:,} characters")
    return title


def _people(box: Any) -> tuple[Author, ...]:
    """`Ada Writer and Bo Li, <em>A University;</em> Chi Wu, <em>B Lab</em>`. Without the emphasis nothing tells names
    from places, and the page of the paper has to say."""
    field = _first(box.find_class("field-name-field-paper-people-text"))
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
    abstract = next(filter(None, (html.text(_first(box.find_class(field))) for field in fields)), "")
    abstract = abstract.removeprefix("Abstract:").strip()
    if len(abstract) > MAX_ABSTRACT:
        raise Malformed(f"abstract of more than {MAX_ABSTRACT:,} characters")
    return abstract


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


def _first(values: Any) -> Any:
    return next(iter(values), None)


def _raw(element: Any) -> str:
    return excerpt(etree.tostring(element, encoding="unicode", with_tail=False))


SOURCE = ProceedingsSource(NAME, "USENIX", Provenance.DOCUMENTED, editions, parse, parse_detail)
