"""Where pages report what was opened: from whom it is taken, and what cards show of it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from papers import interest
from papers.interest import READERS, Counts
from papers.models import Interest
from papers.views import counting
from tests.pages.conftest import Keep
from tests.pages.reading import text, words
from tests.pages.samples import acl, arxiv

DAY = date(2025, 3, 18)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
KEY = "2503.00001"
Post = Callable[..., int]


@pytest.fixture(autouse=True)
def stored(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(arxiv(KEY), arxiv("2503.00002"))
    keep(acl("P19-1001"))
    at(DAY, monkeypatch)


def at(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "today", lambda: day)


@pytest.fixture
def post(client: Client) -> Post:
    """Reports as a page of ours does; answers the status."""

    def send(key: str = KEY, kind: str = "pdf", address: str = "192.0.2.1", **headers: str) -> int:
        headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": FIREFOX} | headers
        body = json.dumps({"key": key, "kind": kind})
        return client.post("/count", body, "text/plain", headers=headers, REMOTE_ADDR=address).status_code

    return send


def counted(key: str = KEY) -> Counts:
    rows = Interest.objects.filter(paper__key=key).values_list(*interest.COLUMNS)
    return Counts(*rows[0]) if rows else Counts()


def test_a_reader_counts_once_a_day(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [post(), post(), post()] == [204, 204, 204]
    assert counted() == Counts(pdf=1)
    at(DAY + timedelta(days=1), monkeypatch)
    post()
    assert counted() == Counts(pdf=2)


@pytest.mark.parametrize("kind", ["pdf", "answers", "related", "star", "open"])
def test_every_kind_is_taken(post: Post, kind: str) -> None:
    assert post(kind=kind) == 204
    assert sum(getattr(counted(), name) for name in interest.COLUMNS) == 1


def test_unstarring_takes_back_the_star_of_the_day(post: Post) -> None:
    post(kind="star")
    post(kind="star", address="192.0.2.2")
    assert post(kind="unstar") == 204
    assert counted().stars == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"key": "2503.00001", "kind": "pdf"}', "text/plain;charset=UTF-8"),
        ('{"key": "2503.00001", "kind": "pdf"}', "application/json"),
        ("key=2503.00001&kind=pdf", "application/x-www-form-urlencoded"),
        ("key=2503.00001&kind=pdf", "text/plain"),
    ],
)
def test_beacons_send_json_or_forms_of_any_type(client: Client, body: str, kind: str) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": FIREFOX}
    assert client.post("/count", body, kind, headers=headers).status_code == 204
    assert counted() == Counts(pdf=1)


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "[]", "null", '"x"', "{}", '{"key": 5, "kind": "pdf"}', '{"key": ["2503.00001"], "kind": {"a": 1}}',
        '{"key": "2503.00001"}', '{"key": "2503.00001", "kind": "click"}', '{"key": "", "kind": "pdf"}',
        '{"key": "\\u0000", "kind": "pdf"}', "key=%00&kind=pdf", '{"key": "' + "x" * 600 + '", "kind": "pdf"}',
        "x" * 5_000, "[" * 1_999, '{"a":' * 300, "&".join(f"a{n}=b" for n in range(100)), "key=2503.00001;kind=pdf",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_so(client: Client, body: str) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": FIREFOX}
    response = client.post("/count", body, "text/plain", headers=headers)
    assert (response.status_code, Interest.objects.count()) == (400, 0)


@pytest.mark.parametrize(
    "key", ["2503.99999", "nothing@ACL", "'; DROP TABLE papers_paper; --", "\ud800", "词" * 100, "%s"]
)
def test_a_key_of_no_paper_counts_nothing(post: Post, key: str) -> None:
    assert post(key) in (204, 400)
    assert Interest.objects.count() == 0


def test_bytes_that_are_no_text_are_told_so(client: Client) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": FIREFOX}
    assert client.post("/count", b"\xff\xfe{", "text/plain", headers=headers).status_code == 400


def test_other_sites_and_plain_requests_are_refused(client: Client, post: Post) -> None:
    assert post(**{"Sec-Fetch-Site": "cross-site"}) == 403
    assert post(**{"Sec-Fetch-Site": "same-site"}) == 403
    body = json.dumps({"key": KEY, "kind": "pdf"})
    assert client.post("/count", body, "text/plain").status_code == 403
    assert client.post("/count", body, "text/plain", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.get("/count", {"key": KEY, "kind": "pdf"}).status_code == 405
    assert Interest.objects.count() == 0


def test_robots_are_answered_and_not_counted(post: Post) -> None:
    for browser in ("Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.5.0", ""):
        assert post(**{"User-Agent": browser}) == 204
    assert Interest.objects.count() == 0


@pytest.mark.parametrize(
    "header", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}]
)
def test_pages_that_nobody_has_asked_for_yet_are_not_counted(post: Post, header: dict[str, str]) -> None:
    assert post(**header) == 204
    assert Interest.objects.count() == 0


def test_a_header_that_anybody_can_write_makes_nobody_another_reader(post: Post) -> None:
    for number in range(20):
        post(**{"X-Forwarded-For": f"198.51.100.{number}"})
    assert counted() == Counts(pdf=1)


def test_without_a_proxy_that_the_operator_named_the_service_believes_none(post: Post) -> None:
    for number in range(20):
        post(address="127.0.0.1", **{"X-Forwarded-For": f"198.51.100.{number}"})
    assert counted() == Counts(pdf=1)


@pytest.fixture
def behind_a_proxy(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.PROXIES = ["127.0.0.1", "172.16.0.0/12"]


@pytest.mark.usefixtures("behind_a_proxy")
def test_behind_the_operators_proxy_readers_are_told_apart(post: Post) -> None:
    for number in range(20):
        post(address="172.18.0.1", **{"X-Forwarded-For": f"198.51.100.{number}"})
    assert counted() == Counts(pdf=20)


@pytest.mark.usefixtures("behind_a_proxy")
def test_what_a_reader_writes_before_the_proxys_word_changes_nothing(post: Post) -> None:
    for number in range(20):
        post(address="127.0.0.1", **{"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.1"})
    assert counted() == Counts(pdf=1)


@pytest.mark.usefixtures("behind_a_proxy")
def test_who_comes_past_the_proxy_is_not_believed(post: Post) -> None:
    for number in range(20):
        post(address="203.0.113.5", **{"X-Forwarded-For": f"198.51.100.{number}"})
    assert counted() == Counts(pdf=1)


def test_invented_browsers_soon_count_no_more(post: Post) -> None:
    for number in range(30):
        post(**{"User-Agent": f"{FIREFOX} {number}"})
    assert counted() == Counts(pdf=READERS)


def test_sets_no_cookie(client: Client) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": FIREFOX}
    response = client.post("/count", "key=2503.00001&kind=pdf", "text/plain", headers=headers)
    assert not response.cookies
    assert response.content == b""


def test_cards_show_counts_and_nothing_for_none(client: Client, post: Post) -> None:
    for kind in ("pdf", "star", "related", "open"):
        post(kind=kind)
    post(kind="pdf", address="192.0.2.2")
    page = text(client.get("/arxiv/cs.CL?show=1000"))
    counted, other = (page.split(f'id="{key}"')[1].split('<div class="authors"')[0] for key in (KEY, "2503.00002"))
    assert "[PDF 2]" not in other
    assert '<span class="n">' not in other
    assert '>[PDF<span class="n">2</span>]</a>' in counted
    assert '>[REL<span class="n">1</span>]</a>' in counted
    assert counted.count('<span class="n">') == 3  # nobody opened its answers
    assert "[PDF] of paper 2, 2 readers" in counted


def test_the_counts_of_a_venues_paper_are_shown_too(client: Client, post: Post) -> None:
    post(key="P19-1001@ACL")
    assert "[PDF 1 ]" in words(client.get("/venue/ACL.2019"))
