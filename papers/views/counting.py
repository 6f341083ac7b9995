"""Where pages report that a reader opened a paper or gave it a star."""

import json
from urllib.parse import parse_qs

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from papers import interest, readers
from papers.day_key import today
from papers.interest import Kind
from papers.readers import Reader
from papers.same_origin import same_origin
from papers.text import clean

MAX_BODY, MAX_KEY = 2_000, 500
UNSTAR = "unstar"


@require_POST
@same_origin
def count(request: HttpRequest) -> HttpResponse:
    """`key` and `kind` as JSON or as a form, whatever type the browser gives it: a beacon calls both plain text. The
    answer does not tell whether it was counted."""
    told = _told(request)
    key, kind = clean(told.get("key", "")), told.get("kind", "")
    if not key or len(key) > MAX_KEY or kind not in {*Kind, UNSTAR}:
        return HttpResponseBadRequest(_("Send the key of a paper and a kind."), content_type="text/plain")
    if _is_read(request):
        _count(key, kind, reader_of(request))
    return HttpResponse(status=204)


def reader_of(request: HttpRequest) -> Reader:
    """Who asks. X-Forwarded-For counts only where the operator says that proxies stand before the service."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    proxies = readers.networks(settings.PROXIES)
    address = readers.client_address(request.META.get("REMOTE_ADDR", ""), forwarded, proxies)
    return readers.reader(address, request.headers.get("User-Agent", ""))


def _count(key: str, kind: str, reader: Reader) -> None:
    if kind == UNSTAR:
        interest.take_back_star(key, reader, today())
    else:
        interest.count(key, Kind(kind), reader, today())


def _is_read(request: HttpRequest) -> bool:
    """Neither a robot nor a page that a browser loads in case somebody wants it."""
    purpose = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return "prefetch" not in purpose.lower() and not readers.is_robot(request.headers.get("User-Agent", ""))


def _told(request: HttpRequest) -> dict[str, str]:
    """What was sent, {} for what cannot be read."""
    body = request.read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        return {}
    try:
        text = body.decode()
        told = json.loads(text) if text.lstrip().startswith("{") else dict(parse_qs(text, max_num_fields=10))
    except (ValueError, RecursionError):
        return {}
    values = {name: value[0] if isinstance(value, list) and value else value for name, value in told.items()}
    return {name: value for name, value in values.items() if isinstance(value, str)}
