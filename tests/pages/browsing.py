"""A page in a real Chromium, and what the browser says of it. The fixtures `chromium` and `visit` stand in conftest; a
module that needs papers overrides `site`."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

PATIENCE = 180  # seconds for what comes by itself, on a machine with ten times the work it can do
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


@contextmanager
def running_chromium() -> Iterator[Any]:
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


@contextmanager
def opening(browser: Any, site: str) -> Iterator[Open]:
    """Gives what opens paths of a site: pages of one width and kind share a context, so what they keep too."""
    contexts: dict[str, Any] = {}

    def open_page(path: str, width: int = 1280, **options: Any) -> Visit:
        kind = f"{width} {options}"
        if kind not in contexts:
            contexts[kind] = browser.new_context(viewport={"width": width, "height": 900}, **options)
            contexts[kind].set_default_timeout(PATIENCE * 1000)
        seen = Visit(contexts[kind].new_page())
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.goto(site + path)
        return seen

    yield open_page
    for context in contexts.values():
        context.close()


def wait_for_answers() -> None:
    """Waits for the threads of the live server, which end when the browser has gone: what they still wrote would be
    found by the next test, or stand in the way of whoever empties the tables."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE)
