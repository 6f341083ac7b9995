from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from papers import authors
from papers.record import Author
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, meta, text, words
from tests.pages.samples import acl, arxiv, author

HOSTILE = [
    '"><script>alert(1)</script>',
    "a/b/../c",
    "%2e%2e",
    "' OR 1=1 --",
    "\u202eAda",
    "x" * 9_000,
    "{{ 1 }}",
    "é" * 300,
]


def on(year: int, **fields: Any) -> Any:
    number = f"{year % 100:02}03.{fields.pop('number', 1):05}"
    day = datetime(year, 3, 18, tzinfo=UTC)
    return arxiv(number, day=date(year, 3, 18), submitted=day, announced=date(year, 3, 18), **fields)


@pytest.fixture
def papers(keep: Keep) -> None:
    keep(
        on(2019, authors=(author("Ada Lovelace"), author("Alan Turing"))),
        on(
            2021,
            authors=(author("Grace Hopper"), Author("Ada B. Lovelace", "Lovelace", "Ada B."), author("Alan M. Turing")),
        ),
        on(2024, authors=(author("Ada Lovelace"), author("Alan Turing")), categories=("cs.CL", "stat.ML")),
        on(2022, authors=(author("A. Lovelace"),)),
        on(2023, authors=(Author("Ada Lovelace", "Ada", "Lovelace"),)),
        on(2020, authors=(author("Alan Turing"),)),
    )
    keep(acl("P18-1001", authors=(author("ada lovelace"),), published=date(2018, 1, 1)))


def test_lists_what_bears_the_name_the_newest_first(client: Client, papers: None) -> None:
    response = client.get("/author/Ada Lovelace")
    assert keys(response) == ["2403.00001", "2103.00001", "1903.00001", "P18-1001@ACL"]
    assert "4 papers bear this name" in words(response)
    assert "It may be the name of several people" in words(response)
    assert "/search?query=au%3A%22Ada+Lovelace%22" in links(response)


def test_tells_what_the_papers_tell_of_the_name(client: Client, papers: None) -> None:
    said = words(client.get("/author/Ada Lovelace"))
    assert "Also written Ada B. Lovelace , ada lovelace" in said
    assert "Most often together with Alan Turing 3 Grace Hopper 1" in said
    assert "Perhaps the same person A. Lovelace 1 Lovelace Ada 1" in said
    assert "Categories cs.CL 3 stat.ML 1" in said
    assert "Year Papers 2024 1 2021 1 2019 1 2018 1" in said


@pytest.mark.parametrize("typed", ["ada lovelace", "Ada  LOVELACE", "Áda Lovelace", "Ada Lovelace/"])
def test_case_accents_and_spaces_make_no_other_person(client: Client, papers: None, typed: str) -> None:
    response = client.get(f"/author/{quote(typed)}")
    assert len(keys(response)) == 4
    assert '<link rel="canonical" href="http://127.0.0.1:8000/author/Ada%20Lovelace">' in text(response)


def test_a_middle_name_makes_no_other_person(client: Client, papers: None) -> None:
    assert len(keys(client.get("/author/Ada B. Lovelace"))) == 4


def test_a_family_name_of_several_words_is_not_every_name_that_ends_so(client: Client, keep: Keep) -> None:
    keep(
        on(2019, authors=(Author("Jan van den Berg", "van den Berg", "Jan"),)),
        on(2020, authors=(author("Jan Berg"),)),
    )
    assert keys(client.get("/author/Jan van den Berg")) == ["1903.00001"]
    assert keys(client.get("/author/Jan Berg")) == ["2003.00001"]


@pytest.mark.parametrize(
    ("typed", "status", "location"),
    [
        ("Lovelace, Ada", 301, "/author/Ada%20Lovelace?show=3"),
        ("Turing Alan", 302, "/author/Alan%20Turing?show=3"),
        ("Nobody Atall", 404, None),
        ("Adam Lovelace", 404, None),
        (",", 404, None),
    ],
)
def test_leads_to_the_name_as_it_is_read(
    client: Client, papers: None, typed: str, status: int, location: str | None
) -> None:
    response = client.get(f"/author/{quote(typed)}?show=3")
    assert (response.status_code, response.get("Location")) == (status, location)


def test_an_unknown_name_offers_a_search(client: Client, papers: None) -> None:
    response = client.get("/author/Adam Lovelace")
    assert "No paper here bears the name “Adam Lovelace”" in text(response)
    assert "/search?query=Adam+Lovelace&highlight=1" in links(response)
    assert "A. Lovelace 1 paper" in words(response)


def test_a_chinese_name_has_its_papers(client: Client, keep: Keep) -> None:
    keep(acl("P18-1001", authors=(Author("王小明", "王", "小明"),)), acl("P18-1002", authors=(Author("王小明"),)))
    assert set(keys(client.get(f"/author/{quote('王小明')}"))) == {"P18-1001@ACL", "P18-1002@ACL"}


def test_cards_link_to_the_page_of_each_author(client: Client, papers: None) -> None:
    found = links(client.get("/arxiv/1903.00001"))
    assert {"/author/Ada%20Lovelace", "/author/Alan%20Turing"} <= set(found)


def test_the_link_of_any_name_leads_to_its_page(client: Client, keep: Keep) -> None:
    names = ["A/B Testing Group", "Who? #1", "50% Club", "Émile Zola", "O'Neil, Jr.", "王小明", "a&b=c"]
    keep(on(2019, authors=tuple(Author(name) for name in names)))
    for link in [link for link in links(client.get("/arxiv/1903.00001")) if link.startswith("/author/")]:
        response = client.get(link, follow=True)
        assert keys(response) == ["1903.00001"], link


def test_is_kept_out_of_search_engines(client: Client, papers: None) -> None:
    assert meta(client.get("/author/Ada Lovelace"), "robots") == ["noindex"]


def test_is_paged_like_any_list(client: Client, papers: None) -> None:
    assert keys(client.get("/author/Ada Lovelace?skip=1&show=2")) == ["2103.00001", "1903.00001"]
    for parameters in ("skip=-1", "show=1e9", "skip=99999999999", "show=%00"):
        assert client.get(f"/author/Ada Lovelace?{parameters}").status_code == 200


@pytest.mark.parametrize("name", [*HOSTILE, "\x00", ".", "-", "?", "王", "a b c d e f g h i j k l m n o p"])
def test_no_name_breaks_the_page(client: Client, papers: None, name: str) -> None:
    response = client.get(f"/author/{quote(name)}", follow=True)
    assert response.status_code == 404
    assert "<script>alert" not in text(response)


def test_hostile_names_of_authors_stay_text(client: Client, keep: Keep) -> None:
    evil = HOSTILE[0]
    keep(on(2019, authors=(Author(evil), Author("Ada" + evil, evil, "Ada"))), on(2020, authors=(Author(evil),)))
    page = text(client.get(f"/author/{quote(evil)}"))
    assert "2 papers" in page.replace("<b>", "").replace("</b>", "")
    assert "<script>alert" not in page


@pytest.mark.parametrize("count", [3, 300])
def test_costs_no_more_with_more_papers(
    client: Client, keep: Keep, django_assert_max_num_queries: Any, count: int
) -> None:
    people = tuple(author(f"Given{number} Family{number}") for number in range(30))
    keep(*(on(2019, number=number, authors=(author("Ada Lovelace"), *people)) for number in range(1, count + 1)))
    with django_assert_max_num_queries(6):
        assert len(keys(client.get("/author/Ada Lovelace?show=1000"))) == count


def test_a_collaboration_of_thousands_is_a_paper_like_any_other(client: Client, keep: Keep) -> None:
    """Its authors are not read to find out who worked together."""
    many = tuple(author(f"Given{number} Family{number * 7919}") for number in range(3_000))
    keep(on(2019, authors=(author("Ada Lovelace"), *many)), on(2020, authors=(author("Ada Lovelace"), many[5])))
    response = client.get("/author/Ada Lovelace")
    assert keys(response) == ["2003.00001", "1903.00001"]
    assert "Given5 Family39595 1" in words(response)


def test_gives_ids_for_other_lists(keep: Keep, papers: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = authors.paper_ids("Ada Lovelace")
    assert tuple(found) == authors.by_name("Ada Lovelace").paper_ids
    assert authors.paper_ids("\x00") == authors.paper_ids("") == []
