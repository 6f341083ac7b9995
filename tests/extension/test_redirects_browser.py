"""Addresses of papers that the browser leads to our server by itself, and the ways back, in a real Chromium."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browser import Browser
from tests.extension.hosts import OURS, Hosts
from tests.extension.permitting import permit, switch_on
from tests.extension.stand_ins import arxiv_abs

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ORIGINAL = "https://arxiv.org/abs/2401.01234"
GO = f"{OURS}/go?url="
ARRIVED = f"""<!doctype html><meta name=referrer content=same-origin><title>ours</title>
<a id=back href="{ORIGINAL}">back to that page</a>
<a id=beside target=_blank rel=noopener href="{ORIGINAL}">in a new tab</a>
<a id=secret target=_blank rel="noopener noreferrer" referrerpolicy=no-referrer href="{ORIGINAL}">without a trace</a>"""


@pytest.fixture(scope="module")
def permitted(running_browser: Browser) -> Browser:
    permit(running_browser, "arxiv", "openreview")
    return running_browser


@pytest.fixture
def redirecting(permitted: Browser, browser: Browser, hosts: Hosts) -> Iterator[Browser]:
    switch_on(browser, redirects=["arxiv", "openreview"])
    hosts.page(ORIGINAL, arxiv_abs("2401.01234"))
    hosts.page(f"{OURS}/", ARRIVED)
    hosts.page(GO + ORIGINAL, ARRIVED)
    yield browser


@pytest.fixture
def arrived(redirecting: Browser) -> Any:
    """Our page, to which a reader was led who wanted the original."""
    page = redirecting.visit(ORIGINAL)
    assert page.url == GO + ORIGINAL
    return page


@pytest.mark.parametrize(
    "address",
    [
        ORIGINAL,
        "https://export.arxiv.org/pdf/hep-th/9901001v2",
        "https://arxiv.org/pdf/2401.01234v2?x=1&y=%20#page=3",
        "https://openreview.net/forum?noteId=zQ9-_xyz01&id=aB_-12345",
    ],
)
def test_an_address_that_was_typed_leads_to_our_server(redirecting: Browser, address: str) -> None:
    assert redirecting.visit(address).url == GO + address


def test_a_link_on_another_page_leads_to_our_server(redirecting: Browser, hosts: Hosts) -> None:
    page = redirecting.visit(hosts.page("https://blog.example/", f'<a href="{ORIGINAL}">a paper</a>'))
    page.click("a")
    page.wait_for_url(GO + ORIGINAL)


def test_what_is_no_paper_stays_there(redirecting: Browser) -> None:
    for address in ("https://arxiv.org/list/cs.CL/new", "https://openreview.net/group?id=ICLR.cc/2024/Conference"):
        assert redirecting.visit(address).url == address


def test_a_frame_stays_where_it_is(redirecting: Browser, hosts: Hosts) -> None:
    page = redirecting.visit(hosts.page("https://blog.example/", f'<iframe src="{ORIGINAL}"></iframe>'))
    page.frame_locator("iframe").locator("h1.title").wait_for()
    assert [frame.url for frame in page.frames] == ["https://blog.example/", ORIGINAL]


def test_one_click_on_our_page_leads_back_and_reloading_stays(arrived: Any) -> None:
    arrived.click("#back")
    arrived.wait_for_url(ORIGINAL)
    arrived.reload()
    assert arrived.url == ORIGINAL
    arrived.go_back()
    assert arrived.url == GO + ORIGINAL
    arrived.go_forward()
    assert arrived.url == ORIGINAL


@pytest.mark.parametrize("link", ["#beside", "#secret"])
def test_a_way_back_in_a_new_tab_is_let_through(redirecting: Browser, arrived: Any, link: str) -> None:
    assert redirecting.opens(lambda: arrived.click(link)).url == ORIGINAL


def test_a_way_back_with_ctrl_is_let_through(redirecting: Browser, arrived: Any) -> None:
    assert redirecting.opens(lambda: arrived.click("#back", modifiers=["Control"])).url == ORIGINAL


def test_back_from_our_page_leads_to_where_the_reader_came_from(redirecting: Browser, hosts: Hosts) -> None:
    page = redirecting.visit(hosts.page("https://blog.example/", f'<a href="{ORIGINAL}">a paper</a>'))
    page.click("a")
    page.wait_for_url(GO + ORIGINAL)
    page.go_back()
    assert page.url == "https://blog.example/"


@pytest.mark.parametrize("server", ["https://papers.example:8443/reading", "https://127.0.0.1:{port}"])
def test_a_server_may_have_a_path_and_a_port(redirecting: Browser, hosts: Hosts, server: str) -> None:
    server = server.format(port=hosts.port)
    rules = "chrome.declarativeNetRequest.getDynamicRules().then((rules) => JSON.stringify(rules))"
    redirecting.options(server=server)
    redirecting.until(lambda: f'"{server}/go?url=' in redirecting.ask(rules), "the new rules")
    page = redirecting.visit(ORIGINAL)
    assert page.url == f"{server}/go?url={ORIGINAL}"
    page.evaluate("address => document.body.innerHTML = `<a href='${address}'>back</a>`", ORIGINAL)
    page.click("a")
    page.wait_for_url(ORIGINAL)


def test_a_site_that_is_switched_off_is_not_redirected(redirecting: Browser) -> None:
    redirecting.options(off=["arxiv"])
    rules = "chrome.declarativeNetRequest.getDynamicRules().then((rules) => JSON.stringify(rules).includes('arxiv'))"
    redirecting.until(lambda: not redirecting.ask(rules), "the end of arXiv's rules")
    assert redirecting.visit(ORIGINAL).url == ORIGINAL


def test_the_browser_takes_every_pattern_of_the_table(redirecting: Browser) -> None:
    refused = redirecting.desk.evaluate(
        """async () => {
          const { table } = await import("/reading_rules.js");
          const reader = await table();
          const patterns = reader.groups.flatMap(({ id }) => reader.patterns(id));
          const isTaken = ({ isSupported }) => isSupported;
          const { isRegexSupported } = chrome.declarativeNetRequest;
          const asked = (regex) => isRegexSupported({ regex, requireCapturing: true }).then(isTaken);
          const answers = await Promise.all(patterns.map(asked));
          return [patterns.length > 30, patterns.filter((_pattern, at) => !answers[at])];
        }"""
    )
    assert refused == [True, []]
