"""Paper -> Details: all that the page of one paper shows beyond its card."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers import cards, joins
from papers.addresses import web
from papers.cards import Card
from papers.citations import bibtex, highwire, json_ld, keys
from papers.citations.cited import CitedPaper
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
    """The paper for programs that read its page, and for writers: Highwire's tags, JSON-LD, an entry of BibTeX."""

    tags: list[tuple[str, str]]
    linked_data: dict[str, Any]
    bibtex: str


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
    card = cards.build([paper])[0]
    pdf_url = f"https://arxiv.org/pdf/{arxiv.source_id}v{version}" if arxiv and version else paper.pdf_url
    return Details(
        card=card,
        plain_title=plain_text(paper.title),
        description=_shortened(plain_text(paper.abstract)),
        citation=_citation(card.cited, pdf_url),
        version=version,
        versions=_versions(arxiv.source_id, arxiv.data) if arxiv else (),
        sources=tuple(_source(record) for record in records if record.source not in cards.OWN_SOURCES),
        links=tuple(_beside(link) for link in paper.links),
        editors=tuple(editor.get("name", "") for editor in paper.editors),
        submitted=cards.moment(paper.submitted) if paper.submitted else "",
        updated=cards.moment(paper.updated) if paper.updated else "",
        announced=paper.announced.isoformat() if paper.announced else "",
        published=cards.publication_day(paper.published),
        pdf_url=pdf_url,
        comments=paper.comments,
        journal_ref=paper.journal_ref,
        report_no=paper.report_no,
        doi=paper.doi,
        licence=paper.licence,
        other_subjects=tuple(paper.subjects),
        joins=tuple(_join(join) for join in joins.of(paper)) if len(records) > 1 else (),
    )


def _citation(cited: CitedPaper, pdf_url: str) -> Citation:
    cited = replace(cited, pdf_url=web(pdf_url))  # that of the version which is shown
    return Citation(
        tags=highwire.tags(cited),
        linked_data=json_ld.scholarly_article(cited),
        bibtex=bibtex.entry(cited, keys.base(cited), with_abstract=False),
    )


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
