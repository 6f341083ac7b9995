"""The front page, and what programs ask a site for."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from papers.front import front
from papers.views.replies import absolute


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "papers/home.html", {"front": front()})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", {"sitemap": absolute(reverse("sitemap"))}, content_type="text/plain")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    context = {name: absolute(reverse(name)) for name in ("search", "suggest")} | {
        "self": absolute(request.path),
        "icon": absolute(static("papers/icon.svg")),
    }
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask without reading the page."""
    return HttpResponseRedirect(static("papers/icon.svg"))
