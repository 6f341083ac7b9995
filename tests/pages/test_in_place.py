"""PDFs and related papers open in the card, and fold again."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from search.indexing.keywords import follow_keywords
from tests.pages.browsing import PATIENCE, Open
from tests.pages.conftest import Keep
from tests.pages.reading import meta
from tests.pages.samples import arxiv
from tests.pages.triage import focused, kept, let_in, pdf_host, press, until

pytestmark = pytest.mark.browser

LIST = "/arxiv/cs.CL"
FIRST = "#\\32 503\\.00009"
HOSTILE = "Walruses on branes <img src=x onerror=alert(1)>"
BRANES = [(f"{HOSTILE} in {where}", "A walrus and a brane.") for where in ("winter", "spring", "summer")]
OTHERS = [(f"About {word}", f"We look at {word}.") for word in ("bread", "rivers", "cellos", "moss", "clocks", "ships")]


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with pdf_host() as name:
        yield name


@pytest.fixture
def site(live_server: Any, keep: Keep, index: Any, settings: Any, host: str) -> str:
    """Papers whose PDFs are at a host that the operator lets in, but one at another."""
    let_in(settings, host)
    keep(
        *(
            arxiv(f"2503.{number:05}", title=title, abstract=abstract, pdf_url=f"http://{host}/{number}.pdf")
            for number, (title, abstract) in enumerate([*OTHERS, *BRANES], start=1)
        ),
        arxiv("2503.00000", title="Alone", abstract="", pdf_url="http://localhost:9/other.pdf"),
    )
    index()
    follow_keywords()
    return str(live_server.url)


def test_a_pdf_opens_in_the_card_and_folds(visit: Open, host: str) -> None:
    seen = visit(LIST)
    page = seen.page
    with page.expect_request(f"http://{host}/9.pdf"):
        press(page, "j p")
    frame = page.locator(f"{FIRST} > .panel[data-panel=pdf] iframe")
    assert frame.get_attribute("src") == f"http://{host}/9.pdf"
    assert frame.get_attribute("title") == f"PDF: {HOSTILE} in summer"
    assert page.locator(f"{FIRST} .panel-hint a").get_attribute("href") == f"http://{host}/9.pdf"
    assert page.locator(f"{FIRST} .title-pdf").get_attribute("aria-expanded") == "true"
    until(page, "performance.getEntriesByType('resource').some(each => each.name.endsWith('/9.pdf'))")
    assert f"http://{host}/9.pdf" in seen.requests
    assert focused(page) == "2503.00009"
    press(page, "j p k")
    assert page.locator(".panel").count() == 2
    press(page, "Escape")
    assert page.locator(f"{FIRST} .panel").count() == 0
    assert page.locator(f"{FIRST} .title-pdf").get_attribute("aria-expanded") == "false"
    assert page.locator(".panel").count() == 1
    assert [each["how"] for each in kept(page, "history")] == ["pdf", "pdf"]
    assert seen.complaints == []


def test_the_viewer_shows_the_pdf(visit: Open, host: str) -> None:
    """Chromium shows no PDF in a sandboxed frame, which is why the frame has no sandbox."""
    page = visit(LIST).page
    page.click(f"{FIRST} .title-pdf")
    until(page, "document.querySelector('.panel iframe')")
    end = time.monotonic() + PATIENCE
    while not any("chrome-extension" in frame.url for frame in page.frames):
        if time.monotonic() > end:
            pytest.fail(f"no viewer in {[frame.url for frame in page.frames]}")
        page.wait_for_timeout(100)


def test_folding_gives_the_focus_back_to_what_opened(visit: Open) -> None:
    page = visit(LIST).page
    page.click(f"{FIRST} .title-pdf")
    page.focus(f"{FIRST} .fold")
    press(page, "Enter")
    assert page.locator(".panel").count() == 0
    assert page.evaluate("document.activeElement.className") == "title-pdf"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")


def test_a_pdf_of_another_host_is_a_plain_link(visit: Open) -> None:
    page = visit(LIST).page
    page.context.route("http://localhost:9/**", lambda route: route.fulfill(body="the PDF"))
    with page.context.expect_page() as opened:
        page.click("#\\32 503\\.00000 .title-pdf")
    opened.value.wait_for_url("http://localhost:9/other.pdf")
    press(page, "b")
    with page.context.expect_page():
        press(page, "p")
    assert page.locator(".panel").count() == 0
    assert kept(page, "history")[0]["how"] == "pdf"


def test_a_browser_without_a_viewer_gets_a_plain_link(visit: Open, host: str) -> None:
    page = visit("/search/help", 390).page
    page.context.add_init_script("Object.defineProperty(navigator, 'pdfViewerEnabled', {get: () => false})")
    page.goto(page.url.replace("/search/help", LIST))
    with page.context.expect_page():
        page.click(f"{FIRST} .title-pdf")
    assert page.locator(".panel").count() == 0


def test_a_held_key_opens_a_tab_as_ever(visit: Open) -> None:
    page = visit(LIST).page
    for tool in (".title-pdf", ".title-rel"):
        with page.context.expect_page():
            page.click(f"{FIRST} {tool}", modifiers=["ControlOrMeta"])
    assert page.locator(".panel").count() == 0


def test_nothing_but_the_operators_hosts_may_be_framed(client: Client, site: str, host: str, settings: Any) -> None:
    response = client.get(LIST)
    assert meta(response, "pdf-hosts") == [host]
    assert f"frame-src {host};" in response["Content-Security-Policy"] + ";"


def test_hosts_that_are_let_in_are_those_of_the_sources(client: Client, db: None, settings: Any) -> None:
    hosts = meta(client.get("/"), "pdf-hosts")[0].split()
    assert {"arxiv.org", "aclanthology.org", "openreview.net", "proceedings.neurips.cc"} <= set(hosts)
    assert "raw.githubusercontent.com" not in hosts
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"] == hosts


def test_related_papers_open_in_the_card(visit: Open) -> None:
    seen = visit(LIST)
    page = seen.page
    press(page, "j r")
    page.wait_for_selector(f"{FIRST} .panel[data-panel=related] li")
    assert page.locator(".panel li").count() == 2
    assert page.locator(".panel li .title-link").first.inner_text().startswith(HOSTILE)
    assert page.locator(".panel li .title-link").first.get_attribute("href").startswith("/arxiv/2503.0000")
    assert "Ada Lovelace" in page.locator(".panel li").first.inner_text()
    assert page.locator(".panel > .related > a").get_attribute("href").endswith("/related/2503.00009")
    assert page.locator(".papers > .paper").count() == 10
    assert page.locator("img[src=x]").count() == 0
    press(page, "p")
    assert page.locator(f"{FIRST} > .panel").count() == 2
    press(page, "Escape Escape")
    assert page.locator(".panel").count() == 0
    assert kept(page, "history")[0]["how"] == "pdf"
    assert seen.complaints == []


def test_says_when_there_are_no_related_papers_or_they_cannot_be_had(visit: Open) -> None:
    page = visit(LIST).page
    page.click("#\\32 503\\.00000 .title-rel")
    page.wait_for_selector("text=No related papers were found.")
    page.context.route("**/related/*", lambda route: route.abort())
    page.click(f"{FIRST} .title-rel")
    page.wait_for_selector("text=Related papers could not be loaded.")


def test_the_page_of_a_paper_opens_its_pdf_in_place_too(visit: Open, host: str) -> None:
    page = visit("/arxiv/2503.00009").page
    press(page, "p")
    assert page.locator(".single > .panel iframe").get_attribute("src") == f"http://{host}/9.pdf"
    press(page, "Escape")
    assert page.locator(".panel").count() == 0
    press(page, "s")
    assert page.locator(".title-star").get_attribute("aria-pressed") == "true"
