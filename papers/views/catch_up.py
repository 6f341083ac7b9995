"""What came since a reader was here last: `/arxiv/cs.CL?since=2025-03-14`."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from papers import cards, catch_up, exporting
from papers.paging import window
from papers.selection import Selection
from papers.views.replies import absolute, listed


def catch_up_page(request: HttpRequest, chosen: Selection, since: date) -> HttpResponse:
    found = catch_up.since(chosen, since)
    wanted = window(request.GET)
    crossed = {missed.paper_id for missed in found.papers if missed.is_cross_list}
    context = listed([missed.paper_id for missed in found.papers], wanted, crossed)
    context |= {
        "chosen": chosen,
        "categories": cards.subjects(chosen.codes),
        "found": found,
        "days": catch_up.by_day(found, context["cards"], wanted.skip),
        "export": exporting.menu(reverse("arxiv", args=[chosen.spec]) + "/export", len(found.papers), since=str(since)),
        "canonical": absolute(reverse("arxiv", args=[chosen.spec])),
        "feed": reverse("arxiv-feed", args=[chosen.spec]),
    }
    return render(request, "papers/catch_up.html", context)
