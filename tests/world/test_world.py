"""The stand-in world does what it is asked to: otherwise the harvester's tests prove nothing."""

import gzip
import http.client
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest

from papers.calendar import listing_day
from tests.services.sandbox import wait_for
from tests.world import Kind, WorldClock, faults
from tests.world.faults import Faults
from tests.world.population import World
from tests.world.server import serve

ATOM, OAI = "{http://www.w3.org/2005/Atom}", "{http://www.openarchives.org/OAI/2.0/}"
ARXIV, RAW = "{http://arxiv.org/schemas/atom}", "{http://arxiv.org/OAI/arXivRaw/}"
FRIDAY, MONDAY = date(2025, 3, 7), date(2025, 3, 10)  # American clocks change between them
NOON = datetime(2025, 3, 10, 16, tzinfo=UTC)
LIST = "/arxiv-oai?verb=ListRecords"

Got = tuple[int, Mapping[str, str], bytes]


def small(**changes: object) -> World:
    """From Wednesday to Wednesday, around the change of American clocks."""
    usual: dict[str, object] = {
        "first_day": date(2025, 3, 5), "days": 8, "new_per_day": 20, "crosses_per_day": 6, "replacements_per_day": 14,
        "old_papers": 30, "crowd": 0, "clock": WorldClock(NOON), "faults": Faults(hang=0.2),
    }  # fmt: skip
    return World(**{**usual, **changes})  # type: ignore[arg-type]


def get(url: str, **headers: str) -> Got:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@contextmanager
def served(**changes: object) -> Iterator[tuple[World, str]]:
    world = small(**changes)
    with serve(world) as url:
        yield world, url


def names(body: bytes) -> dict[str, list[str]]:
    """Ids by the kind of their announcement, of a feed in either form."""
    root = ElementTree.fromstring(body)
    told: dict[str, list[str]] = {str(kind): [] for kind in Kind}
    for entry in [*root.findall(f"{ATOM}entry"), *root.findall("channel/item")]:
        name = entry.findtext(f"{ATOM}id") or entry.findtext("guid") or ""
        told[entry.findtext(f"{ARXIV}announce_type") or ""].append(name.removeprefix("oai:arXiv.org:"))
    return told


def pages(url: str, first: str) -> list[ElementTree.Element]:
    """All pages of a list."""
    found = [ElementTree.fromstring(get(f"{url}{first}")[2])]
    verb = first.partition("verb=")[2].partition("&")[0]
    while token := found[-1].findtext(f".//{OAI}resumptionToken"):
        found.append(ElementTree.fromstring(get(f"{url}/arxiv-oai?verb={verb}&resumptionToken={quote(token)}")[2]))
    return found


def error(url: str, query: str) -> str | None:
    told = ElementTree.fromstring(get(f"{url}/arxiv-oai{query}")[2]).find(f"{OAI}error")
    return told.get("code") if told is not None else None


# The population


def test_a_seed_makes_a_world() -> None:
    assert small(seed=3).expected(MONDAY) == small(seed=3).expected(MONDAY)
    assert small(seed=3).expected(MONDAY) != small(seed=4).expected(MONDAY)


def test_a_usual_day_has_about_1100_papers() -> None:
    world = World(first_day=MONDAY, days=1)
    assert world.expected(MONDAY)["total"] == 1_100
    assert max(len(entry.paper.authors) for entry in world.announcements(MONDAY, "")) == 1_000


def test_papers_are_announced_when_their_submission_time_says() -> None:
    world = small(first_day=date(2025, 2, 26), days=20)
    for day in world.list_days:
        fresh = [entry for entry in world.announcements(day, "") if entry.kind is not Kind.CROSS]
        assert {listing_day(entry.version.submitted) for entry in fresh} == {day}
        new = [entry.paper.id for entry in fresh if entry.kind is Kind.NEW]
        assert new == sorted(new) and {name[:4] for name in new} == {f"{day - timedelta(days=1):%y%m}"}


def test_texts() -> None:
    papers = list(small(new_per_day=300).as_of(MONDAY).values())
    first = [paper.versions[0] for paper in papers]
    assert len({version.title for version in first}) == len(first)
    assert all(60 <= len(version.abstract.split()) <= 120 for version in first)
    together = " ".join(version.title for version in first)
    assert all(part in together for part in (r"{\H o}", "$", "&", "<", '"'))
    assert all(1 <= len(paper.authors) <= 8 for paper in papers)


def test_what_becomes_of_papers() -> None:
    world = small(withdrawn_share=0.3, deletions=2)
    before, after = world.as_of(FRIDAY), world.as_of(MONDAY)
    assert {"1406.2661", "hep-th/9901001"} <= set(before) and set(before) < set(after)
    changed = [name for name in before if after[name] != before[name]]
    assert all(after[name].datestamp == MONDAY for name in changed)
    assert all(after[name].versions[: len(before[name].versions)] == before[name].versions for name in changed)
    assert any("withdrawn" in after[name].last.comments for name in changed)
    last = world.expected(world.list_days[-1])
    assert len(last["deleted"]) == 2
    assert any(paper.last.title != paper.versions[0].title for paper in last["papers"].values())


def test_late_cross_lists_are_told_where_they_are_new() -> None:
    world = small()
    new = {entry.paper.id for entry in world.announcements(MONDAY, "") if entry.kind is Kind.NEW}
    late = [
        (code, name.partition("v")[0])
        for code, kinds in world.expected(MONDAY)["lists"].items()
        for name in kinds["cross"]
        if name.partition("v")[0] not in new
    ]
    assert len(late) == world.crosses_per_day
    assert all(code not in world.as_of(FRIDAY)[name].categories for code, name in late)


def test_no_lists_on_weekends_and_holidays() -> None:
    assert [day.day for day in small().list_days] == [5, 6, 7, 10, 11, 12]
    assert MONDAY not in small(holidays=frozenset({MONDAY})).list_days
    assert date(2025, 12, 26) not in small(first_day=date(2025, 12, 22)).list_days


# Feeds


def test_feeds_hold_what_is_expected() -> None:
    with served() as (world, url):
        for code, wanted in world.expected(MONDAY)["lists"].items():
            assert names(get(f"{url}/arxiv-feed/atom/{code}")[2]) == wanted
            assert names(get(f"{url}/arxiv-feed/rss/{code}")[2]) == wanted
        union = names(get(f"{url}/arxiv-feed/atom/cs.CL+cs.AI")[2])
        whole = names(get(f"{url}/arxiv-feed/rss/cs")[2])
    lists = world.expected(MONDAY)["lists"]
    assert set(union["new"]) == {*lists["cs.CL"]["new"], *lists["cs.AI"]["new"]}
    computer_science = {name for code in lists if code.startswith("cs.") for name in lists[code]["new"]}
    assert set(whole["new"]) == computer_science


def test_an_entry_in_the_form_of_atom() -> None:
    with served() as (world, url):
        root = ElementTree.fromstring(get(f"{url}/arxiv-feed/atom/hep-th")[2])
    entry, known = root.findall(f"{ATOM}entry")[0], world.announcements(MONDAY, "hep-th")[0]
    assert entry.findtext(f"{ATOM}summary") == (
        f"arXiv:{known.name} Announce Type: {known.kind} \nAbstract: {known.version.abstract}"
    )
    assert entry.findtext(f"{ATOM}title") == known.version.title
    assert entry.findtext(f"{ATOM}published") == "2025-03-10T00:00:00-04:00"
    assert entry.findtext("{http://purl.org/dc/elements/1.1/}creator") == ", ".join(known.paper.authors)
    assert tuple(each.get("term") for each in entry.findall(f"{ATOM}category")) == known.paper.categories


def test_an_item_in_the_form_of_rss() -> None:
    with served() as (_, url):
        channel = ElementTree.fromstring(get(f"{url}/arxiv-feed/rss/cs.LG")[2]).find("channel")
    assert channel is not None
    assert channel.findtext("pubDate") == channel.findtext("item/pubDate") == "Mon, 10 Mar 2025 00:00:00 -0400"
    assert channel.findtext("lastBuildDate") == "Mon, 10 Mar 2025 04:00:19 +0000"
    assert [day.text for day in channel.findall("skipDays/day")] == ["Sunday", "Saturday"]


@pytest.mark.parametrize(
    ("moment", "told", "full"),
    [
        ("2025-03-07T04:59:59", "2025-03-06T05:00:19", True),
        ("2025-03-07T05:00:00", "2025-03-07T05:00:19", True),
        ("2025-03-08T12:00:00", "2025-03-08T05:00:19", False),
        ("2025-03-10T03:59:59", "2025-03-09T05:00:19", False),
        ("2025-03-10T04:00:00", "2025-03-10T04:00:19", True),
    ],
)
def test_lists_come_out_at_midnight_in_new_york(moment: str, told: str, full: bool) -> None:
    with served(clock=WorldClock(datetime.fromisoformat(f"{moment}+00:00"))) as (_, url):
        root = ElementTree.fromstring(get(f"{url}/arxiv-feed/atom/cs")[2])
    assert (root.findtext(f"{ATOM}updated") or "").startswith(told)
    assert bool(root.findall(f"{ATOM}entry")) is full


def test_a_late_feed_shows_the_day_before() -> None:
    with served(clock=WorldClock(datetime(2025, 3, 11, 4, 5, tzinfo=UTC)), feed_delay=timedelta(minutes=10)) as (
        world,
        url,
    ):
        assert names(get(f"{url}/arxiv-feed/atom/cs.AI")[2]) == world.expected(MONDAY)["lists"]["cs.AI"]
        world.clock.advance(timedelta(minutes=5))
        assert names(get(f"{url}/arxiv-feed/atom/cs.AI")[2]) != world.expected(MONDAY)["lists"]["cs.AI"]


def test_feeds_are_cut_and_unknown_ones_missing() -> None:
    with served(first_day=MONDAY, days=1, new_per_day=2_001, categories=("cs.AI",)) as (_, url):
        assert sum(map(len, names(get(f"{url}/arxiv-feed/atom/cs.AI")[2]).values())) == 2_000
        assert names(get(f"{url}/arxiv-feed/rss/math.AG")[2])["new"] == []
        for path in ("atom/cs.XX", "atom/cs.AI+nothing", "atom/", "html/cs.AI", "", "atom/cs/AI"):
            assert get(f"{url}/arxiv-feed/{path}")[0] == 404


# OAI-PMH


def test_records_come_in_pages() -> None:
    with served(page_size=20) as (world, url):
        found = pages(url, f"{LIST}&metadataPrefix=arXivRaw&from={MONDAY}&until={MONDAY}")
    stamped = world.expected(MONDAY)["stamped"]
    tokens = [page.find(f".//{OAI}resumptionToken") for page in found]
    assert len(found) > 2 and [token.get("cursor") for token in tokens if token is not None][:2] == ["0", "20"]
    assert {token.get("completeListSize") for token in tokens if token is not None} == {str(len(stamped))}
    told = [name.text for page in found for name in page.iter(f"{OAI}identifier")]
    assert told == [f"oai:arXiv.org:{name}" for name in stamped]


def test_a_record_in_both_formats() -> None:
    with served() as (world, url):
        paper = next(each for each in world.as_of(MONDAY).values() if each.last.number > 1 and len(each.authors) > 1)
        where = f"{url}/arxiv-oai?verb=GetRecord&identifier=oai:arXiv.org:{paper.id}&metadataPrefix="
        raw = ElementTree.fromstring(get(f"{where}arXivRaw")[2]).find(f".//{RAW}arXivRaw")
        plain = ElementTree.fromstring(get(f"{where}arXiv")[2])
    assert raw is not None
    assert " ".join((raw.findtext(f"{RAW}abstract") or "").split()) == paper.last.abstract
    assert [each.get("version") for each in raw.iter(f"{RAW}version")] == [f"v{v.number}" for v in paper.versions]
    assert (raw.findtext(f"{RAW}authors") or "").endswith(f" and {paper.authors[-1]}")
    assert len(list(plain.iter("{http://arxiv.org/OAI/arXiv/}keyname"))) == len(paper.authors)


def test_deleted_records_have_a_header_alone() -> None:
    with served(deletions=3, clock=WorldClock(NOON + timedelta(days=2))) as (world, url):
        (page,) = pages(url, f"{LIST}&metadataPrefix=arXivRaw&from=2025-03-05")
        gone = world.expected(world.list_days[-1])["deleted"]
        api = get(f"{url}/arxiv-api/query?id_list={','.join(gone)}")[2]
    deleted = [each for each in page.iter(f"{OAI}record") if each[0].get("status") == "deleted"]
    assert [each[0].findtext(f"{OAI}identifier") for each in deleted] == [f"oai:arXiv.org:{name}" for name in gone]
    assert all(len(each) == 1 for each in deleted) and b"<entry>" not in api


def test_sets() -> None:
    with served() as (world, url):
        (page,) = pages(url, "/arxiv-oai?verb=ListIdentifiers&metadataPrefix=arXivRaw&set=physics:hep-th")
        (sets,) = pages(url, "/arxiv-oai?verb=ListSets")
    wanted = [name for name, paper in world.as_of(MONDAY).items() if "hep-th" in paper.categories]
    assert [name.text for name in page.iter(f"{OAI}identifier")] == [f"oai:arXiv.org:{name}" for name in wanted]
    assert {"cs", "physics", "physics:hep-th", "math"} <= {name.text for name in sets.iter(f"{OAI}setSpec")}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("?verb=wah", "badVerb"),
        ("?verb=ListRecords", "badArgument"),
        ("?verb=ListRecords&metadataPrefix=arXivRaw&identifier=1", "badArgument"),
        ("?verb=ListRecords&metadataPrefix=arXivRaw&from=yesterday", "badArgument"),
        ("?verb=ListRecords&metadataPrefix=arXivRaw&from=2025-03-10&until=2025-03-09", "badArgument"),
        ("?verb=ListRecords&metadataPrefix=oai_marc", "cannotDisseminateFormat"),
        ("?verb=ListRecords&metadataPrefix=arXivRaw&set=moo", "noRecordsMatch"),
        ("?verb=ListRecords&metadataPrefix=arXivRaw&from=2025-03-11", "noRecordsMatch"),
        ("?verb=ListRecords&resumptionToken=3", "badResumptionToken"),
        ("?verb=GetRecord&metadataPrefix=arXivRaw&identifier=oai:arXiv.org:0813.2274", "idDoesNotExist"),
        ("?verb=Identify", None),
        ("?verb=ListMetadataFormats", None),
    ],
)
def test_refusals(shared: tuple[World, str], query: str, code: str | None) -> None:
    assert error(shared[1], query) == code


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[World, str]]:
    with served() as both:
        yield both


def test_tokens_expire() -> None:
    first = f"{LIST}&metadataPrefix=arXivRaw"
    with served(page_size=20, token_seconds=60) as (world, url):
        token = ElementTree.fromstring(get(f"{url}{first}")[2]).findtext(f".//{OAI}resumptionToken") or ""
        following = f"?verb=ListRecords&resumptionToken={quote(token)}"
        assert token == "726959|21" and error(url, following) is None
        world.clock.advance(timedelta(seconds=61))
        assert error(url, following) == "badResumptionToken"
    with served(page_size=20, token_uses=1) as (_, url):
        get(f"{url}{first}")
        assert [error(url, following), error(url, following)] == [None, "badResumptionToken"]


# The API


def test_papers_by_their_ids() -> None:
    with served() as (world, url):
        ids = "hep-th/9901001,1406.2661v1,2503.99999,1406.2661v99"
        root = ElementTree.fromstring(get(f"{url}/arxiv-api/query?id_list={ids}&max_results=100&start=0")[2])
        paper = world.as_of(MONDAY)["hep-th/9901001"]
        second = ElementTree.fromstring(get(f"{url}/arxiv-api/query?id_list={ids}&max_results=1&start=1")[2])
    told = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert told == [f"http://arxiv.org/abs/hep-th/9901001v{paper.last.number}", "http://arxiv.org/abs/1406.2661v1"]
    assert [entry.findtext(f"{ATOM}id") for entry in second.findall(f"{ATOM}entry")] == told[1:]
    published = root.findtext(f"{ATOM}entry/{ATOM}published")
    assert published == f"{paper.versions[0].submitted:%Y-%m-%dT%H:%M:%SZ}"


def test_a_malformed_id_spoils_the_whole_call(shared: tuple[World, str]) -> None:
    status, _, body = get(f"{shared[1]}/arxiv-api/query?id_list=1406.2661,abc")
    assert status == 400 and b"https://arxiv.org/api/errors#incorrect_id_format_for_abc" in body


def test_a_paper_is_there_from_its_announcement_on() -> None:
    with served() as (world, url):
        name = world.expected(MONDAY)["lists"]["cs.LG"]["new"][0]
        world.clock.set(datetime(2025, 3, 10, 3, 59, tzinfo=UTC))
        assert b"<entry>" not in get(f"{url}/arxiv-api/query?id_list={name}")[2]
        world.clock.advance(timedelta(minutes=1))
        assert b"<entry>" in get(f"{url}/arxiv-api/query?id_list={name}")[2]


# Venues, connections


def test_venues_serve_what_they_are_given() -> None:
    with served() as (world, url):
        world.serve("cvf", "/CVPR2023?day=all", "<p>Ä</p>")
        status, headers, body = get(f"{url}/cvf/CVPR2023?day=all")
        assert (status, body.decode()) == (200, "<p>Ä</p>") and "text/html" in headers["content-type"]
        assert get(f"{url}/cvf/CVPR2023?day=all", **{"If-None-Match": headers["etag"]})[::2] == (304, b"")
        world.fail_next(1, faults.EMPTY)
        status, failed, body = get(f"{url}/cvf/CVPR2023?day=all", **{"If-None-Match": headers["etag"]})
        assert (status, body) == (200, b"") and "etag" not in failed
        assert get(f"{url}/cvf/CVPR2023")[0] == get(f"{url}/acl/CVPR2023?day=all")[0] == get(f"{url}/")[0] == 404


def test_packed_answers_over_one_connection(shared: tuple[World, str]) -> None:
    parts = urlsplit(shared[1])
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    for _ in range(3):
        connection.request("GET", "/arxiv-feed/atom/cs", headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        assert answer.getheader("Content-Encoding") == "gzip"
        ElementTree.fromstring(gzip.decompress(answer.read()))
        assert connection.sock is not None
    connection.close()


def get_nothing(url: str) -> None:
    with pytest.raises(OSError):
        get(url)


def test_the_log_tells_who_asked_when() -> None:
    with served(faults=Faults(hang=2.0)) as (world, url):  # long enough for both to be there at once
        world.fail_next(2, faults.TIMEOUT)
        threads = [Thread(target=get_nothing, args=[f"{url}/arxiv-api/query"]) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        get(f"{url}/arxiv-feed/atom/cs", **{"User-Agent": "us"})
        lines, pauses = world.log.of("arxiv-*"), world.log.pauses("arxiv-*")
        assert world.log.most_at_once("arxiv-*") == 2 and world.log.most_at_once("arxiv-feed") == 1
    assert [line.fault for line in lines] == ["timeout", "timeout", ""] and lines[2].agent == "us"
    assert [line.simultaneous for line in lines] == [1, 2, 1]
    assert pauses[0] < 0 < pauses[1] and lines[0].ended - lines[0].arrived > 0.15


# Faults


def test_a_share_of_requests_fails_but_never_too_often_in_a_row() -> None:
    def play(seed: int) -> list[str]:
        kinds = (faults.OVERLOADED, faults.EMPTY)
        with served(faults=Faults(seed=seed, share=0.8, kinds=kinds, most_in_a_row=3)) as (world, url):
            for _ in range(30):
                get(f"{url}/arxiv-api/query?id_list=1406.2661")
            return [line.fault for line in world.log.of()]

    told = play(1)
    assert told == play(1) != play(2)
    runs = "".join("x" if fault else " " for fault in told).split()
    assert max(map(len, runs)) == 3 and {"overloaded", "empty"} < set(told)


def test_faults_of_one_base() -> None:
    with served() as (world, url):
        world.fail_next(1, faults.OVERLOADED, "arxiv-api")
        assert get(f"{url}/arxiv-feed/atom/cs")[0] == 200
        assert [get(f"{url}/arxiv-api/query")[0] for _ in range(2)] == [429, 200]
    with pytest.raises(ValueError, match="no fault"):
        world.fail_next(1, "rain")


def failing(kind: str, path: str = f"{LIST}&metadataPrefix=arXivRaw") -> tuple[Got, Got]:
    """The failed answer, and the good one after it."""
    with served() as (world, url):
        world.fail_next(1, kind)
        return get(f"{url}{path}"), get(f"{url}{path}")


def test_busy_hosts() -> None:
    with served() as (world, url):
        world.fail_next(8, faults.UNAVAILABLE)
        told = [get(f"{url}/cvf/{number}")[:2] for number in range(8)]
        world.fail_next(1, faults.OVERLOADED)
        assert get(f"{url}/cvf/")[0] == 429
    assert {status for status, _ in told} == {503}
    assert {headers["retry-after"] for _, headers in told} == {"2", "Mon, 10 Mar 2025 16:00:02 GMT"}


@pytest.mark.parametrize("kind", [faults.TRUNCATED, faults.ENCODING, faults.EMPTY, faults.BOMB, faults.HTML])
def test_bodies_that_are_not_what_was_asked_for(kind: str) -> None:
    (status, headers, body), (_, _, good) = failing(kind)
    assert status == 200 and int(headers["content-length"]) == len(body)
    if kind == faults.ENCODING:
        with pytest.raises(UnicodeDecodeError):
            body.decode()
        assert body.replace(b"\xe9\xff\xfe", b"") == good
    elif kind == faults.BOMB:
        assert body.count(b"<!ENTITY") == 10
    else:
        assert body in (b"", good[: len(good) // 2]) or body.startswith(b"<!DOCTYPE html>")


def test_redirects() -> None:
    with served() as (world, url):
        world.fail_next(1, faults.REDIRECT_LOOP)
        seen = [get(f"{url}/cvf/page")[1]["location"]]
        seen += [get(f"{url}{seen[0]}")[1]["location"]]
        seen += [get(f"{url}{seen[1]}")[1]["location"]]
    assert seen == ["/cvf/_loop/1", "/cvf/_loop/2", "/cvf/_loop/1"]
    assert failing(faults.REDIRECT_PRIVATE)[0][1]["location"] == "http://169.254.169.254/latest/"


def test_clocks_that_are_wrong() -> None:
    (_, headers, body), (_, right, good) = failing(faults.SKEW)
    assert headers["date"] != right["date"] == "Mon, 10 Mar 2025 16:00:00 GMT"
    wrong = ElementTree.fromstring(body).findtext(f"{OAI}responseDate") or ""
    assert wrong[:10] != "2025-03-10" and body.replace(wrong.encode(), b"2025-03-10T16:00:00Z") == good


def test_an_old_list_under_todays_date() -> None:
    (_, _, body), (_, _, good) = failing(faults.STALE, "/arxiv-feed/atom/cs.LG")
    assert names(body) == small().expected(FRIDAY)["lists"]["cs.LG"] != names(good)
    assert b"2025-03-10T00:00:00-04:00" in body


def test_tokens_that_are_forgotten_and_pages_that_come_again() -> None:
    with served(page_size=20) as (world, url):
        (first, second, *_) = pages(url, f"{LIST}&metadataPrefix=arXivRaw")
        token = quote(first.findtext(f".//{OAI}resumptionToken") or "")
        world.fail_next(1, faults.REPEATED)
        again = ElementTree.fromstring(get(f"{url}{LIST}&resumptionToken={token}")[2])
        world.fail_next(1, faults.EXPIRED)
        assert error(url, f"?verb=ListRecords&resumptionToken={token}") == "badResumptionToken"
        assert error(url, f"?verb=ListRecords&resumptionToken={token}") is None
    ids = [[name.text for name in page.iter(f"{OAI}identifier")] for page in (first, again, second)]
    assert ids[0] == ids[1] != ids[2]


def test_connections_that_break() -> None:
    with served() as (world, url):
        world.fail_next(1, faults.CUT)
        with pytest.raises(http.client.IncompleteRead):
            get(f"{url}/arxiv-feed/atom/cs")
        world.fail_next(1, faults.RESET)
        with pytest.raises(ConnectionResetError):
            get(f"{url}/arxiv-feed/atom/cs")
        world.fail_next(1, faults.TIMEOUT)
        with pytest.raises(http.client.RemoteDisconnected):
            get(f"{url}/arxiv-feed/atom/cs")
        assert [line.fault for line in world.log.of()] == ["cut", "reset", "timeout"]


@pytest.mark.parametrize(("kind", "header"), [(faults.HUGE, "1073741824"), (faults.ENDLESS, None)])
def test_bodies_without_end(kind: str, header: str | None) -> None:
    with served() as (world, url):
        world.fail_next(1, kind)
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        connection.request("GET", "/arxiv-feed/atom/cs")
        answer = connection.getresponse()
        assert answer.getheader("Content-Length") == header
        assert len(answer.read(3_000_000)) == 3_000_000
        connection.close()
        assert [line.fault for line in world.log.of()] == [kind]


def test_the_server_stops_at_once_even_where_clients_stay() -> None:
    world = small(faults=Faults(hang=60))
    world.fail_next(1, faults.TIMEOUT, "cvf")
    with serve(world) as url:
        parts = urlsplit(url)
        quiet = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60)
        waiting = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60)
        waiting.sendall(b"GET /cvf/ HTTP/1.1\r\nHost: x\r\n\r\n")
        wait_for(lambda: world.log.working("cvf") == 1)  # then `quiet`, which came before it, is let in, too
        begun = time.monotonic()
    assert time.monotonic() - begun < 20
    assert quiet.recv(1) == waiting.recv(1) == b""
