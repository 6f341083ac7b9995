"""The rest of a list comes by itself; the plain pager is what is left where it cannot."""

import re
from typing import Any

import pytest

from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.samples import acl
from tests.pages.triage import SHIFTS, focused, follow, look, numbered, press, says, shown, until

pytestmark = pytest.mark.browser

LIST = "/arxiv/cs.CL"
LOADED = "document.querySelectorAll('.papers > .paper').length"
HERE = "document.querySelector('.pager-here').textContent"
DOWN = "scrollTo(0, document.documentElement.scrollHeight)"


@pytest.fixture
def site(live_server: Any, keep: Keep) -> str:
    keep(*numbered(260, abstract="A paper. " * 150))
    keep(*(acl(f"P19-1{number:03}", position=number) for number in range(1, 41)))
    return str(live_server.url)


def expected(count: int) -> list[str]:
    return [f"2503.{number:05}" for number in range(260, 260 - count, -1)]


def scroll_down(page: Any, condition: str) -> None:
    """To the end again and again: heights of cards that were not on the screen yet are guesses."""
    until(page, f"{condition} || void {DOWN}")


def rest(page: Any) -> None:
    """Waits until no more cards come: what came may have left the end of the list near."""
    look(page)
    while "loading" in page.evaluate(HERE):
        until(page, f"!{HERE}.includes('loading')")
        look(page)


def test_cards_come_in_order_without_doubles_as_the_reader_goes_down(visit: Open) -> None:
    seen = visit(LIST)
    page = seen.page
    assert shown(page) == expected(25)
    for wanted in (50, 75, 100):
        scroll_down(page, f"{LOADED} >= {wanted}")
    rest(page)
    loaded = shown(page)
    assert loaded == expected(len(loaded))
    assert page.locator(".papers > .paper .index").all_text_contents() == [str(n) for n in range(1, len(loaded) + 1)]
    assert re.match(rf"1–{len(loaded)} of 260", page.evaluate(HERE))
    assert page.locator(".pager a[rel=next]").get_attribute("href") == f"?skip={len(loaded)}"
    assert page.url.endswith(LIST)
    assert seen.complaints == []


def test_papers_that_came_in_between_are_not_shown_twice(visit: Open, keep: Keep) -> None:
    page = visit(LIST).page
    keep(*numbered(270, abstract="A paper. " * 150)[260:])
    scroll_down(page, f"{LOADED} > 25")
    loaded = shown(page)
    assert len(set(loaded)) == len(loaded)
    assert loaded == expected(len(loaded))
    assert says(page) == "This list has changed meanwhile: load the page again to see it whole."


def test_all_is_loaded_in_steps_with_the_progress_said(visit: Open) -> None:
    seen = visit(LIST)
    page = seen.page
    page.evaluate("""() => {
      const here = document.querySelector('.pager-here');
      window.said = [];
      new MutationObserver(() => said.push(here.textContent)).observe(here, {childList: true});
    }""")
    # The pointer would scroll there first, and so load a page or two of 25 before.
    page.dispatch_event("text=all on one page", "click")
    until(page, f"{LOADED} === 260")
    assert shown(page) == expected(260)
    said = page.evaluate("said")
    assert next(line for line in said if "loading" in line).startswith("25 of 260, loading …")
    assert said[-1].startswith("1–260 of 260")
    assert page.locator(".pager a[rel=next]").count() == 0
    assert len([url for url in seen.requests if "show=100" in url]) == 3


def test_keys_go_on_into_what_is_not_loaded_yet(visit: Open) -> None:
    page = visit(f"{LIST}?show=2").page
    for wanted in expected(6):
        press(page, "j")
        until(page, f"document.activeElement.id === '{wanted}'")
    assert focused(page) == expected(6)[-1]


def test_a_failing_server_leaves_the_plain_pager_and_another_try(visit: Open) -> None:
    page = visit(LIST).page
    page.context.route("**skip=**", lambda route: route.fulfill(status=503, body="busy"))
    scroll_down(page, f"{HERE}.startsWith('The next papers could not be loaded.')")
    rest(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(DOWN)
    page.wait_for_timeout(500)
    assert asked == []
    assert page.locator(".pager a[rel=next]").is_visible()
    page.context.unroute("**skip=**")
    page.click("text=Try again")
    until(page, f"{LOADED} >= 50")
    rest(page)
    assert shown(page)[:50] == expected(50)
    page.context.route("**skip=**", lambda route: route.fulfill(body="<p>no list</p>", content_type="text/html"))
    scroll_down(page, f"{HERE}.startsWith('The next papers could not be loaded.')")
    page.context.unroute("**skip=**")
    loaded = len(shown(page))
    follow(page, ".pager a[rel=next]")
    assert shown(page)[0] == expected(loaded + 1)[-1]


def test_the_way_back_leads_to_where_the_reader_was(visit: Open) -> None:
    page = visit(LIST).page
    for wanted in (50, 75, 100):
        scroll_down(page, f"{LOADED} >= {wanted}")
    until(page, "(document.getElementById('2503.00180').scrollIntoView(), history.state?.at === '2503.00180')")
    page.reload()
    until(page, "document.getElementById('2503.00180')")
    until(page, "Math.abs(document.getElementById('2503.00180').getBoundingClientRect().top) < 400")
    loaded = shown(page)
    assert loaded == expected(len(loaded))


def test_pages_in_the_middle_lead_both_ways(visit: Open) -> None:
    page = visit(f"{LIST}?skip=50&show=10").page
    scroll_down(page, f"{LOADED} >= 20")
    assert shown(page)[0] == "2503.00210"
    rest(page)
    assert page.evaluate(HERE).startswith("51–")
    follow(page, ".pager a[rel=prev]")
    assert shown(page)[0] == "2503.00220"


def test_venues_are_loaded_on_too(visit: Open) -> None:
    page = visit("/venue/ACL.2019").page
    scroll_down(page, f"{LOADED} === 40")
    assert len(set(shown(page))) == 40
    assert page.locator(".pager a[rel=next]").count() == 0


def test_works_as_plain_pages_without_scripts(visit: Open) -> None:
    page = visit(LIST, java_script_enabled=False).page
    follow(page, ".pager a[rel=next]")
    assert page.locator(".papers > .paper").count() == 25
    assert page.locator(".paper .index").first.inner_text() == "26"
    follow(page, "text=all on one page")
    assert page.locator(".papers > .paper").count() == 260


def wheel_down(page: Any, by: int) -> None:
    """Turns the wheel and waits until the page has followed: on a slow machine turns add up to a leap to the end, where
    whatever comes pushes the pager out of sight."""
    here = page.evaluate("scrollY")
    page.mouse.wheel(0, by)
    until(page, f"scrollY > {here}")
    while (now := page.evaluate("scrollY")) != here:
        here = now
        look(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_by_itself(visit: Open, width: int) -> None:
    page = visit(LIST, width).page
    page.wait_for_timeout(500)
    page.mouse.move(200, 400)
    while page.evaluate(LOADED) == 25 and "loading" not in page.evaluate(HERE):
        wheel_down(page, 700)
    until(page, f"{LOADED} > 25")
    look(page)
    shifts = page.evaluate(SHIFTS)
    assert sum(value for value, _sources in shifts) <= 0.02, shifts
