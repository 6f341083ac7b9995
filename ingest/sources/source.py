"""What every source of proceedings gives: where its editions stand, and how its pages are read. Pure.

A source never fetches. It names addresses and reads bytes; ingest.harvest asks for the one and hands in the other. An
address is a text `BASE:/path?query`, BASE being the name of a base URL in the settings (SOURCE_URLS)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.items import Item, Malformed


class Provenance(StrEnum):
    """Whether the parser was tried on answers that the source really gave."""

    RECORDED = "recorded"
    DOCUMENTED = "documented, not yet seen live"


@dataclass(frozen=True, slots=True)
class SourceEdition:
    """An edition as a source publishes it: `name` is ours ("CVPR.2023"), `address` that of its first page."""

    name: str
    address: str

    @property
    def venue(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def year(self) -> int:
        return int(self.name.rpartition(".")[2])


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: what was asked for, and what came."""

    edition: SourceEdition
    address: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a page holds. `more` are pages that list further papers; `details` are pages of single papers, which add
    what the list lacks (most often the abstract). `announced` is how many papers the page says that there are in the
    edition, where it says so."""

    items: tuple[Item, ...]
    more: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    announced: int | None = None


class NotThisPage(Malformed):
    """An answer that is not the page that was asked for: an error page, a login, something cut short. The page is
    asked for again later, and only in the end set aside."""


class NotYet(NotThisPage):
    """A page without papers where an edition may still be to come: hosts that answer so instead of 404."""


Read = Callable[[Page], Parsed]


@dataclass(frozen=True, slots=True)
class ProceedingsSource:
    """A source of proceedings. `name` stands in records (record.source) and ids (`<id>@NAME`); `title` is shown.

    `editions(year)` lists all up to and with that year, so that next year's is found without a new release; one that
    does not exist yet answers 404. `parse` reads the pages that list papers, `parse_detail` the page of one paper: its
    record has the same source_id as in the list, and what it leaves empty stays as the list told it. Both raise
    NotThisPage."""

    name: str
    title: str
    provenance: Provenance
    editions: Callable[[int], tuple[SourceEdition, ...]]
    parse: Read
    parse_detail: Read | None = None


def yearly(venue: str, address: str, first: int, last: int, every: int = 1, **changes: str) -> Iterator[SourceEdition]:
    """Editions `VENUE.YEAR` from `first` to `last`; `{year}` and `{yy}` in the address stand for the year. `changes`
    are addresses of single years that differ: y2018="..."."""
    for year in range(first, last + 1, every):
        where = changes.get(f"y{year}", address)
        yield SourceEdition(f"{venue}.{year}", where.format(year=year, yy=f"{year % 100:02d}"))
