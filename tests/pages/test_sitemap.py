import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib import robotparser
from xml.etree import ElementTree

import pytest
from django.test import Client

from papers import sitemaps
from papers.models import Paper
from tests.pages.conftest import Keep
from tests.pages.reading import text
from tests.pages.samples import acl, arxiv

NAME = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://127.0.0.1:8000"


def told(client: Client, path: str) -> dict[str, str]:
    """Addresses with their days."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    root = ElementTree.fromstring(b"".join(response.streaming_content))
    found = {entry.findtext(f"{NAME}loc") or "": entry.findtext(f"{NAME}lastmod") or "" for entry in root}
    assert len(found) == len(root)
    return found


def files(client: Client) -> list[str]:
    return [url.removeprefix(SITE) for url in told(client, "/sitemap.xml")]


def test_the_index_names_files_that_are_there(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"))
    for path in files(client):
        assert told(client, path)


def test_every_paper_is_in_it_by_its_canonical_address(client: Client, keep: Keep) -> None:
    keep(
        arxiv("2503.00001", updated=datetime(2025, 4, 2, tzinfo=UTC)),
        arxiv("hep-th/9901001", submitted=datetime(1999, 1, 2, tzinfo=UTC)),
    )
    keep(acl("P19-1001"), acl("a&b 'ü'+<c>"), acl("P19-1002", published=None))
    papers = {url: day for path in files(client) if "papers" in path for url, day in told(client, path).items()}
    assert sorted(papers.values()) == ["", "1999-01-02", "2019-07-01", "2019-07-01", "2025-04-02"]
    for url in papers:
        page = text(client.get(url.removeprefix(SITE)))
        canonical = re.search(r'<link rel="canonical" href="([^"]*)">', page)
        assert canonical
        assert canonical[1].replace("&amp;", "&").replace("&#x27;", "'") == url


def test_a_day_to_come_is_not_told(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", updated=datetime.now(UTC) + timedelta(days=40)))
    assert set(told(client, files(client)[-1]).values()) == {""}


def test_lists_are_in_it(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001", categories=("cs.CL", "hep-th"), day=date(2025, 3, 18)), acl("P19-1001"))
    found = told(client, "/sitemaps/pages.xml")
    assert found[f"{SITE}/arxiv/cs.CL"] == found[f"{SITE}/arxiv/hep-th"] == "2025-03-18"
    assert {f"{SITE}/", f"{SITE}/venue", f"{SITE}/venue/latest", f"{SITE}/venue/ACL.2019"} <= set(found)
    assert f"{SITE}/arxiv/cs.AI" not in found


def test_papers_stay_in_their_file(client: Client, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "LARGEST", 3)
    keep(*(arxiv(f"2503.{number:05}") for number in range(1, 8)))
    before = {path: set(told(client, path)) for path in files(client)}
    Paper.objects.filter(key="2503.00002").delete()
    keep(*(arxiv(f"2503.{number:05}") for number in range(8, 12)))
    after = {path: set(told(client, path)) for path in files(client)}
    assert max(map(len, (urls for path, urls in after.items() if "papers" in path))) <= 3
    assert len(set().union(*(urls for path, urls in after.items() if "papers" in path))) == 10
    moved = {path: urls - after[path] for path, urls in before.items() if "papers" in path}
    assert set().union(*moved.values()) == {f"{SITE}/arxiv/2503.00002"}


def test_a_file_whose_papers_are_all_gone_is_left_out(
    client: Client, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "LARGEST", 1)
    keep(*(arxiv(f"2503.{number:05}") for number in range(1, 4)))
    gone = files(client)[-2]
    Paper.objects.filter(key="2503.00002").delete()
    assert gone not in files(client)
    assert client.get(gone).status_code == 404


def test_without_papers_there_are_none(client: Client, db: None) -> None:
    assert files(client) == ["/sitemaps/pages.xml"]


@pytest.mark.parametrize("number", ["0", "99", "9" * 40, "-1", "1.5"])
def test_a_file_that_is_not_there_is_not_found(client: Client, keep: Keep, number: str) -> None:
    keep(arxiv("2503.00001"))
    assert client.get(f"/sitemaps/papers-{number}.xml").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [("/sitemap.xml", 1), ("/sitemaps/pages.xml", 3)])
def test_costs_few_queries(
    client: Client, keep: Keep, django_assert_max_num_queries: Any, path: str, queries: int
) -> None:
    keep(*(acl(f"P{number}-1", edition=f"Conf{number}.2019") for number in range(60)))
    with django_assert_max_num_queries(queries):
        told(client, path)


def test_papers_are_read_with_one_query(client: Client, keep: Keep, django_assert_max_num_queries: Any) -> None:
    keep(*(arxiv(f"2503.{number:05}") for number in range(1, 200)))
    path = files(client)[-1]
    with django_assert_max_num_queries(2):
        assert len(told(client, path)) <= 199


def test_robots_are_led_to_what_is_worth_reading(client: Client, db: None) -> None:
    lines = text(client.get("/robots.txt"))
    assert lines.splitlines()[-1] == f"Sitemap: {SITE}/sitemap.xml"
    robots = robotparser.RobotFileParser()
    robots.parse(lines.splitlines())
    for path in ("/", "/arxiv/cs.CL", "/arxiv/2503.00001", "/venue", "/venue/ACL.2019", "/search/help", "/sitemap.xml"):
        assert robots.can_fetch("*", SITE + path), path
    for path in (
        "/search?query=a",
        "/arxiv/search",
        "/venue/search",
        "/suggest?q=a",
        "/author/Ada",
        "/related/1",
        "/admin/",
    ):
        assert not robots.can_fetch("*", SITE + path), path


@pytest.mark.parametrize("rule", ["Disallow: /*?", "Disallow: /*/feed$", "Disallow: /*/export."])
def test_endless_orders_days_and_files_of_lists_are_closed_to_robots(client: Client, db: None, rule: str) -> None:
    assert rule in text(client.get("/robots.txt")).splitlines()
