"""The extension as a reader installs it, and what stays of it when the browser is closed and started again."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from coolpapers.extension_packages import build
from tests.extension.browser import KEYS, Browser, Machine
from tests.extension.hosts import OURS
from tests.extension.stand_ins import arxiv_abs

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ORIGINAL = "https://arxiv.org/abs/2401.01234"
LINKS = "#row-arxiv input[data-feature=links]"
REDIRECTS = "#row-alphaxiv input[data-feature=redirects]"
KNOWN = "#row-dblp input[data-feature=on]"
CHOSEN = {
    "server": OURS,
    "tab": "same",
    "language": "zh-CN",
    "off": ["dblp"],
    "links": ["arxiv"],
    "redirects": ["alphaxiv"],
}


def test_the_extension_its_options_and_permissions_outlive_the_browser(machine: Machine) -> None:
    """The folder is loaded as a reader does it, so the browser gives the extension the keys that it suggests."""
    with machine.browser(by_hand=True) as browser:
        assert browser.keys() == KEYS
        choose(browser)
        installed = browser.id
    with machine.browser() as browser:
        assert (browser.id, browser.keys()) == (installed, KEYS)
        works(browser)
        shows(browser.visit(browser.address("pages/options.html")))
        assert browser.errors() == []


def test_chromium_has_nothing_to_say_against_its_package(machine: Machine, tmp_path: Path) -> None:
    with zipfile.ZipFile(next(path for path in build(tmp_path, OURS) if path.suffix == ".zip")) as package:
        package.extractall(tmp_path / "package")
    with machine.browser(of=tmp_path / "package") as browser:
        assert browser.complaints() == []
        page = browser.visit(browser.address("pages/options.html"))
        browser.until(lambda: page.input_value("#server") == OURS, "the server that was built in")


def choose(browser: Browser) -> None:
    page = browser.visit(browser.address("pages/options.html"))
    page.wait_for_selector(KNOWN)
    page.fill("#server", OURS)
    page.press("#server", "Tab")
    page.check("input[name=tab][value=same]")
    page.check("input[name=language][value=zh-CN]")
    page.click(KNOWN)
    for box in (LINKS, REDIRECTS):
        browser.answers(page.locator(box), allows=True)
    browser.until(lambda: browser.ask("chrome.storage.sync.get()") == CHOSEN, "what was chosen")


def works(browser: Browser) -> None:
    browser.until(lambda: all(browser.ask(HELD_BY_BROWSER)), "what the browser itself keeps")
    page = browser.visit(browser.hosts.page(ORIGINAL, arxiv_abs("2401.01234")))
    page.wait_for_selector(".coolpapers-link[title]")  # before, it leads to the original
    hrefs = page.eval_on_selector_all(".coolpapers-link", "links => links.map(link => link.href)")
    assert hrefs == [f"{OURS}/arxiv/2401.01234"]
    assert browser.visit("https://www.alphaxiv.org/abs/2401.05678").url.startswith(f"{OURS}/go?url=")
    browser.shortcut(page)
    page.wait_for_url(f"{OURS}/arxiv/2401.01234")


# How many scripts and rules; it reads them while it starts.
HELD_BY_BROWSER = """Promise.all([
  chrome.scripting.getRegisteredContentScripts(),
  chrome.declarativeNetRequest.getDynamicRules(),
]).then((held) => held.map((each) => each.length))"""


def shows(page: Any) -> None:
    page.wait_for_selector(f"{LINKS}:checked")
    assert page.input_value("#server") == OURS
    assert page.inner_text("h1") == "选项"
    assert page.is_checked("input[name=tab][value=same]")
    assert page.is_checked(REDIRECTS)
    assert not page.is_checked(KNOWN)
