"""Which papers the feed of a list holds, and in which order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from papers.record import AbstractKind, Appearance, Author, Listing, ListingKind, PaperRecord
from tests.feeds.conftest import At
from tests.feeds.reader import entries, keys, link, parsed
from tests.pages.conftest import Keep
from tests.pages.samples import DAY, acl, arxiv, author

YEAR = datetime.now(UTC).year


def placed(identifier: str, position: int, kind: ListingKind = ListingKind.NEW, day: date = DAY) -> PaperRecord:
    return arxiv(identifier, listings=(Listing("cs.CL", day, kind, position),))


def test_the_newest_day_comes_first_and_a_day_in_the_order_of_its_list(client: Client, keep: Keep) -> None:
    keep(
        placed("2503.00001", 2),
        placed("2503.00002", 1),
        placed("2503.00003", 3, ListingKind.CROSS),
        arxiv("2503.00004", day=date(2025, 3, 17)),
        arxiv("2503.00005", day=date(2025, 3, 19)),
    )
    numbers = [key.removeprefix("2503.0000") for key in keys(client.get("/arxiv/cs.CL/feed"))]
    assert numbers == ["5", "2", "1", "3", "4"]


def test_days_that_are_only_estimated_make_a_feed_too(client: Client, keep: Keep) -> None:
    records = [arxiv("2503.00001"), arxiv("2503.00002", day=date(2025, 3, 19))]
    keep(
        *(replace(each, listings=tuple(replace(place, estimated=True) for place in each.listings)) for each in records)
    )
    assert keys(client.get("/arxiv/cs.CL/feed")) == ["2503.00002", "2503.00001"]


def test_replacements_are_no_news(client: Client, keep: Keep) -> None:
    keep(placed("2503.00001", 1), placed("2301.00001", 1, ListingKind.REPLACEMENT))
    assert keys(client.get("/arxiv/cs.CL/feed")) == ["2503.00001"]


def test_a_union_holds_each_paper_once_and_leaves_out_what_is_excluded(client: Client, keep: Keep) -> None:
    keep(
        arxiv("2503.00001", categories=("cs.AI", "cs.CL")),
        arxiv("2503.00002", categories=("cs.CL", "cs.CY")),
        arxiv("2503.00003", categories=("cs.LG",)),
    )
    assert sorted(keys(client.get("/arxiv/cs.AI,cs.CL/feed"))) == ["2503.00001", "2503.00002"]
    assert keys(client.get("/arxiv/cs.AI+cs.CL-cs.CY/feed")) == ["2503.00001"]
    assert keys(client.get("/arxiv/cs.AI%2Bcs.CL-cs.CY/feed")) == ["2503.00001"]


def test_a_list_of_ids_holds_those_that_are_here(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"), arxiv("hep-th/9901001", day=date(2024, 1, 2)), arxiv("2503.00003"))
    feed = client.get("/arxiv/2503.00001,hep-th/9901001,2503.99999/feed")
    assert keys(feed) == ["2503.00001", "hep-th/9901001"]
    assert keys(client.get("/arxiv/hep-th/9901001/feed")) == ["hep-th/9901001"]
    assert keys(client.get("/arxiv/2503.99999/feed")) == []


def test_a_venue_holds_the_papers_of_its_editions_and_a_track_its_own(client: Client, keep: Keep) -> None:
    keep(
        acl("P18-0001", edition="ACL.2018", position=1),
        acl("P19-0001", position=2),
        acl("P19-0002", position=1, track="Short"),
        acl("N19-0001", edition="NAACL.2019"),
    )
    assert keys(client.get("/venue/ACL/feed")) == ["P19-0002@ACL", "P19-0001@ACL", "P18-0001@ACL"]
    assert keys(client.get("/venue/ACL.2019/feed")) == ["P19-0002@ACL", "P19-0001@ACL"]
    assert keys(client.get("/venue/ACL.2019/feed?group=Long")) == ["P19-0001@ACL"]
    assert sorted(keys(client.get("/venue/latest/feed"))) == [
        "N19-0001@ACL", "P18-0001@ACL", "P19-0001@ACL", "P19-0002@ACL",
    ]  # fmt: skip


def test_a_paper_in_two_editions_of_a_venue_stands_in_its_feed_once(client: Client, keep: Keep) -> None:
    keep(acl("P19-0001", appearances=(Appearance("ACL.2018", "Long"), Appearance("ACL.2019", "Demo"))))
    assert keys(client.get("/venue/ACL/feed")) == ["P19-0001@ACL"]
    assert keys(client.get("/venue/latest/feed")) == ["P19-0001@ACL"]


def test_a_preprint_that_a_venue_takes_is_new_in_the_venues_feed(client: Client, keep: Keep) -> None:
    title = "One rather long title of a paper that two sources have"
    names = (author("Ada Lovelace"), author("Alan Turing"))
    keep(arxiv("2503.00001", title=title, authors=names), acl("X1", edition=f"ACL.{YEAR}"))
    keep(acl("X2", edition=f"ACL.{YEAR}", title=title, authors=names))
    assert keys(client.get("/venue/latest/feed"))[0] == "2503.00001"
    assert entries(client.get("/venue/ACL/feed"))[0].id == entries(client.get("/arxiv/cs.CL/feed"))[0].id


def test_an_author_has_a_feed_of_all_lists(client: Client, keep: Keep) -> None:
    keep(
        arxiv("2503.00001", authors=(author("Ada Lovelace"),)),
        acl("P19-0001", authors=(author("Ada Lovelace"), author("Bo Reader"))),
        arxiv("2503.00002", authors=(author("Alan Turing"),)),
        arxiv("2503.00003", authors=(Author("Lovelace Ada", "Ada", "Lovelace"),)),
    )
    assert keys(client.get("/author/Ada Lovelace/feed")) == ["2503.00001", "P19-0001@ACL"]
    assert client.get("/author/Lovelace, Ada/feed")["Location"] == "/author/Ada%20Lovelace/feed"


def test_old_papers_that_are_brought_in_late_are_no_news(client: Client, keep: Keep, at: At) -> None:
    at(datetime(2025, 3, 18, 5, tzinfo=UTC))
    keep(arxiv("2503.00001"))
    at(datetime(2025, 3, 18, 6, tzinfo=UTC))
    keep(arxiv("2401.00001", day=date(2024, 1, 16)), acl("P19-0001"))
    assert keys(client.get("/arxiv/cs.CL/feed")) == ["2503.00001", "2401.00001"]


def test_what_was_missed_in_an_outage_comes_first_when_it_comes(client: Client, keep: Keep, at: At) -> None:
    at(datetime(2025, 3, 18, 5, tzinfo=UTC))
    keep(arxiv("2503.00001"))
    at(datetime(2025, 3, 19, 5, tzinfo=UTC))
    keep(arxiv("2503.00002", day=date(2025, 3, 12)))
    assert keys(client.get("/arxiv/cs.CL/feed")) == ["2503.00002", "2503.00001"]


def test_a_day_to_come_does_not_stay_on_top(client: Client, keep: Keep, at: At) -> None:
    at(datetime(2025, 3, 17, 5, tzinfo=UTC))
    keep(arxiv("2503.00001", day=date(2125, 1, 1)))
    at(datetime(2025, 3, 18, 5, tzinfo=UTC))
    keep(arxiv("2503.00002"))
    first, second = entries(client.get("/arxiv/cs.CL/feed"))
    assert (first.key, second.key) == ("2503.00002", "2503.00001")
    assert second.published == "2025-03-17T17:59:03Z"
    assert second.updated < "2026"


def test_an_entry_says_all_that_there_is(client: Client, keep: Keep) -> None:
    submitted = datetime(2025, 3, 17, 17, 59, 3, tzinfo=UTC)
    keep(
        arxiv(
            "2503.00001",
            title="On $x^2$",
            abstract="For all $\\alpha \\leq \\frac{1}{2}$ we prove it.",
            categories=("cs.CL", "math.CO"),
            doi="10.1/x",
            updated=submitted + timedelta(days=9),
            appearances=(Appearance("ACL.2025", "Long"),),
            comments="12 pages",
        )
    )
    feed = parsed(client.get("/arxiv/cs.CL/feed"))
    (entry,) = entries(client.get("/arxiv/cs.CL/feed"))
    assert entry.title == "On x^2"
    assert entry.summary == "<p>For all α ≤ 1/2 we prove it.</p><p>ACL.2025 · cs.CL · math.CO · 12 pages</p>"
    assert entry.authors == ["Ada Lovelace", "Alan Turing"]
    assert (entry.published, entry.updated) == ("2025-03-18T04:00:00Z", "2025-03-26T17:59:03Z")
    terms = {
        (each.get("term"), each.get("scheme"), each.get("label")) for each in entry.element.iterfind("{*}category")
    }
    assert terms == {
        ("cs.CL", "http://arxiv.org/schemas/atom", "Computation and Language"),
        ("math.CO", "http://arxiv.org/schemas/atom", "Combinatorics"),
        ("ACL.2025", "http://127.0.0.1:8000/venue/", "ACL 2025"),
    }
    assert link(entry.element, "alternate") == "http://127.0.0.1:8000/arxiv/2503.00001"
    assert link(entry.element, "enclosure") == "https://arxiv.org/pdf/2503.00001"
    assert link(entry.element, "via") == "https://arxiv.org/abs/2503.00001"
    assert link(entry.element, "related") == "https://doi.org/10.1/x"
    assert link(feed, "self") == "http://127.0.0.1:8000/arxiv/cs.CL/feed"
    assert link(feed, "alternate") == "http://127.0.0.1:8000/arxiv/cs.CL"


def test_withdrawn_papers_and_summaries_of_our_own_are_labelled(client: Client, keep: Keep) -> None:
    keep(
        arxiv("2503.00001", withdrawn="This paper has been withdrawn due to $x=1$ & more.", title="Gone"),
        arxiv("2503.00002", abstract="Short.", abstract_kind=AbstractKind.SUMMARY),
        arxiv("2503.00003", abstract=""),
    )
    third, second, first = entries(client.get("/arxiv/cs.CL/feed"))
    assert first.title == "[withdrawn] Gone"
    assert "<strong>Withdrawn</strong> This paper has been withdrawn due to x=1 &amp; more." in first.summary
    assert "Summary by coolpapers, not the authors’ abstract" in second.summary
    assert "No abstract is known" in third.summary
    assert "withdrawn" not in second.title


@pytest.mark.parametrize("path", ["/arxiv/hep-th/feed", "/venue/latest/feed"])
def test_a_feed_without_papers_is_a_feed(client: Client, db: None, path: str) -> None:
    assert keys(client.get(path)) == []


def test_other_spellings_give_the_same_feed_under_its_own_name(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"), acl("P19-0001"))
    feed = parsed(client.get("/arxiv/CS.cl/feed?show=7"))
    assert feed.findtext("{*}id") == "http://127.0.0.1:8000/arxiv/cs.CL/feed"
    assert link(feed, "self") == "http://127.0.0.1:8000/arxiv/cs.CL/feed?show=7"
    assert client.get("/venue/acl/feed?show=7")["Location"] == "/venue/ACL/feed?show=7"
    assert client.get("/venue/acl.2019/feed?group=Long")["Location"] == "/venue/ACL.2019/feed?group=Long"
