"""Paper -> CitedPaper: where it was published, when and by whom. Pure: a paper is read by its fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from papers.addresses import web
from papers.citations.cited import CitedDate, CitedPaper, Kind, Publication
from papers.citations.names import cited_names
from papers.citations.reference import Reference, is_periodical, read
from papers.language_tags import language_tag
from papers.record import AbstractKind

_SERIES = {"PMLR": "Proceedings of Machine Learning Research"}
_BESIDE = re.compile(r"workshop|demo|student|tutorial", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Print:
    """Where a paper is in print."""

    kind: Kind
    container: str = ""
    venue: str = ""
    track: str = ""
    reference: Reference = field(default_factory=Reference)
    year: int = 0
    url: str = ""


def cited(paper: Any, publications: Sequence[Publication] = (), page: str = "") -> CitedPaper:
    """A Paper with what its records tell of its publication; `page` is the address of its page here. A paper that
    appeared anywhere is cited from there, its arXiv id kept; of several places the first counts that is no side
    track."""
    arxiv_id = "" if "@" in paper.key else paper.key
    printed = _printed(paper, publications)
    reference = printed.reference
    return CitedPaper(
        key=paper.key,
        kind=printed.kind,
        title=paper.title,
        authors=cited_names(paper.authors),
        editors=cited_names(paper.editors),
        date=_date(paper, printed),
        online=_whole(_online(paper)),
        container=printed.container,
        venue=printed.venue,
        track=printed.track,
        series=_SERIES.get(reference.series, reference.series),
        volume=reference.volume,
        number=reference.number,
        pages=reference.pages,
        publisher="arXiv" if arxiv_id and printed.kind is Kind.PREPRINT else "",
        arxiv_id=arxiv_id,
        categories=tuple(paper.categories),
        keywords=tuple(paper.keywords),
        doi=paper.doi,
        report_no=paper.report_no,
        url=web(printed.url) or web(paper.landing_url) or page,
        pdf_url=web(paper.pdf_url),
        page=page,
        abstract=paper.abstract if paper.abstract_kind == AbstractKind.AUTHOR else "",
        language=language_tag(paper.language),
        licence=web(paper.licence),
        withdrawn=paper.withdrawn,
    )


def _printed(paper: Any, publications: Sequence[Publication]) -> _Print:
    if publications:
        return _of_publication(min(publications, key=lambda each: bool(_BESIDE.search(each.track))))
    if not paper.journal_ref:
        return _Print(Kind.PREPRINT)
    reference = read(paper.journal_ref)
    kind = Kind.CONFERENCE if reference.is_proceedings else Kind.JOURNAL
    return _Print(kind, reference.container, reference=reference, year=reference.year)


def _of_publication(told: Publication) -> _Print:
    venue, _, year = told.edition.rpartition(".")
    name = f"{venue} {year}" if venue else told.edition
    reference = read(told.reference)
    own = "" if reference.container == name else reference.container
    is_journal = is_periodical(told.venue) or is_periodical(own) or _is_of_journal(reference, told.reference)
    if is_journal:
        container = own or told.venue or venue or told.edition
    else:
        container = own or told.title or (f"{told.venue} ({name})" if told.venue else name)
    kind = Kind.JOURNAL if is_journal else Kind.CONFERENCE
    return _Print(kind, container, name, told.track, reference, int(year) if year.isdecimal() else 0, told.url)


def _is_of_journal(reference: Reference, line: str) -> bool:
    """`Computational Linguistics 45(2), 1–40`; sources write `pages` only where the volume is one of proceedings."""
    has_place = reference.volume and (reference.number or reference.pages)
    return bool(has_place) and "page" not in line and not reference.is_proceedings


def _date(paper: Any, printed: _Print) -> CitedDate | None:
    """The year of the venue counts before the days that sources tell: a preprint is older, a web page newer."""
    if printed.kind is Kind.PREPRINT:
        return _whole(_online(paper)) or _told(paper.published)
    if printed.year and not (paper.published and paper.published.year == printed.year):
        return CitedDate(printed.year)
    return _told(paper.published) or _whole(_online(paper))


def _online(paper: Any) -> date | None:
    return paper.submitted.date() if paper.submitted else paper.announced


def _whole(day: date | None) -> CitedDate | None:
    return CitedDate(day.year, day.month, day.day) if day else None


def _told(day: date | None) -> CitedDate | None:
    """The first of January stands for a source that told the year only."""
    if day and (day.month, day.day) == (1, 1):
        return CitedDate(day.year)
    return _whole(day)
