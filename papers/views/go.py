"""From the address of a paper, wherever it stands, to its page here: for bookmarklets, search keywords and the browser
extension. No other host is asked for anything."""

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers import cards, finding, way_back
from papers.recognition.reading import Kind, Recognised
from papers.recognition.rules import reader
from papers.views.replies import absolute, not_found, typed

MAX_PAPERS = 200  # of one text, as of one list that the extension opens
# A rule of a browser cannot encode the address that it hands on: all behind `url=` is that address then.
_UNENCODED = re.compile(r"(?:\A|&)url=(https?:/{1,2}.*)\Z", re.IGNORECASE | re.DOTALL)


@require_safe
def go(request: HttpRequest, address: str = "") -> HttpResponse:
    """The paper, list or search that `url` names: an address, or a text that holds ids of papers."""
    told = typed(address + _query(request) if address else _told(request)).strip()
    if not told:
        return render(request, "papers/go.html", _context())
    if found := reader().address(told):
        return _recognised(request, told, found)
    if reader().group(told) or re.match(r"(?i)[a-z][a-z.+-]*:/", told):
        return _nothing(request, told)
    return _by_text(request, told)


@require_safe
def about(request: HttpRequest) -> JsonResponse:
    """Tells the extension's options page that a coolpapers answers here. Anybody may read it, from any page."""
    answer = JsonResponse({"name": "coolpapers", "version": reader().table.version})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _told(request: HttpRequest) -> str:
    unencoded = _UNENCODED.search(request.META.get("QUERY_STRING", ""))
    return unencoded[1] if unencoded else request.GET.get("url", "")


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


def _recognised(request: HttpRequest, told: str, found: Recognised) -> HttpResponse:
    if found.kind is Kind.SEARCH:
        return HttpResponseRedirect(_search(found.told))
    if found.kind is Kind.LIST:
        return HttpResponseRedirect(_from(iri_to_uri(found.told), told))
    return _paper(request, found.told, told)


def _paper(request: HttpRequest, name: str, told: str) -> HttpResponse:
    """By a name that is an id, blindly: its page says what is to be said where the paper is not here."""
    if not name.startswith("10."):
        return HttpResponseRedirect(_from(cards.paper_url(name), told))
    paper = finding.by_doi(name)
    return HttpResponseRedirect(_from(cards.paper_url(paper.key), told)) if paper else _no_such_doi(request, name)


def _by_text(request: HttpRequest, text: str) -> HttpResponse:
    """One paper, the papers of a text as a list, or what is found by its words."""
    names = reader().text(text, timezone.now().date())[:MAX_PAPERS]
    if not names:
        return HttpResponseRedirect(_search(text))
    if len(names) == 1:
        return _paper(request, names[0], text)
    return HttpResponseRedirect(f"{reverse('selection')}?{urlencode({'ids': finding.joined(names)}, safe=',@/')}")


def _search(words: str) -> str:
    return f"{reverse('search')}?{urlencode({'query': words[:1000]})}"


def _from(path: str, address: str) -> str:
    """With the way back to where the reader comes from."""
    if not way_back.way_back(address):
        return path
    return path + ("&" if "?" in path else "?") + urlencode({way_back.PARAMETER: address})


def _no_such_doi(request: HttpRequest, doi: str) -> HttpResponse:
    return not_found(
        request,
        _("This paper is not here"),
        _("No paper here bears the DOI %(doi)s.") % {"doi": doi[:200]},
        originals=[doi],
    )


def _nothing(request: HttpRequest, address: str) -> HttpResponse:
    return render(
        request, "papers/go.html", _context() | {"address": address[:2000], "found_nothing": True}, status=404
    )


def _context() -> dict[str, object]:
    return {
        "groups": [group for group in reader().table.groups if group.rules],
        "go": absolute(reverse("go")),
        "canonical": absolute(reverse("go")),
    }
