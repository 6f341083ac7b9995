"""What a reader has read or seen on another list can be hidden; the page says how much of it is."""

from datetime import date
from typing import Any

import pytest

from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.samples import DAY, acl, arxiv
from tests.pages.triage import SHIFTS, kept, look, numbered, press, shown, still_clock, until

pytestmark = pytest.mark.browser

LIST, OTHER = "/arxiv/cs.CL?date=2025-03-18", "/arxiv/cs.AI?date=2025-03-18"
TOP = "document.activeElement.getBoundingClientRect().top"
SAYS = "document.querySelector('.toolbar-says').textContent"


@pytest.fixture
def site(live_server: Any, keep: Keep) -> str:
    """Two lists of one day that have a paper in common, and the day after with that paper once more."""
    keep(
        arxiv("2503.00003"),
        arxiv("2503.00002", categories=("cs.CL", "cs.AI")),
        arxiv("2503.00001", categories=("cs.AI",)),
        arxiv("2503.00005", day=date(2025, 3, 19)),
    )
    keep(acl("P19-1001"))
    return str(live_server.url)


def test_read_papers_are_dimmed_on_every_list_and_hidden_when_wanted(visit: Open) -> None:
    page = visit(LIST).page
    press(page, "j m j m")
    page.goto(page.url.replace("cs.CL", "cs.AI"))
    assert page.locator(".paper.read").count() == 1
    page.click("[data-tool=hide-read]")
    assert shown(page) == ["2503.00001"]
    assert page.evaluate(SAYS) == "1 paper that you have read is hidden. Show"
    page.click(".toolbar-says button")
    assert shown(page) == ["2503.00001", "2503.00002"]
    assert page.evaluate(SAYS) == ""
    page.reload()
    assert shown(page) == ["2503.00001"]
    page.click("[data-tool=hide-read]")
    assert len(shown(page)) == 2
    assert kept(page, "preferences") is None


def test_a_paper_that_becomes_read_stays_until_the_page_is_loaded_anew(visit: Open) -> None:
    page = visit(LIST).page
    page.click("[data-tool=hide-read]")
    press(page, "j m")
    assert len(shown(page)) == 2
    page.reload()
    assert shown(page) == ["2503.00002"]


def test_a_page_whose_papers_are_all_hidden_says_so(visit: Open) -> None:
    page = visit(LIST).page
    page.click("[data-tool=hide-read]")
    press(page, "j m j m")
    page.reload()
    assert shown(page) == []
    assert page.evaluate(SAYS) == "2 papers that you have read are hidden. Show"
    assert page.locator(".toolbar-says button").is_visible()


def test_each_paper_is_shown_once_across_categories_and_days(visit: Open) -> None:
    page = visit(LIST).page
    until(page, "localStorage.getItem('coolpapers.shown')?.includes('2503.00002')")
    page.goto(page.url.replace("cs.CL", "cs.AI"))
    assert len(shown(page)) == 2
    page.click("[data-tool=each-once]")
    assert shown(page) == ["2503.00001"]
    assert page.evaluate(SAYS) == "1 paper that another list or day has shown you is hidden. Show"
    page.goto(page.url.replace("cs.AI", "cs.CL"))
    assert shown(page) == ["2503.00003", "2503.00002"]
    page.goto(page.url.split("?")[0] + "?since=2025-03-17")
    assert shown(page) == ["2503.00005", "2503.00003", "2503.00002"]
    press(page, "/")
    page.keyboard.type("2503.00003")
    assert page.locator(".day-heading:visible").count() == 1
    press(page, "Escape")
    look(page)
    press(page, "j")
    until(page, f"{TOP} > document.querySelector('.day-heading').getBoundingClientRect().bottom - 9")
    press(page, "j j")
    until(page, f"{TOP} > 0")
    assert page.evaluate(SAYS) == ""


def test_what_was_not_on_the_screen_for_a_second_is_not_shown(visit: Open, keep: Keep) -> None:
    keep(*numbered(20, categories=("cs.LG",), abstract="A paper. " * 200))
    page = visit("/search/help").page
    with still_clock(page):
        page.goto(page.url.replace("/search/help", "/arxiv/cs.LG"))
        for height, milliseconds in ((3000, 300), (0, 1500)):
            page.evaluate("height => scrollTo(0, height)", height)
            look(page)
            page.clock.run_for(milliseconds)
        page.goto(page.url.replace("/arxiv/cs.LG", "/search/help"))
    [[where, _, keys]] = kept(page, "shown")
    assert where == "/arxiv/cs.LG|2025-03-18"
    assert keys == [f"2503.{number:05}" for number in range(20, 20 - len(keys), -1)]
    assert 1 <= len(keys) <= 3


def test_lists_of_ones_own_and_searches_hide_nothing(visit: Open, index: Any) -> None:
    page = visit(LIST).page
    page.click("[data-tool=hide-read]")
    press(page, "j m j m")
    for path in ("/arxiv/2503.00002,2503.00003", "/search?query=called"):
        index()
        page.goto(page.url.split("/arxiv")[0].split("/search")[0] + path)
        assert {"2503.00002", "2503.00003"} <= set(shown(page)), path
        assert page.locator("[data-tool=hide-read]").count() == 0


def test_the_filter_counts_what_is_not_hidden(visit: Open) -> None:
    page = visit(LIST).page
    press(page, "j m")
    page.click("[data-tool=hide-read]")
    press(page, "/")
    page.keyboard.type("paper")
    assert page.evaluate("document.querySelector('.filter output').value") == "1 of 1"


def test_hidden_papers_make_room_before_anything_is_painted(visit: Open, keep: Keep) -> None:
    keep(*numbered(40, categories=("cs.LG",)))
    page = visit("/arxiv/cs.LG").page
    page.click("[data-tool=hide-read]")
    page.evaluate("""() => localStorage.setItem('coolpapers.read', JSON.stringify({version: 1, data: {
      [new Date().toISOString().slice(0, 10)]:
        [...document.querySelectorAll('.papers > .paper')].slice(0, 20).map(card => card.id)
    }}))""")
    with still_clock(page):
        page.reload()
        until(page, "document.querySelectorAll('.papers > .paper').length === 40")
        assert len(shown(page)) == 20
        look(page)
        shifts = page.evaluate(SHIFTS)
        assert sum(value for value, _sources in shifts) <= 0.02, shifts


def test_a_script_that_never_comes_hides_the_list_for_seconds_only(visit: Open) -> None:
    page = visit(LIST).page
    page.click("[data-tool=hide-read]")
    page.context.route("**/papers/js/list.js", lambda route: route.abort())
    visible = "getComputedStyle(document.querySelector('.papers')).visibility"
    with still_clock(page):
        page.reload()
        assert page.evaluate(visible) == "hidden"
        page.clock.run_for(3000)
        assert page.evaluate(visible) == "visible"


def test_venues_hide_what_was_read_too(visit: Open) -> None:
    page = visit("/venue/ACL.2019").page
    press(page, "j m")
    page.click("[data-tool=hide-read]")
    assert shown(page) == []
    assert DAY.isoformat() not in page.evaluate(SAYS)
