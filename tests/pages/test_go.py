"""From an address, ids or words to what is here, by the table that the browser extension reads too."""

import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from papers.recognition.rules import reader
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client: Any, keep: Keep) -> Any:
    keep(arxiv("2503.00001"), arxiv("hep-th/9901001"))
    keep(acl("P19-1001", doi="10.18653/v1/p19-1001"), acl("P19-1002", doi="10.1145/3580305.3599"))
    return client


def led(client: Any, url: str, **more: Any) -> str:
    """Where /go leads an address to, without the way back."""
    answer = client.get("/go", {"url": url}, **more)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"].partition("?from=")[0])


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://arxiv.org/abs/2503.00001", "/arxiv/2503.00001"),
        ("https://arxiv.org/pdf/2503.00001v2.pdf", "/arxiv/2503.00001v2"),
        ("arxiv.org/abs/hep-th/9901001", "/arxiv/hep-th/9901001"),
        ("https://www.alphaxiv.org/overview/2503.00001", "/arxiv/2503.00001"),
        ("https://aclanthology.org/P19-1001.pdf", "/venue/P19-1001@ACL"),
        ("https://doi.org/10.18653/v1/P19-1001", "/venue/P19-1001@ACL"),
        ("https://dl.acm.org/doi/10.1145/3580305.3599", "/venue/P19-1002@ACL"),
        ("10.1145/3580305.3599", "/venue/P19-1002@ACL"),
        ("https://openreview.net/forum?id=ab_c-dE12&noteId=x", "/venue/ab_c-dE12@OpenReview"),
        ("https://arxiv.org/list/cs.CL/recent", "/arxiv/cs.CL"),
        ("https://scholar.google.com/scholar?hl=en&q=attention+is+all", "/search?query=attention+is+all"),
        ("see 2503.00001v3", "/arxiv/2503.00001v3"),
        (
            "2503.00001 and hep-th/9901001, 10.1145/3580305.3599",
            "/export?ids=2503.00001,hep-th/9901001,10.1145/3580305.3599",
        ),
        ("doi:10.1016/s1,a 2503.00001", "/export?ids=10.1016/s1%252Ca,2503.00001"),
        ("attention is all you need", "/search?query=attention+is+all+you+need"),
        ("注意力机制", f"/search?query={quote('注意力机制')}"),
    ],
)
def test_an_address_leads_to_the_paper_ids_to_a_list_and_words_to_a_search(client: Any, url: str, path: str) -> None:
    assert led(client, url) == path


def test_one_id_in_a_text_leads_to_the_paper_and_several_to_a_list_in_their_order(client: Any) -> None:
    assert led(client, "2503.00001") == "/arxiv/2503.00001"
    page = client.get("/go", {"url": "10.1145/3580305.3599 2503.00001 10.1145/404"}, follow=True)
    text = page.content.decode()
    assert text.index('id="P19-1002@ACL"') < text.index('id="2503.00001"')
    assert 'href="https://doi.org/10.1145/404"' in text


def test_an_address_that_a_rule_of_a_browser_handed_on_is_read_to_its_end(client: Any) -> None:
    answer = client.get("/go?url=https://openreview.net/forum?noteId=a&id=ab_c-dE12")
    told = urlsplit(answer["Location"])
    assert told.path == "/venue/ab_c-dE12@OpenReview"
    assert parse_qs(told.query) == {"from": ["https://openreview.net/forum?noteId=a&id=ab_c-dE12"]}


@pytest.mark.parametrize("slashes", ["//", "/"])
def test_an_address_may_stand_behind_ours(client: Any, slashes: str) -> None:
    for address in (f"https:{slashes}arxiv.org/abs/2503.00001", "arxiv.org/abs/2503.00001"):
        assert client.get(f"/go/{address}")["Location"].startswith("/arxiv/2503.00001")
    answer = client.get(f"/go/https:{slashes}openreview.net/forum?id=ab_c-dE12")
    assert answer["Location"].startswith("/venue/ab_c-dE12@OpenReview")


def test_the_page_that_was_led_to_shows_the_way_back(client: Any) -> None:
    page = client.get("/go", {"url": "https://www.alphaxiv.org/abs/2503.00001"}, follow=True).content.decode()
    assert "You came from alphaxiv.org." in page
    assert '<a href="https://www.alphaxiv.org/abs/2503.00001" rel="noopener">Back to that page</a>' in page
    assert re.search(r'<link rel="canonical" href="[^"?]*/arxiv/2503.00001">', page)


def test_a_paper_that_is_not_here_leaves_the_way_back_too(client: Any) -> None:
    page = client.get("/go", {"url": "https://openreview.net/forum?id=ab_c-dE12"}, follow=True)
    assert page.status_code == 404
    text = page.content.decode()
    assert "You came from openreview.net." in text
    assert 'href="https://openreview.net/forum?id=ab_c-dE12"' in text
    unknown = client.get("/go", {"url": "https://doi.org/10.1145/404"})
    assert unknown.status_code == 404
    assert 'href="https://doi.org/10.1145/404"' in unknown.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/abs/2503.00001",
        "javascript:alert(1)//arxiv.org/",
        "https://evil.example\\@arxiv.org/abs/2503.00001",
        "https://arxiv.org\\.evil.example/",
        "https://arxiv.org@evil.example/abs/2503.00001",
        "https://user:word@arxiv.org/abs/2503.00001",
        "https:/arxiv.org/abs/2503.00001",
        "https://arxiv.org.evil.example/abs/2503.00001",
        "//arxiv.org/abs/2503.00001",
        "https://arxiv.org/\"onclick='x'",
        "https://arxiv.org/" + "a" * 3000,
    ],
)
def test_no_way_back_leads_to_a_host_that_is_not_in_the_table(client: Any, address: str) -> None:
    page = client.get("/arxiv/2503.00001", {"from": address}).content.decode()
    assert "You came from" not in page
    assert not re.search(r'(?:href|src)="[^"]*evil', page)
    assert not re.search(r"<[^>]*onclick=.x", page)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/paper", "https://arxiv.org/a/warner_s_1", "chrome://extensions"],
)
def test_an_address_without_a_paper_gets_a_page_that_helps(client: Any, url: str) -> None:
    answer = client.get("/go", {"url": url})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "No paper was recognised" in page
    assert "ACL Anthology" in page
    assert ('rel="noopener nofollow">Back to' in page) == url.startswith("https")


@pytest.mark.parametrize("url", ["", "   ", "\x00", "\x00\x00"])
def test_without_an_address_the_page_says_what_it_is_for(client: Any, url: str) -> None:
    for path in ("/go", "/go/"):
        answer = client.get(path, {"url": url})
        assert answer.status_code == 200
        assert "encodeURIComponent" in answer.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "<script>alert(1)</script>",
        "https://arxiv.org/<script>",
        "x" * 30_000,
        "\u202e2503.00001",
        "javascript:alert(1)",
        "javascript://arxiv.org/%0aalert(1)",
        "%",
        "https://[::1",
    ],
)
def test_hostile_addresses_get_an_answer_and_no_markup(client: Any, url: str) -> None:
    answer = client.get("/go", {"url": url})
    assert answer.status_code in (302, 404)
    assert b"<script>alert" not in answer.content
    assert b'href="javascript:alert' not in answer.content
    assert "\n" not in answer.headers.get("Location", "")


def test_a_text_opens_a_list_of_a_stated_number_at_most(client: Any) -> None:
    many = " ".join(f"2401.{number:05}" for number in range(1, 400))
    assert len(parse_qs(urlsplit(led(client, many)).query)["ids"][0].split(",")) == 200


def test_a_selection_may_hold_dois(client: Any) -> None:
    page = client.get("/export", {"ids": "10.1145/3580305.3599,2503.00001,10.18653/V1/P19-1001,10.1/x,10.1145/none"})
    text = page.content.decode()
    places = [text.index(f'id="{key}"') for key in ("P19-1002@ACL", "2503.00001", "P19-1001@ACL")]
    assert places == sorted(places)
    assert "10.1145/none" in text
    assert "“10.1/x”" in text
    file = client.get("/export.bib", {"ids": "10.1145/3580305.3599"})
    assert file.status_code == 200
    assert b"P19-1002" in file.content


def test_a_doi_that_two_papers_bear_names_neither(client: Any, keep: Keep) -> None:
    keep(acl("P19-1003", title="Another thing entirely", doi="10.1145/3580305.3599"))
    assert client.get("/go", {"url": "10.1145/3580305.3599"}).status_code == 404
    assert "None of these papers is here" in client.get("/export", {"ids": "10.1145/3580305.3599"}).content.decode()


def test_the_extension_can_ask_whether_a_coolpapers_is_there(client: Any) -> None:
    answer = client.get("/extension.json")
    assert answer.json() == {"name": "coolpapers", "version": reader().table.version}
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers


def test_nothing_is_asked_of_the_database_but_where_a_doi_must_be_found(
    client: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        client.get("/go", {"url": "https://arxiv.org/abs/2503.00001"})
        client.get("/go", {"url": "attention is all you need"})
    with django_assert_num_queries(1):
        client.get("/go", {"url": "10.1145/3580305.3599"})
