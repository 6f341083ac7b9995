"""Links that the extension puts in on pages of hosts that it knows, in a real Chromium."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browser import Browser
from tests.extension.hosts import OURS, Hosts
from tests.extension.permitting import permit, switch_on
from tests.extension.stand_ins import (
    acl_paper,
    acl_volume,
    arxiv_abs,
    arxiv_ids,
    arxiv_list,
    arxiv_search,
    hf_daily,
    hf_paper,
    openreview_forum,
    openreview_group,
    page_with_metas,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GROUPS = ["arxiv", "openreview", "acl", "hf"]
FORUMS = ["aB_-12345", "zQ9-_xyz01", "KS8mIvetg2", "AbCdEfGhIj"]
LINKS = "[...document.querySelectorAll('.coolpapers-link')]"
ADDRESSES = f"{LINKS}.map((link) => link.href)"


@pytest.fixture(scope="module")
def permitted(running_browser: Browser) -> Browser:
    permit(running_browser, *GROUPS)
    return running_browser


@pytest.fixture
def linking(permitted: Browser, browser: Browser) -> Iterator[Browser]:
    """A browser in which all links that there can be are switched on."""
    switch_on(browser, links=GROUPS)
    yield browser


def has(browser: Browser, page: Any, addresses: list[str]) -> None:
    browser.until(lambda: page.evaluate(ADDRESSES) == [f"{OURS}{address}" for address in addresses], "the links")


PAGES = {
    "https://arxiv.org/abs/2401.01234": (arxiv_abs("2401.01234"), ["/arxiv/2401.01234"]),
    "https://arxiv.org/list/cs.CL/new": (arxiv_list(3, abstracts=True), [f"/arxiv/{key}" for key in arxiv_ids(3)]),
    "https://export.arxiv.org/list/cs.CL/recent": (arxiv_list(3), [f"/arxiv/{key}" for key in arxiv_ids(3)]),
    "https://arxiv.org/search/?query=lists": (arxiv_search(arxiv_ids(2)), [f"/arxiv/{key}" for key in arxiv_ids(2)]),
    "https://openreview.net/forum?id=aB_-12345": (openreview_forum("aB_-12345"), ["/venue/aB_-12345@OpenReview"]),
    "https://aclanthology.org/P19-1001/": (acl_paper("P19-1001"), ["/venue/P19-1001@ACL"]),
    "https://aclanthology.org/volumes/2024.acl-long/": (
        acl_volume(["2024.acl-long.0", "2024.acl-long.1", "2024.acl-long.1000"]),  # the first is the front matter
        ["/venue/2024.acl-long.1@ACL", "/venue/2024.acl-long.1000@ACL"],
    ),
    "https://huggingface.co/papers/2401.01234": (hf_paper("2401.01234"), ["/arxiv/2401.01234"]),
    "https://huggingface.co/papers": (hf_daily(arxiv_ids(5)), [f"/arxiv/{key}" for key in arxiv_ids(5)]),
}


@pytest.mark.parametrize("address", PAGES)
def test_each_paper_of_a_page_has_its_link(linking: Browser, hosts: Hosts, address: str) -> None:
    html, addresses = PAGES[address]
    page = linking.visit(hosts.page(address, html))
    has(linking, page, addresses)
    said = page.evaluate(f"{LINKS}.map((link) => [link.textContent, link.title, link.rel, link.target])")
    assert {tuple(each) for each in said} == {("coolpapers", "Open this paper in coolpapers", "noopener", "_blank")}


def test_a_link_opens_our_page_beside_the_list(linking: Browser, hosts: Hosts) -> None:
    page = linking.visit(hosts.page("https://arxiv.org/list/cs.CL/new", arxiv_list(3)))
    has(linking, page, [f"/arxiv/{key}" for key in arxiv_ids(3)])
    opened = linking.opens(page.locator(".coolpapers-link").nth(1).click)
    assert (opened.url, page.url) == (f"{OURS}/arxiv/2401.00002", "https://arxiv.org/list/cs.CL/new")


def test_a_link_opens_in_the_same_tab_where_the_reader_wants_that(linking: Browser, hosts: Hosts) -> None:
    linking.options(tab="same")
    page = linking.visit(hosts.page("https://arxiv.org/abs/2401.01234", arxiv_abs("2401.01234")))
    has(linking, page, ["/arxiv/2401.01234"])
    page.click(".coolpapers-link")
    page.wait_for_url(f"{OURS}/arxiv/2401.01234")


def test_links_of_a_long_list_come_with_the_reader(linking: Browser, hosts: Hosts) -> None:
    page = linking.visit(hosts.page("https://arxiv.org/list/cs.CL/2024-01?skip=0&show=2000", arxiv_list(2000)))
    linked = (
        "[...document.querySelectorAll('dt')].filter((entry) => entry.querySelector('.coolpapers-link[title]')).length"
    )
    linking.until(lambda: page.evaluate(linked) > 0, "the first links")
    assert page.evaluate(linked) < 100
    for place in ("document.body.scrollHeight", "document.body.scrollHeight / 2", "0"):
        page.evaluate(f"scrollTo(0, {place})")
        linking.until(lambda: page.evaluate(NEAR_ARE_LINKED), f"links at {place}")
    assert page.evaluate(linked) < 500


NEAR_ARE_LINKED = """(() => {
  const near = [...document.querySelectorAll("dt")].filter((entry) => {
    const { top, bottom } = entry.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  const linked = (entry) => entry.querySelector(".coolpapers-link")?.href.split("/").pop();
  return near.length > 3 && near.every((entry) => linked(entry) === entry.querySelector("a[id]").id);
})()"""


def test_links_are_there_again_after_the_page_has_drawn_itself_anew(linking: Browser, hosts: Hosts) -> None:
    page = linking.visit(
        hosts.page("https://openreview.net/group?id=Conf.cc/2024/Conference", openreview_group(FORUMS, redraws=True))
    )
    linking.until(lambda: page.evaluate("document.body.dataset.drawn") == "2", "the second drawing")
    has(linking, page, [f"/venue/{key}@OpenReview" for key in FORUMS[:2]])
    page.click("text=Accept (poster)")
    has(linking, page, [f"/venue/{key}@OpenReview" for key in FORUMS])


def test_a_link_follows_an_entry_that_the_page_uses_for_another_paper(linking: Browser, hosts: Hosts) -> None:
    page = linking.visit(
        hosts.page("https://openreview.net/group?id=Conf.cc/2024/Conference", openreview_group(FORUMS))
    )
    has(linking, page, [f"/venue/{key}@OpenReview" for key in FORUMS[:2]])
    page.click("#redraw")
    has(linking, page, [f"/venue/{key}@OpenReview" for key in reversed(FORUMS[2:])])


def test_the_page_itself_stays_as_it_was(linking: Browser, hosts: Hosts) -> None:
    html = arxiv_list(20, abstracts=True)
    page = linking.visit(hosts.page("https://arxiv.org/list/cs.CL/new", html))
    has(linking, page, [f"/arxiv/{key}" for key in arxiv_ids(20)])
    heights = "document.documentElement.scrollHeight"
    linked = page.evaluate(heights)
    # Read in one go: at an event that comes in between, links would be put in again.
    unlinked = page.evaluate(f"() => {{ {LINKS}.forEach((link) => link.remove()); return document.body.outerHTML; }}")
    plain = linking.visit(hosts.page("https://plain.example/", html))
    assert unlinked == plain.evaluate("document.body.outerHTML")
    assert linked == plain.evaluate(heights)
    assert page.evaluate("Object.keys(window).filter((name) => /coolpapers/i.test(name))") == []


def test_a_page_without_papers_is_left_alone(linking: Browser, hosts: Hosts) -> None:
    page = linking.visit(hosts.page("https://arxiv.org/help", page_with_metas([])))
    page.evaluate("scrollTo(0, 10)")
    page.evaluate("new Promise((done) => requestIdleCallback(() => setTimeout(done, 100)))")
    assert page.evaluate(ADDRESSES) == []


def test_nothing_is_put_in_where_links_are_switched_off(linking: Browser, hosts: Hosts) -> None:
    linking.options(links=["arxiv"], off=["arxiv"])
    registered = "chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length)"
    linking.until(lambda: linking.ask(registered) == 0, "the end of the registration")
    page = linking.visit(hosts.page("https://arxiv.org/abs/2401.01234", arxiv_abs("2401.01234")))
    page.evaluate("new Promise((done) => requestIdleCallback(() => setTimeout(done, 100)))")
    assert page.evaluate(ADDRESSES) == []


def test_an_open_page_gets_no_more_links_once_they_are_switched_off(linking: Browser, hosts: Hosts) -> None:
    page = linking.visit(hosts.page("https://arxiv.org/list/cs.CL/2024-01?skip=0&show=2000", arxiv_list(400)))
    linking.until(lambda: page.evaluate(ADDRESSES)[:1] == [f"{OURS}/arxiv/2401.00001"], "the first links")
    before = page.evaluate(ADDRESSES)
    linking.options(links=[])
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    page.evaluate("new Promise((idle) => requestIdleCallback(idle))")  # by now the script has looked around
    linking.until(lambda: page.evaluate(ADDRESSES) == before, "the end of links that lead nowhere")


def test_links_are_answered_after_the_background_was_stopped(linking: Browser, hosts: Hosts) -> None:
    linking.stop_background()
    page = linking.visit(hosts.page("https://arxiv.org/abs/2401.01234", arxiv_abs("2401.01234")))
    has(linking, page, ["/arxiv/2401.01234"])
