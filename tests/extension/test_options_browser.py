"""The page of the options in a real Chromium, and the browser's own questions about what is switched on there."""

from typing import Any

import pytest

from tests.extension.browser import HAS_ITEM, HELD, Browser, middle
from tests.extension.hosts import OURS, Hosts
from tests.extension.stand_ins import arxiv_abs

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCRIPTS = "chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length)"
LINK = ".coolpapers-link"


@pytest.fixture
def options(browser: Browser) -> Any:
    page = browser.visit(browser.address("pages/options.html"))
    page.wait_for_selector("#row-arxiv")
    return page


def box(page: Any, group: str, feature: str) -> Any:
    return page.locator(f"#row-{group} input[data-feature={feature}]")


def note(page: Any, group: str) -> str:
    return str(page.inner_text(f"#note-{group}"))


def kept(browser: Browser, name: str) -> Any:
    return browser.ask("name => chrome.storage.sync.get(name).then(stored => stored[name])", name)


def switched_on(browser: Browser, box: Any, feature: str, *groups: str) -> None:
    """A box is checked by the click itself; it stays so from when that is kept."""
    browser.until(lambda: kept(browser, feature) == [*groups], f"the {feature} of {', '.join(groups)}")
    browser.until(box.is_checked, f"the box of {feature}")


def linked(browser: Browser, hosts: Hosts, address: str) -> Any:
    """A page of arXiv after what extensions put in there has had its time."""
    page = browser.visit(hosts.page(address, arxiv_abs("2401.01234")))
    page.evaluate("new Promise(done => requestIdleCallback(() => setTimeout(done, 100)))")
    return page.locator(LINK)


def test_nothing_is_permitted_before_it_is_switched_on(browser: Browser, hosts: Hosts) -> None:
    assert browser.ask(HELD) == ""
    assert linked(browser, hosts, "https://arxiv.org/abs/2401.01234").count() == 0
    assert browser.ask("chrome.declarativeNetRequest.getDynamicRules()") == []


def test_what_the_reader_refuses_stays_off_and_says_why(browser: Browser, hosts: Hosts, options: Any) -> None:
    links = box(options, "acl", "links")
    browser.answers(links, allows=False)
    browser.until(lambda: note(options, "acl"), "the reason")
    assert note(options, "acl") == "ACL Anthology: the browser gave no permission, so no links are put in."
    assert not links.is_checked()
    assert kept(browser, "links") is None
    assert browser.ask(HELD) == ""


def test_what_the_reader_allows_works_until_the_browser_takes_it_away(
    browser: Browser, hosts: Hosts, options: Any
) -> None:
    links = box(options, "arxiv", "links")
    browser.answers(links, allows=True)
    switched_on(browser, links, "links", "arxiv")
    origins = browser.ask(HELD).split(",")
    assert all("arxiv" in origin or "xxx." in origin for origin in origins)
    browser.until(lambda: browser.ask(SCRIPTS), "the script of links")
    page = browser.visit(hosts.page("https://arxiv.org/abs/2401.01234", arxiv_abs("2401.01234")))
    browser.until(lambda: page.locator(LINK).count() == 1, "the link")
    for origin in origins:
        browser.take_away(origin)
    browser.until(lambda: not links.is_checked(), "the switch's return")
    browser.until(lambda: not browser.ask(SCRIPTS), "the end of the script")
    assert "no permission" in note(options, "arxiv")
    assert linked(browser, hosts, "https://arxiv.org/abs/2401.01234").count() == 0


def test_one_permission_serves_links_and_redirects_and_is_given_back_with_the_last(
    browser: Browser, options: Any
) -> None:
    links, redirects = box(options, "openreview", "links"), box(options, "openreview", "redirects")
    browser.answers(redirects, allows=True)
    switched_on(browser, redirects, "redirects", "openreview")
    links.click()
    switched_on(browser, links, "links", "openreview")
    redirects.click()
    browser.until(lambda: kept(browser, "redirects") == [], "the end of the redirects")
    assert browser.ask(HELD)
    links.click()
    browser.until(lambda: browser.ask(HELD) == "", "the permission's return")


def test_a_site_that_is_switched_off_is_unknown_to_the_button(browser: Browser, options: Any, at_arxiv: Any) -> None:
    box(options, "arxiv", "on").click()
    browser.until(lambda: kept(browser, "off") == ["arxiv"], "the option")
    browser.until(box(options, "arxiv", "links").is_disabled, "the end of the links' switch")
    told = browser.opens(lambda: browser.button(at_arxiv))
    told.wait_for_selector("text=This site is switched off in the options.")


def test_the_search_of_a_selection_stands_in_the_menu_where_it_is_wanted(
    browser: Browser, hosts: Hosts, options: Any
) -> None:
    options.check("input[name=gesture][value=search]")
    browser.until(lambda: kept(browser, "gestures"), "the option")
    page = browser.visit(hosts.page("https://blog.example/", "<!doctype html><p><b>arXiv 2401.01234</b>"))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('b'))")
    # The menu is made anew a moment later, so that the item may not be there at first.
    browser.until(lambda: browser.ask(HAS_ITEM, "search"), "the item of the menu")
    opened = browser.opens(lambda: browser.menu(page, middle(page, "b"), "Up", "Right", "Down", "Return"))
    assert opened.url == f"{OURS}/search?query=arXiv%202401.01234"


def test_where_papers_open_is_an_option(browser: Browser, options: Any, at_arxiv: Any) -> None:
    options.check("input[name=tab][value=same]")
    browser.until(lambda: kept(browser, "tab") == "same", "the option")
    browser.shortcut(at_arxiv)
    at_arxiv.wait_for_url(f"{OURS}/arxiv/2401.01234")


@pytest.mark.parametrize(
    ("typed", "kept_as", "said"),
    [
        ("papers.example/", OURS, f"A coolpapers answers at {OURS}."),
        ("https://other.example", "https://other.example", "Something answers at https://other.example, but it is no"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1", "Nothing answers at http://127.0.0.1:1"),
    ],
)
def test_the_address_of_the_server_is_checked_on_demand(
    browser: Browser, hosts: Hosts, options: Any, typed: str, kept_as: str, said: str
) -> None:
    hosts.asked.clear()
    options.fill("#server", typed)
    options.press("#server", "Tab")
    browser.until(lambda: kept(browser, "server") == kept_as, "the address")
    assert [each for each in hosts.asked if "favicon" not in each] == []  # that of an earlier page may come late
    options.click("[data-word=server_check]")
    browser.until(lambda: said in options.inner_text("#server-checked"), said)
    browser.forget_errors()  # the browser itself tells of the server that does not answer


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "ftp://papers.example", "https://u:p@papers.example", "", "x y"]
)
def test_what_is_no_address_is_said_and_changes_nothing(browser: Browser, options: Any, typed: str) -> None:
    options.fill("#server", typed)
    options.press("#server", "Enter")
    assert "The one before is still in use." in options.inner_text("#server-problem")
    assert kept(browser, "server") == OURS


def test_another_language_is_spoken_at_once_and_on_every_page(browser: Browser, options: Any) -> None:
    other = browser.visit(browser.address("pages/nothing.html#why=nothing_open"))
    other.wait_for_selector("h1:text-is('No paper found')")
    options.check("input[name=language][value=zh-CN]")
    browser.until(lambda: options.inner_text("h1") == "选项", "the options in Chinese")
    assert options.evaluate("document.documentElement.lang").startswith("zh")
    browser.until(lambda: kept(browser, "language") == "zh-CN", "the option")
    browser.visit(other.url).wait_for_selector("h1:text-is('未找到论文')")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("options.html", "#row-arxiv"),
        ("nothing.html#why=nothing_open&looked=https%3A%2F%2Fx.example", "#looked"),
        ("many.html#2401.00001,2401.00002", "#parts a"),
    ],
)
def test_pages_of_the_extension_are_for_everybody(browser: Browser, path: str, whole: str, language: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    browser.options(language=language)
    page = browser.visit(browser.address(f"pages/{path}"))
    page.wait_for_selector(whole)
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 320, "height": 600})
    browser.until(lambda: page.evaluate("innerWidth") == 320, "the small screen")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
