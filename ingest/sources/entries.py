"""What reading the lists of different sites has in common: one entry after the other, the bad ones set aside. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from lxml import etree

from ingest.items import MAX_ABSTRACT, MAX_TITLE, Item, Malformed, SetAside, Taken, excerpt
from ingest.sources import html
from ingest.sources.source import NotThisPage, Page, Parsed
from papers.identifiers import arxiv_id
from papers.record import Link, PaperRecord
from papers.text import clean

_ID = re.compile(r"[A-Za-z0-9](?:[\w+'-]|\.(?!\.)){0,199}\Z", re.ASCII)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ARXIV = re.compile(r"//(?:www\.)?arxiv\.org/(?:abs|pdf)/([\w./-]{1,40}?)(?:\.pdf)?\Z", re.ASCII)
_DAY = re.compile(r"(\d{4})[/-](\d\d?)[/-](\d\d?)\Z", re.ASCII)
_IN_A_PATH = "/%+,;=:@!$&'()~"
_MAX_URL = 2_000


class Entry(NamedTuple):
    """One paper on a list: the element where it begins, all those that tell of it if these are others, its section."""

    head: Any
    parts: tuple[Any, ...] = ()
    track: str = ""

    @property
    def elements(self) -> tuple[Any, ...]:
        return self.parts or (self.head,)


def whole(body: bytes) -> Any:
    """The root element of a page that came to its end. Raises NotThisPage."""
    root = html.tree(body)
    if not html.is_complete(body):
        raise NotThisPage("the page is cut short")
    return root


def papers(page: Page, entries: Sequence[Entry], read: Callable[[Entry, int], PaperRecord]) -> Iterator[Item]:
    """Each entry as `read` makes it of the entry and its place on the page; of two with one id the first."""
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        line = entry.head.sourceline or number
        try:
            record = read(entry, number)
            if record.source_id in seen:
                raise Malformed(f"{record.source_id} stands twice on the page")
            seen.add(record.source_id)
            yield Taken(page.address, line, record)
        except Malformed as error:
            yield SetAside(page.address, line, str(error), raw(*entry.elements))


def one(page: Page, box: Any, read: Callable[[], PaperRecord]) -> Parsed:
    """The page of a single paper, `box` the element of it that tells of the paper."""
    try:
        return Parsed((Taken(page.address, 1, read()),))
    except Malformed as error:
        return Parsed((SetAside(page.address, 1, str(error), raw(box)),))


def details(base: str, items: Iterable[Item]) -> tuple[str, ...]:
    """The addresses of the pages of single papers, where these are the papers' landing pages."""
    return tuple(f"{base}:{urlsplit(item.record.landing_url).path}" for item in items if isinstance(item, Taken))


def identifier(text: str) -> str:
    if not _ID.match(text):
        raise Malformed("the id of the paper cannot stand in an address")
    return text


def text(element: Any) -> str:
    return plain(html.text(element))


def plain(text: str) -> str:
    """Some sites escape twice and print `R&amp;D`."""
    return clean(_ENTITY.sub(lambda entity: unescape(entity[0]), text)) if "&" in text else text


def title(text: str) -> str:
    if not text:
        raise Malformed("no title")
    if len(text) > MAX_TITLE:
        raise Malformed(f"title of more than {MAX_TITLE:,} characters")
    return text


def abstract(text: str) -> str:
    if len(text) > MAX_ABSTRACT:
        raise Malformed(f"abstract of more than {MAX_ABSTRACT:,} characters")
    return text


def own(base: str, href: str | None) -> str:
    """The https address of what stands on the same host as `base`, "" for anything else."""
    parts, host = urlsplit(html.link(base, href)), urlsplit(base).hostname or ""
    if (parts.hostname or "").removeprefix("www.") != host.removeprefix("www."):
        return ""
    query = f"?{parts.query}" if parts.query else ""
    url = f"https://{host}{quote(parts.path, safe=_IN_A_PATH)}{query}"
    return url if len(url) <= _MAX_URL else ""


def link(kind: str, url: str, label: str = "") -> tuple[Link, ...]:
    """None for an address that is no http(s) one, see html.link, or too long to be one."""
    return (Link(kind, url, label),) if 0 < len(url) <= _MAX_URL else ()


def arxiv(url: str) -> tuple[str, ...]:
    match = _ARXIV.search(url)
    found = arxiv_id(match[1]) if match else None
    return (f"arxiv:{found.id}",) if found else ()


def day(text: str) -> date | None:
    """None for a year alone, or a day that never was."""
    match = _DAY.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def first(values: Iterable[Any]) -> Any:
    return next(iter(values), None)


def stated(tags: dict[str, list[str]], name: str) -> str:
    """The first value of a tag, see html.citation."""
    return first(tags.get(name, ())) or ""


def raw(*elements: Any) -> str:
    return excerpt("".join(etree.tostring(element, encoding="unicode", with_tail=False) for element in elements))
