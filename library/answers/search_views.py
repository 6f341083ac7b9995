"""The page of the search inside answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from library.answers import search as answers
from library.answers.terms import marks
from papers import cards, finding
from papers.paging import Window, window
from papers.tex.limits import CONTROL


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = CONTROL.sub("", request.GET.get("query", ""))[: answers.LONGEST_QUERY].strip()
    found = answers.find(query) if query else []
    wanted = window(request.GET)
    context = {
        "query": query,
        "results": _results(query, found, wanted),
        "page": wanted.of(len(found)),
        "marks": marks(query),
    }
    return render(request, "answers/search.html", context)


def _results(query: str, found: list[answers.Found], wanted: Window) -> list[dict[str, Any]]:
    shown = found[wanted.skip : wanted.end]
    snippets = answers.snippets(query, shown) if shown else {}
    papers = finding.in_order([each.paper_id for each in shown])
    built = cards.build(papers, wanted.skip + 1) if papers else []
    return [{"card": card, "snippet": snippets.get(paper.pk)} for card, paper in zip(built, papers, strict=True)]
