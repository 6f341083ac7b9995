"""Paper -> entry of a feed.

Titles and abstracts go in as plain text with their formulas in a line of Unicode: feed readers strip MathML and leave
its letters in a heap, and run no script that would read TeX."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from html import escape

from django.utils.translation import gettext as _

from papers import cards
from papers.addresses import encoded, web
from papers.calendar import midnight
from papers.feeds import atom
from papers.feeds.atom import Category, Entry, Link
from papers.feeds.sources import Told
from papers.language_tags import language_tag
from papers.models import Paper
from papers.record import AbstractKind
from papers.taxonomy import category_name
from papers.tex import plain_text
from papers.views.replies import absolute

ARXIV = "http://arxiv.org/schemas/atom"  # as arXiv's own feeds call their categories


def entry(paper: Paper, told: Told, now: datetime) -> Entry:
    published = _published(paper, told, now)
    title = plain_text(paper.title)
    return Entry(
        id=atom.entry_id(told.name),
        title=_("[withdrawn] %(title)s") % {"title": title} if paper.withdrawn else title,
        published=published,
        updated=max(published, told.told, *_past(paper.updated, now)),
        language=language_tag(paper.language),
        authors=tuple(author.get("name", "") for author in paper.authors),
        categories=tuple(_categories(paper)),
        links=tuple(_links(paper)),
        summary="".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(paper)),
    )


def _published(paper: Paper, told: Told, now: datetime) -> datetime:
    """The day of its first list: many readers sort by this moment, and hide what is old. A day to come is a fault of
    the source, and would keep the entry on top for ever."""
    announced = midnight(paper.announced) if paper.announced else None
    printed = datetime.combine(paper.published, time.min, UTC) if paper.published else None
    return next((moment for each in (announced, paper.submitted, printed) for moment in _past(each, now)), told.told)


def _past(moment: datetime | None, now: datetime) -> list[datetime]:
    return [moment] if moment and moment <= now else []


def _categories(paper: Paper) -> Iterator[Category]:
    for code in paper.categories:
        yield Category(code, ARXIV, category_name(code))
    for edition in paper.appearances:
        yield Category(edition, absolute("/venue/"), edition.replace(".", " "))


def _links(paper: Paper) -> Iterator[Link]:
    yield Link("alternate", absolute(cards.paper_url(paper.key)), "text/html")
    if pdf := encoded(web(paper.pdf_url)):
        yield Link("enclosure", pdf, "application/pdf", "PDF")
    if original := encoded(web(paper.landing_url)):
        yield Link("via", original, "text/html")
    if paper.doi:
        yield Link("related", encoded(f"https://doi.org/{paper.doi}"), title="DOI")


def _paragraphs(paper: Paper) -> Iterator[str]:
    """As HTML."""
    if paper.withdrawn:
        yield f"<strong>{escape(_('Withdrawn'))}</strong> {_plain(paper.withdrawn)}"
    if paper.abstract and paper.abstract_kind == AbstractKind.SUMMARY:
        yield f"<em>{escape(_('Summary by coolpapers, not the authors’ abstract'))}</em>"
    yield _plain(paper.abstract) if paper.abstract else escape(_("No abstract is known for this paper."))
    facts = [*paper.appearances, *paper.categories, plain_text(paper.comments)]
    if any(facts):
        yield escape(" · ".join(filter(None, facts)))


def _plain(text: str) -> str:
    return escape(plain_text(text))
