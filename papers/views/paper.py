"""The page of one paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from papers import details
from papers.models import Paper
from papers.views.replies import absolute


def paper_page(request: HttpRequest, paper: Paper, version: int | None = None) -> HttpResponse:
    shown = details.of(paper, version)
    context = {"details": shown, "paper": paper, "card": shown.card, "canonical": absolute(shown.card.url)}
    return render(request, "papers/paper.html", context)
