"""The envelope of OAI-PMH 2.0, the protocol by which arXiv and journals give out their records. Pure.

What a record holds is read elsewhere, by its format: see arxiv_oai and oai_journals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder, tostring  # no parser: defusedxml parses

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from ingest.items import Malformed, SetAside, excerpt
from ingest.sources.source import NotThisPage
from papers.text import clean

MAX_DEPTH = 50  # real records come to ten; readers recurse over what is let through

_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_VERBS = ("ListRecords", "GetRecord", "ListIdentifiers", "Identify", "ListSets", "ListMetadataFormats")
_DATESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?Z?)?\Z", re.ASCII)
_IDENTIFIER = re.compile(r"[^\s\x00-\x20\ufdd0]{1,500}\Z")
_COUNT = re.compile(r"\d{1,12}\Z", re.ASCII)
# Stands for what was replaced. XML allows this character and no text means it: Unicode keeps it out of exchange.
_MARK = "\ufdd0"
_REPLACED = re.compile("[\udc80-\udcff\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")


class OaiError(Exception):
    """The host understood and refused; `code` is the protocol's word for it, `text` what the host says."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}" if text else code)
        self.code, self.text = code, text


class TokenExpired(OaiError):
    """The token to go on with is no longer known: the list has to be begun anew."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A record that its source says it deleted."""

    source_id: str


@dataclass(frozen=True, slots=True)
class OaiRecord:
    """One record, or its header alone. `metadata` is None where the host sent none, as it does for deleted ones."""

    identifier: str
    datestamp: date
    sets: tuple[str, ...] = ()
    deleted: bool = False
    metadata: Element | None = None


@dataclass(frozen=True, slots=True)
class OaiPage:
    """One answer. `token` asks for the next, "" at the end; `complete_size` and `cursor` are what the host says of the
    whole list; `earliest` is told by Identify alone. `faults` are records that cannot be used."""

    verb: str
    response_date: datetime
    records: tuple[OaiRecord, ...] = ()
    token: str = ""
    complete_size: int | None = None
    cursor: int | None = None
    earliest: date | None = None
    faults: tuple[SetAside, ...] = ()


def parse(body: bytes, *, lenient: bool = False) -> OaiPage:
    """The answer. Raises NotThisPage for what is no answer of the protocol, OaiError for a refusal, except that no
    record matches, which is an empty page.

    Hosts do send bytes that are not UTF-8, and go on sending them however often they are asked. A lenient reading
    sets aside the records that hold them and takes the others."""
    root = _tree(_text(body, lenient))
    if root.tag != f"{_OAI}OAI-PMH":
        raise NotThisPage("no answer of OAI-PMH")
    at = _response_date(root)
    if errors := root.findall(f"{_OAI}error"):
        _refuse(errors)
        return OaiPage(_asked(root), at)
    for verb in _VERBS:
        if (answer := root.find(_OAI + verb)) is not None:
            return _page(verb, at, answer)
    raise NotThisPage("an answer of OAI-PMH without content")


class _Shallow(TreeBuilder):
    """Builds the tree and refuses what is nested too deeply."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotThisPage("nested too deeply")
        element: Element = super().start(tag, attrs)
        return element

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        element: Element = super().end(tag)
        return element


def _text(body: bytes, lenient: bool) -> str:
    if not lenient:
        try:
            return body.decode("utf-8-sig").replace(_MARK, "\ufffd")
        except UnicodeDecodeError as error:
            raise NotThisPage(f"bytes that are not UTF-8 at {error.start}") from error
    text = body.decode("utf-8-sig", errors="surrogateescape").replace(_MARK, "\ufffd")
    return _REPLACED.sub(_MARK, text)


def _tree(text: str) -> Element:
    # A text and not bytes: then the parser takes no other encoding from the declaration.
    parser = SafeTree.XMLParser(target=_Shallow(), forbid_dtd=True)
    try:
        parser.feed(text)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise NotThisPage("refused: the answer declares a DTD or entities") from error
    except (SafeTree.ParseError, UnicodeError, LookupError) as error:
        raise NotThisPage(f"not XML: {clean(str(error))}"[:300]) from error
    return root


def _response_date(root: Element) -> datetime:
    text = _child(root, "responseDate")
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise NotThisPage(f"no usable responseDate: {text!r:.60}") from error


def _refuse(errors: list[Element]) -> None:
    """Raises the gravest of the errors; none is raised where nothing matched."""
    told = {clean(error.get("code", "")): clean(error.text or "").replace(_MARK, "\ufffd") for error in errors}
    if "badResumptionToken" in told:
        raise TokenExpired("badResumptionToken", told["badResumptionToken"])
    for code, text in told.items():
        if code != "noRecordsMatch":
            raise OaiError(code[:100], text[:500])


def _asked(root: Element) -> str:
    request = root.find(f"{_OAI}request")
    verb = request.get("verb", "") if request is not None else ""
    return verb if verb in _VERBS else ""


def _page(verb: str, at: datetime, answer: Element) -> OaiPage:
    found = list(_records(answer))
    token, size, cursor = _resumption(answer)
    return OaiPage(
        verb=verb,
        response_date=at,
        records=tuple(record for record in found if isinstance(record, OaiRecord)),
        token=token,
        complete_size=size,
        cursor=cursor,
        earliest=_day(_child(answer, "earliestDatestamp")),
        faults=tuple(fault for fault in found if isinstance(fault, SetAside)),
    )


def _records(answer: Element) -> Iterator[OaiRecord | SetAside]:
    for element in answer:
        if element.tag not in (f"{_OAI}record", f"{_OAI}header"):
            continue
        try:
            yield _record(element)
        except Malformed as error:
            raw = tostring(element, encoding="unicode").replace(_MARK, "\ufffd")
            yield SetAside(_name(element), 0, str(error), excerpt(raw))


def _record(element: Element) -> OaiRecord:
    if any(_MARK in text for text in _texts(element)):
        raise Malformed("bytes that are not UTF-8, or characters that XML forbids")
    header = element if element.tag == f"{_OAI}header" else element.find(f"{_OAI}header")
    if header is None:
        raise Malformed("record without a header")
    identifier, datestamp = _child(header, "identifier"), _day(_child(header, "datestamp"))
    if not _IDENTIFIER.match(identifier):
        raise Malformed("header without a usable identifier")
    if datestamp is None:
        raise Malformed(f"header without a usable datestamp: {_child(header, 'datestamp')!r:.60}")
    sets = tuple(filter(None, (clean(name.text or "") for name in header.findall(f"{_OAI}setSpec"))))
    deleted = header.get("status") == "deleted"
    return OaiRecord(identifier, datestamp, sets, deleted, None if deleted else _metadata(element))


def _metadata(record: Element) -> Element | None:
    holder = record.find(f"{_OAI}metadata")
    return next(iter(holder), None) if holder is not None else None


def _resumption(answer: Element) -> tuple[str, int | None, int | None]:
    element = answer.find(f"{_OAI}resumptionToken")
    if element is None:
        return "", None, None
    token = (element.text or "").strip()
    if _MARK in token:
        raise NotThisPage("a resumption token with bytes that are not UTF-8")
    return token, _count(element.get("completeListSize")), _count(element.get("cursor"))


def _child(element: Element, name: str) -> str:
    return (element.findtext(_OAI + name) or "").strip()


def _day(text: str) -> date | None:
    match = _DATESTAMP.match(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _count(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if _COUNT.match(text) else None


def _name(element: Element) -> str:
    """What a fault is filed under: the record's identifier, where it has one."""
    identifier = element.find(f".//{_OAI}identifier")
    name = clean((identifier.text or "") if identifier is not None else "")
    return name.replace(_MARK, "\ufffd")[:500]


def _texts(element: Element) -> Iterator[str]:
    """All that stands in an element, attributes too."""
    for part in element.iter():
        yield part.text or ""
        yield part.tail or ""
        yield from part.attrib.values()
