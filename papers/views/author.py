"""Papers by the name of an author."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers import author_names, authors, exporting, trends
from papers.paging import window
from papers.text import clean
from papers.views.replies import absolute, kept, listed, not_found, typed


@require_safe
def author(request: HttpRequest, name: str) -> HttpResponse:
    """`/author/Ada Lovelace`; `/author/Lovelace, Ada` leads there, and so does the name turned around if nobody bears
    it as it stands."""
    name = authors.cut(clean(typed(name)).strip("/"))
    if turned := author_names.given_first(name):
        return HttpResponsePermanentRedirect(kept(request, "author", turned))
    found = authors.by_name(name)
    if not found.paper_ids:
        return _nobody(request, name, found)
    context = listed(list(found.paper_ids), window(request.GET)) | {
        "author": found,
        "trend": trends.trend(found.years, timezone.now().year) if len(found.years) > 1 else None,
        "search": f"{reverse('search')}?{urlencode({'query': _query(found.name)})}",
        "is_cut": len(found.paper_ids) == authors.MOST,
        "export": exporting.menu(reverse("author", args=[found.name]) + "/export", len(found.paper_ids)),
        "feed": reverse("author-feed", args=[found.name]),
        "canonical": absolute(reverse("author", args=[found.name])),
    }
    return render(request, "papers/author.html", context)


def _nobody(request: HttpRequest, name: str, found: authors.AuthorPapers) -> HttpResponse:
    if found.turned:
        return HttpResponseRedirect(kept(request, "author", found.turned))
    said = _("No paper here bears the name “%(name)s”. Names are found as their papers spell them.") % {"name": name}
    return not_found(request, _("No such author"), said, meant_authors=found.likely, search_for=name)


def _query(name: str) -> str:
    """What finds the name in all its forms, with initials too."""
    return 'au:"{}"'.format(name.replace('"', " "))
