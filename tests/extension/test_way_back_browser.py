"""Redirected to a real server of ours, with a paper there, and back to the original with one click."""

from typing import Any

import pytest

from tests.extension.browser import Browser
from tests.extension.stand_ins import arxiv_abs
from tests.pages.conftest import Keep, keep
from tests.pages.samples import arxiv

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ORIGINAL = "https://www.alphaxiv.org/abs/2401.01234"
__all__ = ["keep"]


@pytest.fixture
def server(browser: Browser, live_server: Any, keep: Keep) -> str:
    """Our service, with the paper. The browser opens it by its own name."""
    keep(arxiv("2401.01234", title="How long lists are read"))
    browser.options(server=live_server.url)
    return str(live_server.url)


def test_a_redirect_leads_to_the_paper_and_one_click_back(browser: Browser, server: str) -> None:
    options = browser.visit(browser.address("pages/options.html"))
    redirects = options.locator("#row-alphaxiv input[data-feature=redirects]")
    browser.answers(redirects, allows=True)
    told = "chrome.declarativeNetRequest.getDynamicRules().then(rules => JSON.stringify(rules))"
    browser.until(lambda: f"{server}/go?url=" in browser.ask(told), "the browser's rules")
    page = browser.visit(browser.hosts.page("https://blog.example/", f"<a href='{ORIGINAL}'>a paper</a>"))
    page.click("a")
    page.wait_for_url(lambda url: url.startswith(f"{server}/arxiv/2401.01234"))
    assert page.inner_text(".paper .title").startswith("How long lists are read")
    assert "You came from alphaxiv.org." in page.inner_text(".way-back")
    page.click(".way-back a")
    page.wait_for_url(ORIGINAL)


def test_the_button_leads_to_the_paper_and_its_card_to_the_original(browser: Browser, server: str) -> None:
    page = browser.visit(browser.hosts.page("https://arxiv.org/abs/2401.01234", arxiv_abs("2401.01234")))
    opened = browser.opens(lambda: browser.button(page))
    opened.wait_for_selector(".paper .title")
    opened.click("article.paper a[href='https://arxiv.org/abs/2401.01234'] >> nth=0")
    browser.until(lambda: len(at_original(browser)) == 2, "the original, again")


def at_original(browser: Browser) -> list[Any]:
    return [page for page in browser.context.pages if page.url == "https://arxiv.org/abs/2401.01234"]


def test_the_page_of_options_finds_the_server(browser: Browser, server: str) -> None:
    options = browser.visit(browser.address("pages/options.html"))
    options.click("[data-word=server_check]")
    browser.until(lambda: "A coolpapers answers" in options.inner_text("#server-checked"), "the answer")
