"""Addresses of feeds -> OPML 2.0, which feed readers import. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from papers.feeds.atom import fit

MEDIA_TYPE = "text/x-opml"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed, and the page that it belongs to."""

    title: str
    feed: str
    page: str


@dataclass(frozen=True, slots=True)
class Folder:
    title: str
    subscriptions: Sequence[Subscription]


def written(title: str, folders: Sequence[Folder]) -> bytes:
    """Folders without feeds are left out."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = fit(title)
    body = etree.SubElement(root, "body")
    for folder in folders:
        if folder.subscriptions:
            _folder(body, folder)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _folder(body: etree._Element, folder: Folder) -> None:
    outer = etree.SubElement(body, "outline", text=fit(folder.title))
    for each in folder.subscriptions:
        title = fit(each.title)
        etree.SubElement(outer, "outline", type="rss", text=title, title=title, xmlUrl=each.feed, htmlUrl=each.page)
