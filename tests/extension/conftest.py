"""The extension in a real browser: one browser for each module, which every test finds as it was at first."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browser import Browser, Machine, running_machine
from tests.extension.hosts import OURS, Hosts


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with running_machine(tmp_path_factory.mktemp("extension")) as machine:
        yield machine


@pytest.fixture(scope="module")
def running_browser(machine: Machine) -> Iterator[Browser]:
    with machine.browser() as browser:
        yield browser


@pytest.fixture
def browser(running_browser: Browser) -> Iterator[Browser]:
    """The server is a stand-in. Whatever a test does, the extension throws nothing."""
    running_browser.options(server=OURS)
    yield running_browser
    running_browser.close_pages()
    running_browser.hosts.forget()
    running_browser.forget_options()
    errors = running_browser.errors()
    running_browser.forget_errors()
    assert errors == []


@pytest.fixture
def hosts(browser: Browser) -> Hosts:
    return browser.hosts


@pytest.fixture
def at_arxiv(browser: Browser) -> Any:
    """A page of arXiv in a tab of its own."""
    return browser.visit("https://arxiv.org/abs/2401.01234")
