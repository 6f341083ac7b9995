"""The same extension, unpacked, in a real Firefox."""

from collections.abc import Iterator

import pytest

from coolpapers.environment import CHECKOUT
from tests.extension.firefox import OURS, Firefox, running_firefox
from tests.extension.screen import wait
from tests.extension.stand_ins import arxiv_list, page_with_metas

pytestmark = pytest.mark.browser

ARXIV = ["*://*.arxiv.org/*", "*://xxx.lanl.gov/*", "*://xxx.itp.ac.cn/*", "*://arxiv-org.translate.goog/*"]
LINKS = f"return [...document.querySelectorAll('a[href^=\"{OURS}\"]')].map(link => link.href)"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with running_firefox(tmp_path_factory.mktemp("firefox")) as firefox:
        yield firefox


@pytest.fixture(scope="module")
def pages(firefox: Firefox) -> str:
    """The address of the extension's own pages."""
    return firefox.install(CHECKOUT / "extension")


def choose(firefox: Firefox, pages: str, **options: object) -> None:
    firefox.visit(f"{pages}/pages/options.html")
    firefox.run("await (await import('/settings.js')).save(args[0])", {"server": OURS, **options})


def test_firefox_takes_the_manifest_as_it_is(firefox: Firefox, pages: str) -> None:
    assert firefox.warnings() == []
    firefox.visit(f"{pages}/pages/options.html")
    keys = wait(lambda: firefox.run("return [...document.querySelectorAll('kbd')].map(key => key.textContent)"), "keys")
    assert keys == ["Alt+Shift+O", "Alt+Shift+L", "Alt+Shift+F"]


def test_the_button_opens_the_paper_of_the_page_by_its_address_or_its_meta_tags(firefox: Firefox, pages: str) -> None:
    choose(firefox, pages)
    blog = firefox.hosts.page("http://blog.example/post", page_with_metas([("citation_arxiv_id", "2402.05678")]))
    for address, wanted in (("http://arxiv.org/abs/hep-th/9901001v2", "hep-th/9901001v2"), (blog, "2402.05678")):
        firefox.visit(address)
        firefox.press_button()
        wait(lambda wanted=wanted: f"{OURS}/arxiv/{wanted}" in firefox.tabs(), f"a tab of {wanted}")


def test_links_stand_on_a_list_once_the_host_is_permitted(firefox: Firefox, pages: str) -> None:
    address = firefox.hosts.page("http://arxiv.org/list/cs.CL/recent", arxiv_list(30))
    choose(firefox, pages, links=["arxiv"])
    firefox.visit(address)
    assert firefox.run(LINKS) == []
    firefox.permit(*ARXIV)
    script = "return (await chrome.scripting.getRegisteredContentScripts()).length"
    firefox.visit(f"{pages}/pages/options.html")
    wait(lambda: firefox.run(script), "the script")
    firefox.visit(address)
    found = wait(lambda: len(links := firefox.run(LINKS)) == 30 and links, "thirty links")
    assert found[0] == f"{OURS}/arxiv/2401.00001"


def test_a_redirect_leads_to_our_server_and_a_link_there_back(firefox: Firefox, pages: str) -> None:
    firefox.permit(*ARXIV)
    choose(firefox, pages, redirects=["arxiv"])
    wait(lambda: firefox.run("return (await chrome.declarativeNetRequest.getDynamicRules()).length"), "the rules")
    original = "http://arxiv.org/abs/2401.01234"
    ours = f"{OURS}/go?url={original}"
    firefox.hosts.page("https://" + ours.removeprefix("http://"), f"<a href='{original}' rel=noopener>original</a>")
    firefox.visit(original)
    assert wait(lambda: firefox.address != original and firefox.address, "our page") == ours
    firefox.click("a")
    wait(lambda: firefox.address == original, "the original")
    firefox.command("WebDriver:Refresh")
    assert firefox.address == original
