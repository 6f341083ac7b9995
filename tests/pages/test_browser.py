"""Pages in a real Chromium: nothing blocked, nothing fetched from elsewhere, nothing wider than the screen."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ingest.harvest import state
from ingest.models import AnnouncedList, HarvestedEdition, Job
from papers.record import AbstractKind, Version
from search.indexing.keywords import follow_keywords
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv, author

pytestmark = pytest.mark.browser

LONG_FORMULA = r"$" + "+".join(rf"\frac{{x_{{{n}}}}}{{y_{{{n}}}}}" for n in range(60)) + "$"
PAGES = {
    "home": "/",
    "list": "/arxiv/cs.CL?date=2025-03-18",
    "paper": "/arxiv/2503.00001",
    "venue": "/venue/ACL.2019",
    "search": "/search?query=sentence&highlight=1",
    "search with filters": "/search?query=sentence+cat:cs.CL+-zebra+colour:blue&highlight=1",
    "search by time": "/search?query=year:2025",
    "search for a misspelt word": "/search?query=sentense",
    "search form": "/search",
    "related": "/related/2503.00005",
    "search help": "/search/help",
    "waiting": "/arxiv/2104.12255",
    "a list that waits": "/arxiv/2503.00001,2104.12255",
    "status": "/status",
    "status of a day": "/status?day=2025-03-18",
    "status of a source": "/status?source=pmlr",
    "not found": "/arxiv/cs.ZZ",
    "empty day": "/arxiv/cs.CL?date=2024-01-01",
}
OPTIONS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-gpu",
]  # fmt: skip


@dataclass
class Visit:
    """A page that was opened and what the browser said of it."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Playwright's event loop makes Django take this thread for an asynchronous one, until the last test's database
    is cleared."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS, headless=True)
        yield browser
        browser.close()


@pytest.fixture
def site(chromium: Any, live_server: Any, keep: Keep, index: Callable[[], None], settings: Any) -> str:
    """A small corpus, served by a service that harvests: with lists, sources and trouble to show."""
    settings.CONTACT = "tests@example.org"
    AnnouncedList.objects.create(
        category="cs.CL", day=date(2025, 3, 18), new=30, cross=9, replaced=7, batch=b"", fetched=datetime.now(UTC)
    )
    HarvestedEdition.objects.create(source="pmlr", edition="COLT.2023", papers=170, announced=171)
    state.failed("pmlr", "the host answers 503: " + "unavailable" * 20)
    state.succeeded("arxiv-feed")
    state.raise_alarm("x", "of 2025-03-18 fewer papers are stored than announced in cs.CL, " + "cs.LG, " * 40)
    Job.objects.create(kind="edition", key="x", queue="venues", priority=2, state="dead", error="gone")
    keep(
        arxiv(
            "2503.00001",
            title=r"The sentence $\ell_1$ and $\mathcal{O}(n^2)$",
            abstract=f"A sentence. {LONG_FORMULA} $${LONG_FORMULA[1:-1]}$$ End.",
            authors=tuple(author(f"Given{number} Family{number}") for number in range(60)),
            categories=("cs.CL", "stat.ML"),
            versions=(Version(1), Version(2)),
            comments="8 pages",
        ),
        arxiv("2503.00002", title="Unbrokensentence" * 20, abstract="sentence" * 100, keywords=("word" * 20, "trees")),
        arxiv(
            "2503.00003",
            abstract_kind=AbstractKind.SUMMARY,
            withdrawn="This sentence has been withdrawn.",
            categories=("cs.AI", "cs.CL"),
        ),
        arxiv("2503.00004", title="جملة sentence", abstract="جملة طويلة"),
        *(
            arxiv(f"2503.{number:05}", abstract="One more sentence.", keywords=("parsing of trees",))
            for number in range(10, 40)
        ),
        arxiv("2503.00005", day=date(2025, 3, 17), keywords=("parsing of trees", "trees", "word" * 20)),
        arxiv("hep-th/9901001", categories=("physics.flu-dyn",), day=date(1999, 1, 4)),
    )
    keep(acl("P19-1001"), acl("P19-1002", track="A track with a rather long name"), acl("P18-1001", edition="ACL.2018"))
    index()
    follow_keywords()
    return str(live_server.url)


@pytest.fixture
def visit(chromium: Any, site: str) -> Iterator[Open]:
    contexts: dict[str, Any] = {}

    def open_page(path: str, width: int = 1280, **options: Any) -> Visit:
        kind = f"{width} {options}"
        if kind not in contexts:
            contexts[kind] = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        seen = Visit(contexts[kind].new_page())
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.goto(site + path)
        return seen

    yield open_page
    for context in contexts.values():
        context.close()


def test_nothing_is_blocked_and_nothing_comes_from_elsewhere(visit: Open, site: str) -> None:
    for name, path in PAGES.items():
        seen = visit(path)
        complaints = [line for line in seen.complaints if not (name == "not found" and "404" in line)]
        assert complaints == [], name
        assert [url for url in seen.requests if not url.startswith(site)] == [], name
        assert len(seen.requests) < 8, name


@pytest.mark.parametrize("width", [320, 390, 1280])
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


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("light", 1280), ("dark", 1280)])
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
    page.wait_for_selector("h1.title", timeout=15_000)
    assert "The paper that was waited for" in page.title()


def test_a_waiting_page_looks_again_without_javascript(visit: Open, keep: Keep) -> None:
    page = visit(PAGES["waiting"], java_script_enabled=False).page
    keep(arxiv("2104.12255", title="The paper that was waited for"))
    page.wait_for_selector("h1.title", timeout=15_000)


def test_works_without_javascript(visit: Open) -> None:
    page = visit("/", java_script_enabled=False).page
    page.fill("#query", "sentence")
    page.press("#query", "Enter")
    page.click(".paper .title-link >> nth=0")
    assert page.locator("h1.title").count() == 1
    page.goto(page.url.split("/arxiv")[0].split("/venue")[0] + PAGES["list"])
    page.click(".calendar summary")
    page.click(".calendar td a >> nth=0")
    assert "date=2025-03-17" in page.url
    assert page.locator(".paper").count() == 1


def test_the_keyboard_reaches_the_content(visit: Open) -> None:
    page = visit(PAGES["list"]).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
