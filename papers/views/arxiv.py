"""arXiv's addresses: one paper, an ad-hoc list of papers, a day of categories."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from papers import cards, exporting, finding, listings, lists, months
from papers.exporting import ExportMenu
from papers.identifiers import ArxivId, arxiv_id
from papers.lists import DayList
from papers.selection import Selection, UnknownCategory
from papers.views.catch_up import catch_up_page
from papers.views.named import named_page
from papers.views.paper import paper_page
from papers.views.replies import absolute, kept, no_such_category, not_found, typed
from papers.views.sorting import sorted_list
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
    return not_found(request, str(heading), said, originals=[shown])


def _named_papers(request: HttpRequest, spec: str) -> HttpResponse:
    found = finding.named(spec)
    menu = exporting.menu(reverse("arxiv", args=[spec]) + "/export", len(found.paper_ids), sort=request.GET.get("sort"))
    return named_page(request, found, menu)


def _day(request: HttpRequest, chosen: Selection) -> HttpResponse:
    asked = request.GET.get("date", "")
    found = lists.day_of(chosen, asked)
    context = sorted_list(request, found.paper_ids, _("time"), found.cross_listed) | {
        "chosen": chosen,
        "categories": cards.subjects(chosen.names),
        "day": months.day_page(chosen, found.day, found.places) if found.day else None,
        "is_bad_date": (bool(asked) and found.asked is None) or bool(request.GET.get("since")),
        "canonical": absolute(reverse("arxiv", args=[chosen.spec]) + (f"?date={found.day}" if found.asked else "")),
        "export": _export(request, found),
        "feed": reverse("arxiv-feed", args=[chosen.spec]),
    }
    return render(request, "papers/day.html", context)


def _export(request: HttpRequest, found: DayList) -> ExportMenu:
    """Of the day that is shown, though it may have been asked for as the latest."""
    page = reverse("arxiv", args=[found.chosen.spec])
    day = str(found.day or "")
    return exporting.menu(
        f"{page}/export",
        len(found.places),
        address=absolute(f"{page}?date={day}"),
        date=day,
        sort=request.GET.get("sort"),
    )
