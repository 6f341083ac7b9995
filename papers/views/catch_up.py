"""What came since a reader was here last: `/arxiv/cs.CL?since=2025-03-14`."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from papers import cards, catch_up, exporting
from papers.catch_up import CatchUp, Day
from papers.ordering import By
from papers.paging import window
from papers.selection import Selection
from papers.views.replies import absolute
from papers.views.sorting import sorted_list


def catch_up_page(request: HttpRequest, chosen: Selection, since: date) -> HttpResponse:
    found = catch_up.since(chosen, since)
    crossed = {missed.paper_id for missed in found.papers if missed.is_cross_list}
    context = sorted_list(request, [missed.paper_id for missed in found.papers], _("time"), crossed)
    asked = {"since": str(since), "sort": request.GET.get("sort")}
    context |= {
        "chosen": chosen,
        "categories": cards.subjects(chosen.names),
        "found": found,
        "days": _days(request, found, context),
        "export": exporting.menu(reverse("arxiv", args=[chosen.spec]) + "/export", len(found.papers), **asked),
        "canonical": absolute(reverse("arxiv", args=[chosen.spec])),
        "feed": reverse("arxiv-feed", args=[chosen.spec]),
    }
    return render(request, "papers/catch_up.html", context)


def _days(request: HttpRequest, found: CatchUp, context: dict[str, Any]) -> list[Day]:
    """None in an order that goes across the days."""
    if context["sorts"].order.by is not By.OWN:
        return []
    return catch_up.by_day(found, context["cards"], window(request.GET).skip)
