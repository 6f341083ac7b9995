"""The page of what a reader keeps in the browser, and what its scripts ask for. The server keeps none of it."""

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from papers import list_days, listings, months, taxonomy
from papers.category_names import group_name
from papers.citations.formats import FORMATS
from papers.models import Venue
from papers.selection import UnknownCategory
from papers.views.replies import typed

MAX_VENUES = 2_000  # that are suggested


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    groups = [(group_name(name), members) for name, members in taxonomy.groups().items()]
    venues = Venue.objects.order_by(Lower("name")).values_list("name", flat=True)[:MAX_VENUES]
    context = {"groups": groups, "venues": venues, "formats": FORMATS.values()}
    return render(request, "papers/mine.html", context)


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Days after `since` on which categories had lists, as JSON: `/mine/lists?spec=cs.AI,cs.CL&since=2025-03-14`."""
    since = months.read_day(request.GET.get("since", ""))
    if since is None:
        return JsonResponse({"error": "since is no day (YYYY-MM-DD)"}, status=400)
    try:
        chosen = listings.selection(typed(request.GET.get("spec", "")))
    except UnknownCategory as unknown:
        return JsonResponse({"error": f"{unknown.typed} is no category"}, status=404)
    return JsonResponse({"spec": chosen.spec, "days": list_days.since(chosen, since)})
