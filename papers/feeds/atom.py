"""A feed as plain values -> Atom. Pure. RFC 4287, and RFC 5005 for its pages.

Texts come from outside and may hold anything: what XML cannot hold is left out here, all else is escaped by the
writer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from lxml import etree

from papers.text import clean

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTRIES = UUID("bd141c1b-755c-4e66-bb3c-056c3047bacc")  # any constant; another one makes every entry a new one


@dataclass(frozen=True, slots=True)
class Link:
    """`rel` is one of IANA's link relations."""

    rel: str
    href: str
    type: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper. `title` is plain text; `summary` is HTML, or "" where nothing is known; `language` is a tag."""

    id: str
    title: str
    published: datetime
    updated: datetime
    language: str
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    links: tuple[Link, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed. Its own author stands for those of entries that have none."""

    id: str
    title: str
    subtitle: str
    updated: datetime
    author: str
    icon: str
    generator: tuple[str, str]  # name and version
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]
    language: str = "en"


def entry_id(name: str) -> str:
    """The id of the paper that was first told under a name: the same from every server, and wherever that moves."""
    return f"urn:uuid:{uuid5(_ENTRIES, name)}"


def written(feed: Feed) -> bytes:
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set(_LANGUAGE, feed.language)
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _moment(feed.updated))
    _people(root, [feed.author])
    _text(root, "icon", feed.icon)
    name, version = feed.generator
    _text(root, "generator", name).set("version", fit(version))
    _links(root, feed.links)
    for entry in feed.entries:
        _entry(root, entry)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _entry(root: etree._Element, entry: Entry) -> None:
    element = _add(root, "entry")
    if entry.language != root.get(_LANGUAGE):
        element.set(_LANGUAGE, entry.language)
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "published", _moment(entry.published))
    _text(element, "updated", _moment(entry.updated))
    _people(element, entry.authors)
    for category in entry.categories:
        _attributes(element, "category", term=category.term, scheme=category.scheme, label=category.label)
    _links(element, entry.links)
    if entry.summary:
        _text(element, "summary", entry.summary).set("type", "html")


def _people(parent: etree._Element, names: Iterable[str]) -> None:
    """A person of no name would make the feed invalid."""
    for name in filter(None, map(fit, names)):
        _text(_add(parent, "author"), "name", name)


def _links(parent: etree._Element, links: Iterable[Link]) -> None:
    for link in links:
        _attributes(parent, "link", rel=link.rel, type=link.type, title=link.title, href=link.href)


def _attributes(parent: etree._Element, tag: str, **attributes: str) -> None:
    element = _add(parent, tag)
    for name, value in attributes.items():
        if value:
            element.set(name, fit(value))


def _text(parent: etree._Element, tag: str, text: str) -> etree._Element:
    element = _add(parent, tag)
    element.text = fit(text)
    return element


def _add(parent: etree._Element, tag: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_ATOM}}}{tag}")


def fit(text: str) -> str:
    """The text without what XML cannot hold."""
    return clean(_NOT_XML.sub("", text))


def _moment(moment: datetime) -> str:
    """RFC 3339, in UTC and whole seconds."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
