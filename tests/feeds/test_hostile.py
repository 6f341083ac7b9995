"""What strangers wrote comes through a feed as they wrote it, and does nothing there."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from papers.feeds import atom
from papers.feeds.opml import Folder, Subscription
from papers.feeds.opml import written as written_opml
from papers.record import Appearance
from tests.feeds.reader import entries, link, schema
from tests.feeds.test_atom import MOMENT, entry, feed
from tests.pages.conftest import Keep
from tests.pages.samples import arxiv, author

TITLES = [
    "<script>alert(1)</script>",
    "]]> <![CDATA[ x ]]> &amp; &lt;b&gt; & <b>",
    "<!- -> <?xml version='1.0'?> <!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]> &y;",
    "\"quotes\" and 'others'",
    "مرحبا and עברית and 中文",
    "🦜 and \U0001d465",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_comes_back_as_it_is(client: Client, keep: Keep, title: str) -> None:
    keep(arxiv("2503.00001", title=title, abstract=title, authors=(author(title),), comments=title))
    (found,) = entries(client.get("/arxiv/cs.CL/feed"))
    assert found.title == title
    assert found.authors == [title]
    paragraphs = html.fromstring(f"<div>{found.summary}</div>")
    assert [each.tag for each in paragraphs.iter()] == ["div", "p", "p"]
    assert paragraphs[0].text == title


def test_marks_that_turn_the_reading_direction_do_not_leave_their_title(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", title="before \u202egnihtyna\u2066 after\u200b \x07\x0b\x1f\ufffe", abstract="\x01x"))
    (found,) = entries(client.get("/arxiv/cs.CL/feed"))
    assert not set(found.title + found.summary) & set("\u202e\u2066\x07\x0b\x1f\ufffe\x01")
    assert found.title.startswith("before gnihtyna after")


@pytest.mark.parametrize("text", ["$x^{2", "\\frac{", "a $ b", "}{", "$$$", "\\begin{align} x", "$" * 999, "{" * 999])
def test_unbalanced_tex_is_given_as_text(client: Client, keep: Keep, text: str) -> None:
    keep(arxiv("2503.00001", title=f"On {text} it", abstract=f"Of {text} it"))
    (found,) = entries(client.get("/arxiv/cs.CL/feed"))
    assert found.title.startswith("On")
    assert found.title.endswith("it")


def test_all_of_a_thousand_authors_are_named(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", authors=tuple(author(f"Ada{number} Lovelace") for number in range(1_000))))
    (found,) = entries(client.get("/arxiv/cs.CL/feed"))
    assert found.authors == [f"Ada{number} Lovelace" for number in range(1_000)]


def test_a_paper_without_authors_or_with_empty_names_is_the_feeds(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", authors=()), arxiv("2503.00002", authors=(author(""), author(" \x07"))))
    assert [found.authors for found in entries(client.get("/arxiv/cs.CL/feed"))] == [[], []]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x", "http://", "", "file:///etc/passwd"])
def test_only_addresses_of_the_web_become_links(client: Client, keep: Keep, url: str) -> None:
    keep(arxiv("2503.00001", pdf_url=url, landing_url=url))
    (found,) = entries(client.get("/arxiv/cs.CL/feed"))
    assert (link(found.element, "enclosure"), link(found.element, "via")) == ("", "")


def test_addresses_are_made_fit(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", pdf_url='https://x.org/a b"<é>.pdf', doi='10.1/a b<"é'))
    (found,) = entries(client.get("/arxiv/cs.CL/feed"))
    assert link(found.element, "enclosure") == "https://x.org/a%20b%22%3C%C3%A9%3E.pdf"
    assert link(found.element, "related") == "https://doi.org/10.1/a%20b%3C%22%C3%A9"


def test_a_paper_in_twelve_categories_has_all_of_them(client: Client, keep: Keep) -> None:
    codes = [f"cs.{code}" for code in ("CL", "AI", "LG", "CV", "NE", "IR", "CY", "HC", "SE", "DL", "MA", "QQ")]
    keep(arxiv("2503.00001", categories=tuple(codes), appearances=(Appearance("ACL.2025", "Long"),)))
    (found,) = entries(client.get(f"/arxiv/{','.join(codes[:11])}/feed"))
    assert [each.get("term") for each in found.element.iterfind("{*}category")] == [*codes, "ACL.2025"]


@given(st.text(), st.text(), st.text())
def test_any_text_makes_a_valid_feed(title: str, name: str, word: str) -> None:
    made = atom.written(feed(entry(title=title, authors=(name, "x"), summary=f"<p>{word}</p>"), title=title))
    root = etree.fromstring(made)
    schema().assertValid(root)


@given(st.text(), st.text())
def test_any_text_makes_a_valid_file_of_subscriptions(title: str, other: str) -> None:
    subscription: Any = Subscription(title, "https://x.org/feed", "https://x.org")
    root = etree.fromstring(written_opml(other, [Folder(other, [subscription])]))
    assert root.get("version") == "2.0"
    assert MOMENT.tzinfo
