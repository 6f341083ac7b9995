"""Paper -> Card: the plain values that a list shows of a paper."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, TextField, Value, When
from django.db.models.fields.json import KT
from django.urls import reverse

from papers import interest, keywords
from papers.category_names import category_name
from papers.citations import coins, making
from papers.citations.cited import CitedPaper, Publication
from papers.identifiers import SOURCE_NAMES
from papers.interest import NOBODY, Counts
from papers.keywords import KeywordLink
from papers.language_tags import language_tag
from papers.models import Paper, Record
from papers.project_links import ProjectLink, project_links
from papers.record import AbstractKind

AUTHORS_SHOWN = 40
OWN_SOURCES = ("starter",)  # they tell of papers that are others'


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
    publications: list[Publication] = field(default_factory=list)
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
    cited: CitedPaper
    is_cross_list: bool = False
    originals: tuple[Original, ...] = ()  # where there are several
    project_links: tuple[ProjectLink, ...] = ()  # found in the texts by a rule
    interest: Counts = NOBODY  # how many readers opened it in which way
    reason: str = ""  # why it stands where it does in its list

    @property
    def is_preprint(self) -> bool:
        """arXiv has it; what it appeared at has accepted it."""
        return "@" not in self.key

    @property
    def coins(self) -> str:
        """The paper as reference managers read it from a list, see papers.citations.coins."""
        return coins.coins(self.cited)

    @property
    def keyword_list(self) -> str:
        """As scripts and extensions read it from the page: a comma parts keywords, so none is inside of one."""
        return ",".join(each.text.replace(",", " ") for each in self.keywords)

    @property
    def author_count(self) -> int:
        return len(self.authors) + len(self.more_authors)


def build(
    papers: Sequence[Paper],
    first: int = 1,
    cross_listed: Collection[int] = (),
    reasons: Mapping[int, str] = MappingProxyType({}),
    counts: Mapping[int, Counts] | None = None,
) -> list[Card]:
    """Cards of papers in their order, numbered from `first`. Three queries, however many papers; two where `counts` of
    readers are known already."""
    told = told_of(paper.pk for paper in papers)
    known = keywords.of_papers(papers)
    counts = interest.counts_of(paper.pk for paper in papers) if counts is None else counts
    return [
        _card(
            paper, number, told[paper.pk], known[paper.pk],
            is_cross_list=paper.pk in cross_listed,
            interest=counts.get(paper.pk, NOBODY),
            reason=reasons.get(paper.pk, ""),
        )
        for number, paper in enumerate(papers, start=first)
    ]  # fmt: skip


def _card(paper: Paper, number: int, told: Told, known: Sequence[str], **of_list: Any) -> Card:
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
        cited=cited(paper, told),
        project_links=project_links([paper.abstract, paper.comments]),
        **of_list,
    )


def cited(paper: Paper, told: Told) -> CitedPaper:
    return making.cited(paper, told.publications, settings.PUBLIC_URL + paper_url(paper.key))


def told_of(paper_ids: Iterable[int]) -> dict[int, Told]:
    """What the records of papers tell, by paper id: one query. Few papers have several records, and only of those is
    it read where the sources have them; where a paper is in print, of those that proceedings tell."""
    found: defaultdict[int, Told] = defaultdict(Told)
    for paper_id, source, *place in _records(list(paper_ids)):
        told, publication = found[paper_id], Publication(*(text or "" for text in place))
        if edition := publication.edition:
            told.publications.append(publication)
            told.places.append(Place(edition, publication.track, reverse("venue", args=[edition])))
        original = Original(SOURCE_NAMES.get(source, source), publication.url)
        if source not in OWN_SOURCES and original not in told.originals:
            told.originals.insert(0 if source == "arxiv" else len(told.originals), original)
    return found


def _records(paper_ids: list[int]) -> Any:
    """Paper and source of each record, then the fields of a Publication: of each place that it tells."""
    others = Record.objects.filter(paper=OuterRef("paper")).exclude(pk=OuterRef("pk"))
    rows = Record.objects.filter(paper_id__in=paper_ids).annotate(
        url=_text_where(Exists(others), "data__landing_url"),
        reference=_text_where(~Q(source="arxiv"), "data__journal_ref"),
    )
    edition = "places__edition__"
    return rows.values_list(
        "paper_id", "source",
        f"{edition}name", "places__track", f"{edition}title", f"{edition}venue__full_name", "reference", "url",
    ).order_by(f"{edition}year", f"{edition}name", "source")  # fmt: skip


def _text_where(condition: Any, key: str) -> Case:
    return Case(When(condition, then=KT(key)), default=Value(""), output_field=TextField())


def author_links(authors: list[dict[str, Any]]) -> tuple[AuthorLink, ...]:
    """A paper may have thousands of authors: Django's `reverse` for each takes ten times as long."""
    page = reverse("author", args=["-"]).removesuffix("-")
    names = (author.get("name", "") for author in authors)
    return tuple(AuthorLink(name, page + quote(name)) for name in names if name)


def subjects(codes: Iterable[str]) -> tuple[Subject, ...]:
    return tuple(
        Subject(number, code, category_name(code), reverse("arxiv", args=[code]))
        for number, code in enumerate(codes, start=1)
    )


def paper_url(key: str) -> str:
    return reverse("venue" if "@" in key else "arxiv", args=[key])


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
