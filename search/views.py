"""The search page and its help."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from papers import cards, exporting
from papers.identifiers import ArxivId
from papers.paging import Page
from search import help as language
from search import results, wording
from search.asked import wanted
from search.highlight import query_words
from search.links import Links
from search.query import Query, named_paper, parse
from search.results import ResultPage
from search.stages import DEEPEST, Wanted


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = parse(request.GET.get("query", ""))
    if not query.text:
        return render(request, "search/empty.html", {"query": ""})
    if paper := results.named(query.text):
        return HttpResponseRedirect(cards.paper_url(paper.key))
    found = results.page_of(query, wanted(request.GET))
    links = Links(query, request.GET)
    context = _said(query, found) | {
        "query": query.text,
        "found": found.found,
        "offered": {"text": found.did_you_mean, "url": links.to(found.did_you_mean)} if found.did_you_mean else None,
        "filters": links.filters(),
        "facets": links.facets(found.facets),
        "sorts": links.sorts(found.wanted),
        "results": _results(found),
        "page": Page(found.total, found.wanted.skip, found.wanted.show),
        "export": exporting.menu(
            reverse("search") + "/export",
            found.total,
            query=query.text,
            sort=request.GET.get("sort"),
            upto=str(found.wanted.upto or ""),
        ),
        "feed": f"{reverse('search-feed')}?{urlencode({'query': query.text})}",
        "marks": query_words(query) if request.GET.get("highlight") == "1" else None,
    }
    request.GET = _with_mark(request, found.wanted)  # what the pager's links begin with
    return render(request, "search/results.html", context)


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    return render(request, "search/help.html", {"sections": language.SECTIONS})


def _with_mark(request: HttpRequest, wanted: Wanted) -> Any:
    parameters = request.GET.copy()
    if wanted.upto is not None:
        parameters["upto"] = str(wanted.upto)
    return parameters


def _said(query: Query, found: ResultPage) -> dict[str, Any]:
    """What the page tells of the search itself."""
    named = named_paper(query.text)
    return {
        "notices": [
            *map(wording.misread, query.misread),
            *map(wording.unknown, found.unknown),
            *(wording.NOTICES[notice] for notice in found.found.notices),
        ],
        "missing": named.id if isinstance(named, ArxivId) else "",
        "is_by_time": found.found.ran == "newest",
        "has_words": bool(query.plain),
        "is_too_deep": found.wanted.skip >= DEEPEST and not found.hits,
        "milliseconds": [(stage, spent) for stage, spent in found.found.milliseconds.items() if spent >= 0.05],
        "weights": wording.weights(found.found.weights),
        "total_milliseconds": round(sum(found.found.milliseconds.values())),
    }


def _results(found: ResultPage) -> list[dict[str, Any]]:
    """Cards with the reason for each. The page counts from 1 even where a paper was deleted since."""
    shown = cards.build([hit.paper for hit in found.hits], found.wanted.skip + 1)
    return [
        {"card": card, "ranks": wording.ranks(hit.reason), "why": wording.reasons(hit.reason)}
        for card, hit in zip(shown, found.hits, strict=True)
    ]
