"""Venues: an edition with its tracks, a paper by its venue id, the newest arrivals."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers import editions, exporting, finding, lists, trends, venue_index
from papers.identifiers import split_venue_key
from papers.models import Edition
from papers.paging import window
from papers.views.paper import paper_page
from papers.views.replies import absolute, kept, listed, no_such_paper, no_such_venue, typed
from papers.views.sorting import sorted_list


@require_safe
def venue(request: HttpRequest, name: str) -> HttpResponse:
    """A venue's edition, its newest one, or a paper by `<id>@<source>`."""
    name = typed(name).strip("/")
    if split_venue_key(name):
        return _venue_paper(request, name)
    if edition := lists.edition_called(name):
        if edition.name != name:
            return HttpResponsePermanentRedirect(kept(request, "venue", edition.name))
        return _edition(request, edition)
    if newest := editions.newest_edition(name):
        return HttpResponseRedirect(kept(request, "venue", newest.name))
    return no_such_venue(request, name, search_for=name[:100])


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The newest papers that appeared at a venue."""
    wanted = window(request.GET)
    found = editions.latest_paper_ids()
    context = listed(found, wanted) | {
        "arrived": editions.arrival_days(found[wanted.skip : wanted.end]),
        "export": exporting.menu(reverse("latest") + "/export", len(found)),
        "canonical": absolute(reverse("latest")),
        "feed": reverse("latest-feed"),
    }
    return render(request, "papers/latest.html", context)


def _venue_paper(request: HttpRequest, key: str) -> HttpResponse:
    paper = finding.by_venue_key(key)
    if paper is None:
        return no_such_paper(request, key)
    if paper.key != key and paper.key.lower() == key.lower():
        return HttpResponsePermanentRedirect(kept(request, "venue", paper.key))
    return paper_page(request, paper)


def _edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    group = typed(request.GET.get("group", ""))[: lists.MAX_GROUP]
    tracks, siblings = editions.tracks(edition), editions.siblings(edition)
    found = editions.paper_ids(edition, group)
    context = sorted_list(request, found, _("proceedings")) | {
        "edition": edition,
        "tracks": tracks,
        "paper_count": sum(track.papers for track in tracks),
        "siblings": editions.near(siblings, edition.name),
        "trend": trends.trend(venue_index.points(siblings), timezone.now().year, edition.name),
        "group": group,
        "export": exporting.menu(
            reverse("venue", args=[edition.name]) + "/export",
            len(found),
            group=group,
            sort=request.GET.get("sort"),
        ),
        "canonical": absolute(reverse("venue", args=[edition.name])),
        "feed": reverse("venue-feed", args=[edition.name]) + (f"?{urlencode({'group': group})}" if group else ""),
    }
    return render(request, "papers/edition.html", context)
