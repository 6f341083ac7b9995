"""The pages of answers: addresses, what works without JavaScript, who may ask, and what they cost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from library.answers import queue
from library.answers.models import Asking
from library.answers.prompts import Material, fitted
from library.answers.questions import language_of
from papers.models import Paper
from tests.answers.conftest import Ask, write
from tests.answers.standin import StandIn, answer, cutting_off
from tests.pages.conftest import Keep
from tests.pages.reading import links, text
from tests.pages.samples import acl, arxiv

pytestmark = pytest.mark.django_db


def test_a_page_without_answers_offers_to_ask(client: Client, endpoint: StandIn, paper: Paper) -> None:
    response = client.get("/answers/2503.00001")
    assert response.status_code == 200
    assert "Ask the six questions" in text(response)
    assert '<form class="answers-ask" method="post" action="/answers/2503.00001/ask">' in text(response)
    assert "http-equiv" not in text(response)
    assert "no-store" in response["Cache-Control"]


def test_without_javascript_the_page_loads_itself_again_until_the_answers_are_there(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask
) -> None:
    assert client.get(ask()["Location"]).status_code == 200
    refresh = '<noscript><meta http-equiv="refresh" content="5"></noscript>'
    assert refresh in text(client.get("/answers/2503.00001?lang=en"))
    write()
    assert refresh not in text(client.get("/answers/2503.00001?lang=en"))


def test_keys_lead_to_the_address_of_the_paper(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"), arxiv("hep-th/9901001"))
    keep(acl("P19-1001"))
    assert client.get("/answers/2503.00001v1?lang=zh")["Location"] == "/answers/2503.00001?lang=zh"
    assert client.get("/answers/hep-th/9901001").status_code == 200
    assert client.get("/answers/P19-1001@ACL").status_code == 200
    assert client.get("/answers/hep-th/9901001/state").json() == {"is_over": True}


@pytest.mark.parametrize(
    "key", ["2503.99999", "x", "x@ACL", "cs.CL", "a" * 3_000, "%00", "../admin", "<script>", "search/x"]
)
@pytest.mark.parametrize("tail", ["", "/state"])
def test_a_key_that_names_no_paper_is_not_found(client: Client, paper: Paper, key: str, tail: str) -> None:
    response = client.get(f"/answers/{key}{tail}")
    assert response.status_code == 404
    assert "<script>alert" not in text(response)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_other_sites_cannot_ask(client: Client, paper: Paper, headers: dict[str, str]) -> None:
    assert client.post("/answers/2503.00001/ask", {"lang": "en"}, headers=headers).status_code == 403
    assert Asking.objects.count() == 0


def test_asking_is_no_get(client: Client, paper: Paper) -> None:
    assert client.get("/answers/2503.00001/ask").status_code == 405
    assert client.post("/answers/2503.00001").status_code == 405


@pytest.mark.parametrize("lang", ["", "fr", "\x00", "zh'--", "e" * 9_999])
def test_an_unknown_language_is_that_of_the_page(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask, lang: str
) -> None:
    ask(lang=lang)
    assert Asking.objects.get().language == "en"
    assert client.get("/answers/2503.00001", {"lang": lang, "part": lang, "said": lang}).status_code == 200


def test_languages_are_read_as_browsers_write_them() -> None:
    assert [language_of(each) for each in ("zh-Hans-CN", "ZH", "en-GB", "english", "")] == [
        "zh",
        "zh",
        "en",
        None,
        None,
    ]


def test_the_page_links_the_other_language_and_the_search(client: Client, endpoint: StandIn, paper: Paper) -> None:
    found = links(client.get("/answers/2503.00001?lang=en"))
    assert "/answers/2503.00001?lang=zh" in found
    assert "/answers/search" in found


def test_the_part_for_a_card_is_no_whole_page(client: Client, endpoint: StandIn, paper: Paper) -> None:
    part = text(client.get("/answers/2503.00001?part=card&lang=en"))
    assert part.lstrip().startswith('<section class="answers"')
    assert "<html" not in part
    assert 'data-asks="1"' in part


def test_no_page_sets_a_cookie(client: Client, endpoint: StandIn, paper: Paper, ask: Ask) -> None:
    assert not ask().cookies
    assert not client.get("/answers/2503.00001").cookies


@pytest.mark.parametrize("answers", [0, 1, 6])
def test_a_page_costs_the_same_however_much_it_shows(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask, django_assert_max_num_queries: Any, answers: int
) -> None:
    if answers:
        endpoint.behave = lambda exchange: (answer if exchange.number <= answers else cutting_off)(exchange)
        ask()
        write()
    with django_assert_max_num_queries(9):
        client.get("/answers/2503.00001?lang=en")
    with django_assert_max_num_queries(5):
        client.get("/answers/2503.00001?lang=en&part=card")
    with django_assert_max_num_queries(5):
        client.get("/answers/2503.00001/state?lang=en")


def test_the_search_costs_the_same_however_much_it_shows(
    client: Client, endpoint: StandIn, keep: Keep, ask: Ask, django_assert_max_num_queries: Any
) -> None:
    keep(*(arxiv(f"2503.0000{number}") for number in range(1, 6)))
    for number in range(1, 6):
        ask(f"2503.0000{number}")
    write()
    for show in (1, 5):
        with django_assert_max_num_queries(8):
            client.get(f"/answers/search?query=says&show={show}")


def test_a_long_paper_is_sent_with_its_beginning_and_its_end() -> None:
    whole = Material("T", "a" * 50_000 + "b" * 50_000, is_full_text=True)
    part = fitted(whole, 8_000)
    assert part.is_part
    assert len(part.text) <= 6_000 * 3
    assert part.text.startswith("a")
    assert part.text.endswith("b")
    assert fitted(whole, 100_000) == whole
    chinese = Material("T", "论" * 50_000, is_full_text=True)
    assert len(fitted(chinese, 8_000).text) <= 6_000


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("operator"))
    return client


def test_an_operator_sees_what_failed_and_lets_it_try_again(
    operator: Client, endpoint: StandIn, paper: Paper, ask: Ask
) -> None:
    endpoint.behave = cutting_off
    ask()
    write(tries=queue.MOST_FAILURES)
    listed = text(operator.get("/admin/library/asking/?state__exact=failed"))
    assert "the endpoint cut its answer off" in listed
    row = Asking.objects.get()
    operator.post("/admin/library/asking/", {"action": "try_again", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    for name in ("answer", "spending"):
        assert operator.get(f"/admin/library/{name}/").status_code == 200
