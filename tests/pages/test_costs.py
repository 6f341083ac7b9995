"""What a page asks of the database does not grow with what it shows."""

from typing import Any

import pytest
from django.test import Client

from papers.record import Appearance
from tests.pages.conftest import Keep
from tests.pages.reading import keys
from tests.pages.samples import DAY, arxiv

COUNT = 1_000


@pytest.fixture
def many(keep: Keep) -> None:
    places = (Appearance("ACL.2025", "Long"),)
    keep(*(arxiv(f"2503.{number:05}", appearances=places) for number in range(1, COUNT + 1)))


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/arxiv/cs.CL", 8),
        ("/arxiv/cs.CL?sort=1", 8),
        (f"/arxiv/cs.CL+cs.AI-cs.CY?date={DAY}", 7),
        ("/venue/ACL.2025", 8),
        ("/venue/ACL.2025?sort=1", 8),
        ("/venue/latest", 6),
        ("/", 6),
    ],
)
@pytest.mark.parametrize("show", [25, COUNT])
def test_lists(
    client: Client, many: None, django_assert_max_num_queries: Any, path: str, queries: int, show: int
) -> None:
    with django_assert_max_num_queries(queries):
        response = client.get(f"{path}{'&' if '?' in path else '?'}show={show}")
    assert path == "/" or len(keys(response)) == show


def test_named_papers(client: Client, many: None, django_assert_max_num_queries: Any) -> None:
    names = ",".join(f"2503.{number:05}" for number in range(1, COUNT + 1))
    with django_assert_max_num_queries(5):
        assert len(keys(client.get(f"/arxiv/{names}?show={COUNT}"))) == COUNT


@pytest.mark.parametrize("show", [25, COUNT])
def test_search(client: Client, many: None, index: Any, django_assert_max_num_queries: Any, show: int) -> None:
    index()
    with django_assert_max_num_queries(6):
        assert len(keys(client.get(f"/search?query=paper&highlight=1&show={show}"))) == show


def test_one_paper(client: Client, many: None, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        assert client.get("/arxiv/2503.00001").status_code == 200
