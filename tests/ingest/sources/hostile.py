"""What every source of proceedings is tried with: answers that are not the page, and entries nobody should trust.

A test file says what its source is (Tried) and runs each of CASES on it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from ingest.items import MAX_ABSTRACT, MAX_RAW, MAX_TITLE, Item, SetAside, Taken
from ingest.sources.source import NotThisPage, NotYet, Page, Parsed, ProceedingsSource, SourceEdition
from papers.record import PaperRecord


@dataclass(frozen=True, slots=True)
class Tried:
    """A source with a list and the page of a paper as it prints them. `write` makes a list of one paper of a title and
    what its id is read from, `name` being a good one; `words` begin the abstract on the page."""

    source: ProceedingsSource
    edition: SourceEdition
    listing: bytes
    paper: bytes
    address: str
    write: Callable[[str, str], bytes]
    name: str
    words: bytes

    def parsed(self, body: bytes | None = None, edition: SourceEdition | None = None, address: str = "") -> Parsed:
        edition = edition or self.edition
        return self.source.parse(Page(edition, address or edition.address, self.listing if body is None else body))

    def records(self, body: bytes | None = None, edition: SourceEdition | None = None) -> list[PaperRecord]:
        return [item.record for item in self.parsed(body, edition).items if isinstance(item, Taken)]

    def set_aside(self, body: bytes | None = None, edition: SourceEdition | None = None) -> list[SetAside]:
        return [item for item in self.parsed(body, edition).items if isinstance(item, SetAside)]

    def reasons(self, body: bytes | None = None) -> list[str]:
        return [item.reason for item in self.set_aside(body)]

    def told(self, body: bytes | None = None, address: str = "") -> Item:
        page = Page(self.edition, address or self.address, self.paper if body is None else body)
        assert self.source.parse_detail is not None
        (item,) = self.source.parse_detail(page).items
        return item

    def detail(self, body: bytes | None = None, address: str = "") -> PaperRecord:
        item = self.told(body, address)
        assert isinstance(item, Taken)
        return item.record


Case = Callable[[Tried], None]

_NOTHING = "no papers on the page|not the page of a paper"
_SPOILED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut in half": (lambda page: page[: len(page) // 2], "cut short"),
    "cut near its end": (lambda page: page[:-300], "cut short"),
    "cut within its last tag": (lambda page: page.rstrip()[:-1], "cut short"),
    "with a byte that is none": (lambda page: _amid(page, b"\xff"), "not UTF-8"),
    "in Latin-1": (lambda page: _amid(page, "Å, æ".encode("latin-1")), "not UTF-8"),
}
_OTHERS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "not HTML"),
    "unavailable": (b"<html><body><h1>Service Unavailable</h1></body></html>", _NOTHING),
    "not found": (b"<html><h1>Not Found</h1></html>", _NOTHING),
    "404": (b"<html><h1>404</h1></html>", _NOTHING),
    "bad gateway": (b"<html><h1>Bad Gateway</h1></html>", _NOTHING),
    "access denied": (b'<html><h1 id="page-title">Access denied</h1></html>', _NOTHING),
    "a challenge": (b"<html><h1>Just a moment...</h1></html>", _NOTHING),
    "a login": (b"<html><form action='/user/login'></form></html>", _NOTHING),
    "JSON": (b'{"notes": []}</html>', _NOTHING),
    "nested boxes": (b"<div>" * 100_000 + b"</html>", _NOTHING),
    "nested boxes of a view": (b"<div class='pt-cv-ifield'>" * 100_000 + b"</html>", _NOTHING),
    "nested lists": (b"<ul><li>" * 100_000 + b"</html>", _NOTHING),
    "nested definitions": (b"<dl>" * 100_000 + b"</html>", _NOTHING),
    "nested titles": (b"<dl><dt class='ptitle'>" * 100_000 + b"</dl>", "cut short"),
}
_NAMES = ("", ".", "..", "../../etc/passwd", "a/b", "a b", "é", "%2e%2e", "%2e%2e%2fpasswd", "a%00b", "x" * 300)


def _amid(page: bytes, odd: bytes) -> bytes:
    return page[: len(page) // 2] + odd + page[len(page) // 2 :]


def _list_is_refused(change: Callable[[bytes], bytes], reason: str, tried: Tried) -> None:
    with pytest.raises(NotThisPage, match=reason) as refused:
        tried.parsed(change(tried.listing))
    assert not isinstance(refused.value, NotYet)


def _paper_is_refused(change: Callable[[bytes], bytes], reason: str, tried: Tried) -> None:
    with pytest.raises(NotThisPage, match=reason):
        tried.told(change(tried.paper))


def _address_is_refused(change: Callable[[str, str], str], tried: Tried) -> None:
    folder, _, name = tried.address.rstrip("/").rpartition("/")
    with pytest.raises(NotThisPage, match=r"not the (page|address) of a paper"):
        tried.told(address=change(folder, name))


def _name_is_no_id(name: str, tried: Tried) -> None:
    body = tried.write("T", name)
    assert tried.records(body) == []
    assert len(tried.set_aside(body)) == 1


def _second_of_one_id_is_set_aside(tried: Tried) -> None:
    first, second = (tried.write(title, tried.name) for title in ("One", "Two"))
    body = first.replace(b"</html>", second)
    (record,) = tried.records(body)
    assert record.title == "One"
    assert tried.reasons(body) == [f"{record.source_id} stands twice on the page"]


def _title_beyond_measure_is_set_aside(tried: Tried) -> None:
    assert len(tried.records(tried.write("x" * MAX_TITLE, tried.name))) == 1
    (aside,) = tried.set_aside(tried.write("x" * (MAX_TITLE + 1), tried.name))
    assert aside.reason == "title of more than 2,000 characters"
    assert len(aside.raw) <= MAX_RAW


def _abstract_beyond_measure_is_set_aside(tried: Tried) -> None:
    assert tried.words in tried.paper
    item = tried.told(tried.paper.replace(tried.words, b"x" * (MAX_ABSTRACT + 1)))
    assert isinstance(item, SetAside)
    assert item.reason == "abstract of more than 100,000 characters"


def _always(body: bytes) -> Callable[[bytes], bytes]:
    return lambda _: body


_ANSWERS = _SPOILED | {name: (_always(body), reason) for name, (body, reason) in _OTHERS.items()}
_ADDRESSES: dict[str, Callable[[str, str], str]] = {
    "that climbs": lambda folder, name: f"{folder}/../{name}",
    "that climbs far": lambda folder, name: f"{folder}/../../../etc/passwd",
    "without a name": lambda folder, name: f"{folder}/",
    "of another source": lambda folder, name: f"other:{folder.partition(':')[2]}/{name}",
}
_CASES: dict[str, Case] = {
    **{f"list: {name}": partial(_list_is_refused, *answer) for name, answer in _ANSWERS.items()},
    **{f"paper: {name}": partial(_paper_is_refused, *answer) for name, answer in _ANSWERS.items()},
    **{f"address {name}": partial(_address_is_refused, change) for name, change in _ADDRESSES.items()},
    **{f"name {name[:20]!r}": partial(_name_is_no_id, name) for name in _NAMES},
    "twice": _second_of_one_id_is_set_aside,
    "title beyond measure": _title_beyond_measure_is_set_aside,
    "abstract beyond measure": _abstract_beyond_measure_is_set_aside,
}
CASES = tuple(pytest.param(case, id=name) for name, case in _CASES.items())
