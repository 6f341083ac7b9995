"""Pages of lists name their feed, where browsers and feed readers look for it."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.feeds.reader import keys
from tests.pages.conftest import Keep
from tests.pages.reading import text
from tests.pages.samples import acl, arxiv, author

LINK = re.compile(r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]*)">')


@pytest.mark.parametrize(
    ("page", "holds"),
    [
        ("/arxiv/cs.CL", "2503.00001"),
        ("/arxiv/cs.CL?since=2025-03-01", "2503.00001"),
        ("/arxiv/cs.AI,cs.CL-cs.CY", "2503.00001"),
        ("/arxiv/2503.00001,2503.00002", "2503.00002"),
        ("/venue/ACL.2019", "P19-0001@ACL"),
        ("/venue/ACL.2019?group=Long", "P19-0001@ACL"),
        ("/venue/latest", "P19-0001@ACL"),
        ("/search?query=paper%26more", "2503.00001"),
        ("/author/Ada Lovelace", "2503.00001"),
    ],
)
def test_a_page_names_its_feed(client: Client, keep: Keep, index: Any, page: str, holds: str) -> None:
    keep(arxiv("2503.00001"), arxiv("2503.00002"), acl("P19-0001", authors=(author("Bo Reader"),)))
    index()
    (feed,) = LINK.findall(text(client.get(page)))
    assert holds in keys(client.get(unescape(feed)))


@pytest.mark.parametrize("page", ["/", "/arxiv/2503.00001", "/search/help", "/status"])
def test_other_pages_name_none(client: Client, keep: Keep, page: str) -> None:
    keep(arxiv("2503.00001"))
    assert LINK.findall(text(client.get(page))) == []
