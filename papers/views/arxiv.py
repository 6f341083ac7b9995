"""arXiv's addresses: one paper, an ad-hoc list of papers, a day of categories."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from papers import cards, finding, listings, months
from papers.identifiers import ArxivId, arxiv_id
from papers.paging import window
from papers.selection import Selection, UnknownCategory
from papers.views.catch_up import catch_up_page
from papers.views.paper import paper_page
from papers.views.replies import absolute, kept, listed, no_such_category, not_found, typed
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

MAX_WISHES = 100  # papers of one list that are fetched at once


@require_safe
def arxiv(request: HttpRequest, spec: str) -> HttpResponse:
    """One paper, an ad-hoc list of papers, or a day of categories: the address says which."""
    spec = typed(spec)
    if wanted := arxiv_id(spec.strip("/")):
        return _arxiv_paper(request, spec, wanted)
    if finding.looks_like_ids(spec):
        return _named_papers(request, spec)
    try:
        chosen = listings.selection(spec.strip("/"))
    except UnknownCategory as unknown:
        return no_such_category(request, unknown)
    if since := months.read_day(request.GET.get("since", "")):
        return catch_up_page(request, chosen, since)
    return _day(request, chosen)


def _arxiv_paper(request: HttpRequest, spec: str, wanted: ArxivId) -> HttpResponse:
    canonical = f"{wanted.id}v{wanted.version}" if wanted.version else wanted.id
    if spec != canonical:
        return HttpResponsePermanentRedirect(kept(request, "arxiv", canonical))
    paper = finding.by_arxiv_id(wanted)
    if paper is None:
        return _not_here_yet(request, wanted.id, canonical)
    return paper_page(request, paper, wanted.version)


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


def _named_papers(request: HttpRequest, spec: str) -> HttpResponse:
    found = finding.named(spec)
    wishes = ask(found.unknown[:MAX_WISHES]) if found.unknown else {}
    waiting = [name for name, wish in wishes.items() if wish.state is WishState.WAITING]
    lost = [name for name in found.unknown if name not in waiting]
    context = listed(found.paper_ids, window(request.GET)) | {"named": found, "waiting": waiting, "lost": lost}
    status = 202 if waiting else 200 if found.paper_ids else 404
    return render(request, "papers/named.html", context, status=status)


def _day(request: HttpRequest, chosen: Selection) -> HttpResponse:
    asked = request.GET.get("date", "")
    read = months.read_day(asked)
    latest = None if read else listings.latest_day(chosen)
    day = read or latest
    places = listings.of_day(chosen, day) if day else []
    crossed = {place.paper_id for place in places if place.is_cross_list}
    context = listed([place.paper_id for place in places], window(request.GET), crossed) | {
        "chosen": chosen,
        "categories": [cards.subjects([code])[0] for code in chosen.codes],
        "day": months.day_page(chosen, day, places) if day else None,
        "is_bad_date": (bool(asked) and read is None) or bool(request.GET.get("since")),
        "sort": request.GET.get("sort", "0"),
        "canonical": absolute(reverse("arxiv", args=[chosen.spec]) + (f"?date={day}" if read else "")),
    }
    return render(request, "papers/day.html", context)
