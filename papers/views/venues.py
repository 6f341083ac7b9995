"""The index of venues."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from papers import editions, trends, venue_index
from papers.views.replies import absolute

_YEAR = re.compile(r"\d{4}\Z", re.ASCII)


@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    """All venues by field, or with `?year=` the editions of a year."""
    found, this_year = editions.venues(), timezone.now().year
    asked = request.GET.get("year", "")
    held = venue_index.of_year(found, int(asked)) if _YEAR.match(asked) else []
    fields = [] if held else venue_index.fields(found, this_year)
    context = {
        "year": int(asked) if held else None,
        "unknown_year": "" if held else asked[:20],
        "held": held,
        "fields": fields,
        "shown_fields": held or fields,
        "trend": trends.trend(venue_index.years(found), this_year, asked if held else ""),
        "canonical": absolute(reverse("venues") + (f"?year={asked}" if held else "")),
    }
    return render(request, "papers/venues.html", context)
