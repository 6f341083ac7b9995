"""Results of a search, and papers related to a paper, as files of citations."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers import lists
from papers.exporting import MAX_PAPERS
from papers.lists import NoSuchList, PaperList
from papers.tex import plain_text
from papers.views.export import exported
from papers.views.replies import typed
from search import related, results
from search.asked import wanted
from search.query import parse
from search.related_views import named


@require_safe
def search(request: HttpRequest, extension: str) -> HttpResponse:
    return exported(request, extension, lambda: found(request.GET))


@require_safe
def related_papers(request: HttpRequest, key: str, extension: str) -> HttpResponse:
    return exported(request, extension, lambda: near(key))


def found(parameters: Mapping[str, str]) -> PaperList:
    """What a search finds, as far down as a file goes. Raises NoSuchList for no query."""
    query = parse(parameters.get("query", ""))
    if not query.text:
        raise NoSuchList(_("Nothing was searched for"), _("The address of this file has no query."))
    if paper := results.named(query.text):
        return lists.of_paper(paper, query.text)
    ids, total = results.paper_ids(query, replace(wanted(parameters), skip=0, show=MAX_PAPERS))
    told = {name: parameters[name] for name in ("query", "sort", "upto") if parameters.get(name)}
    return PaperList(
        title=query.text,
        name=f"search {query.text}",
        path=f"{reverse('search')}?{urlencode(told)}",
        paper_ids=ids,
        total=total,
    )


def near(key: str) -> PaperList:
    """The papers related to a paper. Raises NoSuchList."""
    paper = named(key)
    if paper is None:
        return lists.of_paper(None, typed(key))
    return PaperList(
        title=_("Related to %(title)s") % {"title": plain_text(paper.title)},
        name=f"related {paper.key}",
        path=reverse("related", args=[paper.key]),
        paper_ids=[kin.paper_id for kin in related.of(paper).hits],
    )
