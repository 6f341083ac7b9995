"""Gives the extension access to sites, as a reader does: by its page of options and the browser's own question."""

import time
from typing import Any

from tests.extension.browser import DEAF_SECONDS, Browser
from tests.extension.screen import wait


def permit(browser: Browser, *groups: str) -> None:
    """The access stays as long as the browser runs; the options are as they were before."""
    for group in groups:
        _permit(browser, group)
    browser.forget_options()


def switch_on(browser: Browser, **options: Any) -> None:
    """Sets the options, and waits until the browser does what they say. What came before has ended first."""
    browser.until(lambda: browser.ask(IN_FORCE) == 0, "the end of what an earlier test had switched on")
    browser.options(**options)
    browser.until(lambda: browser.ask(IN_FORCE) > 0, "what is switched on")


# Scripts and rules that the browser holds for the extension.
IN_FORCE = """Promise.all([
  chrome.scripting.getRegisteredContentScripts(),
  chrome.declarativeNetRequest.getDynamicRules(),
]).then((held) => held.flat().length)"""


def _permit(browser: Browser, group: str) -> None:
    page = browser.visit(browser.address("pages/options.html"))
    box = page.locator(f"#row-{group} input[data-feature=redirects]")
    wanted = [*_redirects(browser), group]

    def is_permitted() -> bool:
        return _redirects(browser) == wanted

    def allow() -> bool:
        """The question has no window of its own that would tell that it is there; keys that came too early are pressed
        again, and a question that was refused by them is asked again."""
        if not box.is_checked():
            box.click()
        time.sleep(DEAF_SECONDS)
        if not is_permitted():
            browser.screen.press("Tab", "Return")
            time.sleep(DEAF_SECONDS)
        return is_permitted()

    wait(allow, f"the permission for {group}")
    page.close()


def _redirects(browser: Browser) -> list[str]:
    stored: list[str] = browser.ask("chrome.storage.sync.get({redirects: []})")["redirects"]
    return stored
