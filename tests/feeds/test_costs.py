"""What a feed asks of the database does not grow with what it holds, and a 304 asks once."""

from typing import Any

import pytest
from django.test import Client

from papers.record import Appearance
from tests.feeds.reader import keys
from tests.pages.conftest import Keep
from tests.pages.samples import arxiv, author

NAMED = ",".join(f"2503.{number:05}" for number in range(1, 151))
PATHS = [
    ("/arxiv/cs.CL/feed", 2),
    ("/arxiv/cs.AI,cs.CL,cs.LG/feed", 2),
    ("/arxiv/cs.CL+cs.LG-cs.CY/feed", 2),
    (f"/arxiv/{NAMED}/feed", 2),
    ("/venue/ACL/feed", 2),
    ("/venue/ACL.2025/feed", 2),
    ("/venue/ACL.2025/feed?group=Long", 2),
    ("/venue/latest/feed", 2),
    ("/author/Ada Lovelace/feed", 3),
    ("/search/feed?query=paper", 2),
]


@pytest.fixture
def many(keep: Keep, index: Any) -> None:
    places = (Appearance("ACL.2025", "Long"),)
    names = (author("Ada Lovelace"), author("Alan Turing"))
    keep(*(arxiv(f"2503.{number:05}", appearances=places, authors=names) for number in range(1, 151)))
    index()


@pytest.mark.parametrize("path,queries", PATHS)
def test_a_feed(client: Client, many: None, django_assert_num_queries: Any, path: str, queries: int) -> None:
    join = "&" if "?" in path else "?"
    for show in (10, 100):
        with django_assert_num_queries(queries):
            response = client.get(f"{path}{join}show={show}")
        assert len(keys(response)) == show
    with django_assert_num_queries(1):
        again = client.get(f"{path}{join}show={show}", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_a_file_of_subscriptions(client: Client, many: None, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        assert client.get("/opml?categories=cs.CL,cs.AI&venues=ACL,acl.2025,ACL.2025&searches=x").status_code == 200
