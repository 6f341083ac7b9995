"""What a reader does on a page, by hand in a real Chromium, and where it leads."""

from typing import Any

import pytest

from tests.extension.browser import PAINTED, Browser, middle
from tests.extension.hosts import OURS, Hosts
from tests.extension.stand_ins import arxiv_ids, arxiv_list, page_with_metas

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Ways through Chromium's menu, from its end. Below what is ours stand "Inspect", for a page also its source, and for a
# frame its source and "Reload". One item of ours stands in the menu itself, two in a menu beside.
ALONE = ("Up", "Return")
PAGE_OPEN = ("Up", "Up", "Right", "Return")
PAGE_ALL = ("Up", "Up", "Right", "Down", "Return")
FRAME_OPEN = ("Up", "Up", "Up", "Up", "Right", "Return")
BLANK = (900, 600)


def body(html: str, title: str = "A page") -> str:
    return f"<!doctype html><meta charset=utf-8><title>{title}</title><body style='margin:0'>{html}"


def select(page: Any, selector: str) -> None:
    page.evaluate("selector => getSelection().selectAllChildren(document.querySelector(selector))", selector)


@pytest.fixture
def blog(browser: Browser, hosts: Hosts) -> Any:
    """A page of nobody we know, that speaks of papers."""
    html = """<p id=several>See arXiv:2401.01234, 2401.05678v2 and again 2401.01234.</p>
        <p id=words>attention is  all\n you need</p>
        <p><a id=paper href="https://www.alphaxiv.org/abs/2401.05678">a paper</a></p>
        <iframe id=frame src="https://arxiv.org/abs/hep-th/9901001" width=400 height=200></iframe>"""
    return browser.visit(hosts.page("https://blog.example/post", body(html, "Of attention")))


def test_the_button_opens_the_paper_of_the_page(browser: Browser, at_arxiv: Any) -> None:
    opened = browser.opens(lambda: browser.button(at_arxiv))
    assert opened.url == f"{OURS}/arxiv/2401.01234"
    assert at_arxiv.url == "https://arxiv.org/abs/2401.01234"


def test_the_shortcut_opens_the_paper_of_the_page(browser: Browser, at_arxiv: Any) -> None:
    assert browser.opens(lambda: browser.shortcut(at_arxiv)).url == f"{OURS}/arxiv/2401.01234"


def test_what_opens_stands_beside_the_page(browser: Browser, at_arxiv: Any) -> None:
    browser.visit("https://blog.example/last")
    browser.opens(lambda: browser.shortcut(at_arxiv))
    tabs = browser.ask("chrome.tabs.query({})")
    opened = next(tab for tab in tabs if tab["active"])
    opener = next(tab for tab in tabs if tab["id"] == opened["openerTabId"])
    assert opened["index"] == opener["index"] + 1 < len(tabs) - 1


def test_the_menu_opens_the_papers_of_the_selection_as_one_list(browser: Browser, blog: Any) -> None:
    select(blog, "#several")
    opened = browser.opens(lambda: browser.menu(blog, (40, middle(blog, "#several")[1]), *ALONE))
    assert opened.url == f"{OURS}/arxiv/2401.01234,2401.05678v2"


def test_the_menu_opens_the_paper_of_a_link(browser: Browser, blog: Any) -> None:
    opened = browser.opens(lambda: browser.menu(blog, middle(blog, "#paper"), *ALONE))
    assert opened.url == f"{OURS}/arxiv/2401.05678"


def test_the_menu_opens_the_paper_of_the_page(browser: Browser, at_arxiv: Any) -> None:
    opened = browser.opens(lambda: browser.menu(at_arxiv, BLANK, *PAGE_OPEN))
    assert opened.url == f"{OURS}/arxiv/2401.01234"


def test_the_menu_opens_the_paper_of_a_frame(browser: Browser, blog: Any) -> None:
    blog.bring_to_front()
    blog.frame_locator("#frame").locator("body").evaluate(f"() => {PAINTED}")
    opened = browser.opens(lambda: browser.menu(blog, middle(blog, "#frame"), *FRAME_OPEN))
    assert opened.url == f"{OURS}/arxiv/hep-th/9901001"


@pytest.mark.parametrize("gesture", ["menu", "button", "shortcut"])
def test_a_pdf_in_the_browsers_viewer_opens(browser: Browser, gesture: str) -> None:
    viewer = browser.view_pdf("https://arxiv.org/pdf/2401.01234v2")
    gestures = {
        "menu": lambda: browser.menu(viewer, BLANK, *ALONE),
        "button": lambda: browser.button(viewer),
        "shortcut": lambda: browser.shortcut(viewer),
    }
    assert browser.opens(gestures[gesture]).url == f"{OURS}/arxiv/2401.01234v2"


def test_selected_words_without_a_paper_are_searched(browser: Browser, blog: Any) -> None:
    select(blog, "#words")
    opened = browser.opens(lambda: browser.menu(blog, (40, middle(blog, "#words")[1]), *ALONE))
    assert opened.url == f"{OURS}/search?query=attention%20is%20all%20you%20need"


def test_the_shortcut_of_the_search_takes_the_words_where_there_is_a_paper(browser: Browser, at_arxiv: Any) -> None:
    select(at_arxiv, "p")
    assert browser.opens(lambda: browser.shortcut(at_arxiv, "search-selection")).url == f"{OURS}/search?query=Nothing."


def test_meta_tags_name_the_paper_of_a_page_that_nobody_knows(browser: Browser, hosts: Hosts) -> None:
    html = page_with_metas([("citation_title", "A paper"), ("citation_doi", "10.1145/3580305.3599")])
    page = browser.visit(hosts.page("https://publisher.example/article/7", html))
    opened = browser.opens(lambda: browser.shortcut(page))
    assert opened.url == f"{OURS}/go?url=10.1145%2F3580305.3599"


def test_the_only_paper_that_a_page_links_opens(browser: Browser, hosts: Hosts) -> None:
    html = "<a href='https://arxiv.org/abs/2401.01234'>paper</a> <a href='https://arxiv.org/pdf/2401.01234'>PDF</a>"
    page = browser.visit(hosts.page("https://talks.example/7", body(html)))
    assert browser.opens(lambda: browser.button(page)).url == f"{OURS}/arxiv/2401.01234"


def test_several_papers_that_a_page_links_are_offered(browser: Browser, hosts: Hosts) -> None:
    html = "<a href='https://arxiv.org/abs/2401.01234'>one</a> <a href='https://arxiv.org/abs/2401.05678'>two</a>"
    page = browser.visit(hosts.page("https://talks.example/", body(html)))
    told = browser.opens(lambda: browser.button(page))
    told.wait_for_selector("#linked:not([hidden])")
    assert told.get_attribute("#linked a", "href") == f"{OURS}/arxiv/2401.01234,2401.05678"


def test_all_papers_of_a_page_open_in_its_order_and_each_once(browser: Browser, hosts: Hosts) -> None:
    ids = ["2401.00003", "2401.00001", "2401.00002"]
    links = [f"https://arxiv.org/abs/{ids[0]}", f"https://arxiv.org/abs/{ids[1]}", f"https://arxiv.org/pdf/{ids[0]}"]
    links += ["https://doi.org/10.1145/3580305.3599", f"https://huggingface.co/papers/{ids[2]}", "/elsewhere"]
    html = "".join(f"<p><a href='{link}'>paper</a></p>" for link in links)
    page = browser.visit(hosts.page("https://blog.example/reading", body(html)))
    opened = browser.opens(lambda: browser.menu(page, BLANK, *PAGE_ALL))
    assert opened.url == f"{OURS}/export?ids=2401.00003,2401.00001,10.1145/3580305.3599,2401.00002"


def test_a_list_of_arxiv_opens_as_a_list_by_its_shortcut(browser: Browser, hosts: Hosts) -> None:
    page = browser.visit(hosts.page("https://arxiv.org/list/cs.CL/new", arxiv_list(30, abstracts=True)))
    opened = browser.opens(lambda: browser.shortcut(page, "open-all"))
    assert opened.url == f"{OURS}/arxiv/{','.join(arxiv_ids(30))}"


def test_more_papers_than_one_list_takes_open_in_parts(browser: Browser, hosts: Hosts) -> None:
    page = browser.visit(hosts.page("https://arxiv.org/list/cs.CL/2024-01?skip=0&show=2000", arxiv_list(450)))
    told = browser.opens(lambda: browser.shortcut(page, "open-all"))
    assert told.url.startswith(browser.address("pages/many.html"))
    told.wait_for_selector("#parts a")
    assert "450" in told.inner_text("h1") and "200" in told.inner_text("#lead")
    parts = told.eval_on_selector_all("#parts a", "links => links.map(link => link.href)")
    ids = [part.removeprefix(f"{OURS}/arxiv/").split(",") for part in parts]
    assert [len(part) for part in ids] == [200, 200, 50]
    assert [name for part in ids for name in part] == arxiv_ids(450)


def test_by_option_a_paper_opens_in_the_same_tab(browser: Browser, at_arxiv: Any) -> None:
    browser.options(tab="same")
    browser.shortcut(at_arxiv)
    at_arxiv.wait_for_url(f"{OURS}/arxiv/2401.01234")
    at_arxiv.go_back()
    assert at_arxiv.url == "https://arxiv.org/abs/2401.01234"


def test_a_page_without_papers_says_what_was_looked_for(browser: Browser, hosts: Hosts) -> None:
    page = browser.visit(hosts.page("https://blog.example/cats", body("<p>DOI 10.1145/3580305.3599", "Cats of 2023")))
    told = browser.opens(lambda: browser.button(page))
    assert told.url.startswith(browser.address("pages/nothing.html"))
    told.wait_for_selector("text=https://blog.example/cats")
    assert told.locator("input[type=search]").input_value() == "Cats of 2023"
    assert not any(address.startswith(OURS) for address in hosts.asked)


@pytest.mark.parametrize("address", ["chrome://version", "about:blank", "data:text/html,<title>Data</title>hello"])
def test_a_page_that_nobody_may_read_throws_nothing(browser: Browser, address: str) -> None:
    page = browser.visit(address)
    told = browser.opens(lambda: browser.shortcut(page))
    assert told.url.startswith(browser.address("pages/nothing.html"))


def test_a_link_with_neither_id_nor_selection_throws_nothing(browser: Browser, hosts: Hosts) -> None:
    page = browser.visit(hosts.page("https://blog.example/", body("<a href=/about>about us</a>")))
    told = browser.opens(lambda: browser.menu(page, middle(page, "a"), *ALONE))
    assert told.url.startswith(browser.address("pages/nothing.html"))


def test_hosts_that_are_switched_off_are_left_alone(browser: Browser, at_arxiv: Any) -> None:
    browser.options(off=["arxiv"])
    told = browser.opens(lambda: browser.shortcut(at_arxiv))
    assert told.url.startswith(browser.address("pages/nothing.html"))


def test_gestures_work_after_the_background_was_stopped(browser: Browser, at_arxiv: Any) -> None:
    browser.stop_background()
    assert browser.opens(lambda: browser.menu(at_arxiv, BLANK, *PAGE_OPEN)).url == f"{OURS}/arxiv/2401.01234"


def test_nothing_is_asked_of_the_net_but_the_page_that_opens(browser: Browser, hosts: Hosts, at_arxiv: Any) -> None:
    hosts.asked.clear()
    browser.opens(lambda: browser.shortcut(at_arxiv)).wait_for_load_state()
    assert [each for each in hosts.asked if "favicon" not in each] == [f"{OURS}/arxiv/2401.01234"]
