"""The search page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from papers import cards, finding
from papers.identifiers import ArxivId
from papers.models import Paper
from papers.paging import window
from search import results
from search.highlight import query_words
from search.query import named_paper, parse
from search.results import NOTICES, ResultHit, ResultPage

# The stages that put a paper on the page, in the words of the page.
_STAGES: dict[str, str | Promise] = {"lexical": _("words"), "dense": _("meaning")}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = parse(request.GET.get("query", ""))
    wanted = window(request.GET)
    if not query.text:
        return render(request, "search/empty.html", {"query": ""})
    if paper := _named(query.text):
        return HttpResponseRedirect(cards.paper_url(paper.key))
    found = results.page(query.text, skip=wanted.skip, show=wanted.show)
    context = {
        "query": query.text,
        "found": found.found,
        "notices": [NOTICES[notice] for notice in found.found.notices],
        "missing": _missing(query.text),
        "milliseconds": _spent(found),
        "total_milliseconds": round(sum(found.found.milliseconds.values())),
        "results": _results(found),
        "page": wanted.of(found.total),
        "marks": query_words(query) if request.GET.get("highlight") == "1" else None,
    }
    return render(request, "search/results.html", context)


def _named(text: str) -> Paper | None:
    """The one paper whose id the query is, if it is here."""
    named = named_paper(text)
    if isinstance(named, ArxivId):
        return finding.by_arxiv_id(named)
    if named:
        return finding.by_doi_or_source_id(named)
    return finding.by_venue_key(text)


def _missing(text: str) -> str:
    """The arXiv id that the query is, of a paper that was not found."""
    named = named_paper(text)
    return named.id if isinstance(named, ArxivId) else ""


def _results(found: ResultPage) -> list[dict[str, Any]]:
    """Cards with the rank that each stage gave them. The page counts from 1 even where a paper was deleted since."""
    shown = cards.build([hit.paper for hit in found.hits], found.skip + 1)
    return [{"card": card, "ranks": _ranks(hit)} for card, hit in zip(shown, found.hits, strict=True)]


def _ranks(hit: ResultHit) -> list[tuple[str | Promise, int]]:
    return [(name, hit.ranks[stage]) for stage, name in _STAGES.items() if stage in hit.ranks]


def _spent(found: ResultPage) -> list[tuple[str, float]]:
    return [(stage, spent) for stage, spent in found.found.milliseconds.items() if spent >= 0.05]
