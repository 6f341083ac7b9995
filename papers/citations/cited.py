"""A paper as it is cited: the plain value that every citation format writes down. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a paper was published."""

    CONFERENCE = "conference"
    JOURNAL = "journal"
    PREPRINT = "preprint"


@dataclass(frozen=True, slots=True)
class CitedName:
    """A person's name taken apart. With `family` empty it is not: a group, or a name of one word."""

    name: str
    family: str = ""
    given: str = ""
    suffix: str = ""
    affiliation: str = ""

    @property
    def sorting(self) -> str:
        """`Family, Given, Suffix`, which reference managers split without guessing."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix))) if self.family else self.name


@dataclass(frozen=True, slots=True)
class CitedDate:
    """As much of a date as is known: 0 stands for a month or a day that is not."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def parts(self) -> tuple[int, ...]:
        known = (self.year, self.month, self.day)
        return known[: known.index(0)] if 0 in known else known

    def joined(self, sign: str) -> str:
        """`2019-07-01` or `2019` for "-"."""
        return sign.join(f"{part:02d}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a paper appeared, as one source tells it: the edition's name (`ACL.2019`) and title, the venue's full
    name, the paper's place in print in the source's own words, and the source's page of the paper."""

    edition: str
    track: str = ""
    title: str = ""
    venue: str = ""
    reference: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CitedPaper:
    """`title`, `abstract` and `container` are as sources wrote them, with TeX. `container` is the journal or the
    proceedings, `venue` their short name with the year. `abstract` is the authors' own or empty. All addresses are
    http(s) or empty; `page` is the paper's page here."""

    key: str
    kind: Kind
    title: str
    authors: tuple[CitedName, ...] = ()
    editors: tuple[CitedName, ...] = ()
    date: CitedDate | None = None
    online: CitedDate | None = None
    container: str = ""
    venue: str = ""
    track: str = ""
    series: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    arxiv_id: str = ""
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    doi: str = ""
    report_no: str = ""
    url: str = ""
    pdf_url: str = ""
    page: str = ""
    abstract: str = ""
    language: str = "en"
    licence: str = ""
    withdrawn: str = ""

    @property
    def first_page(self) -> str:
        return self.pages.partition("–")[0]

    @property
    def last_page(self) -> str:
        return self.pages.partition("–")[2]


@dataclass(frozen=True, slots=True)
class CitedList:
    """Papers for a file: `url` is the page of their list, `note` says what the file leaves out, or nothing."""

    title: str
    url: str
    papers: tuple[CitedPaper, ...]
    note: str = ""
