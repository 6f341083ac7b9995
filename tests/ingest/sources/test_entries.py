"""What may be taken from a stranger's list: ids, addresses, texts and days."""

from datetime import date

import pytest

from ingest.items import Malformed
from ingest.sources import entries
from papers.record import Link

SITE = "https://www.proceedings.example"


@pytest.mark.parametrize("text", ["a", "A_B-C_2023_paper", "x.y", "O'Neil+1", "a" * 200])
def test_what_can_stand_in_an_address_is_an_id(text: str) -> None:
    assert entries.identifier(text) == text


@pytest.mark.parametrize("text", ["", ".", "..", "../x", "a/b", "a b", "a..b", "é", "a%2fb", "a\n", "a" * 201, "-a"])
def test_what_cannot_is_none(text: str) -> None:
    with pytest.raises(Malformed, match="cannot stand in an address"):
        entries.identifier(text)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/a/b.pdf", f"{SITE}/a/b.pdf"),
        ("b.pdf?x=1#top", f"{SITE}/b.pdf?x=1"),
        ("http://www.proceedings.example/a.pdf", f"{SITE}/a.pdf"),
        ("https://proceedings.example:8443/a.pdf", f"{SITE}/a.pdf"),
        ("https://user:secret@www.proceedings.example/a.pdf", f"{SITE}/a.pdf"),
        ("/ä b.pdf", f"{SITE}/%C3%A4%20b.pdf"),
        ("https://elsewhere.example/a.pdf", ""),
        ("https://www.proceedings.example.elsewhere.example/a.pdf", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//[bad", ""),
        ("/" + "x" * 3_000, ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_what_stands_on_the_host_itself_is_its_own(href: str | None, expected: str) -> None:
    assert entries.own(SITE, href) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&amp;D", "R&D"),
        ("R&D; AT&T", "R&D; AT&T"),
        ("&#39;x&#x27;", "'x'"),
        ("&#0;&#xD800;x&#x202E;", "\ufffd\ufffdx"),
        ("&nosuchthing;", "&nosuchthing;"),
    ],
)
def test_what_was_escaped_twice_is_made_plain(text: str, expected: str) -> None:
    assert entries.plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-12-05", date(2023, 12, 5)),
        ("2023/2/5", date(2023, 2, 5)),
        ("2023", None),
        ("2023-13-01", None),
        ("0000-01-01", None),
        ("", None),
    ],
)
def test_a_day_is_one_that_was(text: str, expected: date | None) -> None:
    assert entries.day(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://arxiv.org/abs/2303.01234", ("arxiv:2303.01234",)),
        ("https://www.arxiv.org/pdf/2303.01234v2.pdf", ("arxiv:2303.01234",)),
        ("https://arxiv.org/abs/9999.99999", ()),
        ("https://arxiv.org.elsewhere.example/abs/2303.01234", ()),
        ("", ()),
    ],
)
def test_an_arxiv_paper_is_told_by_its_address(url: str, expected: tuple[str, ...]) -> None:
    assert entries.arxiv(url) == expected


def test_an_address_too_long_is_no_link() -> None:
    assert entries.link("video", "https://a.example/") == (Link("video", "https://a.example/"),)
    assert entries.link("video", "https://a.example/" + "x" * 2_000) == ()
    assert entries.link("video", "") == ()
