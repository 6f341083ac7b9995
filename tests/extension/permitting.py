"""Gives the extension access to sites, as a reader does: by its page of options and the browser's own question."""

from typing import Any

from tests.extension.browser import Browser


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


RULES = "chrome.declarativeNetRequest.getDynamicRules().then((rules) => rules.length)"
# Scripts and rules that the browser holds for the extension.
IN_FORCE = """Promise.all([
  chrome.scripting.getRegisteredContentScripts(),
  chrome.declarativeNetRequest.getDynamicRules(),
]).then((held) => held.flat().length)"""


def _permit(browser: Browser, group: str) -> None:
    page = browser.visit(browser.address("pages/options.html"))
    page.wait_for_selector(f"#row-{group}")
    wanted, rules = [*_redirects(browser), group], browser.ask(RULES)
    browser.answers(page.locator(f"#row-{group} input[data-feature=redirects]"), allows=True)
    browser.until(lambda: _redirects(browser) == wanted, f"the redirects of {group}")
    # What is still to come would otherwise come after what a test switches on.
    browser.until(lambda: browser.ask(RULES) > rules, f"the rules of {group}")
    page.close()


def _redirects(browser: Browser) -> list[str]:
    stored: list[str] = browser.ask("chrome.storage.sync.get({redirects: []})")["redirects"]
    return stored
