"""What a host may do to us, and what we do then."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from typing import Any

import pytest
from django.db import close_old_connections, connection

from ingest.http import addresses, client, turnstile
from ingest.http.client import NoContact, fetch
from ingest.http.errors import NotThere, Refused, Unavailable
from tests.ingest.http.scripted import Script, scripted

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    monkeypatch.setattr(addresses, "PAUSE", 0.0)
    with scripted() as script:
        settings.CONTACT = "tests@example.org"
        settings.USER_AGENT = "coolpapers/test (tests@example.org)"
        settings.SOURCE_URLS = {"cvf": script.url, "elsewhere": "https://papers.example.org"}
        yield script


def test_an_answer_has_status_headers_and_body(host: Script) -> None:
    host.says("/list", body=b"papers", ETag='"1"')
    answer = fetch("cvf:/list")
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"papers", '"1"')


def test_every_request_names_us_and_our_contact(host: Script) -> None:
    host.says("/list")
    fetch("cvf:/list")
    assert host.asked[0][2]["User-Agent"] == "coolpapers/test (tests@example.org)"


def test_without_a_contact_nobody_is_asked(host: Script, settings: Any) -> None:
    settings.CONTACT = ""
    host.says("/list")
    with pytest.raises(NoContact, match="COOLPAPERS_CONTACT"):
        fetch("cvf:/list")
    assert host.asked == []


def test_packed_bodies_are_unpacked(host: Script) -> None:
    host.says("/list", body=gzip.compress(b"papers" * 1000), Content_Encoding="gzip")
    assert fetch("cvf:/list").body == b"papers" * 1000


def test_an_unchanged_page_is_not_sent_again(host: Script) -> None:
    host.says("/list", status=304)
    assert fetch("cvf:/list", etag='"1"').is_unchanged
    assert host.asked[0][2]["If-None-Match"] == '"1"'


def test_a_missing_page_is_told_from_a_broken_host(host: Script) -> None:
    host.says("/gone", status=404)
    host.says("/down", status=500)
    with pytest.raises(NotThere):
        fetch("cvf:/gone")
    with pytest.raises(Unavailable, match="500"):
        fetch("cvf:/down")


def test_retry_after_is_told_and_holds_everybody_back(host: Script) -> None:
    host.says("/busy", status=503, Retry_After="40")
    with pytest.raises(Unavailable) as failed:
        fetch("cvf:/busy")
    assert failed.value.retry_after == 40
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM opens - clock_timestamp()) FROM ingest_turnstile")
        assert 30 < cursor.fetchone()[0] <= 40


def test_while_a_host_wants_to_be_left_alone_nobody_waits_for_it(host: Script) -> None:
    host.says("/busy", status=429, Retry_After="600")
    host.says("/list")
    with pytest.raises(Unavailable):
        fetch("cvf:/busy")
    with pytest.raises(Unavailable, match="left alone") as failed:
        fetch("cvf:/list")
    assert 590 < (failed.value.retry_after or 0) <= 600
    assert [path for path, *_ in host.asked] == ["/busy"]


def bomb(handler: BaseHTTPRequestHandler) -> None:
    """A body that is small on the wire and has no end when unpacked."""
    chunk = gzip.compress(b"\0" * 5_000_000)
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Connection", "close")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(chunk)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b"x" * 1_000_000)


@pytest.mark.parametrize("answer", [bomb, endless], ids=["packed", "plain"])
def test_a_body_without_end_is_left(host: Script, monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    monkeypatch.setattr(client, "MAX_BODY", 20_000_000)
    host.answers["/huge"] = answer
    with pytest.raises(Refused, match="20,000,000"):
        fetch("cvf:/huge")


def test_a_body_of_a_gigabyte_is_not_begun(host: Script) -> None:
    def declared(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(1024**3))
        handler.end_headers()

    host.answers["/huge"] = declared
    with pytest.raises(Refused, match="1,073,741,824"):
        fetch("cvf:/huge")


def test_a_body_cut_short_is_no_body(host: Script) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"half")
        handler.close_connection = True

    host.answers["/cut"] = cut
    with pytest.raises(Unavailable):
        fetch("cvf:/cut")


def test_a_host_that_falls_silent_is_left(host: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "QUIET", 0.2)
    host.answers["/silent"] = lambda handler: time.sleep(2)
    with pytest.raises(Unavailable):
        fetch("cvf:/silent")


def test_a_host_that_drips_is_left(host: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "WHOLE", 0.5)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(600):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    host.answers["/drip"] = drip
    began = time.monotonic()
    with pytest.raises(Unavailable):
        fetch("cvf:/drip")
    assert time.monotonic() - began < 20


def test_a_host_that_does_not_listen_is_unavailable(host: Script, settings: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.SOURCE_URLS = {"cvf": f"http://127.0.0.1:{probe.getsockname()[1]}"}
        with pytest.raises(Unavailable):
            fetch("cvf:/list")


def test_redirects_within_the_host_are_followed(host: Script) -> None:
    host.says("/old", status=301, Location="/new")
    host.says("/new", body=b"papers")
    assert fetch("cvf:/old").body == b"papers"


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "https://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user:password@127.0.0.1/",
        "http://127.0.0.1:99999/",
        "//169.254.169.254/",
        "http://0x7f000001/",
    ],
)
def test_redirects_elsewhere_are_refused(host: Script, location: str) -> None:
    host.says("/old", status=302, Location=location)
    with pytest.raises(Refused):
        fetch("cvf:/old")
    assert [path for path, *_ in host.asked] == ["/old"]


def test_redirects_in_a_circle_end(host: Script) -> None:
    host.says("/a", status=302, Location="/b")
    host.says("/b", status=302, Location="/a")
    with pytest.raises(Refused, match="circle"):
        fetch("cvf:/a")
    assert len(host.asked) == 2


def test_redirects_without_end_end(host: Script) -> None:
    for number in range(20):
        host.says(f"/{number}", status=302, Location=f"/{number + 1}")
    with pytest.raises(Refused, match="more than 5"):
        fetch("cvf:/0")


@pytest.mark.parametrize(
    "address",
    [
        "nowhere:/x",
        "cvf:x",
        "cvf:/../../etc/passwd",
        "cvf:/a b",
        "cvf:/a\r\nHost: x",
        "cvf://evil.org/",
        "/etc/passwd",
        "",
    ],
)
def test_addresses_that_are_none_are_refused(host: Script, address: str) -> None:
    with pytest.raises(Refused):
        fetch(address)
    assert host.asked == []


def test_a_name_of_ours_that_leads_into_a_private_network_is_refused(
    host: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: told)
    with pytest.raises(Refused, match=r"192\.168\.0\.1"):
        fetch("elsewhere:/list")


@pytest.mark.django_db(transaction=True)
def test_calls_to_one_group_come_one_by_one_with_a_pause(host: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "PAUSE", 0.05)
    host.answers["/list"] = lambda handler: (time.sleep(0.02), host_says(handler))[1]
    workers = [threading.Thread(target=ask_thrice) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    arrivals = sorted(arrived for _, arrived, _ in host.asked)
    assert len(arrivals) == 12
    # Each answer takes 0.02 seconds, and the pause begins behind it.
    assert min(after - before for before, after in pairwise(arrivals)) >= 0.05 + 0.02


def host_says(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def ask_thrice() -> None:
    try:
        for _ in range(3):
            fetch("cvf:/list")
    finally:
        close_old_connections()
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_who_dies_while_it_asks_leaves_the_turn_and_the_pause() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        mine = cursor.fetchone()[0]
    began = time.monotonic()
    turn = turnstile.turn("host", 0.4)
    turn.__enter__()
    killer = threading.Thread(target=kill, args=(mine,))
    killer.start()
    killer.join()
    connection.close()
    with turnstile.turn("host", 0.0):
        assert 0.4 <= time.monotonic() - began < 60  # a turn that is still held takes turnstile.PATIENCE


def kill(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    connection.close()
