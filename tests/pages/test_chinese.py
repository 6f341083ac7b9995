"""The Chinese interface in a real Chromium, and what a page says to a browser that translates it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.everything import NOT_FOUND, PAGES, bring_in
from tests.pages.searching import search_once
from tests.pages.triage import follow

pytestmark = pytest.mark.browser

CHINESE = {"locale": "zh-CN"}
# Pages with markup of their own: what holds of it in English does in Chinese, words aside.
MAIN = ["home", "list", "paper", "venue", "search with filters", "search help", "status", "not found"]
LANGUAGE = "document.documentElement.lang"
# What a translating browser leaves alone has such an element around it; the nearest one counts.
TOUCHED = """selector => [...document.querySelectorAll(selector)].filter(each => {
    const mark = each.closest('[translate]');
    return !mark || mark.getAttribute('translate') !== 'no';
}).map(each => each.outerHTML.slice(0, 80))"""
# All is open, and the scripts that watch what comes into sight have seen it.
OPENED = """() => {
    document.querySelectorAll('details').forEach(each => each.open = true);
    return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
}"""


@pytest.fixture
def site(live_server: Any, keep: Keep, index: Callable[[], None], settings: Any) -> str:
    bring_in(keep, index, settings)
    search_once()
    return str(live_server.url)


def test_the_browser_asks_for_chinese(visit: Open) -> None:
    page = visit(PAGES["list"], **CHINESE).page
    assert page.evaluate(LANGUAGE) == "zh-Hans"
    assert page.locator("h1").inner_text().strip() == "计算与语言"
    assert page.locator(".calendar summary").inner_text() == "2025年3月18日 星期二"
    assert page.locator("#masthead-query").get_attribute("placeholder") == "词语、标题、作者、arXiv 编号或 DOI"
    assert visit(PAGES["list"], locale="de-DE").page.evaluate(LANGUAGE) == "en"


def test_texts_of_papers_keep_their_language(visit: Open) -> None:
    page = visit(PAGES["list"], **CHINESE).page
    for selector in (".title-link", ".summary"):
        assert page.locator(selector).nth(3).evaluate("each => each.closest('[lang]').lang") == "en", selector


@pytest.mark.parametrize("javascript", [True, False])
def test_a_click_changes_the_language_of_all_pages(visit: Open, javascript: bool) -> None:
    page = visit(PAGES["list"], java_script_enabled=javascript).page
    assert page.context.cookies() == []
    page.get_by_role("button", name="简体中文").click()
    page.wait_for_selector("html[lang=zh-Hans]")
    assert page.url.endswith(PAGES["list"])
    assert [cookie["name"] for cookie in page.context.cookies()] == ["language"]
    follow(page, ".wordmark")  # the page of before is Chinese, too
    assert page.evaluate(LANGUAGE) == "zh-Hans"
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("html[lang=en]")
    assert page.locator("h1").inner_text() == "Every paper of the day, made to be skimmed."


def test_the_keyboard_changes_the_language(visit: Open) -> None:
    page = visit("/search/help").page
    page.locator(".languages button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("html[lang=zh-Hans]")


@pytest.mark.parametrize(("width", "names"), [(320, list(PAGES)), (390, MAIN), (1280, MAIN)])
def test_no_page_is_wider_than_the_screen(visit: Open, width: int, names: list[str]) -> None:
    for name in names:
        page = visit(PAGES[name], width, **CHINESE).page
        page.evaluate(OPENED)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_has_no_violations_of_accessibility(visit: Open, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for name in MAIN:
        page = visit(PAGES[name], width, color_scheme=scheme, **CHINESE).page
        page.evaluate(OPENED)
        found = axe.run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def test_nothing_is_blocked_in_chinese(visit: Open, site: str) -> None:
    for name in MAIN:
        seen = visit(PAGES[name], **CHINESE)
        complaints = [line for line in seen.complaints if not (name in NOT_FOUND and "404" in line)]
        assert complaints == [], name
        assert [url for url in seen.requests if not url.startswith(site)] == [], name


@pytest.mark.parametrize("name", ["list", "paper", "search", "related"])
def test_a_browser_translates_no_formula_name_or_code(visit: Open, name: str) -> None:
    page = visit(PAGES[name]).page
    assert page.locator("math, .author, .code, .subjects a").count() > 0
    assert page.locator(".title math, .summary math, math").count() == page.locator("math.notranslate").count()
    touched = page.evaluate(TOUCHED, "math, code.tex, .author, .code, .facts .subjects a, .venue a, .wordmark")
    assert touched == []
    assert page.evaluate(TOUCHED, ".more-authors > summary") == page.evaluate(
        "[...document.querySelectorAll('.more-authors > summary')].map(each => each.outerHTML.slice(0, 80))"
    )


def test_chinese_is_upright_and_has_air(visit: Open) -> None:
    page = visit(PAGES["list"], **CHINESE).page
    shape = page.evaluate("(s => [s.fontStyle, parseFloat(s.lineHeight) / parseFloat(s.fontSize)])"
                          "(getComputedStyle(document.body))")  # fmt: skip
    assert shape[0] == "normal"
    assert shape[1] >= 1.6
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") == "normal"
