"""Answers in a real Chromium, from an endpoint that stalls and cuts off."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from library.answers import endpoint as asking_endpoint
from library.answers import work
from library.answers.models import Answer, Asking
from tests.answers.conftest import ABSTRACT
from tests.answers.standin import Exchange, StandIn, answer
from tests.pages.browsing import Open, opening
from tests.pages.conftest import Keep, chromium, keep
from tests.pages.samples import arxiv

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["chromium", "keep"]

OPEN = "import('/static/library/js/answers.js').then(answers => answers.open(document.getElementById('2503.00001')))"
CLOSE = "import('/static/library/js/answers.js').then(answers => answers.close(document.getElementById('2503.00001')))"
# What answers were made of stands below them from the first one on; they are all there when none grows any more.
DONE = ".answers-part:not(:has(.growing)) .answers-made"
PANEL = '.panel[data-panel="answers"]'


@pytest.fixture
def site(live_server: Any, keep: Keep) -> str:
    keep(*(arxiv(f"2503.0000{number}", abstract=ABSTRACT) for number in range(1, 4)))
    return str(live_server.url)


@pytest.fixture(autouse=True)
def worker(site: str, endpoint: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One that looks for work twenty times a second."""
    monkeypatch.setattr("library.answers.queue._FIRST_PAUSE", 0.2)
    over = threading.Event()
    thread = threading.Thread(target=_work, args=(over,))
    thread.start()
    yield
    over.set()
    thread.join()


def _work(over: threading.Event) -> None:
    try:
        while not over.is_set():
            work.work("written", time.monotonic() + 5)
            work.work("extracted", time.monotonic() + 5)
            time.sleep(0.05)
    finally:
        connection.close()


@pytest.fixture
def visit(chromium: Any, site: str) -> Iterator[Open]:
    with opening(chromium, site) as open_page:
        yield open_page


def until(event: threading.Event, exchange: Exchange) -> None:
    """Keeps the line open."""
    for _ in range(300):
        if event.wait(0.1):
            break
        exchange.raw(b": still thinking\n\n")


def slowly(released: threading.Event) -> Callable[[Exchange], None]:
    """The first question is begun, held back until the test lets go, and then ended."""

    def behave(exchange: Exchange) -> None:
        if exchange.number > 1:
            answer(exchange, f"Answer {exchange.number}: **bold** and $x_{exchange.number}$.")
            return
        exchange.begin()
        exchange.piece("The *beginning* of an answer.\n\n- one\n")
        until(released, exchange)
        exchange.piece("- two")
        exchange.finish()

    return behave


def test_answers_grow_in_the_card_and_are_there_for_the_next_reader(visit: Open, endpoint: StandIn) -> None:
    released = threading.Event()
    endpoint.behave = slowly(released)
    seen = visit("/arxiv/cs.CL?date=2025-03-18")
    page = seen.page
    page.evaluate(OPEN)
    growing = page.locator(f"{PANEL} .growing")
    growing.get_by_text("The beginning of an answer.").wait_for()
    assert growing.locator("em").inner_text() == "beginning"
    assert "not complete yet" in growing.inner_text()
    assert page.locator(f"{PANEL} .answers-status").inner_text() == "Question 1 of 6 is being answered."
    released.set()
    page.locator(f"{PANEL} {DONE}").wait_for()
    assert page.locator(f"{PANEL} .answer").count() == 6
    assert page.locator(f"{PANEL} .growing").count() == 0
    assert page.locator(f"{PANEL} .answer >> nth=0").locator("li").all_inner_texts() == ["one", "two"]
    assert page.locator(f"{PANEL} math").count() == 5
    assert [line for line in seen.complaints if "Content Security" in line or "Error" in line] == []
    page.evaluate(CLOSE)
    assert page.locator(PANEL).count() == 0
    other = visit("/answers/2503.00001?lang=en").page
    assert other.locator(".answer").count() == 6
    assert len(endpoint.asked) == 6


def test_what_stalls_or_is_cut_off_is_thrown_away_and_tried_again(
    visit: Open, endpoint: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_endpoint, "QUIET", 5.0)
    seen, over = [threading.Event(), threading.Event()], threading.Event()

    def behave(exchange: Exchange) -> None:
        if exchange.number > len(seen):
            answer(exchange, f"Answer {exchange.number}.")
            return
        exchange.begin()
        exchange.piece("Cut off in the middle of" if exchange.number == 1 else "Fallen silent in the")
        until(seen[exchange.number - 1], exchange)
        if exchange.number == 1:
            exchange.cut()
        else:
            over.wait(60)  # longer than an endpoint may be silent here

    endpoint.behave = behave
    page = visit("/arxiv/cs.CL?date=2025-03-18").page
    page.evaluate(OPEN)
    panel = page.locator(PANEL)
    panel.get_by_text("Cut off in the middle of").wait_for()
    seen[0].set()
    panel.get_by_text("Fallen silent in the").wait_for()
    seen[1].set()
    panel.locator(DONE).wait_for()
    over.set()
    said = panel.inner_text()
    assert "Cut off" not in said
    assert "Fallen silent" not in said
    assert panel.locator(".answer").count() == 6
    assert not Answer.objects.filter(text__contains="silent").exists()


def test_a_reader_who_leaves_loses_nothing(visit: Open, endpoint: StandIn) -> None:
    released = threading.Event()
    endpoint.behave = slowly(released)
    first = visit("/arxiv/cs.CL?date=2025-03-18").page
    first.evaluate(OPEN)
    first.locator(f"{PANEL} .growing em").wait_for()
    first.close()
    released.set()
    page = visit("/answers/2503.00001?lang=en").page
    page.locator("li.answer").nth(5).wait_for()
    assert page.locator("li.answer").count() == 6
    assert Asking.objects.count() == 1


def test_a_failure_is_said_and_one_can_try_again(visit: Open, endpoint: StandIn) -> None:
    endpoint.behave = lambda exchange: exchange.refuse(400, b"no such model")
    page = visit("/answers/2503.00001?lang=en").page
    page.get_by_role("button", name="Ask the six questions").click()
    page.get_by_role("button", name="Try again").wait_for()
    assert "could not be completed" in page.locator(".answers-status").inner_text()
    assert "no such model" in page.locator(".answers-status").inner_text()
    endpoint.behave = answer
    page.get_by_role("button", name="Try again").click()
    page.locator(DONE).wait_for()
    assert page.locator(".answer").count() == 6


def test_the_language_is_chosen_in_the_card_and_asked_apart(visit: Open, endpoint: StandIn) -> None:
    page = visit("/arxiv/cs.CL?date=2025-03-18").page
    page.evaluate(OPEN)
    page.locator(f"{PANEL} {DONE}").wait_for()
    page.locator(f"{PANEL} [data-language=zh]").click()
    page.locator(f"{PANEL} .answer-question", has_text="这篇论文试图解决什么问题？").first.wait_for()
    page.locator(f"{PANEL} [data-language=en]").wait_for()
    assert sorted(Asking.objects.values_list("language", flat=True)) == ["en", "zh"]


def test_hostile_answers_run_nothing(visit: Open, site: str, endpoint: StandIn) -> None:
    endpoint.behave = lambda exchange: answer(exchange, "<img src=x onerror=alert(1)> <script>alert(2)</script> **ok**")
    seen = visit("/arxiv/cs.CL?date=2025-03-18")
    dialogs: list[str] = []
    seen.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    seen.page.evaluate(OPEN)
    seen.page.locator(f"{PANEL} {DONE}").wait_for()
    assert seen.page.locator(f"{PANEL} img, {PANEL} script").count() == 0
    assert seen.page.locator(f"{PANEL} strong").count() == 6
    assert dialogs == []
    assert all(url.startswith(site) for url in seen.requests)


def test_works_without_javascript(visit: Open, site: str, endpoint: StandIn) -> None:
    released = threading.Event()
    endpoint.behave = slowly(released)
    page = visit("/answers/2503.00001?lang=en", java_script_enabled=False).page
    with page.expect_navigation():
        page.get_by_role("button", name="Ask the six questions").click()
    assert page.url.startswith(f"{site}/answers/2503.00001?lang=en")
    assert page.locator("noscript, meta[http-equiv=refresh]").count() >= 1
    released.set()
    page.locator(DONE).wait_for(timeout=60_000)
    assert page.locator(".answer").count() == 6


def test_without_an_endpoint_the_card_shows_key_sentences(visit: Open, endpoint: StandIn, settings: Any) -> None:
    settings.ANSWERS_URL = ""
    page = visit("/arxiv/cs.CL?date=2025-03-18").page
    page.evaluate(OPEN)
    page.locator(f"{PANEL} {DONE}").wait_for(timeout=120_000)  # torch is loaded first
    assert page.locator(f"{PANEL} .key-sentence").count() == 6
    assert "chosen by its own encoder" in page.locator(PANEL).inner_text()
    assert endpoint.asked == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("light", 1280), ("dark", 1280)])
def test_is_accessible_and_no_wider_than_the_screen(
    visit: Open, site: str, endpoint: StandIn, scheme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    wide = " + ".join(f"x_{{{number}}}" for number in range(80))
    endpoint.behave = lambda exchange: answer(
        exchange, f"**a** $$ {wide} $$\n\n1. {'word' * 90}\n\n```\n{'code ' * 60}\n```"
    )
    page = visit("/answers/2503.00001?lang=zh", width, color_scheme=scheme).page
    paths = ["/answers/2503.00002?lang=en", "/answers/search?query=word", "/answers/search"]
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button").filter(has_text="Ask the six questions").click()
    page.locator(DONE).wait_for()
    for path in ["", *paths]:
        if path:
            page.goto(site + path)
        found = axe.run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(site + "/arxiv/cs.CL?date=2025-03-18")
    page.evaluate(OPEN)
    page.locator(f"{PANEL} {DONE}").wait_for()
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
