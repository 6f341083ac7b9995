"""The writer: plain values -> Atom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from lxml import etree

from papers.feeds import atom
from papers.feeds.atom import Category, Entry, Feed, Link
from tests.feeds.reader import schema

MOMENT = datetime(2025, 3, 18, 4, 0, 0, 999_999, tzinfo=UTC)


def entry(**changes: Any) -> Entry:
    made = Entry(
        id=atom.entry_id("2503.00001"),
        title="A title",
        published=MOMENT,
        updated=MOMENT,
        language="en",
        authors=("Ada Lovelace",),
        categories=(Category("cs.CL", "http://arxiv.org/schemas/atom", "Computation and Language"),),
        links=(Link("alternate", "https://x.org/arxiv/2503.00001", "text/html"),),
        summary="<p>Text</p>",
    )
    return replace(made, **changes)


def feed(*entries: Entry, **changes: Any) -> Feed:
    made = Feed(
        id="https://x.org/arxiv/cs.CL/feed",
        title="cs.CL",
        subtitle="",
        updated=MOMENT,
        author="coolpapers",
        icon="https://x.org/icon.svg",
        generator=("coolpapers", "1"),
        links=(Link("self", "https://x.org/arxiv/cs.CL/feed", "application/atom+xml"),),
        entries=entries,
    )
    return replace(made, **changes)


def read(made: Feed) -> Any:
    root = etree.fromstring(atom.written(made))
    schema().assertValid(root)
    return root


def test_an_empty_feed_is_valid() -> None:
    assert read(feed()).findtext("{*}updated") == "2025-03-18T04:00:00Z"


def test_moments_are_in_utc() -> None:
    zone = timezone(timedelta(hours=-4))
    found = read(feed(entry(published=datetime(2025, 3, 18, tzinfo=zone), updated=datetime(1, 1, 2, tzinfo=UTC))))
    assert found.findtext("{*}entry/{*}published") == "2025-03-18T04:00:00Z"
    assert found.findtext("{*}entry/{*}updated") == "0001-01-02T00:00:00Z"


def test_a_language_is_named_where_it_is_another_one() -> None:
    french, english = read(feed(entry(language="fr"), entry(id="urn:x:y"))).iterfind("{*}entry")
    assert french.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert "{http://www.w3.org/XML/1998/namespace}lang" not in english.attrib


def test_ids_are_made_of_names_alone() -> None:
    """Another id would make every paper a new one to every reader."""
    assert atom.entry_id("2503.00001") == "urn:uuid:811a0e92-c585-5855-9211-dd67a509a4d3"
    assert atom.entry_id("P19-1001@ACL") != atom.entry_id("P19-1001@acl")


def test_the_grammar_refuses_what_the_rfc_forbids() -> None:
    """The check itself can fail."""
    good = atom.written(feed(entry()))
    for before, after in (
        (b"<title>A title</title>", b""),
        (b"<id>urn", b"<id>no iri"),
        (b"04:00:00Z</published>", b"04:00</published>"),
        (b"<author><name>Ada Lovelace</name></author>", b"<author></author>"),
        (b' term="cs.CL"', b""),
        (b' href="https://x.org/arxiv/2503.00001"', b""),
        (b'type="html"', b'type="markdown"'),
        (b"<published>", b"<published>2025-01-01T00:00:00Z</published><published>"),
    ):
        assert before in good
        with pytest.raises(etree.DocumentInvalid):
            schema().assertValid(etree.fromstring(good.replace(before, after)))
