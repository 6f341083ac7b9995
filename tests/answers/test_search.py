"""Search inside answers, in both languages."""

from typing import Any

import pytest
from django.test import Client

from library.answers import search
from library.answers.models import Answer
from tests.answers.conftest import Ask, write
from tests.answers.standin import StandIn, answer
from tests.pages.conftest import Keep
from tests.pages.reading import keys, text, words
from tests.pages.samples import arxiv

pytestmark = pytest.mark.django_db

SAID = {
    "2503.00001": "It uses **sparse attention** with $O(n)$ cost.\n\n- Readers of libraries\n- 图像分割的注意力机制",
    "2503.00002": "该论文研究图像分割与目标检测。\n\n- 它提出稀疏注意力",
    "2503.00003": "Nothing about that, but attentive readers.",
}


@pytest.fixture
def answered(endpoint: StandIn, keep: Keep, ask: Ask) -> None:
    keep(*(arxiv(key) for key in SAID))

    def behave(exchange: Any) -> None:
        title = exchange.body["messages"][1]["content"].splitlines()[0]
        answer(exchange, SAID[title.rpartition(" ")[2]])

    endpoint.behave = behave
    for key in SAID:
        ask(key)
        write()


def find(client: Client, query: str, **more: Any) -> Any:
    return client.get("/answers/search", {"query": query, **more})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sparse attention", ["2503.00001"]),
        ("library reader", ["2503.00001"]),
        ("READERS", ["2503.00003", "2503.00001"]),
        ("图像", ["2503.00002", "2503.00001"]),
        ("目标检测", ["2503.00002"]),
        ("注意力 稀疏", ["2503.00002"]),
        ("sparse detection", []),
        ("the", []),
    ],
)
def test_finds_papers_one_of_whose_answers_has_all_words(
    client: Client, answered: None, query: str, expected: list[str]
) -> None:
    assert keys(find(client, query)) == expected


def test_shows_the_line_with_the_words_marked(client: Client, answered: None) -> None:
    shown = text(find(client, "sparse attention"))
    assert "It uses <strong><mark>sparse</mark> <mark>attention</mark></strong> with <math" in shown
    assert "<mark>图像</mark>分割的注意力机制" in text(find(client, "图像"))
    assert "What problem does this paper try to solve?" not in text(find(client, "zebra"))


def test_says_where_nothing_is_found_and_where_nothing_is_asked(client: Client, answered: None) -> None:
    assert "No answer has all of these words." in text(find(client, "zebra"))
    assert "Finds papers by what was answered of them" in text(find(client, ""))


def test_pages_through_what_it_finds(client: Client, answered: None) -> None:
    first = find(client, "readers", show=1)
    assert keys(first) == ["2503.00003"]
    assert "1–1 of 2" in words(first)
    assert keys(find(client, "readers", show=1, skip=1)) == ["2503.00001"]


@pytest.mark.parametrize(
    "query", ["\x00", "'; DROP TABLE", "a" * 5_000, "<script>", "$\\frac", "%_%", "\ud800", "， 。"]
)
def test_any_query_is_answered(client: Client, answered: None, query: str) -> None:
    response = client.get("/answers/search", {"query": query.encode("utf-8", "replace").decode()})
    assert response.status_code == 200
    assert "<script>alert" not in text(response)


def test_goes_by_the_index(answered: None) -> None:
    from django.db import connection

    Answer.objects.bulk_create(
        Answer(asking_id=Answer.objects.first().asking_id, question=number, text="x", terms=[f"t{number}", "common"])
        for number in range(100, 3_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE library_answer")
        cursor.execute("EXPLAIN SELECT id FROM library_answer WHERE terms @> %s::text[] ORDER BY id DESC LIMIT 2000",
                       [["t500"]])  # fmt: skip
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "answer_terms" in plan
    assert len(search.find("t500")) == 1
