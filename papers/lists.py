"""Which papers the list of an address holds, in which order, and what the list is called: for pages and files alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from papers import authors, cards, catch_up, editions, finding, listings, months, ordering
from papers.finding import NamedPapers
from papers.identifiers import arxiv_id, split_venue_key
from papers.listings import Place
from papers.models import Edition, Paper
from papers.selection import Selection
from papers.tex import plain_text
from papers.text import clean

MAX_GROUP = 200  # characters of a track's name


class NoSuchList(LookupError):
    """No list or paper has this address. The arguments say so to a reader: a heading and a sentence."""


@dataclass(frozen=True, slots=True)
class PaperList:
    """`path` is the list's page, `name` what a file of it is called. `total` tells how long the list is where
    `paper_ids` are only its beginning."""

    title: str
    name: str
    path: str
    paper_ids: Sequence[int]
    total: int | None = None

    @property
    def length(self) -> int:
        return len(self.paper_ids) if self.total is None else self.total


@dataclass(frozen=True, slots=True)
class DayList:
    """A day of categories: the one that was asked for, or else the latest that has papers; None where none has."""

    chosen: Selection
    asked: date | None
    day: date | None
    places: Sequence[Place]

    @property
    def paper_ids(self) -> list[int]:
        return [place.paper_id for place in self.places]

    @property
    def cross_listed(self) -> set[int]:
        return {place.paper_id for place in self.places if place.is_cross_list}


def day_of(chosen: Selection, asked: str) -> DayList:
    """Two queries at most. What is no day counts as not asked for."""
    read = months.read_day(asked)
    day = read or listings.latest_day(chosen)
    return DayList(chosen, read, day, listings.of_day(chosen, day) if day else ())


def of_arxiv(spec: str, parameters: Mapping[str, str]) -> PaperList:
    """One paper, papers by their ids, or a day of categories. Raises NoSuchList and UnknownCategory."""
    if wanted := arxiv_id(spec.strip("/")):
        return of_paper(finding.by_arxiv_id(wanted), wanted.id)
    if finding.looks_like_ids(spec):
        return of_named(finding.named(spec), reverse("arxiv", args=[spec]), parameters.get("sort", ""))
    chosen = listings.selection(spec.strip("/"))
    if since := months.read_day(parameters.get("since", "")):
        return _caught_up(chosen, since, parameters.get("sort", ""))
    found, sort = day_of(chosen, parameters.get("date", "")), parameters.get("sort", "")
    shown = f"{chosen.spec}, {found.day}" if found.day else chosen.spec
    return PaperList(
        title=shown,
        name=shown,
        path=_address("arxiv", chosen.spec, date=str(found.day or ""), sort=sort),
        paper_ids=ordering.ordered(found.paper_ids, sort).paper_ids,
    )


def of_venue(name: str, parameters: Mapping[str, str]) -> PaperList:
    """One paper, or an edition or one of its tracks (`group`); a venue's name means its newest edition. Raises
    NoSuchList."""
    name = name.strip("/")
    if split_venue_key(name):
        return of_paper(finding.by_venue_key(name), name)
    edition = edition_called(name) or editions.newest_edition(name)
    if edition is None:
        raise NoSuchList(
            _("No such venue"),
            _("There are no papers of a venue or edition called “%(name)s”.") % {"name": name[:100]},
        )
    group, sort = parameters.get("group", "")[:MAX_GROUP], parameters.get("sort", "")
    shown = " ".join(filter(None, (edition.name, group)))
    return PaperList(
        title=shown,
        name=shown,
        path=_address("venue", edition.name, group=group, sort=sort),
        paper_ids=ordering.ordered(editions.paper_ids(edition, group), sort).paper_ids,
    )


def edition_called(name: str) -> Edition | None:
    return editions.edition_named(name) or editions.edition_by_alias(name)


def latest() -> PaperList:
    """The papers that appeared at a venue last."""
    return PaperList(_("New arrivals"), "latest", reverse("latest"), editions.latest_paper_ids())


def of_author(name: str) -> PaperList:
    """The papers that bear a name. Raises NoSuchList where none does."""
    name = clean(name).strip("/")
    found = authors.paper_ids(name)
    if not found:
        raise NoSuchList(_("No such author"), _("No paper here bears the name “%(name)s”.") % {"name": name[:100]})
    return PaperList(name, name, reverse("author", args=[name]), found)


def of_named(found: NamedPapers, path: str, sort: str = "") -> PaperList:
    """Papers by their ids. Raises NoSuchList where none of them is here."""
    if not found.paper_ids:
        raise NoSuchList(_("A list of papers"), _("None of these papers is here."))
    return PaperList(_("A list of papers"), "list", path, ordering.ordered(found.paper_ids, sort).paper_ids)


def of_paper(paper: Paper | None, key: str) -> PaperList:
    """A list of one. Raises NoSuchList for None."""
    if paper is None:
        raise NoSuchList(_("This paper is not here"), _("No paper goes by the id “%(id)s”.") % {"id": key[:200]})
    return PaperList(plain_text(paper.title), paper.key, cards.paper_url(paper.key), [paper.pk])


def _caught_up(chosen: Selection, since: date, sort: str) -> PaperList:
    found = catch_up.since(chosen, since)
    shown = _("%(categories)s since %(day)s") % {"categories": chosen.spec, "day": since}
    return PaperList(
        title=shown,
        name=f"{chosen.spec} since {since}",
        path=_address("arxiv", chosen.spec, since=str(since), sort=sort),
        paper_ids=ordering.ordered([missed.paper_id for missed in found.papers], sort).paper_ids,
    )


def _address(view: str, argument: str, **parameters: str) -> str:
    told = {name: value for name, value in parameters.items() if value}
    return reverse(view, args=[argument]) + (f"?{urlencode(told)}" if told else "")
