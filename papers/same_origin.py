"""What changes something on the server is taken from our own pages only.

No page sets a cookie, so a CSRF token has nothing to be compared with; the browser itself says where a request comes
from, and scripts of other sites cannot write these headers."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def same_origin(view: View) -> View:
    """Answers 403 to a request that no page of ours made."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        if not _is_from_here(request):
            return HttpResponseForbidden(_("Only pages of this site may ask for that."), content_type="text/plain")
        return view(request, *arguments, **named)

    return guarded


def _is_from_here(request: HttpRequest) -> bool:
    """By `Sec-Fetch-Site`, which all browsers send since 2023; by `Origin` where that is missing."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return bool(origin := request.headers.get("Origin")) and urlsplit(origin).netloc == request.get_host()
