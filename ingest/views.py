"""Is everything here? For readers, and for an operator's monitoring."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ingest import metrics, status
from papers.months import read_day


@require_safe
@never_cache
def status_page(request: HttpRequest) -> HttpResponse:
    """`?day=` shows each list of a day, `?source=` each edition of a source."""
    asked = request.GET.get("source", "")
    day = read_day(request.GET.get("day", ""))
    now = status.status()
    source = next((each for each in now.sources if each.name == asked), None)
    context = {
        "status": now,
        "day": day,
        "lists": status.lists_of(day) if day else (),
        "source": source,
        "editions": status.editions_of(source.name) if source else (),
    }
    return render(request, "ingest/status.html", context)


@require_safe
@never_cache
def metrics_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")
