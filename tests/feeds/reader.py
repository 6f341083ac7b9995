"""A feed reader as people use them: it knows entries by their ids, asks with what it was told, and turns pages."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))


@dataclass(frozen=True)
class Entry:
    element: Any

    @property
    def id(self) -> str:
        return self.element.findtext(f"{ATOM}id")

    @property
    def title(self) -> str:
        return self.element.findtext(f"{ATOM}title")

    @property
    def summary(self) -> str:
        return self.element.findtext(f"{ATOM}summary")

    @property
    def published(self) -> str:
        return self.element.findtext(f"{ATOM}published")

    @property
    def updated(self) -> str:
        return self.element.findtext(f"{ATOM}updated")

    @property
    def authors(self) -> list[str]:
        return [name.text for name in self.element.iterfind(f"{ATOM}author/{ATOM}name")]

    @property
    def key(self) -> str:
        """Of the paper that the entry leads to."""
        return urlsplit(link(self.element, "alternate")).path.split("/", 2)[2]


def link(element: Any, rel: str) -> str:
    """ "" where there is none."""
    return next((each.get("href") for each in element.iterfind(f"{ATOM}link") if each.get("rel") == rel), "")


def parsed(response: Any) -> Any:
    """The feed, checked against RFC 4287's grammar and what the grammar cannot say."""
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(response.content)
    schema().assertValid(root)
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iterfind(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for element in [root, *root.iterfind(f"{ATOM}entry")]:
        hrefs = [(each.get("rel"), each.get("type"), each.get("hreflang")) for each in element.iterfind(f"{ATOM}link")]
        assert len(hrefs) == len(set(hrefs))
    for entry in root.iterfind(f"{ATOM}entry"):
        assert link(entry, "alternate").startswith(settings.PUBLIC_URL)
        assert entry.findtext(f"{ATOM}published") <= entry.findtext(f"{ATOM}updated") <= root.findtext(f"{ATOM}updated")
    return root


def entries(response: Any) -> list[Entry]:
    return [Entry(element) for element in parsed(response).iterfind(f"{ATOM}entry")]


def keys(response: Any) -> list[str]:
    return [entry.key for entry in entries(response)]


def path_of(url: str) -> str:
    assert url.startswith(settings.PUBLIC_URL)
    return url.removeprefix(settings.PUBLIC_URL)


@dataclass
class Reader:
    """`came` are the entries that it showed as new, in the order in which it met them."""

    client: Client
    path: str
    came: list[Entry] = field(default_factory=list)
    etag: str = ""

    def poll(self) -> list[Entry]:
        """What is new. Turns pages until it meets an entry that it knows."""
        known = {entry.id for entry in self.came}
        page = self._ask()
        new: list[Entry] = []
        while page is not None:
            found = entries(page)
            new += [entry for entry in found if entry.id not in known]
            following = link(parsed(page), "next")
            met = any(entry.id in known for entry in found)
            page = self.client.get(path_of(following)) if following and not met else None
        self.came += new
        return new

    def _ask(self) -> Any:
        response = self.client.get(self.path, headers={"if-none-match": self.etag} if self.etag else {})
        if response.status_code == 304:
            return None
        self.etag = response["ETag"]
        return response

    @property
    def titles(self) -> list[str]:
        return [entry.title for entry in self.came]
