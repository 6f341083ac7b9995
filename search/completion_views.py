"""Suggestions while a reader types, as OpenSearch wants them."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from search.completion import LONGEST, completions


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """[what was typed, queries, what each finds, its page]: four lists in one, of the same order."""
    typed = request.GET.get("q", "")[:LONGEST]
    found = completions(typed)
    told = [
        typed,
        [each.query for each in found],
        [str(each.says) for each in found],
        [settings.PUBLIC_URL + each.url for each in found],
    ]
    response = JsonResponse(told, safe=False, content_type="application/x-suggestions+json")
    response["Cache-Control"] = "max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response
