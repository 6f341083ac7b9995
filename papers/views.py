"""Pages of papers: the front page, daily lists, ad-hoc lists, venues, one paper."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from papers import cards, details, editions, finding, listings, months, selection
from papers.front import front
from papers.identifiers import ArxivId, arxiv_id, split_venue_key
from papers.models import Edition, Paper
from papers.paging import Window, window
from papers.selection import Selection, UnknownCategory
from papers.taxonomy import categories
from papers.wanted import WishState, ask

_WISHES = {
    WishState.OFF: (
        gettext_lazy("This paper is not here yet"),
        gettext_lazy("%(id)s is an arXiv id, but no paper of that id has been brought in."),
    ),
    WishState.BUSY: (
        gettext_lazy("Too many papers are being fetched just now"),
        gettext_lazy("%(id)s is not here yet, and so many others are waited for that it cannot be asked for now."),
    ),
    WishState.MISSING: (
        gettext_lazy("arXiv does not know this paper"),
        gettext_lazy("%(id)s looks like an arXiv id, but arXiv has announced no paper of that id."),
    ),
    WishState.FAILED: (
        gettext_lazy("This paper could not be fetched"),
        gettext_lazy("arXiv was asked for %(id)s several times and did not answer as it should. Try again later."),
    ),
}

# Nothing that we would answer is longer; what is would only cost time.
MAX_SPEC = 20_000
MAX_WISHES = 100  # papers of one list that are fetched at once


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "papers/home.html", {"front": front()})


@require_safe
def arxiv(request: HttpRequest, spec: str) -> HttpResponse:
    """One paper, an ad-hoc list of papers, or a day of categories: the address says which."""
    spec = _typed(spec)
    if wanted := arxiv_id(spec.strip("/")):
        return _arxiv_paper(request, spec, wanted)
    if finding.looks_like_ids(spec):
        return _named_papers(request, spec)
    try:
        chosen = listings.selection(spec.strip("/"))
    except UnknownCategory as unknown:
        return no_such_category(request, unknown)
    return _day(request, chosen)


@require_safe
def venue(request: HttpRequest, name: str) -> HttpResponse:
    """A venue's edition, its newest one, or a paper by `<id>@<source>`."""
    name = _typed(name).strip("/")
    if split_venue_key(name):
        return _venue_paper(request, name)
    if edition := editions.edition_named(name):
        if edition.name != name:
            return HttpResponsePermanentRedirect(_kept(request, "venue", edition.name))
        return _edition(request, edition)
    if newest := editions.newest_edition(name):
        return HttpResponseRedirect(_kept(request, "venue", newest.name))
    return not_found(
        request,
        _("No such venue"),
        _("There are no papers of a venue or edition called “%(name)s”.") % {"name": name[:100]},
    )


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The newest papers that appeared at a venue."""
    wanted = window(request.GET)
    found = editions.latest_paper_ids()
    context = _listed(found, wanted) | {"canonical": absolute(reverse("latest"))}
    return render(request, "papers/latest.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    context = {"search": absolute(reverse("search")), "icon": absolute(static("papers/icon.svg"))}
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask without reading the page."""
    return HttpResponseRedirect(static("papers/icon.svg"))


def not_found(request: HttpRequest, heading: str, explanation: str, **more: Any) -> HttpResponse:
    """A 404 that says what is missing and where to look instead."""
    return render(request, "404.html", {"heading": heading, "explanation": explanation} | more, status=404)


def no_such_category(request: HttpRequest, unknown: UnknownCategory) -> HttpResponse:
    meant = [categories()[code] for code in selection.similar(unknown.typed)]
    return not_found(
        request,
        _("No such category"),
        _("“%(typed)s” is neither an arXiv category nor the id of a paper.") % {"typed": unknown.typed},
        meant=meant,
    )


def absolute(path: str) -> str:
    """From the configured address, not from the Host header, which anybody can write."""
    return settings.PUBLIC_URL + path


def _arxiv_paper(request: HttpRequest, spec: str, wanted: ArxivId) -> HttpResponse:
    canonical = f"{wanted.id}v{wanted.version}" if wanted.version else wanted.id
    if spec != canonical:
        return HttpResponsePermanentRedirect(_kept(request, "arxiv", canonical))
    paper = finding.by_arxiv_id(wanted)
    if paper is None:
        return _not_here_yet(request, wanted.id, canonical)
    return _paper(request, paper, wanted.version)


def _not_here_yet(request: HttpRequest, arxiv_id: str, shown: str) -> HttpResponse:
    """A page that waits for the paper, or says why it does not come."""
    wish = ask([arxiv_id])[arxiv_id]
    if wish.state is WishState.WAITING:
        response = render(request, "papers/waiting.html", {"id": shown, "wish": wish}, status=202)
        response["Cache-Control"] = "no-store"
        return response
    heading, explanation = _WISHES[wish.state]
    said = str(explanation) % {"id": arxiv_id} + (f" ({wish.reason[:200]})" if wish.reason else "")
    return not_found(request, str(heading), said, arxiv_ids=[shown])


def _venue_paper(request: HttpRequest, key: str) -> HttpResponse:
    paper = finding.by_venue_key(key)
    if paper is None:
        return not_found(
            request, _("This paper is not here"), _("No paper goes by the id “%(id)s”.") % {"id": key[:200]}
        )
    if paper.key != key and paper.key.lower() == key.lower():
        return HttpResponsePermanentRedirect(_kept(request, "venue", paper.key))
    return _paper(request, paper)


def _paper(request: HttpRequest, paper: Paper, version: int | None = None) -> HttpResponse:
    shown = details.of(paper, version)
    context = {"details": shown, "card": shown.card, "canonical": absolute(shown.card.url)}
    return render(request, "papers/paper.html", context)


def _named_papers(request: HttpRequest, spec: str) -> HttpResponse:
    found = finding.named(spec)
    wishes = ask(found.unknown[:MAX_WISHES]) if found.unknown else {}
    waiting = [name for name, wish in wishes.items() if wish.state is WishState.WAITING]
    lost = [name for name in found.unknown if name not in waiting]
    context = _listed(found.paper_ids, window(request.GET)) | {"named": found, "waiting": waiting, "lost": lost}
    status = 202 if waiting else 200 if found.paper_ids else 404
    return render(request, "papers/named.html", context, status=status)


def _day(request: HttpRequest, chosen: Selection) -> HttpResponse:
    asked = request.GET.get("date", "")
    read = months.read_day(asked)
    latest = None if read else listings.latest_day(chosen)
    day = read or latest
    places = listings.of_day(chosen, day) if day else []
    crossed = {place.paper_id for place in places if place.is_cross_list}
    context = _listed([place.paper_id for place in places], window(request.GET), crossed) | {
        "chosen": chosen,
        "categories": [cards.subjects([code])[0] for code in chosen.codes],
        "day": months.day_page(chosen, day, places) if day else None,
        "is_bad_date": bool(asked) and read is None,
        "sort": request.GET.get("sort", "0"),
        "canonical": absolute(reverse("arxiv", args=[chosen.spec]) + (f"?date={day}" if read else "")),
    }
    return render(request, "papers/day.html", context)


def _edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    group = _typed(request.GET.get("group", ""))[:200]
    tracks = editions.tracks(edition)
    context = _listed(editions.paper_ids(edition, group), window(request.GET)) | {
        "edition": edition,
        "tracks": tracks,
        "paper_count": sum(track.papers for track in tracks),
        "siblings": editions.siblings(edition),
        "group": group,
        "canonical": absolute(reverse("venue", args=[edition.name])),
    }
    return render(request, "papers/edition.html", context)


def _listed(paper_ids: list[int], wanted: Window, cross_listed: Collection[int] = ()) -> dict[str, Any]:
    """The cards of one page of a list, and the page for the pager."""
    papers = finding.in_order(paper_ids[wanted.skip : wanted.end])
    return {"cards": cards.build(papers, wanted.skip + 1, cross_listed), "page": wanted.of(len(paper_ids))}


def _typed(text: str) -> str:
    """What stands in an address, fit to be asked for: PostgreSQL refuses NUL with an error."""
    return text[:MAX_SPEC].replace("\x00", "")


def _kept(request: HttpRequest, name: str, argument: str) -> str:
    """The address of a page with the parameters of this one."""
    parameters: QueryDict = request.GET
    query = parameters.urlencode()
    return reverse(name, args=[argument]) + (f"?{query}" if query else "")
