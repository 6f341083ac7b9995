"""The page of papers related to a paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers import cards, exporting, finding
from papers.identifiers import arxiv_id
from papers.models import Paper
from papers.paging import Window, window
from papers.views.replies import absolute, no_such_paper
from search import related
from search.related import Kin, Related

MAX_KEY = 500


@require_safe
def related_papers(request: HttpRequest, key: str) -> HttpResponse:
    paper = named(key)
    if paper is None:
        return no_such_paper(request, key)
    if paper.key != key:
        return HttpResponsePermanentRedirect(reverse("related", args=[paper.key]))
    found = related.of(paper)
    wanted = window(request.GET)
    context = {
        "paper": cards.build([paper])[0],
        "notice": _notice(found),
        "results": _results(found, wanted),
        "page": wanted.of(len(found.hits)),
        "feed": reverse("related-feed", args=[paper.key]),
        "export": exporting.menu(reverse("related", args=[paper.key]) + "/export", len(found.hits)),
        "canonical": absolute(reverse("related", args=[paper.key])),
    }
    return render(request, "search/related.html", context)


def named(key: str) -> Paper | None:
    """The paper that an address names by its id."""
    key = key[:MAX_KEY].replace("\x00", "")
    if found := arxiv_id(key):
        return finding.by_arxiv_id(found)
    return finding.by_venue_key(key)


def _results(found: Related, wanted: Window) -> list[dict[str, Any]]:
    """Cards with the reason for each; a paper deleted meanwhile is left out."""
    shown = found.hits[wanted.skip : wanted.end]
    papers = Paper.objects.in_bulk([kin.paper_id for kin in shown])
    there = [kin for kin in shown if kin.paper_id in papers]
    built = cards.build([papers[kin.paper_id] for kin in there], wanted.skip + 1)
    return [{"card": card, "reason": reason(kin)} for card, kin in zip(built, there, strict=True)]


def reason(kin: Kin) -> str:
    """Why a paper is in the list: `shares rare words, subword units; close in meaning`."""
    shared = _("shares %(keywords)s") % {"keywords": ", ".join(kin.shared)} if kin.shared else ""
    return _("; ").join(part for part in (shared, _("close in meaning") if kin.is_near else "") if part)


def _notice(found: Related) -> str:
    if not found.by_meaning and not found.by_keywords:
        return _("Nothing is known yet to compare this paper by: its keywords and its vector are still being made.")
    if not found.by_meaning:
        return _("Compared by keywords only: this paper has no vector yet.")
    return "" if found.by_keywords else _("Compared by meaning only: no keywords are known of this paper.")
