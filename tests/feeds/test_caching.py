"""A reader that has a feed already is told so; one copy serves all readers."""

from datetime import UTC, datetime, timedelta
from gzip import decompress
from typing import Any

import pytest
from django.test import Client
from django.utils.http import parse_http_date

from papers.models import Change, Paper
from papers.record import Appearance
from tests.feeds.reader import entries, keys
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv, author

PATHS = [
    "/arxiv/cs.CL/feed", "/arxiv/cs.CL+cs.LG-cs.CY/feed", "/arxiv/2503.00001,2503.00002/feed", "/venue/ACL/feed",
    "/venue/ACL.2025/feed", "/venue/ACL.2025/feed?group=Long", "/venue/latest/feed", "/author/Ada Lovelace/feed",
    "/search/feed?query=paper", "/arxiv/cs.CL/feed?show=1",
]  # fmt: skip
LONG = "We study this at such a length that it is worth compressing. " * 20


def paper(number: int, **changes: Any) -> Any:
    shown = {"appearances": (Appearance("ACL.2025", "Long"),), "authors": (author("Ada Lovelace"),), "abstract": LONG}
    return arxiv(f"2503.{number:05}", **shown | changes)


@pytest.fixture
def two(keep: Keep, index: Any) -> None:
    keep(paper(1), paper(2))
    index()


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_feed_is_not_sent_again(client: Client, two: None, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert again[name] == first[name]
    assert client.get(path, headers={"if-none-match": '"another"'}).status_code == 200
    since = {"if-modified-since": first["Last-Modified"]}
    assert client.get(path, headers=since).status_code == 304
    assert client.get(path, headers=since | {"if-none-match": '"another"'}).status_code == 200
    assert client.head(path, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", PATHS)
def test_it_is_sent_when_an_entry_changes_comes_or_goes(
    client: Client, keep: Keep, two: None, index: Any, path: str
) -> None:
    tags = [client.get(path)["ETag"]]
    keep(paper(2, comments="A word more."))
    tags.append(client.get(path)["ETag"])
    if ",2503" not in path:
        keep(paper(3))
        index()
        tags.append(client.get(path)["ETag"])
    Paper.objects.filter(key__in=["2503.00002", "2503.00003"]).delete()
    index()
    tags.append(client.get(path)["ETag"])
    assert len(set(tags)) == len(tags)


def test_what_the_feed_does_not_show_changes_nothing(client: Client, keep: Keep, two: None) -> None:
    before = client.get("/arxiv/cs.CL/feed")["ETag"]
    keep(arxiv("2503.00009", categories=("math.CO",)), acl("P19-0001"))
    assert client.get("/arxiv/cs.CL/feed")["ETag"] == before


def test_a_paper_behind_the_last_one_makes_a_next_page(client: Client, keep: Keep, two: None) -> None:
    before = client.get("/arxiv/cs.CL/feed?show=2")
    keep(paper(3, day=datetime(2025, 3, 1, tzinfo=UTC).date()))
    after = client.get("/arxiv/cs.CL/feed?show=2", headers={"if-none-match": before["ETag"]})
    assert keys(after) == keys(before)
    assert b'rel="next"' in after.content
    assert b'rel="next"' not in before.content


def test_a_correction_is_later_than_what_it_corrects(client: Client, keep: Keep, two: None) -> None:
    """Though the paper has no new version."""
    Change.objects.update(at=datetime.now(UTC) - timedelta(days=1))
    before = client.get("/arxiv/cs.CL/feed")["Last-Modified"]
    keep(paper(1, abstract="Corrected."))
    after = client.get("/arxiv/cs.CL/feed", headers={"if-modified-since": before})
    assert after.status_code == 200
    assert parse_http_date(after["Last-Modified"]) > parse_http_date(before)


def test_compressed_it_has_the_same_tag_which_is_then_a_weak_one(client: Client, two: None) -> None:
    plain = client.get("/arxiv/cs.CL/feed")
    packed = client.get("/arxiv/cs.CL/feed", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert packed["ETag"] == f"W/{plain['ETag']}"
    for tag in (packed["ETag"], plain["ETag"], f'"old", {packed["ETag"]}'):
        again = client.get("/arxiv/cs.CL/feed", headers={"accept-encoding": "gzip", "if-none-match": tag})
        assert again.status_code == 304


@pytest.mark.parametrize("path", PATHS)
def test_one_copy_serves_readers_of_all_languages(client: Client, two: None, path: str) -> None:
    client.cookies["language"] = "zh-hans"
    chinese = client.get(path, headers={"accept-language": "zh-CN"})
    client.cookies.clear()
    assert chinese.content == client.get(path).content
    assert chinese["Vary"] == "Accept-Encoding"
    assert "public" in chinese["Cache-Control"]
    assert not chinese.cookies


def test_pages_of_another_length_have_other_tags(client: Client, two: None) -> None:
    tags = [client.get(f"/arxiv/cs.CL/feed{query}")["ETag"] for query in ("", "?show=2", "?show=3")]
    assert len(set(tags)) == 3


def test_a_new_version_updates_its_entry_and_leaves_it_where_it_is(client: Client, keep: Keep, two: None) -> None:
    before = entries(client.get("/arxiv/cs.CL/feed"))
    second = datetime(2025, 4, 1, 12, tzinfo=UTC)
    keep(paper(1, updated=second, title="Better"))
    after = entries(client.get("/arxiv/cs.CL/feed"))
    assert [entry.id for entry in after] == [entry.id for entry in before]
    assert [entry.published for entry in after] == [entry.published for entry in before]
    assert {entry.updated for entry in after if entry.title == "Better"} == {"2025-04-01T12:00:00Z"}
