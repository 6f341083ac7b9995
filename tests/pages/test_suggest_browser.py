"""The search box as a combobox, by keyboard and pointer, in a real Chromium."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from papers.record import Author
from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv
from tests.pages.searching import search_once

pytestmark = pytest.mark.browser

BOX, LIST = "#masthead-query", "#masthead-query-suggestions"
HOSTILE = "Attention <img src=x onerror=alert(1)> \u202e"


@pytest.fixture
def site(live_server: Any, keep: Keep, index: Callable[[], None]) -> str:
    keep(
        arxiv("2503.00001", title="Attention Is All You Need"),
        arxiv("2503.00002", title="Attention Elsewhere"),
        arxiv("2503.00003", title=HOSTILE),
        arxiv("2503.00004", title="Sorting", authors=(Author("Donald E. Knuth", "Knuth", "Donald E."),)),
    )
    keep(acl("P19-1001"))
    index()
    search_once()
    return str(live_server.url)


@pytest.fixture
def page(visit: Open) -> Any:
    return visit("/venue").page


def type_in(page: Any, text: str) -> None:
    """At once: on a busy machine single keys come so slowly that the list is first one for half of the text."""
    page.focus(BOX)
    page.keyboard.insert_text(text)
    page.wait_for_selector(f"{LIST}:not([hidden]) [role=option]")


def chosen(page: Any) -> str | None:
    """What assistive technology is told to be chosen; it must be what is shown so."""
    told = page.get_attribute(BOX, "aria-activedescendant")
    shown = page.eval_on_selector_all(f"{LIST} [aria-selected=true]", "all => all.map(each => each.id)")
    assert shown == ([told] if told else [])
    return page.inner_text(f"#{told} .suggestion") if told else None


def test_arrows_go_through_the_list_and_enter_opens_what_is_chosen(page: Any) -> None:
    type_in(page, "attention is")
    assert chosen(page) is None
    page.keyboard.press("ArrowDown")
    assert chosen(page) == "Attention Is All You Need"
    page.keyboard.press("Enter")
    page.wait_for_url("**/arxiv/2503.00001")


def test_arrows_go_round_by_the_text_itself(page: Any) -> None:
    type_in(page, "attention")
    count = page.locator(f"{LIST} [role=option]").count()
    assert count == 3
    page.keyboard.press("ArrowUp")
    assert chosen(page) == page.inner_text(f"{LIST} [role=option]:last-child .suggestion")
    page.keyboard.press("ArrowDown")
    assert chosen(page) is None
    for _ in range(count + 1):
        page.keyboard.press("ArrowDown")
    assert chosen(page) is None
    assert page.input_value(BOX) == "attention"


def test_enter_without_a_choice_searches(page: Any) -> None:
    type_in(page, "attention")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert parse_qs(urlsplit(page.url).query)["query"] == ["attention"]


def test_escape_closes_the_list_and_leaves_the_text(page: Any) -> None:
    type_in(page, "attention")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute(BOX, "aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.is_hidden(LIST)
    assert page.get_attribute(BOX, "aria-expanded") == "false"
    assert chosen(page) is None
    assert page.input_value(BOX) == "attention"
    page.keyboard.press("ArrowDown")
    assert page.is_visible(LIST)
    assert chosen(page)


def test_leaving_the_box_closes_the_list(page: Any) -> None:
    type_in(page, "attention")
    page.keyboard.press("Tab")
    assert page.is_hidden(LIST)


def test_a_click_opens_what_it_is_on(page: Any) -> None:
    type_in(page, "knuth d")
    page.click(f"{LIST} >> text=Donald E. Knuth")
    page.wait_for_url("**/author/Donald%20E.%20Knuth")


def test_is_a_combobox_to_assistive_technology(page: Any) -> None:
    type_in(page, "acl")
    told = {
        name: page.get_attribute(BOX, name) for name in ("role", "aria-autocomplete", "aria-controls", "aria-expanded")
    }
    assert told == {
        "role": "combobox",
        "aria-autocomplete": "list",
        "aria-controls": LIST.removeprefix("#"),
        "aria-expanded": "true",
    }
    assert page.get_attribute(LIST, "role") == "listbox"
    assert page.get_attribute(LIST, "aria-label") == "Search papers"
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.keyboard.press("ArrowDown")
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()


def test_titles_stay_text(visit: Open) -> None:
    seen = visit("/venue")
    type_in(seen.page, "attention img")
    assert "<img src=x" in seen.page.inner_text(f"{LIST} .suggestion")
    assert seen.page.locator(f"{LIST} img").count() == 0
    assert seen.complaints == []


def test_a_late_answer_to_what_was_typed_before_is_not_shown(page: Any) -> None:
    """The first answer waits until the second has been shown; then it must not replace it."""
    held: list[Any] = []

    def answer(route: Any) -> None:
        typed = parse_qs(urlsplit(route.request.url).query)["q"][0]
        body = json.dumps(
            [typed, [f"for {typed}"], ["Paper"], [urlsplit(route.request.url)._replace(query="").geturl()]]
        )
        if typed == "slow":
            held.append(lambda: route.fulfill(body=body, content_type="application/json"))
        else:
            route.fulfill(body=body, content_type="application/json")

    page.route("**/suggest?*", answer)
    page.focus(BOX)
    with page.expect_request("**/suggest?q=slow"):
        page.keyboard.insert_text("slow")
    page.fill(BOX, "")
    page.keyboard.insert_text("fast")
    page.wait_for_selector(f"{LIST} >> text=for fast")
    for late in held:
        with suppress(Exception):  # the browser may have given the request up already
            late()
    page.wait_for_timeout(100)
    assert page.inner_text(f"{LIST} .suggestion") == "for fast"


def test_keys_in_a_row_are_one_question(page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    page.focus(BOX)
    page.evaluate(
        """box => { for (const text of ["a", "at", "att", "atte", "attention"]) {
            box.value = text; box.dispatchEvent(new Event("input", {bubbles: true})) } }""",
        page.query_selector(BOX),
    )
    page.wait_for_selector(f"{LIST}:not([hidden])")
    assert [parse_qs(urlsplit(url).query)["q"] for url in asked] == [["attention"]]


def test_a_service_that_does_not_answer_leaves_the_box_as_it_is(visit: Open) -> None:
    seen = visit("/venue")
    seen.page.route("**/suggest?*", lambda route: route.fulfill(status=500, body="<html>broken</html>"))
    seen.page.focus(BOX)
    with seen.page.expect_response("**/suggest?*"):
        seen.page.keyboard.type("attention")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/search?*")


def test_without_javascript_it_is_a_plain_box(visit: Open) -> None:
    page = visit("/venue", java_script_enabled=False).page
    assert page.get_attribute(BOX, "role") is None
    page.fill(BOX, "attention")
    page.press(BOX, "Enter")
    page.wait_for_url("**/search?*")


def test_fits_the_screen_of_a_phone(visit: Open) -> None:
    page = visit("/venue", 320).page
    type_in(page, "attention")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    box = page.locator(LIST).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
