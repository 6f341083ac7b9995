"""An invented population of papers and what arXiv announces of it, day by day. The same seed makes the same world."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypedDict

from papers.calendar import is_silent
from papers.taxonomy import canonical
from tests.world import CUTOFF, EASTERN, LICENSES, Entry, Kind, Paper, Texts, Version, WorldClock
from tests.world.faults import Faults, Log
from tests.world.venues import Venues

CATEGORIES = (
    "cs.CL", "cs.LG", "cs.CV", "cs.AI", "math.CO", "math.NA", "hep-th", "quant-ph", "stat.ML", "eess.AS", "econ.EM",
    "astro-ph.GA",
)  # fmt: skip
_OAI_BEGAN = date(2005, 9, 17)
_YOUNG = {"econ", "eess", "stat"}  # archives without ids of the old style
_ALIASES = {"math.NA": "cs.NA"}  # arXiv lists such papers under both codes


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a paper in a day's announcement, and in which categories that is told."""

    paper: Paper
    places: dict[str, Kind]

    def kind(self, codes: set[str]) -> Kind | None:
        """How the lists of these categories or archives (none: all) announce it together: by the most significant
        kind."""
        found = {kind for code, kind in self.places.items() if not codes or codes & {code, code.partition(".")[0]}}
        return next((kind for kind in Kind if kind in found), None)


class Expected(TypedDict):
    """All that a reader should know when a day's lists are out. `lists` has ids with versions, by category and kind;
    `papers` all papers there are, also deleted ones; `stamped` the ids whose OAI datestamp is the day."""

    day: date
    total: int
    lists: dict[str, dict[str, list[str]]]
    papers: dict[str, Paper]
    stamped: list[str]
    deleted: list[str]


@dataclass
class World:
    """Papers, their lists, and how hosts show them. `days` counts calendar days from the first; without `holidays` the
    usual ones of arXiv have no lists. Numbers per day are those of papers, each of which is in one or more lists."""

    seed: int = 1
    first_day: date = date(2025, 3, 3)
    days: int = 5
    new_per_day: int = 700
    crosses_per_day: int = 100
    replacements_per_day: int = 300
    old_papers: int = 600
    categories: tuple[str, ...] = CATEGORIES
    holidays: frozenset[date] | None = None
    withdrawn_share: float = 0.01
    deletions: int = 1
    crowd: int = 1_000
    feed_delay: timedelta = timedelta(0)
    page_size: int = 1_000
    token_seconds: float = 86_400
    token_uses: int | None = None
    clock: WorldClock = field(default_factory=WorldClock)
    faults: Faults = field(default_factory=Faults)
    venues: Venues = field(default_factory=Venues)
    log: Log = field(default_factory=Log)

    def __post_init__(self) -> None:
        span = (self.first_day + timedelta(days=number) for number in range(self.days))
        self.list_days = [day for day in span if self.is_list_day(day)]
        maker = _Maker(self)
        self._events = {day: maker.day(day) for day in self.list_days}
        self._histories = maker.histories
        self._states: dict[date, dict[str, Paper]] = {}

    def is_list_day(self, day: date) -> bool:
        """Whether lists with papers come out on a day, inside the world's time or outside."""
        if self.holidays is None:
            return not is_silent(day)
        return day.weekday() < 5 and day not in self.holidays

    def list_day_before(self, day: date) -> date:
        before = day - timedelta(days=1)
        return before if self.is_list_day(before) else self.list_day_before(before)

    def shown_day(self, moment: datetime | None = None) -> date:
        """The date that the hosts show: what arXiv's time zone has, a little later where feeds are late."""
        return ((moment or self.clock()) - self.feed_delay).astimezone(EASTERN).date()

    def announcements(self, day: date, code: str) -> list[Entry]:
        """The list of a category, an archive, or several joined with "+"; "" is all. In the order of ids."""
        codes = {canonical(each) for each in code.split("+") if each}
        found = ((event.kind(codes), event.paper) for event in self._events.get(day, []))
        return [Entry(kind, paper, paper.last) for kind, paper in found if kind]

    def as_of(self, day: date) -> dict[str, Paper]:
        """Every paper as it is known when that day's lists are out, by id, in order."""
        if day not in self._states:
            states = ((name, _state(history, day)) for name, history in sorted(self._histories.items()))
            self._states[day] = {name: state for name, state in states if state}
        return self._states[day]

    def datestamp(self, paper: str, day: date | None = None) -> date:
        """The day of a paper's last change, as known on a day (by default what the clock says)."""
        return self.as_of(day or self.shown_day())[paper].datestamp

    def expected(self, day: date) -> Expected:
        papers = self.as_of(day)
        lists = {code: self._by_kind(self.announcements(day, code)) for code in self.categories}
        stamped = [name for name, paper in papers.items() if paper.datestamp == day]
        deleted = [name for name, paper in papers.items() if paper.deleted]
        total = len(self._events.get(day, []))
        return Expected(day=day, total=total, lists=lists, papers=papers, stamped=stamped, deleted=deleted)

    def serve(self, base: str, path: str, body: bytes | str, content_type: str = "text/html; charset=utf-8") -> None:
        """Has a venue's host answer a path (with its query, as written) from now on."""
        self.venues.serve(base, path, body, content_type)

    def fail_next(self, number: int, kind: str, base: str = "") -> None:
        """Has the next requests fail, of one base or of any."""
        self.faults.fail_next(number, kind, base)

    @staticmethod
    def _by_kind(entries: list[Entry]) -> dict[str, list[str]]:
        return {str(kind): [entry.name for entry in entries if entry.kind is kind] for kind in Kind}


def _state(history: list[Paper], day: date) -> Paper | None:
    return next((paper for paper in reversed(history) if paper.datestamp <= day), None)


class _Maker:
    """Makes the old papers, then day after day what is announced."""

    def __init__(self, world: World) -> None:
        self._world, self._chance = world, random.Random(world.seed)
        self._texts = Texts(self._chance)
        self._numbers: dict[str, int] = {}
        self._crowd = world.crowd
        self.histories: dict[str, list[Paper]] = {}
        for paper in self._old():
            if paper.id not in self.histories:
                self._add(paper)
        self._alive = list(self.histories)
        after = world.list_days[1:] or world.list_days
        self._deletions = [self._chance.choice(after) for _ in range(world.deletions if after else 0)]

    def day(self, day: date) -> list[Event]:
        """The events of a list's day. Papers are sampled for at most one event each."""
        world, chance = self._world, self._chance
        since, until = _cutoff(world.list_day_before(day)), _cutoff(day)
        replaced, crossed, deleted = world.replacements_per_day, world.crosses_per_day, self._deletions.count(day)
        picked = chance.sample(self._alive, min(replaced + crossed + deleted, len(self._alive)))
        for name in picked[:deleted]:
            self._end(replace(self.histories[name][-1], deleted=True, datestamp=day))
        events = [self._replacement(name, day, since, until) for name in picked[deleted : deleted + replaced]]
        events += [self._cross(name, day) for name in picked[deleted + replaced :]]
        events += self._new(day, since, until)
        return sorted(events, key=lambda event: event.paper.id)

    def _new(self, day: date, since: datetime, until: datetime) -> list[Event]:
        moments = sorted(self._moment(since, until) for _ in range(self._world.new_per_day))
        papers = [self._new_paper(self._next_id(day), moment, day) for moment in moments]
        self._alive += [paper.id for paper in papers]
        return [Event(paper, _places(paper, Kind.NEW, Kind.CROSS)) for paper in papers]

    def _new_paper(self, name: str, moment: datetime, day: date) -> Paper:
        authors = self._texts.crowd(self._crowd) if self._crowd else self._authors()
        self._crowd = 0
        paper = Paper(name, authors, self._categories(), self._chance.choice(LICENSES), (self._first(moment),), day)
        return self._add(paper)

    def _replacement(self, name: str, day: date, since: datetime, until: datetime) -> Event:
        paper = self.histories[name][-1]
        version = self._next(paper, self._moment(since, until))
        paper = replace(paper, versions=(*paper.versions, version), datestamp=day)
        (self._end if version.withdrawn else self._add)(paper)
        return Event(paper, _places(paper, Kind.REPLACE, Kind.REPLACE_CROSS))

    def _cross(self, name: str, day: date) -> Event:
        """A late cross-list: no new version, and told in the added category alone."""
        paper = self.histories[name][-1]
        further = [code for code in self._world.categories if code not in paper.categories] or ["physics.soc-ph"]
        added = _with_aliases([self._chance.choice(further)])
        paper = self._add(replace(paper, categories=tuple(dict.fromkeys([*paper.categories, *added])), datestamp=day))
        return Event(paper, dict.fromkeys(added, Kind.CROSS))

    def _first(self, moment: datetime) -> Version:
        chance = self._chance
        comments = f"{chance.randint(5, 60)} pages, {chance.randint(1, 12)} figures" if chance.random() < 0.6 else ""
        journal, doi = self._publication(0.05)
        return Version(1, moment, self._texts.title(), self._texts.abstract(), comments, journal, doi)

    def _next(self, paper: Paper, moment: datetime) -> Version:
        """Withdrawn, or with a new title or abstract, or changed in its text alone."""
        chance, last, number = self._chance, paper.last, paper.last.number + 1
        if chance.random() < self._world.withdrawn_share:
            told = "This paper has been withdrawn by the author due to an error in Lemma 3"
            return replace(last, number=number, submitted=moment, comments=told, withdrawn=True)
        title = self._texts.title() if chance.random() < 0.3 else last.title
        abstract = self._texts.abstract() if chance.random() < 0.6 else last.abstract
        journal, doi = self._publication(0.3)
        return Version(
            number, moment, title, abstract, f"v{number}: minor changes", last.journal_ref or journal, last.doi or doi
        )

    def _publication(self, share: float) -> tuple[str, str]:
        chance = self._chance
        volume, page, year = chance.randint(1, 400), chance.randint(1, 9_999), self._world.first_day.year
        journal = f"J. Invent. Res. {volume} ({year}), {page}-{page + 12}" if chance.random() < share else ""
        return journal, f"10.5555/jir.{volume}.{page}" if chance.random() < share else ""

    def _old(self) -> Iterator[Paper]:
        """Papers from before the world's time, under ids of all three styles."""
        yield self._old_paper("1406.2661", datetime(2014, 6, 10, 18, 58, 17, tzinfo=UTC), self._world.categories[0])
        if "hep-th" in self._world.categories:
            yield self._old_paper("hep-th/9901001", datetime(1999, 1, 1, 20, 11, 5, tzinfo=UTC), "hep-th")
        latest = datetime(self._world.first_day.year - 1, 12, 1, tzinfo=UTC)
        for number in range(self._world.old_papers):
            primary = self._chance.choice(self._world.categories)
            earliest = datetime(2018 if primary.partition(".")[0] in _YOUNG else 1998, 1, 1, tzinfo=UTC)
            submitted = self._moment(earliest, latest)
            yield self._old_paper(_old_id(primary, submitted, number), submitted, primary)

    def _old_paper(self, name: str, submitted: datetime, primary: str) -> Paper:
        versions = [self._first(submitted)]
        if self._chance.random() < 0.3:
            versions.append(replace(versions[0], number=2, submitted=submitted + timedelta(days=30)))
        stamped = max(versions[-1].submitted.date() + timedelta(days=1), _OAI_BEGAN)
        return Paper(name, self._authors(), self._categories(primary), LICENSES[0], tuple(versions), stamped)

    def _authors(self) -> tuple[str, ...]:
        return self._texts.authors(self._chance.randint(1, 8))

    def _categories(self, primary: str = "") -> tuple[str, ...]:
        """The primary one, and often some others."""
        chance, known = self._chance, self._world.categories
        others = chance.sample(known, min(len(known), chance.choice((0, 0, 1, 1, 2, 3))))
        return tuple(_with_aliases([primary or chance.choice(known), *others]))

    def _moment(self, since: datetime, until: datetime) -> datetime:
        since, until = since.astimezone(UTC), until.astimezone(UTC)  # differences in one zone ignore its clock changes
        return since + timedelta(seconds=self._chance.randrange(int((until - since).total_seconds())))

    def _next_id(self, day: date) -> str:
        """Ids carry the month of the evening on which the list is announced."""
        evening = day - timedelta(days=1)
        before = 0 if evening.day < 4 else evening.day * self._world.new_per_day * 22 // 30
        number = self._numbers.get(f"{evening:%y%m}", before) + self._chance.choice((1, 1, 1, 2))
        self._numbers[f"{evening:%y%m}"] = number
        return f"{evening:%y%m}.{number:05d}"

    def _add(self, paper: Paper) -> Paper:
        self.histories.setdefault(paper.id, []).append(paper)
        return paper

    def _end(self, paper: Paper) -> Paper:
        """Withdrawn and deleted papers change no more."""
        self._alive.remove(paper.id)
        return self._add(paper)


def _places(paper: Paper, primary: Kind, others: Kind) -> dict[str, Kind]:
    return dict.fromkeys(paper.categories, others) | {paper.categories[0]: primary}


def _with_aliases(codes: list[str]) -> list[str]:
    return list(dict.fromkeys([*codes, *(_ALIASES[code] for code in codes if code in _ALIASES)]))


def _old_id(primary: str, submitted: datetime, number: int) -> str:
    archive, month = primary.partition(".")[0], f"{submitted:%y%m}"
    if submitted < datetime(2007, 4, 1, tzinfo=UTC):
        return f"{archive}/{month}{number % 900 + 100}"
    return f"{month}.{number % 9_000 + 1_000:0{4 if submitted.year < 2015 else 5}d}"


def _cutoff(day: date) -> datetime:
    """Until when was submitted what a day's list announces: 14:00 on the last weekday before it."""
    closing = day - timedelta(days=3 if day.weekday() == 0 else 1)
    return datetime.combine(closing, CUTOFF, EASTERN)
