"""What links cost on a page of 2,000 entries, against the same page without them, in a real Chromium."""

from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any

import pytest

from tests.extension.browser import EXTENSION, Browser
from tests.extension.hosts import Hosts
from tests.extension.permitting import permit, switch_on
from tests.extension.stand_ins import arxiv_list

PATH = "/list/cs.CL/2024-01?skip=0&show=2000"
PAGES = (f"https://arxiv.org{PATH}", f"https://plain.example{PATH}", f"https://again.example{PATH}")
ROUNDS = 9
MAX_BYTES = 10_000


def test_the_injected_script_is_small(record_property: Callable[[str, str], None]) -> None:
    sizes = {path.name: path.stat().st_size for path in (EXTENSION / "content").iterdir()}
    record_property("figures", f"injected: {', '.join(f'{name} {size:,} bytes' for name, size in sizes.items())}")
    assert sum(sizes.values()) < MAX_BYTES


@pytest.fixture
def linking(browser: Browser) -> Iterator[Browser]:
    permit(browser, "arxiv")
    switch_on(browser, links=["arxiv"])
    yield browser


@pytest.mark.browser
@pytest.mark.slow
def test_what_links_cost_on_a_long_list(
    linking: Browser, hosts: Hosts, record_property: Callable[[str, str], None]
) -> None:
    """Milliseconds of processor time of the page's main thread, until nothing happens any more. A page differs by about
    as much from one time to the next as links cost, since it is painted in more or fewer parts while it arrives; so a
    second page without links tells how far the figures can be trusted."""
    for address in PAGES:
        hosts.page(address, arxiv_list(2000))
    rounds = [[spent(linking, address) for address in PAGES] for _round in range(ROUNDS + 1)][1:]  # first to warm up
    assert all(linked["links"] > 0 == plain["links"] for linked, plain, _again in rounds)
    linked, plain, again = (middle(each) for each in zip(*rounds, strict=True))
    script, work, tasks = (f"{linked[part] - plain[part]:+.1f} ms" for part in PARTS)
    _none, noise, more_noise = (f"{again[part] - plain[part]:+.1f} ms" for part in PARTS)
    record_property(
        "figures",
        f"links on 2,000 entries: script {script}, with style and layout {work}, all tasks {tasks}; "
        f"the page without links against itself {noise}, all tasks {more_noise} (medians of {ROUNDS}, "
        f"alone it takes {plain['work']:.0f} ms, all tasks {plain['TaskDuration']:.0f} ms)",
    )


WORK = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
PARTS = ("ScriptDuration", "work", "TaskDuration")


def middle(measured: Sequence[dict[str, float]]) -> dict[str, float]:
    return {part: median(one[part] for one in measured) for part in PARTS}


def spent(browser: Browser, address: str) -> dict[str, float]:
    is_linked = address == PAGES[0]
    page = browser.context.new_page()
    session = browser.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address, wait_until="load")
    # On a busy machine the background may answer later than that.
    browser.until(lambda: page.evaluate(SETTLED) or not is_linked or page.evaluate(LINKS), "the links")
    found = {metric["name"]: metric["value"] * 1000 for metric in session.send("Performance.getMetrics")["metrics"]}
    links = page.evaluate(LINKS)
    page.close()
    return {**found, "work": sum(found[part] for part in WORK), "links": links}


LINKS = "document.querySelectorAll('.coolpapers-link[title]').length"
# Ten times in a row nothing else to do: by then the background has answered and its answers are painted.
SETTLED: Any = """async () => {
  for (let idle = 0; idle < 10; idle += 1) {
    await new Promise((done) => requestIdleCallback(() => setTimeout(done, 50)));
  }
}"""
