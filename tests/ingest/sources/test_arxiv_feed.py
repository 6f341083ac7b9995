"""arXiv's feeds in both forms."""

from datetime import UTC, date, datetime

import pytest

from ingest.sources import arxiv_feed
from ingest.sources.source import NotThisPage
from papers.record import ListingKind, Version
from tests.ingest.harvest.feeds import atom, entry
from tests.world import Asked, WorldClock
from tests.world import arxiv_feed as played
from tests.world.population import World

DAY = date(2025, 8, 20)
RSS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link>
<lastBuildDate>Wed, 20 Aug 2025 04:00:11 +0000</lastBuildDate><pubDate>Wed, 20 Aug 2025 00:00:00 -0400</pubDate>
<skipDays><day>Sunday</day><day>Saturday</day></skipDays>{items}</channel></rss>"""
ITEM = """<item><title>On {{\\H o}}s</title><link>https://arxiv.org/abs/2508.00001</link>
<description>arXiv:2508.00001v2 Announce Type: replace-cross
Abstract: We study. Abstract: twice.</description>
<guid isPermaLink="false">oai:arXiv.org:2508.00001v2</guid><category>cs.LG</category><category>cs.CL</category>
<pubDate>Wed, 20 Aug 2025 00:00:00 -0400</pubDate><arxiv:announce_type>replace-cross</arxiv:announce_type>
<dc:rights>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</dc:rights>
<dc:creator>Ada Writer, Bo Reader (Some Place)</dc:creator><arxiv:DOI>10.1000/x</arxiv:DOI>
<arxiv:journal_reference>J. of Tests 1 (2025)</arxiv:journal_reference></item>"""


def test_rss_tells_the_same_as_atom_and_a_little_more() -> None:
    feed = arxiv_feed.parse(RSS.format(items=ITEM.format()).encode())
    assert (feed.day, feed.built) == (DAY, datetime(2025, 8, 20, 4, 0, 11, tzinfo=UTC))
    (one,) = feed.entries
    assert one.kind is ListingKind.REPLACEMENT
    assert one.record.title == "On ős"
    assert one.record.abstract == "We study. Abstract: twice."
    assert [author.name for author in one.record.authors] == ["Ada Writer", "Bo Reader"]
    assert one.record.categories == ("cs.LG", "cs.CL")
    assert (one.record.doi, one.record.journal_ref) == ("10.1000/x", "J. of Tests 1 (2025)")
    assert one.record.versions == (Version(2),)
    assert one.record.announced is None


def test_an_empty_feed_has_the_day_on_which_it_was_written() -> None:
    assert arxiv_feed.parse(atom("cs.CL", DAY)).day == DAY
    assert arxiv_feed.parse(RSS.format(items="").encode()).day == DAY
    # 03:00 in Greenwich is the evening before in New York.
    late = atom("cs.CL", DAY).replace(b"T04:00:19", b"T03:00:19")
    assert arxiv_feed.parse(late).day == date(2025, 8, 19)


def test_one_entry_of_another_day_does_not_move_the_list() -> None:
    odd = atom("cs.CL", DAY, entry("2508.00003")).replace(b"2025-08-20T00:00:00", b"2099-01-01T00:00:00")
    start, end = odd.index(b"<entry>"), odd.index(b"</feed>")
    body = atom("cs.CL", DAY, entry("2508.00001"), entry("2508.00002")).replace(b"</feed>", odd[start:end] + b"</feed>")
    feed = arxiv_feed.parse(body)
    assert feed.day == DAY
    assert len(feed.entries) == 3


def test_old_ids_and_ids_of_four_digits_are_read() -> None:
    feed = arxiv_feed.parse(atom("cs.CL", DAY, entry("hep-th/9901001", "replace", 2), entry("1406.2661", "replace", 5)))
    assert [each.record.source_id for each in feed.entries] == ["hep-th/9901001", "1406.2661"]


@pytest.mark.parametrize(
    "spoilt", ["", "2508.00001v0", "../../etc/passwd", "2508.99", "hep-th/99", "10.1145/3580305.3599"]
)
def test_an_entry_without_an_id_of_a_version_is_set_aside(spoilt: str) -> None:
    body = atom("cs.CL", DAY, entry("2508.00001"), entry("2508.00002")).replace(
        b"oai:arXiv.org:2508.00001v1", spoilt.encode()
    )
    feed = arxiv_feed.parse(body, "feed")
    assert [each.record.source_id for each in feed.entries] == ["2508.00002"]
    assert [(fault.file, fault.line) for fault in feed.faults] == [("feed", 1)]


def test_a_batch_is_the_same_whatever_its_order_and_date() -> None:
    one = atom("cs.CL", DAY, entry("2508.00001"), entry("2508.00002", "cross"))
    same = atom("cs.CL", date(2025, 8, 21), entry("2508.00002", "cross"), entry("2508.00001"))
    other = atom("cs.CL", DAY, entry("2508.00001"), entry("2508.00002", "cross", 2))
    assert arxiv_feed.parse(one).batch == arxiv_feed.parse(same).batch != arxiv_feed.parse(other).batch


def test_a_feed_of_two_thousand_entries_was_cut() -> None:
    entries = [entry(f"2508.{number:05d}") for number in range(1, 2_001)]
    assert arxiv_feed.parse(atom("cs", DAY, *entries)).is_cut
    assert not arxiv_feed.parse(atom("cs", DAY, *entries[:-1])).is_cut


def test_a_thousand_authors_are_kept() -> None:
    names = ", ".join(f"Given{number} Family{number}" for number in range(1_000))
    feed = arxiv_feed.parse(atom("cs.CL", DAY, entry("2508.00001", authors=names)))
    assert len(feed.entries[0].record.authors) == 1_000


@pytest.mark.parametrize(
    "body", [b"", b"\x00", b"[]", b"<rss/>", b"<rss><channel/></rss>", b"<html/>", b"\xff\xfe<feed/>"]
)
def test_what_is_no_feed_is_told_apart(body: bytes) -> None:
    with pytest.raises(NotThisPage):
        arxiv_feed.parse(body)


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_day_of_the_stand_in_world_is_read_whole(form: str) -> None:
    day = date(2025, 3, 5)
    world = World(first_day=date(2025, 3, 3), days=4, new_per_day=40, old_papers=30, replacements_per_day=10,
                  clock=WorldClock(datetime(2025, 3, 5, 16, tzinfo=UTC)))  # fmt: skip
    for code in world.categories:
        feed = arxiv_feed.parse(played.answer(world, Asked("arxiv-feed", f"/{form}/{code}"), stale=False).body)
        told = [(each.record.source_id, each.record.versions[-1].number) for each in feed.entries]
        assert feed.day == day
        assert feed.faults == ()
        assert told == [(each.paper.id, each.version.number) for each in world.announcements(day, code)]
