"""The page of one paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from papers import details, exporting
from papers.models import Paper
from papers.views.replies import absolute


def paper_page(request: HttpRequest, paper: Paper, version: int | None = None) -> HttpResponse:
    shown = details.of(paper, version)
    context = {
        "details": shown,
        "paper": paper,
        "card": shown.card,
        "export": exporting.menu(f"{shown.card.url}/export", 1),
        "preview": absolute(static("papers/preview.png")),
        "canonical": absolute(shown.card.url),
    }
    return render(request, "papers/paper.html", context)
