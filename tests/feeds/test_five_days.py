"""A feed reader that polls for five days sees every paper once, whatever its cross-lists, versions and records."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ingest import lists
from ingest.combine import newest
from ingest.models import Merge
from ingest.sources.arxiv_feed import Entry, Feed
from ingest.store import store
from papers.calendar import midnight
from papers.models import Paper
from papers.record import ListingKind, PaperRecord, Version
from tests.feeds.conftest import At
from tests.feeds.reader import Reader
from tests.pages.samples import acl, arxiv, author

pytestmark = pytest.mark.django_db

MONDAY = date(2025, 3, 17)
SHOW = 20
NEW, CROSS, REPLACED = ListingKind.NEW, ListingKind.CROSS, ListingKind.REPLACEMENT
PATHS = {
    "cs.CL": "/arxiv/cs.CL/feed",
    "union": "/arxiv/cs.CL+cs.LG/feed",
    "without": "/arxiv/cs.CL+cs.LG-cs.CY/feed",
    "ACL": "/venue/ACL/feed",
    "ACL.2025": "/venue/ACL.2025/feed",
    "latest": "/venue/latest/feed",
    "author": "/author/Ada Lovelace/feed",
    "search": "/search/feed?query=subject",
}


def title(number: int) -> str:
    """Long enough to be evidence that two records are of one paper."""
    return f"An inquiry of some length into subject {number:04}"


def preprint(number: int, *categories: str, **changes: Any) -> PaperRecord:
    """Without a day: lists tell it."""
    codes = categories or ("cs.CL",)
    return arxiv(f"2503.{number:05}", categories=codes, day=None, title=title(number), **changes)


def published(number: int, **changes: Any) -> PaperRecord:
    names = (author("Ada Lovelace"), author("Alan Turing"))
    record = acl(f"2025.acl-long.{number}", edition="ACL.2025", title=title(number), authors=names, position=number)
    return replace(record, **{"published": date(2025, 7, 1)} | changes)


def feed(day: date, entries: list[tuple[ListingKind, PaperRecord]]) -> Feed:
    told = tuple(Entry(kind, replace(record, announced=day if kind is NEW else None)) for kind, record in entries)
    return Feed(day, midnight(day), told, ())


def keep(*records: PaperRecord) -> None:
    with transaction.atomic():
        store(records, newest)


def announce(category: str, day: date, *entries: tuple[ListingKind, PaperRecord]) -> None:
    with transaction.atomic():
        lists.store_list(category, feed(day, list(entries)))


def announce_archive(day: date, *entries: tuple[ListingKind, PaperRecord]) -> None:
    with transaction.atomic():
        lists.store_archive("cs", feed(day, list(entries)))


def new(*records: PaperRecord) -> list[tuple[ListingKind, PaperRecord]]:
    return [(NEW, record) for record in records]


class World:
    """The readers of all feeds, what each must have seen, and the clock."""

    def __init__(self, client: Client, at: At, build_index: Callable[[], None]) -> None:
        join = {name: "&" if "?" in path else "?" for name, path in PATHS.items()}
        self.readers = {name: Reader(client, f"{path}{join[name]}show={SHOW}") for name, path in PATHS.items()}
        self.expected: dict[str, Counter[str]] = {name: Counter() for name in PATHS}
        self._at, self._build_index = at, build_index

    def wake(self, day: date, minutes: int) -> None:
        """So many minutes after the day's lists came out."""
        self._at(midnight(day) + timedelta(minutes=minutes))

    def expect(self, names: str, *numbers: int) -> None:
        """Papers that readers of these feeds must see now, and no others."""
        for name in names.split():
            self.expected[name].update(title(number) for number in numbers)

    def poll(self) -> None:
        self._build_index()
        for name, reader in self.readers.items():
            reader.poll()
            told, due = Counter(reader.titles), self.expected[name]
            assert told == due, (name, sorted((told - due).elements()), sorted((due - told).elements()))


ARXIV = "cs.CL union without author search"
VENUES = "ACL ACL.2025 latest"


@pytest.fixture
def world(client: Client, at: At, index: Callable[[], None]) -> Iterator[World]:
    yield World(client, at, index)


def test_every_paper_once(world: World) -> None:
    friday = MONDAY - timedelta(days=3)
    world.wake(friday, 30)
    announce("cs.CL", friday, *new(*(preprint(number) for number in range(1, 51))))
    keep(published(51))
    world.expect(ARXIV, *range(1, 51))
    world.expect(f"{VENUES} author search", 51)
    world.poll()

    _monday_in_two_halves(world)
    _tuesday_with_cross_lists_and_replacements(world, MONDAY + timedelta(days=1))
    _wednesday_with_proceedings_of_known_preprints(world, MONDAY + timedelta(days=2))
    _thursday_with_preprints_of_known_proceedings(world, MONDAY + timedelta(days=3))
    _friday_with_two_papers_that_become_one_and_late_ones(world, MONDAY + timedelta(days=4))

    ids = {(entry.title, entry.id) for reader in world.readers.values() for entry in reader.came}
    assert len(ids) == len({title for title, _ in ids}), "a paper has one id in all feeds"


def _monday_in_two_halves(world: World) -> None:
    """Half of an archive's feed, all of it, then the categories' own lists, whose order is another one."""
    monday = [preprint(number, "cs.CL", "cs.LG") for number in range(101, 161)]
    world.wake(MONDAY, 2)
    announce_archive(MONDAY, *new(*monday[:30]))
    world.expect(ARXIV, *range(101, 131))
    world.poll()
    world.wake(MONDAY, 6)
    announce_archive(MONDAY, *new(*monday))
    world.expect(ARXIV, *range(131, 161))
    world.poll()
    world.wake(MONDAY, 20)
    announce("cs.CL", MONDAY, *new(*reversed(monday)))
    world.poll()
    announce("cs.LG", MONDAY, *((CROSS, record) for record in monday[::2]))
    world.poll()


def _tuesday_with_cross_lists_and_replacements(world: World, tuesday: date) -> None:
    """Papers of another category reach the union first and cs.CL a day later; old ones are replaced, and one bears an
    excluded category."""
    world.wake(tuesday, 10)
    announce("cs.LG", tuesday, *new(*(preprint(number, "cs.LG") for number in range(201, 231))))
    world.expect("union without author search", *range(201, 231))
    announce("cs.CL", tuesday, *new(preprint(231, "cs.CL", "cs.CY")))
    world.expect("cs.CL union author search", 231)
    world.poll()

    wednesday = tuesday + timedelta(days=1)
    world.wake(wednesday, 10)
    second = datetime(2025, 3, 18, 9, tzinfo=UTC)
    replaced = [
        preprint(number, versions=(Version(1), Version(2, second)), updated=second, abstract="Anew.")
        for number in range(101, 131)
    ]
    crossed = [preprint(number, "cs.LG", "cs.CL") for number in range(201, 231)]
    announce("cs.CL", wednesday, *((CROSS, record) for record in crossed), *((REPLACED, each) for each in replaced))
    world.expect("cs.CL", *range(201, 231))
    world.poll()
    assert Paper.objects.get(key="2503.00101").abstract == "Anew."


def _wednesday_with_proceedings_of_known_preprints(world: World, wednesday: date) -> None:
    """Preprints appear at a venue; others of its papers arXiv does not have yet."""
    world.wake(wednesday, 600)
    keep(*(published(number) for number in range(101, 131)))
    keep(*(published(number) for number in range(301, 331)))
    world.expect(VENUES, *range(101, 131), *range(301, 331))
    world.expect("author search", *range(301, 331))
    world.poll()
    assert Paper.objects.get(records__source_id="2025.acl-long.101").key == "2503.00101"


def _thursday_with_preprints_of_known_proceedings(world: World, thursday: date) -> None:
    """Papers of the venue come to arXiv, and change their address."""
    world.wake(thursday, 10)
    announce("cs.CL", thursday, *new(*(preprint(number) for number in range(301, 326))))
    world.expect("cs.CL union without", *range(301, 326))
    world.poll()
    assert Paper.objects.get(records__source_id="2025.acl-long.301").key == "2503.00301"


def _friday_with_two_papers_that_become_one_and_late_ones(world: World, friday: date) -> None:
    """Two records seemed to be of two works; and what an outage lost of Tuesday's list comes at last."""
    world.wake(friday, 10)
    names = (author("Ada Lovelace"), author("Grace Hopper"))
    keep(published(401, authors=names))
    announce("cs.CL", friday, *new(preprint(402)))
    world.expect(f"{VENUES} author search", 401)
    world.expect(ARXIV, 402)
    world.poll()
    keep(published(401, authors=names, same_as=("arxiv:2503.00402",)))
    assert Merge.objects.filter(emptied__isnull=False).count() == 1
    world.poll()

    world.wake(friday, 700)
    tuesday = friday - timedelta(days=3)
    late = [arxiv(f"2503.{number:05}", day=tuesday, title=title(number)) for number in range(501, 541)]
    keep(*late)
    world.expect(ARXIV, *range(501, 541))
    world.poll()
    announce("cs.LG", friday, *((CROSS, preprint(number, "cs.CL", "cs.LG")) for number in (402, 501, 502)))
    world.poll()
