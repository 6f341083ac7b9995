"""The answers to a paper: the page, the panel in a card, what scripts follow, and where readers ask."""

from functools import wraps
from typing import Any, Protocol

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from library.answers import asking, endpoint, following, shown, wording
from library.answers.keys import paper_of
from library.answers.questions import Language, language_of
from papers import cards
from papers.models import Paper
from papers.same_origin import same_origin
from papers.views.counting import reader_of
from papers.views.replies import absolute, not_found

PARTS = ("card", "page")


class View(Protocol):
    def __call__(self, request: HttpRequest, paper: Paper) -> HttpResponse: ...


def _of_paper(view: View) -> Any:
    """The paper of the address; a page that says so where there is none."""

    @wraps(view)
    def found(request: HttpRequest, key: str) -> HttpResponse:
        paper = paper_of(key)
        if paper is None:
            said = _("No paper goes by the id “%(id)s”.") % {"id": key[:200].replace("\x00", "")}
            return not_found(request, _("This paper is not here"), said)
        return view(request, paper)

    return found


@require_safe
@never_cache
@_of_paper
def page(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The page, or the part of it that scripts put into a card (`?part=card`) or into the page again (`?part=page`)."""
    if paper.key != _key(request):
        return HttpResponsePermanentRedirect(_address("answers", paper, request))
    found = shown.of(paper, _language(request))
    context = _context(request, paper, found)
    if request.GET.get("part") in PARTS:
        return render(request, "answers/panel.html", context)
    context["canonical"] = absolute(reverse("answers", args=[paper.key]))
    return render(request, "answers/page.html", context | {"card": cards.build([paper])[0]})


@require_safe
@never_cache
@_of_paper
def state(request: HttpRequest, paper: Paper) -> HttpResponse:
    """How far the answers are, with what came since `?after=`."""
    found = shown.of(paper, _language(request)).followed
    return JsonResponse(following.since(found, request.GET.get("after", "")))


@require_POST
@same_origin
@never_cache
@_of_paper
def ask(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Asks, and leads back to the page, which says what comes of it."""
    language = language_of(request.POST.get("lang", "")) or _language(request)
    refusal = asking.ask(paper, language, reader_of(request))
    parameters = {"lang": language.value} | ({"said": refusal.value} if refusal else {})
    parameters |= {"part": part} if (part := request.POST.get("part", "")) in PARTS else {}
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return HttpResponseRedirect(f"{reverse('answers', args=[paper.key])}?{query}", status=303)


def _context(request: HttpRequest, paper: Paper, found: shown.Shown) -> dict[str, Any]:
    followed = found.followed
    return {
        "paper": paper,
        "shown": found,
        "is_page": request.GET.get("part") != "card",
        "has_endpoint": endpoint.is_there(),
        "said": wording.REFUSALS.get(request.GET.get("said", ""), ""),
        "status": wording.status(followed or found.latest) if found.latest else "",
        "after": following.mark(followed) if followed else "",
        "parts": [_part(each) for each in (found.latest, found.sentences) if each],
        "older": [_part(each) for each in found.older],
        "other": Language.EN if found.language is Language.ZH else Language.ZH,
    }


def _part(each: shown.ShownAsking) -> dict[str, Any]:
    return {"asking": each, "made": wording.made(each)}


def _language(request: HttpRequest) -> Language:
    """That of `?lang=`, else of the page."""
    return language_of(request.GET.get("lang", "")) or language_of(get_language() or "") or Language.EN


def _key(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        raise Http404
    return str(match.kwargs["key"])


def _address(name: str, paper: Paper, request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return reverse(name, args=[paper.key]) + (f"?{query}" if query else "")
