"""What a reader keeps, in a real Chromium: chosen, seen again, taken along, emptied, and never a burden on the page."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from search.indexing.keywords import follow_keywords
from tests.pages.browsing import Open
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv
from tests.pages.triage import follow

pytestmark = pytest.mark.browser

DAYS = [date(2025, 3, number) for number in (12, 13, 14, 17, 18)]
STORE = "const store = await import('/static/papers/js/store.js');"
REFUSED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
SHIFTS = """async () => {
    let sum = 0;
    new PerformanceObserver((seen) => seen.getEntries().forEach((each) => { sum += each.value; }))
        .observe({type: "layout-shift", buffered: true});
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
    return sum;
}"""


@pytest.fixture
def site(live_server: Any, keep: Keep, index: Callable[[], None]) -> str:
    keep(
        *(
            arxiv(f"2503.{number * 10 + place:05}", day=day, categories=(code,), keywords=("beam search", "trees"))
            for number, day in enumerate(DAYS)
            for place, code in enumerate(("cs.CL", "cs.AI", "hep-th"))
        ),
        acl("P19-1001"),
        acl("P18-1001", edition="ACL.2018"),
    )
    index()
    follow_keywords()
    return str(live_server.url)


def keep_in(page: Any, script: str) -> Any:
    """Runs a script with the store, as our pages do."""
    return page.evaluate(f"async () => {{ {STORE} {script} }}")


def visited(page: Any, **newest: str) -> None:
    """The reader was there days ago, and saw these lists."""
    kept = {spec: {"day": day, "at": day, "before": ""} for spec, day in newest.items()}
    page.evaluate(
        "(data) => localStorage.setItem('coolpapers.visits', JSON.stringify({version: 1, data}))",
        {spec.replace("_", "."): visit for spec, visit in kept.items()},
    )


def chosen(page: Any) -> list[str]:
    return list(page.locator("#yours .yours-lanes .code").all_inner_texts())


def exported(page: Any) -> Any:
    kept = keep_in(page, "return store.exported();")
    kept.pop("at")
    return kept


def fill(page: Any) -> None:
    """Something in every part."""
    keep_in(
        page,
        """
        store.star({key: "2503.00000", url: "/arxiv/2503.00000", title: "Starred", keywords: ["beam search"]});
        store.opened({key: "2503.00001", url: "/arxiv/2503.00001", title: "Opened", keywords: ["trees"]}, "pdf");
        store.shown(["2503.00002"], "/arxiv/cs.CL|2025-03-18");
        store.choose("categories", "cs.CL"); store.choose("excluded", "cs.CY"); store.choose("venues", "ACL");
        store.choose("authors", "Ada Lovelace"); store.choose("searches", "ti:trees");
        store.setWords({wanted: ["retrieval"], unwanted: ["robots"]});
        store.prefer("eachOnce", true); store.visited("cs.CL", "2025-03-18");
        """,
    )


def to_import(page: Any, content: bytes, how: str = "merge") -> str:
    """What the page says of a file."""
    page.set_input_files("#import-file", {"name": "kept.json", "mimeType": "application/json", "buffer": content})
    page.check(f"input[value={how}]")
    page.click("form.import button")
    page.wait_for_selector(".import-says:not(:empty)")
    said = page.inner_text(".import-says")
    page.evaluate("document.querySelector('.import-says').textContent = ''")
    return str(said)


def test_what_is_chosen_on_the_front_page_stands_at_its_top(visit: Open) -> None:
    seen = visit("/")
    page = seen.page
    assert "Choose categories" in page.inner_text("#yours")
    page.click("#arxiv [data-name='hep-th']")
    page.click("#arxiv [data-name='cs.CL']")
    page.click("#venues [data-name=ACL]")
    page.reload()
    assert chosen(page) == ["hep-th", "cs.CL"]
    assert page.locator(".yours-lanes li").first.inner_text().split("\n")[-1] == "1"
    assert "High Energy Physics - Theory" in page.inner_text(".yours-lanes")
    assert page.inner_text(".yours-venues") == "ACL 2019"
    assert page.get_attribute(".yours-all", "href") == "/arxiv/hep-th,cs.CL"
    assert page.get_attribute(".yours-feed", "href") == "/arxiv/hep-th,cs.CL/feed"
    assert page.get_attribute(".yours-opml", "href") == "/opml?categories=hep-th,cs.CL&venues=ACL"
    assert page.get_attribute("#arxiv [data-name='cs.CL']", "aria-pressed") == "true"
    page.click("#arxiv [data-name='cs.CL']")
    assert chosen(page) == ["hep-th"]
    assert seen.complaints == []


def test_a_category_can_be_chosen_by_keyboard(visit: Open) -> None:
    page = visit("/").page
    page.focus("#arxiv .lanes li:first-child a")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert chosen(page) == ["cs.AI"]
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_choosing_does_not_move_what_is_under_the_finger(visit: Open) -> None:
    page = visit("/").page
    button = page.locator("#arxiv [data-name='hep-th']")
    button.scroll_into_view_if_needed()
    before = button.bounding_box()["y"]
    button.click()
    assert chosen(page) == ["hep-th"]
    assert button.bounding_box()["y"] == pytest.approx(before, abs=1)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/", "/arxiv/cs.CL", "/mine"])
def test_nothing_on_the_page_moves_when_what_was_kept_comes_in(visit: Open, site: str, path: str, width: int) -> None:
    page = visit("/robots.txt", width).page
    fill(page)
    keep_in(
        page, "for (const code of ['cs.AI', 'hep-th', 'astro-ph.CO', 'quant-ph']) store.choose('categories', code);"
    )
    visited(page, cs_CL="2025-03-12", cs_AI="2025-03-13")
    tops = "[...document.querySelectorAll('#arxiv, #venues, .papers, main')].map((each) => each.offsetTop)"
    page.route("**/yours.js", lambda route: route.abort())
    page.goto(site + path)
    early = page.evaluate(tops)
    page.unroute("**/yours.js")
    page.goto(site + path)
    if path != "/mine":
        page.wait_for_selector(".since-lists:not(:empty)")
    assert page.evaluate(tops) == early
    assert page.evaluate(SHIFTS) < 0.01


def test_a_day_that_follows_missed_lists_offers_to_catch_up(visit: Open, site: str) -> None:
    seen = visit("/robots.txt")
    page = seen.page
    visited(page, cs_CL="2025-03-13")
    page.goto(site + "/arxiv/cs.CL")
    page.wait_for_selector(".since-lists:not(:empty)")
    assert " ".join(page.inner_text(".since").split()) == "Since your last visit on 13 March 3 lists"
    assert keep_in(page, "return store.visits()['cs.CL'];") == "2025-03-18"
    page.reload()
    assert page.locator(".since").is_visible()  # opening the page again makes no second visit
    follow(page, ".since a")
    assert page.url == f"{site}/arxiv/cs.CL?since=2025-03-13"
    assert page.locator(".paper").count() == 3
    page.goto(site + "/arxiv/cs.CL")
    assert not page.locator(".since").is_visible()
    assert seen.complaints == []


def test_who_missed_nothing_is_told_nothing(visit: Open, site: str) -> None:
    page = visit("/arxiv/cs.CL").page
    assert not page.locator(".since").is_visible()
    visited(page, cs_CL="2025-03-17")
    page.goto(site + "/arxiv/cs.CL")
    assert not page.locator(".since").is_visible()


def test_a_first_look_at_an_old_list_is_no_visit_to_catch_up_from(visit: Open, site: str) -> None:
    page = visit("/arxiv/cs.CL?date=2025-03-12").page
    assert keep_in(page, "return Object.keys(store.visits());") == []
    page.goto(site + "/arxiv/cs.CL+cs.AI")
    assert sorted(keep_in(page, "return Object.keys(store.visits());")) == ["cs.AI", "cs.CL", "cs.CL+cs.AI"]


def test_the_front_page_tells_what_came_since_the_last_visit(visit: Open, site: str) -> None:
    page = visit("/robots.txt").page
    keep_in(page, "for (const code of ['cs.CL', 'hep-th']) store.choose('categories', code);")
    visited(page, cs_CL="2025-03-14", **{"hep-th": "2025-03-18"})
    page.goto(site + "/")
    page.wait_for_selector(".since-lists:not(:empty)")
    assert " ".join(page.inner_text(".since").split()) == "Since your last visit on 14 March 2 lists"
    assert page.get_attribute(".since a", "href") == "/arxiv/cs.CL,hep-th?since=2025-03-14"
    assert page.locator(".has-news .code").all_inner_texts() == ["cs.CL"]


def test_a_file_brings_everything_back(visit: Open, tmp_path: Path) -> None:
    seen = visit("/mine")
    page = seen.page
    fill(page)
    before = exported(page)
    with page.expect_download() as download:
        page.click("[data-export]")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.startswith("coolpapers-20")
    page.click("[data-reset='']")
    assert "Everything was deleted" in page.inner_text(".undo")
    assert page.evaluate("Object.keys(localStorage)") == []
    assert page.locator("[data-rows=stars] li").count() == 0
    assert "Added: 1 star, " in to_import(page, file.read_bytes())
    assert exported(page) == before
    assert page.inner_text("[data-rows=stars] .row-title") == "Starred"
    assert to_import(page, file.read_bytes()) == "Nothing was new in this file."
    assert exported(page) == before
    assert seen.complaints == []


def test_what_was_emptied_or_imported_can_be_taken_back(visit: Open) -> None:
    page = visit("/mine").page
    fill(page)
    before = exported(page)
    for part in ["stars", "history", "read", "shown", "visits", "words", "choices", "preferences", ""]:
        page.click(f"[data-reset='{part}']")
        assert exported(page) != before
        page.click("[data-undo]")
        assert exported(page) == before
    other = {**before, "stars": [], "words": {"wanted": ["x"], "unwanted": []}}
    to_import(page, json.dumps(other).encode(), "replace")
    assert exported(page) == other
    page.click("[data-undo]")
    assert exported(page) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no file that coolpapers exported"),
        (b"\x00\xff\xfe PK\x03\x04", "no file that coolpapers exported"),
        (b'{"format": "coolpapers", "version": 1, "stars": [', "cut off"),
        (b'{"format": "other"}', "no file that coolpapers exported"),
        (b'{"format": "coolpapers", "version": 7}', "newer version"),
        (b'{"format": "coolpapers", "version": 1, "stars": [' + b" " * 21_000_000 + b"]}", "too large"),
    ],
    ids=["empty", "binary", "cut off", "other", "newer", "21 MB"],
)
def test_a_file_that_is_none_of_ours_changes_nothing(visit: Open, content: bytes, said: str) -> None:
    page = visit("/mine").page
    fill(page)
    before = exported(page)
    assert said in to_import(page, content, "replace")
    assert exported(page) == before


def test_a_hostile_file_shows_up_as_the_text_it_is(visit: Open) -> None:
    seen = visit("/mine")
    page = seen.page
    markup = "<img src=x onerror=alert(1)>"
    star = {"key": "2503.00000", "url": "javascript:alert(1)", "title": markup, "keywords": [markup, "__proto__"]}
    hostile = {
        "format": "coolpapers",
        "version": 1,
        "__proto__": {"hideRead": True},
        "stars": [star, {**star, "key": "__proto__", "url": "//evil.example"}],
        "choices": {"venues": [markup], "searches": [{"name": markup, "query": markup}], "authors": [markup]},
        "words": {"wanted": [markup], "constructor": {"prototype": {"x": 1}}},
    }
    text = json.dumps(hostile)
    assert "Added: 2 stars" in to_import(page, text.encode())
    assert page.locator("main img").count() == 0
    links = page.evaluate("[...document.querySelectorAll('main a[href]')].map((each) => each.href)")
    assert [link for link in links if not link.startswith(page.url.split("/mine")[0])] == []
    assert page.inner_text("[data-rows=stars] li:first-child .row-title") == markup
    assert page.evaluate("({}).hideRead === undefined && ({}).x === undefined")
    assert seen.complaints == []


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "null",
        '"x"',
        '{"version": 1, "data": 7}',
        '{"version": 1, "data": {"categories": [1, "../x", "<b>"], "venues": 3, "cs.CL": 5, "sort": []}}',
        '{"version": 1, "data": {"categories": {}, "cs.CL": {"day": "<b>", "at": "2025-03-12", "before": {}}}}',
        '{"version": 1, "data": [[1], [], null]}',
    ],
)
def test_damaged_storage_spoils_no_page(visit: Open, site: str, kept: str) -> None:
    seen = visit("/robots.txt")
    parts = ["stars", "history", "read", "shown", "choices", "words", "preferences", "visits"]
    for part in parts:
        seen.page.evaluate("([part, kept]) => localStorage.setItem(`coolpapers.${part}`, kept)", [part, kept])
    for path in ["/", "/arxiv/cs.CL", "/arxiv/cs.CL?sort=means", "/mine"]:
        seen.page.goto(site + path)
        assert seen.page.locator("main b:text('<b>'), .since:visible").count() == 0
    assert seen.page.locator(".mine-body").is_visible()
    assert seen.complaints == []


def test_where_storage_is_refused_the_page_says_so_and_works_until_it_is_left(chromium: Any, site: str) -> None:
    context = chromium.new_context()
    context.add_init_script(REFUSED)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(site + "/")
    page.click("#arxiv [data-name='cs.CL']")
    assert chosen(page) == ["cs.CL"]
    assert "does not keep it" in page.inner_text(".saying")
    page.goto(site + "/mine")
    assert page.locator("[data-unkept]").is_visible()
    fill(page)
    assert page.inner_text("[data-rows=stars] .row-title") == "Starred"
    with page.expect_download():
        page.click("[data-export]")
    page.goto(site + "/arxiv/cs.CL")
    assert page.locator(".paper").count() == 1
    assert errors == []
    context.close()


def test_two_tabs_show_what_the_other_changed(visit: Open) -> None:
    one, two = visit("/mine").page, visit("/").page
    two.click("#arxiv [data-name='cs.CL']")
    one.wait_for_selector("[data-chips=categories] >> text=cs.CL")
    one.click("[data-chips=categories] .chip-off")
    two.wait_for_selector("#arxiv [data-name='cs.CL'][aria-pressed=false]")
    assert chosen(two) == []


def test_words_come_from_the_cloud_and_make_the_order_of_a_list(visit: Open, site: str) -> None:
    seen = visit("/arxiv/cs.CL")
    page = seen.page
    assert page.get_attribute(".by-mine", "href") == "/mine#words"
    assert "no words yet" in page.get_attribute(".by-mine", "title")
    page.click(".by-mine")
    page.wait_for_selector("[data-no-words]", state="visible")
    keep_in(
        page,
        """store.star({key: "s", title: "My star", keywords: ["beam search", "trees"]});
        store.opened({key: "o", title: "Opened", keywords: ["means"]}, "page");""",
    )
    page.click(".cloud-word >> text=means")
    page.click("[aria-label='Not trees']")
    assert page.locator("[data-chips=wanted] a").all_inner_texts() == ["means"]
    assert page.locator("[data-chips=unwanted] a").all_inner_texts() == ["trees"]
    page.goto(site + "/arxiv/cs.CL?date=2025-03-17")
    assert page.get_attribute(".by-mine", "href") == "/arxiv/cs.CL?date=2025-03-17&sort=means,-trees,beam+search"
    follow(page, ".by-mine")
    assert page.get_attribute(".by-mine", "aria-current") == "true"
    assert "means" in page.inner_text(".paper .reason")
    assert seen.complaints == []


def test_a_sorted_list_says_which_word_came_from_which_star(visit: Open, keep: Keep, index: Any, site: str) -> None:
    keep(arxiv("2503.00099", day=DAYS[-1], abstract="We study what beam search means."))
    index()
    page = visit("/robots.txt").page
    keep_in(
        page,
        """store.star({key: "2503.00000", title: "My star", keywords: ["beam search"]});
        store.setWords({wanted: ["means"], unwanted: []});""",
    )
    page.goto(site + "/arxiv/cs.CL")
    follow(page, ".by-mine")
    reason = page.locator(".paper .reason").first
    assert reason.locator("button").all_inner_texts() == ["beam search"]
    reason.locator("button").press("Enter")
    assert "“beam search” is a keyword of your starred paper My star" in reason.inner_text()
    assert reason.locator("a").get_attribute("href") == "/arxiv/2503.00000"
    reason.locator("button").press("Enter")
    assert "My star" not in reason.inner_text()


def test_rows_go_one_by_one_and_the_focus_stays(visit: Open) -> None:
    page = visit("/mine").page
    keep_in(
        page,
        """for (const n of [1, 2, 3]) {
            store.star({key: "s" + n, title: "Star " + n});
            store.opened({key: "o" + n, title: "Opened " + n}, "page");
        }""",
    )
    page.focus("[aria-label='Take back the star of Star 2']")
    page.keyboard.press("Enter")
    assert page.locator("[data-rows=stars] .row-title").all_inner_texts() == ["Star 3", "Star 1"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Take back the star of Star 1"
    for _row in range(3):
        page.locator("[data-rows=history] button").first.press("Enter")
    assert page.locator("[data-none=history]").is_visible()
    assert page.evaluate("document.activeElement.id") == "history"


def test_stars_open_as_one_list(visit: Open, site: str) -> None:
    page = visit("/mine").page
    keep_in(page, "for (const key of ['2503.00000', 'P19-1001@ACL']) store.star({key, title: key});")
    with page.expect_download() as download:
        page.click("form.export-links >> text=BibTeX")
    assert download.value.suggested_filename.endswith(".bib")
    follow(page, "text=Open as one list")
    assert page.url == f"{site}/export?ids=P19-1001@ACL,2503.00000"
    assert page.locator(".paper").count() == 2


def test_the_picker_finds_a_category_and_takes_it_with_enter(visit: Open) -> None:
    page = visit("/mine#categories").page
    page.click(".picker summary")
    page.fill("#picker-filter", "quant-ph")
    assert page.locator(".picker li:visible .code").all_inner_texts() == ["quant-ph"]
    page.press("#picker-filter", "Enter")
    assert page.locator("[data-chips=categories] a").all_inner_texts() == ["quant-ph"]
    page.click(".picker [data-choose=excluded][data-name='quant-ph']")
    assert page.locator("[data-chips=categories] a").count() == 0
    assert page.locator("[data-chips=excluded] a").all_inner_texts() == ["quant-ph"]
    page.fill("#picker-filter", "zzz")
    assert page.locator("[data-picker-none]").is_visible()


def test_venues_authors_searches_and_words_are_added_by_name(visit: Open) -> None:
    page = visit("/mine").page
    for kind, typed in [("venues", "acl"), ("authors", "Ada Lovelace"), ("searches", "a & b"), ("wanted", "x, -y y")]:
        page.fill(f"[data-add={kind}] input", typed)
        page.press(f"[data-add={kind}] input", "Enter")
    links = {
        name: page.get_attribute(f"[data-chips={name}] a", "href")
        for name in ("venues", "authors", "searches", "wanted")
    }
    assert links == {
        "venues": "/venue/ACL",
        "authors": "/author/Ada%20Lovelace",
        "searches": "/search?query=a%20%26%20b",
        "wanted": "/search?query=x",
    }
    assert page.locator("[data-chips=wanted] a").all_inner_texts() == ["x", "y y"]


def test_the_order_of_lists_opened_from_the_front_page_can_be_chosen(visit: Open, site: str) -> None:
    page = visit("/mine").page
    page.select_option("[name=sort]", "stars")
    page.check("[name=hideRead]")
    page.goto(site + "/")
    assert page.get_attribute("#arxiv .lanes a", "href") == "/arxiv/cs.AI?sort=1"
    page.goto(site + "/mine")
    assert page.is_checked("[name=hideRead]")


def test_an_anchor_leads_to_its_part(visit: Open) -> None:
    page = visit("/mine#preferences", 390).page
    top = page.locator("#preferences").bounding_box()["y"]
    assert abs(top) < 450


def test_without_a_script_the_page_says_what_it_needs(chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/mine")
    assert "This page needs JavaScript" in page.inner_text("main")
    assert not page.locator(".mine-body").is_visible()
    page.goto(site + "/")
    assert not page.locator("#yours").is_visible()
    assert page.locator(".choose:visible").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/mine", "/arxiv/cs.CL"])
def test_no_barriers_with_everything_kept(visit: Open, site: str, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit("/robots.txt", color_scheme=scheme).page
    fill(page)
    visited(page, cs_CL="2025-03-12")
    page.goto(site + path)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []


@pytest.mark.parametrize("width", [320, 390])
def test_it_fits_a_phone(visit: Open, site: str, width: int) -> None:
    page = visit("/robots.txt", width).page
    fill(page)
    keep_in(page, "store.star({key: 'l', title: 'W'.repeat(300), keywords: ['k'.repeat(60)]});")
    for path in ["/", "/mine"]:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
