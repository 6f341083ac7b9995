"""Paper -> Details: all that the page of one paper shows beyond its card."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers import cards, joins
from papers.cards import Card
from papers.identifiers import SOURCE_NAMES
from papers.joins import Join
from papers.models import Paper
from papers.tex import plain_text

_DESCRIPTION = 300
_LINK_NAMES: dict[str, str | Promise] = {
    "code": _("Code"),
    "dataset": _("Data set"),
    "video": _("Video"),
    "attachment": _("Attachment"),
    "erratum": _("Erratum"),
    "revision": _("Revision"),
    "award": _("Award"),
}

_REASONS: dict[str, str | Promise] = {
    "id": _("one source names the other’s id"),
    "doi": _("the same DOI"),
    "title": _("the same title, and authors in common"),
    "near-title": _("nearly the same title, and authors in common"),
}
_COMPARED: dict[str, str | Promise] = {"title": _("title"), "authors": _("authors"), "abstract": _("abstract")}


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A source that tells of the paper."""

    name: str
    source_id: str
    landing_url: str
    pdf_url: str


@dataclass(frozen=True, slots=True)
class VersionLink:
    number: int
    date: str
    landing_url: str


@dataclass(frozen=True, slots=True)
class BesideLink:
    """Something beside the paper; an award has a label and no URL."""

    kind: str | Promise
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What the Highwire `citation_*` tags say; texts without TeX."""

    title: str
    authors: tuple[str, ...]
    date: str
    online_date: str
    arxiv_id: str
    conference: str
    publisher: str


@dataclass(frozen=True, slots=True)
class JoinFact:
    """Why records of other sources stand under this paper: `shares` are what was compared, in percent."""

    records: tuple[str, ...]
    reason: str | Promise
    shares: tuple[tuple[str | Promise, int], ...]
    day: str


@dataclass(frozen=True, slots=True)
class Details:
    """`version` is the version that the address asks for, None for the latest."""

    card: Card
    plain_title: str
    description: str
    citation: Citation
    version: int | None
    versions: tuple[VersionLink, ...]
    sources: tuple[SourceLink, ...]
    links: tuple[BesideLink, ...]
    editors: tuple[str, ...]
    submitted: str
    updated: str
    announced: str
    published: str
    pdf_url: str
    comments: str
    journal_ref: str
    report_no: str
    doi: str
    licence: str
    other_subjects: tuple[str, ...]
    joins: tuple[JoinFact, ...]

    @property
    def latest_version(self) -> int:
        return max((version.number for version in self.versions), default=0)

    @property
    def is_unknown_version(self) -> bool:
        return self.version is not None and self.version > self.latest_version > 0

    @property
    def is_old_version(self) -> bool:
        return self.version is not None and self.version < self.latest_version


def of(paper: Paper, version: int | None = None) -> Details:
    """Three queries: the paper's places, its keywords and its records; one more for a paper of several records."""
    records = sorted(paper.records.all(), key=lambda record: (record.source != "arxiv", record.source))
    arxiv = next((record for record in records if record.source == "arxiv"), None)
    return Details(
        card=cards.build([paper])[0],
        plain_title=plain_text(paper.title),
        description=_shortened(plain_text(paper.abstract)),
        citation=_citation(paper, arxiv.source_id if arxiv else ""),
        version=version,
        versions=_versions(arxiv.source_id, arxiv.data) if arxiv else (),
        sources=tuple(_source(record) for record in records if record.source not in cards.OWN_SOURCES),
        links=tuple(_beside(link) for link in paper.links),
        editors=tuple(editor.get("name", "") for editor in paper.editors),
        submitted=cards.moment(paper.submitted) if paper.submitted else "",
        updated=cards.moment(paper.updated) if paper.updated else "",
        announced=paper.announced.isoformat() if paper.announced else "",
        published=cards.publication_day(paper.published),
        pdf_url=f"https://arxiv.org/pdf/{arxiv.source_id}v{version}" if arxiv and version else paper.pdf_url,
        comments=paper.comments,
        journal_ref=paper.journal_ref,
        report_no=paper.report_no,
        doi=paper.doi,
        licence=paper.licence,
        other_subjects=tuple(paper.subjects),
        joins=tuple(_join(join) for join in joins.of(paper)) if len(records) > 1 else (),
    )


def _citation(paper: Paper, arxiv_id: str) -> Citation:
    day = paper.published or paper.announced or (paper.submitted and paper.submitted.date())
    online = paper.submitted.date() if paper.submitted else paper.announced
    return Citation(
        title=plain_text(paper.title),
        authors=tuple(_sorting_name(author) for author in paper.authors if author.get("name")),
        date=cards.publication_day(day).replace("-", "/") if day else "",
        online_date=f"{online:%Y/%m/%d}" if online else "",
        arxiv_id=arxiv_id,
        conference=paper.appearances[0].replace(".", " ") if paper.appearances else "",
        publisher="arXiv" if arxiv_id and not paper.appearances else "",
    )


def _sorting_name(author: dict[str, Any]) -> str:
    """`Family, Given`, which reference managers split without guessing."""
    family, given = author.get("family", ""), author.get("given", "")
    return f"{family}, {given}" if family and given else str(author["name"])


def _versions(arxiv_id: str, data: dict[str, Any]) -> tuple[VersionLink, ...]:
    return tuple(
        VersionLink(
            number=version["number"],
            date=str(version.get("submitted", ""))[:10],
            landing_url=f"https://arxiv.org/abs/{arxiv_id}v{version['number']}",
        )
        for version in data.get("versions", [])
    )


def _source(record: Any) -> SourceLink:
    return SourceLink(
        name=SOURCE_NAMES.get(record.source, record.source),
        source_id=record.source_id,
        landing_url=record.data.get("landing_url", ""),
        pdf_url=record.data.get("pdf_url", ""),
    )


def _join(join: Join) -> JoinFact:
    shares = ((name, join.detail.get(key)) for key, name in _COMPARED.items())
    return JoinFact(
        records=tuple(_record_name(name) for name in join.records),
        reason=_REASONS.get(join.evidence, join.evidence),
        shares=tuple((name, round(share * 100)) for name, share in shares if isinstance(share, float)),
        day=join.day.isoformat(),
    )


def _record_name(name: str) -> str:
    source, _colon, source_id = name.partition(":")
    return f"{SOURCE_NAMES.get(source, source)} {source_id}"


def _beside(link: dict[str, str]) -> BesideLink:
    kind = link.get("kind", "")
    return BesideLink(_LINK_NAMES.get(kind, kind), link.get("label", ""), link.get("url", ""))


def _shortened(text: str) -> str:
    """Cut at a word for previews elsewhere."""
    return text if len(text) <= _DESCRIPTION else text[:_DESCRIPTION].rsplit(" ", 1)[0] + " …"
