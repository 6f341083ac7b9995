"""What of a reader goes into a count, and whose word on it is taken."""

import pytest

from papers.readers import client_address, is_robot, mark, networks, reader

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
PROXIES = networks(["127.0.0.1", "::1", "172.16.0.0/12"])


def test_readers_behind_one_address_are_told_apart_by_their_browsers() -> None:
    one, other = reader("192.0.2.7", FIREFOX), reader("192.0.2.7", CHROME)
    assert one.site == other.site == "192.0.2.7"
    assert one.name != other.name


def test_a_machine_that_changes_its_ipv6_address_stays_one_reader() -> None:
    assert reader("2001:db8:1:2::1", FIREFOX) == reader("2001:db8:1:2:ffff::9", FIREFOX)


def test_networks_of_one_party_are_one_site_with_several_readers() -> None:
    one, other = reader("2001:db8:1:2::1", FIREFOX), reader("2001:db8:1:3::1", FIREFOX)
    assert one.site == other.site
    assert one.name != other.name
    assert reader("2001:db8:2:2::1", FIREFOX).site != one.site


def test_ipv4_in_its_ipv6_form_is_ipv4() -> None:
    assert reader("::ffff:192.0.2.7", FIREFOX) == reader("192.0.2.7", FIREFOX)


@pytest.mark.parametrize("address", ["", "unix:", "not an address", "999.1.1.1", "\x00"])
def test_all_that_come_from_no_address_are_one_site(address: str) -> None:
    assert reader(address, FIREFOX) == reader("", FIREFOX)


def test_a_browser_of_any_length_is_cut() -> None:
    assert reader("192.0.2.7", "x" * 100_000) == reader("192.0.2.7", "x" * 500)


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),  # no proxy of ours: whatever it says
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.66, 198.51.100.1", "198.51.100.1"),  # the client wrote the first one itself
        ("127.0.0.1", "203.0.113.66, 198.51.100.1, 172.17.0.3", "198.51.100.1"),  # two proxies of ours
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("::1", "[2001:db8::5]:4711", "2001:db8::5"),
        ("::1", "2001:db8::5", "2001:db8::5"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, <script>", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1, ::1", "127.0.0.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_address_is_the_last_that_a_proxy_of_ours_saw(remote: str, forwarded: str, found: str) -> None:
    assert client_address(remote, forwarded, PROXIES) == found


@pytest.mark.parametrize(
    "browser",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0) Chrome/116.0 Safari/537.36",
        "Baiduspider+(+http://www.baidu.com/search/spider.htm)",
        "facebookexternalhit/1.1",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/142.0.0.0 Safari/537.36",
        "curl/8.5.0",
        "python-requests/2.32",
        "Wget/1.21",
        "Go-http-client/2.0",
        "",
        "  ",
    ],
)
def test_robots_say_what_they_are(browser: str) -> None:
    assert is_robot(browser)


@pytest.mark.parametrize(
    "browser",
    [FIREFOX, CHROME, "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 50) AppleWebKit/537.36 Chrome/120.0 Mobile"],
)
def test_readers_are_no_robots(browser: str) -> None:
    assert not is_robot(browser)


def test_hashes_differ_by_every_part_and_by_the_key() -> None:
    found = {mark(key, *parts) for key in (b"a", b"b") for parts in (("x", "yz"), ("xy", "z"), ("x", "y", "z"))}
    assert len(found) == 6
