"""Pages in a real Chromium: nothing blocked, nothing fetched from elsewhere, nothing wider than the screen."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.everything import NOT_FOUND, PAGES, bring_in
from tests.pages.samples import arxiv
from tests.pages.triage import follow, loading_anew, until

pytestmark = pytest.mark.browser


@pytest.fixture
def site(live_server: Any, keep: Keep, index: Callable[[], None], settings: Any) -> str:
    bring_in(keep, index, settings)
    return str(live_server.url)


def test_nothing_is_blocked_and_nothing_comes_from_elsewhere(visit: Open, site: str) -> None:
    for name, path in PAGES.items():
        seen = visit(path)
        complaints = [line for line in seen.complaints if not (name in NOT_FOUND and "404" in line)]
        assert complaints == [], name
        assert [url for url in seen.requests if not url.startswith(site)] == [], name
        # Scripts are many small modules, which a browser asks for once.
        assert len([url for url in seen.requests if not url.endswith(".js")]) < 9, name


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_screen(visit: Open, width: int) -> None:
    for name, path in PAGES.items():
        page = visit(path, width).page
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_a_long_formula_scrolls_in_its_own_box(visit: Open) -> None:
    page = visit(PAGES["paper"], 390).page
    assert page.evaluate(
        "[...document.querySelectorAll('.summary, .summary math')].some(e => e.scrollWidth > e.clientWidth)"
    )


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_has_no_violations_of_accessibility(visit: Open, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for name, path in PAGES.items():
        page = visit(path, width, color_scheme=scheme).page
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found = axe.run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def test_dark_is_dark_and_light_is_light(visit: Open) -> None:
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    assert visit("/", color_scheme="light").page.evaluate(colours) == ["rgb(246, 248, 248)", "rgb(25, 34, 37)"]
    assert visit("/", color_scheme="dark").page.evaluate(colours) == ["rgb(16, 23, 26)", "rgb(221, 230, 232)"]


def test_a_waiting_page_turns_into_the_paper_by_itself(visit: Open, keep: Keep) -> None:
    page = visit(PAGES["waiting"]).page
    assert page.locator("h1").inner_text() == "Being fetched from arXiv"
    keep(arxiv("2104.12255", title="The paper that was waited for"))
    page.wait_for_selector("h1.title")
    assert "The paper that was waited for" in page.title()


def test_a_waiting_page_looks_again_without_javascript(visit: Open, keep: Keep) -> None:
    page = visit(PAGES["waiting"], java_script_enabled=False).page
    keep(arxiv("2104.12255", title="The paper that was waited for"))
    page.wait_for_selector("h1.title")


def test_works_without_javascript(visit: Open) -> None:
    page = visit("/", java_script_enabled=False).page
    page.fill("#query", "sentence")
    with loading_anew(page):
        page.press("#query", "Enter")
    follow(page, ".paper .title-link >> nth=0")
    assert page.locator("h1.title").count() == 1
    page.goto(page.url.split("/arxiv")[0].split("/venue")[0] + PAGES["list"])
    page.click(".calendar summary")
    follow(page, ".calendar td a >> nth=0")
    assert "date=2025-03-17" in page.url
    assert page.locator(".paper").count() == 1


def test_the_keyboard_reaches_the_content(visit: Open) -> None:
    page = visit(PAGES["list"]).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    until(page, "location.hash === '#content'")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_bookmarklet_leads_from_a_page_or_from_what_is_selected(visit: Open, site: str) -> None:
    page = visit("/go").page
    code = unquote(page.locator(".bookmarklet").get_attribute("href").removeprefix("javascript:"))
    code = re.sub(r"'[^']*/go\?url='", f"'{site}/go?url='", code)  # the configured address is not that of this server
    page.context.route("https://www.alphaxiv.org/**", lambda route: route.fulfill(body="<p>See 2503.00005</p>"))
    for select, wanted in (("", "2503.00001"), ("getSelection().selectAllChildren(document.body);", "2503.00005")):
        page.goto("https://www.alphaxiv.org/abs/2503.00001")
        with loading_anew(page):
            page.evaluate(f"() => {{ {select} {code} }}")
        assert page.locator("article.paper").get_attribute("id") == wanted
