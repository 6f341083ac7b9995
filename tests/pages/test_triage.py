"""A reader goes through a list with the keyboard: everything that a card offers, and what the browser keeps of it."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from papers.models import Interest
from tests.pages.browsing import PATIENCE, Open
from tests.pages.conftest import Keep
from tests.pages.reading import text
from tests.pages.triage import (
    HOSTILE,
    LIST,
    focused,
    kept,
    look,
    press,
    says,
    shown,
    three_days,
    until,
)

pytestmark = pytest.mark.browser

TOP = "document.activeElement.getBoundingClientRect().top"


@pytest.fixture
def site(live_server: Any, keep: Keep) -> str:
    keep(*three_days())
    return str(live_server.url)


def test_a_list_is_gone_through_by_keyboard_alone(visit: Open) -> None:
    seen = visit(LIST)
    page = seen.page
    press(page, "j")
    assert focused(page) == "2503.00011"
    press(page, "s j s s m j")
    assert focused(page) == "2503.00009"
    press(page, "j")
    assert says(page) == "This is the last paper."
    press(page, "k")
    assert focused(page) == "2503.00010"
    assert [paper["key"] for paper in kept(page, "stars")] == ["2503.00011"]
    assert page.locator("#\\32 503\\.00010").get_attribute("class") == "paper read pointed"
    press(page, "k Enter")
    page.wait_for_url("**/arxiv/2503.00011")
    assert kept(page, "history")[0] | {"at": ""} == {
        "key": "2503.00011",
        "url": "/arxiv/2503.00011",
        "title": r"Bounds in $\ell_1$",
        "keywords": ["norms", "trees"],
        "at": "",
        "how": "page",
    }
    assert seen.complaints == []


def test_the_focused_card_is_seen_from_its_top_and_named(visit: Open) -> None:
    page = visit(LIST, 390).page
    for key in ("2503.00011", "2503.00010", "2503.00009"):
        press(page, "j")
        assert focused(page) == key
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        until(page, f"0 <= {TOP} && {TOP} < 850")
    assert page.evaluate("document.activeElement.ariaLabel") == f"3. {HOSTILE}"
    assert page.evaluate("document.activeElement.role") == "article"


def test_a_key_without_a_focus_is_about_the_first_paper_on_the_screen(visit: Open) -> None:
    page = visit(LIST).page
    page.evaluate("document.getElementById('2503.00010').scrollIntoView()")
    look(page)
    press(page, "s")
    assert [paper["key"] for paper in kept(page, "stars")] == ["2503.00010"]
    assert focused(page) == "2503.00010"


def test_keys_lead_to_other_days_and_to_both_ends(visit: Open) -> None:
    page = visit(LIST).page
    press(page, "b")
    assert focused(page) == "2503.00009"
    press(page, "t")
    assert focused(page) == "2503.00011"
    until(page, "scrollY === 0")
    press(page, "[")
    page.wait_for_url("**date=2025-03-17**")
    assert shown(page) == ["2503.00001"]
    press(page, "]")
    page.wait_for_url("**date=2025-03-18**")


def test_keys_do_nothing_while_something_is_typed_or_with_another_key(visit: Open) -> None:
    page = visit(LIST).page
    page.focus("input[name=query]")
    page.keyboard.type("jsxc?/")
    assert page.input_value("input[name=query]") == "jsxc?/"
    page.evaluate("document.activeElement.blur()")
    press(page, "Control+s Alt+j Meta+x")
    assert kept(page, "stars") is None
    assert page.locator(".pick").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert not page.locator("dialog.shortcuts").is_visible()


@pytest.mark.parametrize(
    "key",
    [
        {"key": "Process", "code": "KeyJ", "keyCode": 229},
        {"key": "ｊ", "code": "KeyJ"},
        {"key": "о", "code": "KeyJ"},
        {"key": "J", "code": "KeyJ"},
    ],
)
def test_keys_work_with_an_input_method_another_alphabet_and_caps_lock(visit: Open, key: dict[str, Any]) -> None:
    page = visit(LIST).page
    page.evaluate("key => document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, ...key}))", key)
    assert focused(page) == "2503.00011"


def test_help_shows_the_keys_and_gives_the_focus_back(visit: Open) -> None:
    page = visit(LIST).page
    press(page, "j ?")
    assert page.locator("dialog.shortcuts").is_visible()
    assert "next, previous paper" in page.locator("dialog.shortcuts").inner_text()
    press(page, "s")
    assert kept(page, "stars") is None
    press(page, "Escape")
    page.wait_for_selector("dialog.shortcuts", state="hidden")
    until(page, "document.activeElement.id === '2503.00011'")
    page.click("[data-tool=help]")
    page.click("dialog.shortcuts button")
    page.wait_for_selector("dialog.shortcuts", state="hidden")


def test_stars_are_kept_and_taken_back_in_all_tabs(visit: Open) -> None:
    first, second = visit(LIST).page, visit("/arxiv/2503.00010").page
    star = ".title-star"
    second.click(star)
    assert second.locator(star).get_attribute("aria-pressed") == "true"
    until(first, "document.getElementById('2503.00010').querySelector('.title-star').ariaPressed === 'true'")
    assert kept(first, "stars")[0]["title"] == "A paper called 2503.00010"
    first.focus("#\\32 503\\.00010 .title-star")
    press(first, "Enter")
    until(second, "document.querySelector('.title-star').ariaPressed === 'false'")
    assert kept(second, "stars") is None


def test_copies_a_paper_with_its_formulas_as_tex(visit: Open, site: str) -> None:
    page = visit(LIST, permissions=["clipboard-read", "clipboard-write"]).page
    press(page, "j c")
    until(page, "document.querySelector('.saying')?.textContent.startsWith('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == "\n\n".join(
        [
            r"Bounds in $\ell_1$",
            "Ada Lovelace, Alan Turing",
            r"We show $$\frac{a}{b}$$ at last.",
            f"{site}/arxiv/2503.00011",
        ]
    )


def test_copies_where_there_is_no_clipboard_and_says_when_it_cannot(visit: Open) -> None:
    page = visit(LIST).page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.evaluate("document.addEventListener('copy', () => (window.copied = document.activeElement.value))")
    press(page, "j c")
    until(page, "window.copied?.startsWith('Bounds in')")
    assert focused(page) == "2503.00011"
    page.evaluate("document.execCommand = () => false")
    press(page, "c")
    until(page, "document.querySelector('.saying')?.textContent === 'The browser does not let this page copy.'")


def test_what_is_opened_is_counted_once_a_day(visit: Open, site: str) -> None:
    """The server counts no robots, and takes a headless browser for one."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
    page = visit(LIST, user_agent=agent).page
    with page.expect_request("**/count") as counted:
        press(page, "j s")
    assert counted.value.post_data == "key=2503.00011&kind=star"
    until_counted(page, stars=1)
    with page.expect_request("**/count") as taken_back:
        press(page, "s")
    assert taken_back.value.post_data == "key=2503.00011&kind=unstar"
    until_counted(page, stars=0)
    press(page, "s")
    until_counted(page, stars=1)
    page.reload()
    count = page.locator("#\\32 503\\.00011 .title-star .n")
    assert count.inner_text() == "1"
    press(page, "j s")
    assert count.count() == 0
    press(page, "s s s")
    assert count.inner_text() == "1"
    press(page, "r r r")
    assert page.locator("#\\32 503\\.00011 .title-rel").inner_text() == "[REL1]"


def until_counted(page: Any, stars: int) -> None:
    end = time.monotonic() + PATIENCE
    while list(Interest.objects.values_list("stars", flat=True)) not in ([stars], [] if not stars else [stars]):
        if time.monotonic() > end:
            pytest.fail(f"no {stars} counted")
        page.wait_for_timeout(50)


def test_the_original_is_opened_by_key_and_noted(visit: Open) -> None:
    page = visit(LIST).page
    page.context.route("https://arxiv.org/**", lambda route: route.fulfill(body="the original"))
    press(page, "j j Shift+O")
    page.wait_for_url("https://arxiv.org/abs/2503.00010")
    page.go_back()
    assert kept(page, "history")[0]["key"] == "2503.00010"
    assert kept(page, "history")[0]["how"] == "original"
    assert page.locator("#\\32 503\\.00010.read").count() == 1


def test_a_category_offers_to_be_added_left_out_and_followed(visit: Open) -> None:
    page = visit(LIST).page
    page.hover(".subject-2")
    page.wait_for_selector(".subject-tools")
    assert page.locator(".subject-tools a").evaluate_all("links => links.map(each => each.getAttribute('href'))") == [
        "/arxiv/cs.CL+cs.AI?date=2025-03-18",
        "/arxiv/cs.CL-cs.AI?date=2025-03-18",
    ]
    page.click(".subject-tools .follow")
    assert kept(page, "choices")["categories"] == ["cs.AI"]
    page.hover("h1")
    page.wait_for_selector(".subject-tools", state="detached")
    page.focus("#\\32 503\\.00011 .subject-1")
    assert page.locator(".subject-tools a").count() == 0
    page.focus(".subject-2")
    press(page, "Tab Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "This list without cs.AI"
    press(page, "Enter")
    page.wait_for_url("**/arxiv/cs.CL-cs.AI?date=2025-03-18")
    assert shown(page) == ["2503.00010", "2503.00009"]


def test_fingers_reach_what_a_category_offers(visit: Open) -> None:
    page = visit(LIST, 390, has_touch=True, is_mobile=True).page
    page.tap("#\\32 503\\.00011 .subject-more")
    assert page.locator(".subject-tools").count() == 2
    page.tap(".subject-2 + .subject-tools .follow")
    assert kept(page, "choices")["categories"] == ["cs.AI"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.tap("#\\32 503\\.00011 .subject-more")
    assert page.locator(".subject-tools").count() == 0
    page.tap("#\\32 503\\.00011 .subject-more")
    page.tap(".subject-2 + .subject-tools >> text=−")
    page.wait_for_url("**/arxiv/cs.CL-cs.AI?date=2025-03-18")


def test_a_pointer_that_hovers_needs_no_button_for_categories(visit: Open) -> None:
    assert visit(LIST).page.locator(".subject-more").count() == 0


def test_hostile_texts_stay_texts(visit: Open) -> None:
    seen = visit(LIST)
    page = seen.page
    press(page, "b s c m x / < i m g Escape")
    page.goto(page.url)
    until(page, "document.querySelector('.title-star[aria-pressed=true]')")
    assert kept(page, "stars")[0]["title"] == HOSTILE
    assert page.locator("img[src=x], .paper script").count() == 0
    assert seen.complaints == []


def test_nothing_is_offered_that_needs_scripts_where_there_are_none(visit: Open, client: Client) -> None:
    page = visit(LIST, java_script_enabled=False).page
    for needs_scripts in (".toolbar", ".filter", ".selection", ".shortcuts", ".title-copy", ".title-star"):
        assert not page.locator(needs_scripts).first.is_visible(), needs_scripts
    assert page.locator(".title-rel").first.is_visible()
    assert 'role="group"' in text(client.get(LIST))


def test_keeps_working_where_storage_is_refused(visit: Open) -> None:
    seen = visit("/search/help")
    refused = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"
    seen.page.context.add_init_script(refused)
    page = seen.page
    page.goto(page.url.replace("/search/help", LIST))
    press(page, "j s m j")
    assert focused(page) == "2503.00010"
    assert page.locator("#\\32 503\\.00011 .title-star").get_attribute("aria-pressed") == "true"
    assert seen.complaints == []


def test_a_damaged_memory_of_counts_does_no_harm(visit: Open) -> None:
    seen = visit(LIST)
    for damaged in ("null", "7", '{"day": 1, "marks": 2}', "{", json.dumps({"marks": {}})):
        seen.page.evaluate("text => localStorage.setItem('coolpapers.counted', text)", damaged)
        press(seen.page, "j s s")
    assert seen.complaints == []


def test_single_keys_can_be_switched_off(visit: Open) -> None:
    page = visit(LIST).page
    page.evaluate("localStorage.setItem('coolpapers.preferences', JSON.stringify({version: 1, data: {noKeys: true}}))")
    page.reload()
    page.wait_for_selector(".papers > .paper")
    before = focused(page)
    press(page, "j")
    assert focused(page) == before
    page.keyboard.press("Control+f")
    assert page.locator("form.filter").is_visible()
