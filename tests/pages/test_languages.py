"""Every page in English and in Chinese, as the browser asks or the reader chose."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings as configured
from django.template import defaultfilters
from django.test import Client
from django.utils import translation

from papers import taxonomy
from papers.category_names import category_name, group_name
from tests.pages.conftest import Keep
from tests.pages.everything import PAGES, bring_in
from tests.pages.reading import text, words
from tests.pages.samples import arxiv
from tests.pages.spoken import foreign_words

CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
FOR_PROGRAMS = [
    "/opensearch.xml", "/robots.txt", "/sitemap.xml", "/metrics", "/livez", "/arxiv/cs.CL/feed", "/venue/latest/feed",
    "/opml?arxiv=cs.CL", "/suggest?q=paper", "/arxiv/2503.00001/export.bib", "/arxiv/2503.00001/export.csv",
]  # fmt: skip
# Names that stay as they are in Chinese, keys, and words of an example.
NAMES = {
    "arXiv", "PDF", "DOI", "BM25", "BibTeX", "RIS", "CSL-JSON", "JSON", "Markdown", "CSV", "REL", "UTC", "coolpapers",
    "TeX", "OPML", "Atom", "RSS", "Zotero", "OAI-PMH", "API", "COOLPAPERS", "CONTACT", "YYYY-MM-DD", "YYYY", "MM", "DD",
    "ACL", "Ctrl", "sparse", "attention", "retrieval", "robots",
}  # fmt: skip
# Which one an extension is for, and where each loads it.
BROWSERS = {"Chrome", "Chromium", "Edge", "Firefox", "Mozilla", "about", "chrome", "debugging", "extensions"}
MORE = {
    "mine": "/mine",
    "answers": "/answers/2503.00001",
    "search in answers": "/answers/search?query=sentence",
    "catching up": "/arxiv/cs.CL?since=2025-03-17",
    "no such author": "/author/Nobody Here",
}
# Titles in the head of a page, words of the query that it repeats, and of the language that it explains.
REPEATED = {
    "paper": {"The", "sentence", "and"},
    "with the way back": {"The", "sentence", "and"},
    "from any page": BROWSERS,
    "from a page that names no paper": BROWSERS,
    "related": {"paper", "called", "parsing", "of", "trees", "word" * 20},
    "author": {"Ada", "Lovelace"},
    "mine": {"JavaScript", "NeurIPS", "cs", "ti", "cat", "speech"},
    "answers": {"The", "sentence", "and"},
    "search in answers": {"sentence"},
    "no such author": {"Nobody", "Here"},
    "no such venue": {"ALC"},
    "sorted by words": {"sentence"},
    "top": {"ICLR"},
    "top of a union": {"ICLR"},
    "not found": {"cs.ZZ"},
    "status of a source": {"Proceedings", "of", "Machine", "Learning", "Research", "COLT"},
    "search": {"sentence"},
    "search with filters": {"sentence", "zebra", "colour:blue", "colour", "blue", "cat", "ti:attention", "attention"},
    "search by time": {"year"},
    "search for a misspelt word": {"sentense", "sentence"},
    "search help": {"speech", "NOT", "OR", "AND", "has", "pdf", "code", "doi", "abstract", "venue", "in", "arxiv"},
}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A request leaves its language to what follows in the thread."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hans-CN", "zh-Hans"),
        ("zh-hans", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW,zh;q=0.8", "zh-Hans"),
        ("en-GB,zh;q=0.5", "en"),
        ("fr,zh-CN;q=0.5,en;q=0.3", "zh-Hans"),
        ("fr", "en"),
        ("*", "en"),
        ("\x00;;q=x", "en"),
        ("", "en"),
    ],
)
def test_the_page_speaks_what_the_browser_asks_for(client: Client, db: None, asked: str, language: str) -> None:
    response = client.get("/search", headers={"Accept-Language": asked})
    assert f'<html lang="{language}">' in text(response)
    assert ("检索论文" in text(response)) == (language == "zh-Hans")


def test_pages_say_by_what_they_vary(client: Client, db: None) -> None:
    for path in ("/", "/search", "/arxiv/cs.ZZ"):
        response = client.get(path)
        varied = {name.strip() for name in response["Vary"].split(",")}
        assert {"Accept-Language", "Cookie"} <= varied, path
        assert response["Content-Language"] == "en"


@pytest.mark.parametrize("path", FOR_PROGRAMS)
def test_what_programs_read_is_the_same_for_all(client: Client, keep: Keep, path: str) -> None:
    keep(arxiv("2503.00001"))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "zh-hans"
    chinese, english = client.get(path, headers=CHINESE), Client().get(path)
    if path != "/metrics":  # measures itself
        assert chinese.getvalue() == english.getvalue()
    for response in (chinese, english):
        assert "Language" not in response.get("Vary", "")
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies


def test_no_page_sets_a_cookie_by_itself(client: Client, db: None) -> None:
    for path in ("/", "/search", "/search/help", "/status"):
        assert not client.get(path, headers=CHINESE).cookies, path


def test_the_reader_chooses_a_language_and_stays_where_she_is(client: Client, db: None) -> None:
    chosen = client.post("/language", {"language": "zh-hans", "next": "/search?query=a&skip=5"}, headers=FROM_HERE)
    assert (chosen.status_code, chosen["Location"]) == (302, "/search?query=a&skip=5")
    cookie = chosen.cookies["language"]
    assert (cookie["samesite"], cookie["httponly"], cookie["path"]) == ("Lax", True, "/")
    assert '<html lang="zh-Hans">' in text(client.get("/search", headers={"Accept-Language": "en"}))
    client.post("/language", {"language": "en", "next": "/"}, headers=FROM_HERE)
    assert '<html lang="en">' in text(client.get("/search", headers=CHINESE))


def test_each_page_offers_the_other_language(client: Client, db: None) -> None:
    english, chinese = text(client.get("/search?skip=5&a=<b>")), text(client.get("/search", headers=CHINESE))
    assert 'value="zh-hans" lang="zh-hans" translate="no">简体中文</button>' in english
    assert 'value="en" lang="en" translate="no">English</button>' in chinese
    assert '<input type="hidden" name="next" value="/search?skip=5&amp;a=%3Cb%3E">' in english


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil", ""]
)
def test_the_choice_leads_nowhere_else(client: Client, db: None, elsewhere: str) -> None:
    response = client.post("/language", {"language": "zh-hans", "next": elsewhere}, headers=FROM_HERE)
    assert response.status_code == 302
    assert response["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "", "zh_Hans\x00", "../../etc", "z" * 10_000])
def test_an_unknown_language_changes_nothing(client: Client, db: None, language: str) -> None:
    response = client.post("/language", {"language": language, "next": "/search"}, headers=FROM_HERE)
    assert response.status_code == 302
    assert not response.cookies


def test_no_other_site_can_change_the_language(client: Client, db: None) -> None:
    response = client.post("/language", {"language": "zh-hans"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not response.cookies
    assert not client.get("/language?language=zh-hans").cookies


@pytest.mark.parametrize(
    ("form", "english", "chinese"),
    [
        ("WEEKDAY_DATE_FORMAT", "Tuesday, 18 March 2025", "2025年3月18日 星期二"),
        ("WEEKDAY_FORMAT", "Tuesday, 18 March", "3月18日 星期二"),
        ("DATE_FORMAT", "18 March 2025", "2025年3月18日"),
        ("YEAR_MONTH_FORMAT", "March 2025", "2025年3月"),
        ("SHORT_DAY_FORMAT", "18 Mar", "3月18日"),
        ("SHORT_DAY_YEAR_FORMAT", "18 Mar 2025", "2025年3月18日"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(form: str, english: str, chinese: str) -> None:
    for language, expected in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert defaultfilters.date(date(2025, 3, 18), form) == expected


def test_a_list_in_chinese(client: Client, keep: Keep) -> None:
    keep(*(arxiv(f"2503.{number:05}", categories=("cs.LG", "stat.ML")) for number in range(1, 4)))
    told = words(client.get("/arxiv/cs.LG?date=2025-03-18", headers=CHINESE))
    assert "2025年3月18日 星期二" in told
    assert "共 3 篇论文：新论文 3 篇，交叉列表 0 篇。" in told
    assert "一 二 三 四 五 六 日" in told
    assert "机器学习" in told


def test_categories_and_groups_have_chinese_names() -> None:
    with translation.override("zh-hans"):
        names = {code: category_name(code) for code in taxonomy.categories()}
        groups = [group_name(group) for group in taxonomy.groups()]
    assert category_name("cs.CL") == "Computation and Language"
    assert [name for name in [*names.values(), *groups] if not any("\u4e00" <= sign <= "\u9fff" for sign in name)] == []
    named = [each for each in taxonomy.categories().values() if not each.same_as]
    assert len({names[each.code] for each in named}) == len({each.name for each in named})


def test_a_category_is_found_by_its_chinese_name(client: Client, db: None) -> None:
    told = words(client.get("/arxiv/机器学习", headers=CHINESE))
    assert "cs.LG" in told
    assert "cs.LG" in words(client.get("/arxiv/machine learnin", headers=CHINESE))


def test_pages_in_chinese_speak_no_english(
    client: Client, keep: Keep, index: Callable[[], None], settings: Any
) -> None:
    bring_in(keep, index, settings)
    found = []
    for name, path in (PAGES | MORE).items():
        page = text(client.get(path, headers=CHINESE))
        assert '<html lang="zh-Hans">' in page, name
        told = foreign_words(page, NAMES | REPEATED.get(name, set()))
        if told:
            found.append(f"{name}: {' '.join(sorted(told))}")
    assert "\n".join(found) == ""


def test_the_empty_front_page_and_refusals_speak_no_english(client: Client, db: None) -> None:
    for path in ("/", "/no/such/page", "/venue/NOPE", "/arxiv/2503.99999", "/venue/latest"):
        page = text(client.get(path, headers=CHINESE))
        assert foreign_words(page, NAMES | {"NOPE", "Anthology"}) == set(), path


def test_what_a_page_says_is_told_apart_from_what_it_cites() -> None:
    page = """<html lang="zh-Hans"><p title="Hover">你好 Hello <span lang="en">cited</span> world
    <b translate="no">Ada Lovelace <i translate="yes">more</i></b> <code>x</code> PDF 2503.00001 cs.CL</p></html>"""
    assert foreign_words(page, {"PDF"}) == {"Hover", "Hello", "world", "more"}
