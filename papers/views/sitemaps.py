"""The files of papers.sitemaps."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from papers import sitemaps

_LINES = 1_000  # of one piece of an answer


@require_safe
def index(request: HttpRequest) -> StreamingHttpResponse:
    files = [reverse("sitemap-papers", args=[number]) for number in sitemaps.paper_files()]
    return _xml(sitemaps.index([reverse("sitemap-pages"), *files]))


@require_safe
def pages(request: HttpRequest) -> StreamingHttpResponse:
    return _xml(sitemaps.url_set(sitemaps.pages()))


@require_safe
def papers(request: HttpRequest, number: int) -> StreamingHttpResponse:
    if number not in sitemaps.paper_files():
        raise Http404
    return _xml(sitemaps.url_set(sitemaps.papers(number)))


def _xml(lines: Iterable[str]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_pieces(lines), content_type="application/xml")
    response["Cache-Control"] = "max-age=3600"
    return response


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """A piece for each line would compress badly and take long to send."""
    rest = iter(lines)
    while piece := "".join(islice(rest, _LINES)):
        yield piece
