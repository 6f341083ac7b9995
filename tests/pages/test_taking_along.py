"""Papers are taken along as a file or as one address; what opens over a list can be used by everybody."""

from typing import Any

import pytest

from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.triage import LIST, press, shown, three_days, until

pytestmark = pytest.mark.browser


@pytest.fixture
def site(live_server: Any, keep: Keep) -> str:
    keep(*three_days())
    return str(live_server.url)


def test_a_selection_is_exported_as_a_file_and_as_one_address(visit: Open, site: str, tmp_path: Any) -> None:
    seen = visit(LIST, permissions=["clipboard-read", "clipboard-write"])
    page = seen.page
    press(page, "j x j j x")
    assert page.locator(".selection-count").inner_text() == "2 papers selected"
    assert page.locator(".pick").count() == 3
    with page.expect_download() as download:
        press(page, "e Enter")
    download.value.save_as(tmp_path / "papers.bib")
    assert (tmp_path / "papers.bib").read_text().count("@") == 2
    page.click("[data-format=json]")
    page.click("[data-format=link]")
    until(page, "document.querySelector('.saying')?.textContent === 'Copied: the address of these papers'")
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == f"{site}/export?ids=2503.00011,2503.00009"
    press(page, "Escape")
    assert page.locator(".pick").count() == 0
    page.goto(address)
    assert shown(page) == ["2503.00011", "2503.00009"]
    assert seen.complaints == []


def test_exports_all_that_is_shown_where_nothing_is_selected_and_says_when_it_fails(visit: Open) -> None:
    page = visit(LIST).page
    page.context.route("**/export.csv*", lambda route: route.fulfill(status=503))
    press(page, "e")
    assert page.locator(".selection-count").inner_text() == "3 papers selected"
    page.click("[data-format=csv]")
    until(page, "document.querySelector('.saying')?.textContent === 'The file could not be made. Try again.'")
    page.click("[data-pick=none]")
    assert page.locator("[data-format=bib]").is_disabled()
    page.click(".pick >> nth=1")
    assert page.locator(".selection-count").inner_text() == "1 paper selected"


def test_what_is_selected_is_marked_as_read_and_as_unread(visit: Open) -> None:
    page = visit(LIST).page
    mark = page.locator("[data-pick=read]")
    press(page, "j m x j x")
    assert mark.inner_text() == "Mark as read"
    mark.click()
    assert page.locator(".paper.read").count() == 2
    assert mark.inner_text() == "Mark as unread"
    mark.click()
    assert page.locator(".paper.read").count() == 0
    page.click("[data-pick=none]")
    assert mark.is_disabled()


def test_a_long_selection_is_posted(visit: Open) -> None:
    seen = visit(LIST)
    page = seen.page
    page.evaluate("document.getElementById('2503.00010').id = 'x'.repeat(2000)")
    with page.expect_request("**/export.md") as asked:
        press(page, "e")
        page.click("[data-format=md]")
    assert asked.value.method == "POST"
    assert asked.value.response().status == 200


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_what_opens_has_no_violations_of_accessibility(visit: Open, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(LIST, width, color_scheme=scheme).page
    for keys in ("j m s", "x", "r", "/", "Escape ?"):
        press(page, keys)
        until(page, "!document.querySelector('.related:not(.filled)')")
        found = axe.run(page)
        assert found.violations_count == 0, f"{keys}: {found.generate_report()}"
    press(page, "Escape")
    page.focus(".subject-2")
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()


def test_what_is_touched_is_large_enough(visit: Open) -> None:
    page = visit(LIST, 390).page
    press(page, "j x r /")
    until(page, "document.querySelector('.related.filled')")
    tools = ".toolbar button, .tools > *, .filter label, .filter button, .selection button, .pick, .fold"
    small = page.evaluate(
        """tools => [...document.querySelectorAll(tools)].filter(each => each.checkVisibility())
          .map(each => [each.outerHTML, each.getBoundingClientRect()])
          .filter(([, {width, height}]) => height > 0 && Math.min(width, height) < 24).map(([html]) => html)""",
        tools,
    )
    assert small == []
