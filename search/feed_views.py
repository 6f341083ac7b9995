"""Searches as feeds: what a query finds, the newest first."""

import logging

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers.feeds import sources
from papers.feeds.asked import Asked
from papers.feeds.replies import About, paged, refused, reply
from papers.tex import plain_text
from search import related
from search.query import Query, parse
from search.related_views import named
from search.retrieval import lexical

log = logging.getLogger(__name__)

# Of so many of the newest papers those that came last stand first: one that comes a week late is seen.
MOST = 1_000
_RETRY_AFTER = "600"


@require_safe
@paged
def search(request: HttpRequest, wanted: Asked) -> HttpResponse:
    query = parse(request.GET.get("query", ""))
    if not query.text:
        return refused(_("Nothing was searched for: give a `query`."), 400)
    try:
        told = sources.of_papers(newest(query), wanted)
    except (lexical.NoIndex, ValueError, OSError) as error:
        log.warning("no feed of a search: %s", error)
        response = refused(_("The search index is being made."), 503)
        response["Retry-After"] = _RETRY_AFTER
        return response
    about = About(
        title=query.text,
        subtitle=_("New papers for the search: %(query)s") % {"query": query.text},
        path=reverse("search-feed"),
        page=reverse("search"),
        query={"query": query.text},
    )
    return reply(request, about, wanted, told)


@require_safe
@paged
def related_papers(request: HttpRequest, wanted: Asked, key: str) -> HttpResponse:
    """Papers that come near to a paper, as they come."""
    paper = named(key)
    if paper is None:
        return refused(_("No paper goes by the id “%(id)s”.") % {"id": key[:200]}, 404)
    about = About(
        title=_("Related to %(title)s") % {"title": plain_text(paper.title)},
        subtitle="",
        path=reverse("related-feed", args=[paper.key]),
        page=reverse("related", args=[paper.key]),
    )
    return reply(request, about, wanted, sources.of_papers([kin.paper_id for kin in related.of(paper).hits], wanted))


def newest(query: Query) -> list[int]:
    """The newest papers that a query finds, MOST at most. As the search page by time, but a phrase that nobody wrote
    yet finds nothing: its words alone would bring what was not asked for until somebody does. Raises NoIndex."""
    index = lexical.index()
    return list(index.newest(index.matching(query), 0, MOST).paper_ids)
