"""Lists in the order of `?sort=`."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from papers import interest
from papers.interest import Kind
from papers.readers import reader
from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import acl, arxiv

DAY = date(2025, 3, 18)
DAYS_ORDER = ["2503.00004", "2503.00003", "2503.00002", "2503.00001"]
Index = Callable[[], None]


@pytest.fixture
def day(keep: Keep) -> None:
    keep(
        arxiv("2503.00001", title="Sparse attention", abstract="Attention that is sparse saves time. Retrieval too."),
        arxiv("2503.00002", title="Robots that walk", abstract="A robot walks on two legs."),
        arxiv("2503.00003", title="机器翻译中的注意力机制", abstract="我们研究神经网络如何翻译。"),
        arxiv("2503.00004", title="Walking without words", abstract="Nothing to see."),
    )


def opened(key: str, times: int, kind: Kind = Kind.PDF) -> None:
    for number in range(times):
        assert interest.count(key, kind, reader(f"192.0.2.{number}", "Firefox"), DAY)


def sorted_day(client: Client, sort: str, **more: str) -> Any:
    return client.get("/arxiv/cs.CL", {"sort": sort} | more)


def test_a_day_by_the_interest_of_readers(client: Client, day: None) -> None:
    opened("2503.00002", 2)
    opened("2503.00001", 1, Kind.STAR)
    response = sorted_day(client, "1")
    assert keys(response) == ["2503.00001", "2503.00002", "2503.00004", "2503.00003"]
    assert "Readers opened 2 of 4 papers" in words(response)


def test_a_day_that_nobody_has_read_stands_as_it_is(client: Client, day: None) -> None:
    assert keys(sorted_day(client, "1")) == DAYS_ORDER


def test_pages_of_a_sorted_day_fit_together(client: Client, day: None) -> None:
    opened("2503.00001", 1)
    pages = [sorted_day(client, "1", show="2", skip=skip) for skip in ("0", "2")]
    assert [key for page in pages for key in keys(page)] == ["2503.00001", "2503.00004", "2503.00003", "2503.00002"]
    assert '<a rel="next" href="?sort=1&amp;show=2&amp;skip=2">' in text(pages[0])


def test_a_day_by_the_readers_words_says_what_moved_each_paper(client: Client, day: None, index: Index) -> None:
    index()
    response = sorted_day(client, "sparse attention,retrieval,-robots")
    assert keys(response) == ["2503.00001", "2503.00004", "2503.00003", "2503.00002"]
    assert "1 of 4 papers holds your words." in words(response)
    reasons = [part.split("<")[0] for part in text(response).split('<li class="reason">')[1:]]
    assert len(reasons) == 2
    assert reasons[0].startswith("your words: sparse attention (")
    assert "retrieval (" in reasons[0]
    assert reasons[1].startswith("your words: robots (−")


def test_words_match_in_any_inflection_and_script(client: Client, day: None, index: Index) -> None:
    index()
    assert keys(sorted_day(client, "robot"))[0] == "2503.00002"
    assert keys(sorted_day(client, "注意力机制"))[0] == "2503.00003"
    assert keys(sorted_day(client, "ATTENTIONS"))[0] == "2503.00001"
    assert keys(sorted_day(client, '"attention sparse"')) == DAYS_ORDER  # side by side, in this order


def test_chinese_words_find_english_papers(client: Client, day: None, index: Index) -> None:
    index()
    assert keys(sorted_day(client, "机器人"))[0] == "2503.00002"


def test_words_that_nothing_holds_change_nothing(client: Client, day: None, index: Index) -> None:
    index()
    response = sorted_day(client, "zebra crossing,-unicorns")
    assert keys(response) == DAYS_ORDER
    assert "0 of 4 papers hold your words." in words(response)
    assert 'class="reason"' not in text(response)


def test_without_an_index_the_order_is_left_alone_and_the_page_says_so(
    client: Client, day: None, settings: Any, tmp_path: Any
) -> None:
    settings.INDEX_DIR = tmp_path / "nothing"
    response = sorted_day(client, "retrieval")
    assert (response.status_code, keys(response)) == (200, DAYS_ORDER)
    assert "Your words cannot be looked up just now" in text(response)


@pytest.mark.parametrize(
    "sort",
    [
        "x" * 10_000,
        ",".join(f"word{n}" for n in range(2_000)),
        "\x00",
        "retrieval\x00",
        '"',
        '"""""',
        "'; DROP TABLE papers_paper; --",
        r"$\frac{1}{2}$,\alpha",
        "<script>alert(1)</script>",
        "cat:cs.CL,au:knuth,-",
        "*,?,(,[a-z],AND,OR,NOT",
        "图",
        "\ud7ff\uffff",
        "-" * 500,
        " ,  ,",
        "the,of,a",
    ],
)
def test_hostile_words_are_words(client: Client, day: None, index: Index, sort: str) -> None:
    index()
    response = sorted_day(client, sort)
    assert response.status_code == 200
    assert sorted(keys(response)) == sorted(DAYS_ORDER)
    assert "<script>alert" not in text(response)


def test_more_than_fifty_words_are_cut_and_the_page_says_so(client: Client, day: None, index: Index) -> None:
    index()
    response = sorted_day(client, ",".join(f"word{n}" for n in range(50)) + ",retrieval")
    assert keys(response) == DAYS_ORDER
    assert "only the first 50 words count" in text(response)


def test_words_are_typed_into_a_form_that_keeps_the_day(client: Client, day: None) -> None:
    page = text(client.get("/arxiv/cs.CL?date=2025-03-18&show=2&skip=2"))
    form = page.split('<details class="by-words">')[1].split("</details>")[0]
    assert '<form method="get">' in form
    assert '<input type="hidden" name="date" value="2025-03-18">' in form
    assert '<input type="hidden" name="show" value="2">' in form
    assert 'name="skip"' not in form


def test_the_form_shows_the_words_again(client: Client, day: None, index: Index) -> None:
    index()
    page = text(sorted_day(client, 'a "b" <c>, -"d, e"'))
    assert 'value="a b &lt;c&gt;, -&quot;d, e&quot;"' in page


def test_links_lead_from_each_order_to_the_others(client: Client, day: None) -> None:
    assert "?sort=1" in links(client.get("/arxiv/cs.CL"))
    response = sorted_day(client, "1", date="2025-03-18")
    assert "?date=2025-03-18" in links(response)
    assert "<b>reader interest</b>" in text(response)


def test_an_edition_and_a_track_are_sorted_too(client: Client, keep: Keep, index: Index) -> None:
    keep(
        acl("P19-1001", position=1),
        acl("P19-1002", position=2, abstract="On parsing trees."),
        acl("P19-1003", position=3, track="Demo", abstract="On parsing trees."),
    )
    index()
    opened("P19-1003@ACL", 1)
    assert keys(client.get("/venue/ACL.2019?sort=1"))[0] == "P19-1003@ACL"
    assert keys(client.get("/venue/ACL.2019?sort=parsing")) == ["P19-1002@ACL", "P19-1003@ACL", "P19-1001@ACL"]
    assert keys(client.get("/venue/ACL.2019?sort=1&group=Long")) == ["P19-1001@ACL", "P19-1002@ACL"]
    assert "<b>proceedings</b>" in text(client.get("/venue/ACL.2019"))


def test_named_papers_are_sorted_too(client: Client, day: None) -> None:
    opened("2503.00001", 1)
    address = "/arxiv/2503.00002,2503.00001"
    assert keys(client.get(address)) == ["2503.00002", "2503.00001"]
    assert keys(client.get(f"{address}?sort=1")) == ["2503.00001", "2503.00002"]


def test_search_by_interest_reorders_what_was_found(client: Client, day: None, index: Index) -> None:
    index()
    opened("2503.00004", 1, Kind.STAR)
    by_relevance = keys(client.get("/search?query=walking+robots"))
    assert by_relevance == ["2503.00002", "2503.00004"]
    for sort in ("1", "interest"):
        response = client.get(f"/search?query=walking+robots&sort={sort}")
        assert keys(response) == ["2503.00004", "2503.00002"]
        assert "in the order of readers’ interest" in text(response)
    assert any("sort=interest" in link for link in links(response))


def test_search_by_interest_without_readers_keeps_the_order(client: Client, day: None, index: Index) -> None:
    index()
    assert keys(client.get("/search?query=walking+robots&sort=1")) == ["2503.00002", "2503.00004"]
