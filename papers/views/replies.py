"""What all pages share: how an address is read, a list's cards, and how a missing page says so."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from papers import cards, editions, finding, selection, venue_index
from papers.originals import original
from papers.paging import Window
from papers.selection import UnknownCategory
from papers.taxonomy import categories

# Nothing that we would answer is longer; what is would only cost time.
MAX_SPEC = 20_000


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


def no_such_venue(request: HttpRequest, name: str, **more: Any) -> HttpResponse:
    return not_found(
        request,
        _("No such venue"),
        _("There are no papers of a venue or edition called “%(name)s”.") % {"name": name[:100]},
        meant_venues=venue_index.meant_editions(name, editions.venues()),
        **more,
    )


def no_such_paper(request: HttpRequest, key: str) -> HttpResponse:
    said = _("No paper goes by the id “%(id)s”.") % {"id": key[:200]}
    return not_found(request, _("This paper is not here"), said, originals=[key] if original(key) else [])


def absolute(path: str) -> str:
    """From the configured address, not from the Host header, which anybody can write."""
    return settings.PUBLIC_URL + path


def listed(paper_ids: list[int], wanted: Window, cross_listed: Collection[int] = (), **known: Any) -> dict[str, Any]:
    """The cards of one page of a list, and the page for the pager. `known` is what cards.build need not ask for."""
    papers = finding.in_order(paper_ids[wanted.skip : wanted.end])
    return {"cards": cards.build(papers, wanted.skip + 1, cross_listed, **known), "page": wanted.of(len(paper_ids))}


def typed(text: str) -> str:
    """What stands in an address, fit to be asked for: PostgreSQL refuses NUL with an error."""
    return text[:MAX_SPEC].replace("\x00", "")


def kept(request: HttpRequest, name: str, argument: str) -> str:
    """The address of a page with the parameters of this one."""
    parameters: QueryDict = request.GET
    query = parameters.urlencode()
    return reverse(name, args=[argument]) + (f"?{query}" if query else "")
