"""One XML file of the ACL Anthology -> its volumes, events and papers, as plain values. Pure.

Format: the Anthology's schema (data/xml/schema.rnc). The files are read as if a stranger had written them: entities
and DTDs are refused, and one bad paper is set aside alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder, tostring  # no parser: defusedxml parses

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from ingest.items import MAX_ABSTRACT, MAX_NAME, MAX_TITLE, Malformed, SetAside, Taken, excerpt
from ingest.sources.acl_guide import Guide, full_name
from ingest.sources.acl_links import addresses, links
from ingest.sources.acl_markup import plain_text, text_of
from ingest.sources.acl_volumes import (
    Event,
    Place,
    Volume,
    places,
    position,
    published,
    read_event,
    read_volume,
    reference,
)
from papers.identifiers import doi
from papers.record import Appearance, Author, PaperRecord
from papers.text import clean

SOURCE = "acl"

_COLLECTION = re.compile(r"[A-Z]\d\d\Z|\d{4}\.[a-z0-9]{1,40}\Z", re.ASCII)
_VOLUME = re.compile(r"[A-Za-z0-9]{1,40}\Z", re.ASCII)
_NUMBER = re.compile(r"\d{1,5}\Z", re.ASCII)
_PAGES = re.compile(r"[\w.:]{1,20}(?:\s*[-–—]+\s*[\w.:]{1,20})?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_FIRST_WORKSHOP_OF_D19 = 5


@dataclass(frozen=True, slots=True)
class Collection:
    """What one file holds, in its order. An unreadable file is a collection of one SetAside."""

    volumes: tuple[Volume, ...] = ()
    events: tuple[Event, ...] = ()
    papers: tuple[Taken | SetAside, ...] = ()


class _BrokenFile(Malformed):
    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def parse(data: bytes, file: str = "", guide: Guide | None = None) -> Collection:
    """Everything in the file. Never raises: what cannot be used comes back as SetAside."""
    try:
        root, lines = _tree(data)
        name = _collection_id(root)
    except _BrokenFile as error:
        problem = SetAside(file, error.line, str(error), excerpt(_from_line(data, error.line)))
        return Collection(papers=(problem,))
    papers = _Papers(file, lines, guide or Guide())
    volumes = []
    for ordinal, element in enumerate(root.findall("volume")):
        volumes.append(read_volume(element, name, ordinal))
        papers.add(element, volumes[-1])
    return Collection(tuple(volumes), _events(root), tuple(papers.items))


def outline(data: bytes) -> Collection:
    """The volumes and events alone, at a fraction of the cost; nothing of a file that cannot be read."""
    try:
        root, _ = _tree(_without_papers(data))
        name = _collection_id(root)
    except _BrokenFile:
        return Collection()
    volumes = (read_volume(element, name, ordinal) for ordinal, element in enumerate(root.findall("volume")))
    return Collection(tuple(volumes), _events(root))


def paper_id(collection: str, volume: str, number: str) -> str:
    """The Anthology's id: `2024.eacl-long.12`, `P19-1001`, `W18-2601`. Raises Malformed where the parts make none.

    Old ids have four digits after the hyphen. One is the volume's and three the paper's, but workshops had more
    volumes and fewer papers: all of W, C69, and D19 from its fifth volume on have two and two.
    """
    if not _VOLUME.match(volume) or not _NUMBER.match(number):
        raise Malformed("paper without a usable id")
    if "." in collection:
        return f"{collection}-{volume}.{int(number)}"
    if not _NUMBER.match(volume):
        raise Malformed("volume without a usable id")
    many = collection[0] == "W" or collection == "C69"
    if many or (collection == "D19" and int(volume) >= _FIRST_WORKSHOP_OF_D19):
        return f"{collection}-{int(volume):02d}{int(number):02d}"
    return f"{collection}-{int(volume)}{int(number):03d}"


class _LineKeeper(TreeBuilder):
    """Builds the tree and notes the line of each paper, which elements of the standard library do not know. The parser
    of defusedxml is Python around expat, so expat's line is at hand at no cost; lxml would be one more package."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[Element, int] = {}
        self.expat: Any = None

    def start(self, tag: Any, attrs: Any, /) -> Element:
        element: Element = super().start(tag, attrs)
        if tag == "paper":
            self.lines[element] = self.expat.CurrentLineNumber
        return element


def _tree(data: bytes) -> tuple[Element, dict[Element, int]]:
    keeper = _LineKeeper()
    parser = SafeTree.XMLParser(target=keeper, forbid_dtd=True)
    keeper.expat = parser.parser
    try:
        parser.feed(data)
        return parser.close(), keeper.lines
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _broken(error, parser) from None


def _broken(error: Exception, parser: Any) -> _BrokenFile:
    """What was wrong with the file, with the line the parser had come to."""
    refused = isinstance(error, DefusedXmlException)
    reason = "refused: the file declares a DTD or entities" if refused else f"broken XML: {clean(str(error))}"
    return _BrokenFile(reason, int(parser.parser.CurrentLineNumber))


def _collection_id(root: Element) -> str:
    name = root.get("id", "")
    if root.tag != "collection" or not _COLLECTION.match(name):
        raise _BrokenFile("not a collection of the Anthology", 1)
    return name


def _without_papers(data: bytes) -> bytes:
    # By search, not by a pattern: `<paper .*?</paper>` takes quadratic time on a file of unclosed papers.
    kept, at = [], 0
    while (start := data.find(b"<paper ", at)) >= 0 and (end := data.find(b"</paper>", start)) >= 0:
        kept.append(data[at:start])
        at = end + len(b"</paper>")
    return b"".join([*kept, data[at:]])


def _from_line(data: bytes, line: int) -> bytes:
    at = 0
    for _ in range(line - 1):
        at = data.find(b"\n", at) + 1
        if not at:
            break
    return data[at : at + 8_000]


def _events(root: Element) -> tuple[Event, ...]:
    return tuple(filter(None, map(read_event, root.findall("event"))))


class _Papers:
    """Collects the papers of a file, good and bad, in its order."""

    def __init__(self, file: str, lines: dict[Element, int], guide: Guide) -> None:
        self.items: list[Taken | SetAside] = []
        self._file, self._lines, self._guide = file, lines, guide
        self._seen: set[str] = set()

    def add(self, element: Element, volume: Volume) -> None:
        in_editions = places(volume, self._guide)
        for number, paper in enumerate(element.findall("paper"), start=1):
            line = self._lines[paper]
            try:
                record = _record(paper, volume, self._guide, _appearances(volume, in_editions, number))
                self._refuse_twice(record.source_id)
                self.items.append(Taken(self._file, line, record))
            except Malformed as error:
                raw = tostring(paper, encoding="unicode")
                self.items.append(SetAside(self._file, line, str(error), excerpt(raw)))

    def _refuse_twice(self, paper: str) -> None:
        if paper in self._seen:
            raise Malformed(f"{paper} stands twice in this file")
        self._seen.add(paper)


def _appearances(volume: Volume, in_editions: tuple[Place, ...], number: int) -> tuple[Appearance, ...]:
    return tuple(Appearance(place.edition, place.track, position(volume, place.track, number)) for place in in_editions)


def _record(paper: Element, volume: Volume, guide: Guide, appearances: tuple[Appearance, ...]) -> PaperRecord:
    identifier = paper_id(volume.collection, volume.id, paper.get("id", ""))
    if volume.year is None:
        raise Malformed("the volume's year is missing or absurd")
    landing, pdf = addresses(paper, identifier)
    return PaperRecord(
        source=SOURCE,
        source_id=identifier,
        title=_title(paper),
        authors=tuple(_people(paper.findall("author"), guide)),
        editors=tuple(_people(paper.findall("editor"), guide)),
        abstract=_abstract(paper),
        doi=doi(plain_text(paper.find("doi"))),
        comments=plain_text(paper.find("note")),
        journal_ref=_journal_ref(paper, volume, guide),
        language=_matching(_LANGUAGE, paper.findtext("language")),
        landing_url=landing,
        pdf_url=pdf,
        published=published(volume),
        appearances=appearances,
        links=links(paper),
        withdrawn=_withdrawn(paper),
    )


def _title(paper: Element) -> str:
    title = text_of(paper.find("title"))
    if not title:
        raise Malformed("no title")
    if len(title) > MAX_TITLE:
        raise Malformed(f"title of more than {MAX_TITLE:,} characters")
    return title


def _abstract(paper: Element) -> str:
    abstract = text_of(paper.find("abstract"))
    if len(abstract) > MAX_ABSTRACT:
        raise Malformed(f"abstract of more than {MAX_ABSTRACT:,} characters")
    return abstract


def _people(elements: list[Element], guide: Guide) -> Iterator[Author]:
    for element in elements:
        first, last = _name(element)
        name = full_name(first, last)
        if len(name) > MAX_NAME:
            raise Malformed(f"name of more than {MAX_NAME:,} characters")
        if name:
            affiliation = plain_text(element.find("affiliation"))
            yield Author(name, last, first, affiliation, _variants(element, first, last, guide))


def _name(element: Element) -> tuple[str, str]:
    return plain_text(element.find("first")), plain_text(element.find("last"))


def _variants(element: Element, first: str, last: str, guide: Guide) -> tuple[str, ...]:
    """Other spellings: those printed beside the name, then those the directory knows of that person."""
    printed = [_name(variant) for variant in element.findall("variant")]
    known = guide.spellings.others(element.get("id", ""), first, last)
    names = dict.fromkeys(full_name(*name) for name in (*printed, *known))
    return tuple(name for name in names if name and name != full_name(first, last) and len(name) <= MAX_NAME)


def _journal_ref(paper: Element, volume: Volume, guide: Guide) -> str:
    # One paper has its whole abstract under <pages>.
    pages = re.sub(r"\s*[-–—]+\s*", "–", _matching(_PAGES, paper.findtext("pages")))
    journal, issue = plain_text(paper.find("journal")), plain_text(paper.find("issue"))
    return reference(volume, guide, pages, journal, issue)


def _withdrawn(paper: Element) -> str:
    for tag, word in (("retracted", "Retracted"), ("removed", "Removed")):
        if (notice := paper.find(tag)) is not None:
            reason, day = plain_text(notice), _matching(_DAY, notice.get("date"))
            return word + (f": {reason}" if reason else "") + (f" ({day})" if day else "")
    return ""


def _matching(pattern: re.Pattern[str], text: str | None) -> str:
    text = clean(text or "")
    return text if pattern.match(text) else ""
