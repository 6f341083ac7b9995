"""Paper -> Card: the plain values that a list shows of a paper."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Exists, OuterRef, TextField, Value, When
from django.db.models.fields.json import KT
from django.urls import reverse

from papers import keywords
from papers.identifiers import SOURCE_NAMES
from papers.keywords import KeywordLink
from papers.models import Paper, Record
from papers.project_links import ProjectLink, project_links
from papers.record import AbstractKind
from papers.taxonomy import category_name

AUTHORS_SHOWN = 40
OWN_SOURCES = ("starter",)  # they tell of papers that are others'
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_TWO_LETTERS = {
    "ara": "ar", "deu": "de", "eng": "en", "fra": "fr", "ita": "it", "jpn": "ja", "kor": "ko", "pol": "pl", "por": "pt",
    "rus": "ru", "spa": "es", "zho": "zh",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuthorLink:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Subject:
    """An arXiv category of a paper; `number` counts from 1, the primary one."""

    number: int
    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper appeared."""

    edition: str
    track: str
    url: str


@dataclass(frozen=True, slots=True)
class Original:
    """A paper where one of its sources has it."""

    name: str
    url: str


@dataclass(slots=True)
class Told:
    """What a paper's records tell beyond the paper: in order of time, and arXiv's original first."""

    places: list[Place] = field(default_factory=list)
    originals: list[Original] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Card:
    """Texts are raw: the template renders TeX and escapes. `number` counts from 1 through all pages of a list."""

    number: int
    key: str
    url: str
    title: str
    abstract: str
    is_summary: bool
    language: str
    authors: tuple[AuthorLink, ...]
    more_authors: tuple[AuthorLink, ...]
    subjects: tuple[Subject, ...]
    places: tuple[Place, ...]
    keywords: tuple[KeywordLink, ...]
    landing_url: str
    pdf_url: str
    date: str
    withdrawn: str
    is_cross_list: bool = False
    originals: tuple[Original, ...] = ()  # where there are several
    project_links: tuple[ProjectLink, ...] = ()  # found in the texts by a rule

    @property
    def is_preprint(self) -> bool:
        """arXiv has it; what it appeared at has accepted it."""
        return "@" not in self.key

    @property
    def keyword_list(self) -> str:
        """As scripts and extensions read it from the page: a comma parts keywords, so none is inside of one."""
        return ",".join(each.text.replace(",", " ") for each in self.keywords)

    @property
    def author_count(self) -> int:
        return len(self.authors) + len(self.more_authors)


def build(papers: Sequence[Paper], first: int = 1, cross_listed: Collection[int] = ()) -> list[Card]:
    """Cards of papers in their order, numbered from `first`. Two queries, however many papers."""
    told = told_of(paper.pk for paper in papers)
    known = keywords.of_papers(papers)
    return [
        _card(paper, number, told[paper.pk], known[paper.pk], is_cross_list=paper.pk in cross_listed)
        for number, paper in enumerate(papers, start=first)
    ]


def _card(paper: Paper, number: int, told: Told, known: Sequence[str], is_cross_list: bool) -> Card:
    authors = author_links(paper.authors)
    return Card(
        number=number,
        key=paper.key,
        url=paper_url(paper.key),
        title=paper.title,
        abstract=paper.abstract,
        is_summary=bool(paper.abstract) and paper.abstract_kind == AbstractKind.SUMMARY,
        language=language_tag(paper.language),
        authors=authors[:AUTHORS_SHOWN],
        more_authors=authors[AUTHORS_SHOWN:],
        subjects=subjects(paper.categories),
        places=tuple(told.places),
        originals=tuple(told.originals) if len(told.originals) > 1 else (),
        keywords=keywords.links(known),
        landing_url=paper.landing_url,
        pdf_url=paper.pdf_url,
        date=moment(paper.submitted) if paper.submitted else _first_day(paper),
        withdrawn=paper.withdrawn,
        is_cross_list=is_cross_list,
        project_links=project_links([paper.abstract, paper.comments]),
    )


def told_of(paper_ids: Iterable[int]) -> dict[int, Told]:
    """What the records of papers tell, by paper id: one query. Few papers have several records, and only of those is
    it read where the sources have them."""
    others = Record.objects.filter(paper=OuterRef("paper")).exclude(pk=OuterRef("pk"))
    url = Case(When(Exists(others), then=KT("data__landing_url")), default=Value(""), output_field=TextField())
    rows = Record.objects.filter(paper_id__in=list(paper_ids)).annotate(url=url)
    found: defaultdict[int, Told] = defaultdict(Told)
    for paper_id, source, url, edition, track in rows.values_list(
        "paper_id", "source", "url", "places__edition__name", "places__track"
    ).order_by("places__edition__year", "places__edition__name", "source"):
        told = found[paper_id]
        if edition:
            told.places.append(Place(edition, track, reverse("venue", args=[edition])))
        original = Original(SOURCE_NAMES.get(source, source), url or "")
        if source not in OWN_SOURCES and original not in told.originals:
            told.originals.insert(0 if source == "arxiv" else len(told.originals), original)
    return found


def author_links(authors: list[dict[str, Any]]) -> tuple[AuthorLink, ...]:
    search = reverse("search")
    names = (author.get("name", "") for author in authors)
    return tuple(AuthorLink(name, f"{search}?{urlencode({'query': name})}") for name in names if name)


def subjects(codes: Iterable[str]) -> tuple[Subject, ...]:
    return tuple(
        Subject(number, code, category_name(code), reverse("arxiv", args=[code]))
        for number, code in enumerate(codes, start=1)
    )


def paper_url(key: str) -> str:
    return reverse("venue" if "@" in key else "arxiv", args=[key])


def language_tag(language: str) -> str:
    """What the page says of a text's language. Sources name it only where it is not English, the Anthology with
    three letters where browsers want two."""
    primary, _, rest = language.partition("-")
    tag = _TWO_LETTERS.get(primary.lower(), primary) + (f"-{rest}" if rest else "")
    return tag if _LANGUAGE.match(tag) else "en"


def moment(time: datetime) -> str:
    """In UTC. Midnight to the second stands for a source that told the day only."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC" if time.timetz().replace(tzinfo=None) != _MIDNIGHT else "%Y-%m-%d")


def publication_day(day: date | None) -> str:
    """The first of January stands for a source that told the year only."""
    if day is None:
        return ""
    return str(day.year) if (day.month, day.day) == (1, 1) else day.isoformat()


_MIDNIGHT = datetime.min.time()


def _first_day(paper: Paper) -> str:
    return paper.announced.isoformat() if paper.announced else publication_day(paper.published)
