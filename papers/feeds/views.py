"""The feeds of categories, lists of papers, venues and authors, and the file that subscribes to many of them."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers import author_names, authors, editions, finding, listings, lists, selection, venue_index
from papers.feeds import opml, sources, subscriptions
from papers.feeds.asked import Asked
from papers.feeds.replies import About, paged, refused, reply
from papers.feeds.subscriptions import TooMany, Unknown
from papers.identifiers import ArxivId
from papers.selection import UnknownCategory
from papers.taxonomy import category_name
from papers.text import clean
from papers.views.replies import kept, typed

_EXAMPLE = "/opml?categories=cs.AI,cs.CL&venues=ACL&searches=graph"
_EDITION = re.compile(r".\.[12][0-9]{3}\Z")


class Nobody(Exception):
    """No paper bears the name of an author."""


@require_safe
@paged
def arxiv(request: HttpRequest, wanted: Asked, spec: str) -> HttpResponse:
    """Categories, or an ad-hoc list of papers."""
    spec = typed(spec).strip("/")
    if ids := finding.arxiv_ids(spec):
        return _named_papers(request, wanted, ids)
    try:
        chosen = listings.selection(spec)
    except UnknownCategory as unknown:
        return no_such_category(unknown)
    about = About(
        title=chosen.spec,
        subtitle=_("New papers of %(categories)s") % {"categories": ", ".join(map(category_name, chosen.names))},
        path=reverse("arxiv-feed", args=[chosen.spec]),
        page=reverse("arxiv", args=[chosen.spec]),
    )
    return reply(request, about, wanted, sources.of_categories(chosen, wanted))


@require_safe
@paged
def venue(request: HttpRequest, wanted: Asked, name: str) -> HttpResponse:
    """An edition, one of its tracks, or all editions of a venue. Names are looked up only where no paper stands under
    the name as it was typed."""
    name, group = typed(name).strip("/"), typed(request.GET.get("group", ""))[: lists.MAX_GROUP]
    is_edition = _EDITION.search(name) is not None
    told = sources.of_edition(name, group, wanted) if is_edition else sources.of_venue(name, wanted)
    known = name if told else _known_name(name)
    if not known:
        return no_such_venue(name)
    if known != name:
        return HttpResponsePermanentRedirect(kept(request, "venue-feed", known))
    about = About(
        title=f"{name} {group}".strip(),
        subtitle=_("New papers of %(venue)s") % {"venue": name.replace(".", " ")},
        path=reverse("venue-feed", args=[name]),
        page=reverse("venue", args=[name]),
        query={"group": group} if group and is_edition else {},
    )
    return reply(request, about, wanted, told)


@require_safe
@paged
def latest(request: HttpRequest, wanted: Asked) -> HttpResponse:
    """All venues."""
    about = About(
        title=_("Venues"),
        subtitle=_("New papers of conferences and journals"),
        path=reverse("latest-feed"),
        page=reverse("latest"),
    )
    return reply(request, about, wanted, sources.of_all_venues(wanted))


@require_safe
@paged
def author(request: HttpRequest, wanted: Asked, name: str) -> HttpResponse:
    """Which papers bear the name is told by the papers themselves; that any paper with one of its keys has changed,
    by the index."""
    name = authors.cut(clean(typed(name)).strip("/"))
    if turned := author_names.given_first(name):
        return HttpResponsePermanentRedirect(kept(request, "author-feed", turned))
    if not (keys := authors.keys(name)):
        return _no_such_author(name)
    about = About(
        title=name,
        subtitle=_("New papers by %(author)s") % {"author": name},
        path=reverse("author-feed", args=[name]),
        page=reverse("author", args=[name]),
    )
    try:
        return reply(request, about, wanted, sources.of_author_keys(keys, wanted), lambda: _bearing(name))
    except Nobody:
        return _no_such_author(name)


@require_safe
def chosen(request: HttpRequest) -> HttpResponse:
    """The feeds of what a reader chose, as a file that feed readers import."""
    try:
        folders = subscriptions.folders(
            categories=request.GET.getlist("categories"),
            venues=request.GET.getlist("venues"),
            searches=request.GET.getlist("searches"),
        )
    except TooMany:
        return refused(_("At most %(most)s feeds go into one file.") % {"most": subscriptions.MOST}, 400)
    except Unknown as unknown:
        return refused(_("Not known here: %(names)s") % {"names": ", ".join(unknown.names)}, 404)
    if not folders:
        return refused(_("Name what to follow: %(example)s") % {"example": _EXAMPLE}, 400)
    response = HttpResponse(opml.written("coolpapers", folders), content_type=f"{opml.MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="coolpapers.opml"'
    return response


def _named_papers(request: HttpRequest, wanted: Asked, ids: list[ArxivId]) -> HttpResponse:
    spec = ",".join(each.id for each in ids)
    about = About(
        title=_("A list of papers"),
        subtitle="",
        path=reverse("arxiv-feed", args=[spec]),
        page=reverse("arxiv", args=[spec]),
    )
    return reply(request, about, wanted, sources.of_arxiv_ids(ids, wanted))


def _bearing(name: str) -> set[int]:
    if found := set(authors.paper_ids(name)):
        return found
    raise Nobody


def _known_name(name: str) -> str:
    """What an edition or a venue is called in addresses, "" if there is none."""
    if edition := editions.edition_named(name) or editions.edition_by_alias(name):
        return str(edition.name)
    newest = editions.newest_edition(name)
    return str(newest.venue.name) if newest else ""


def no_such_category(unknown: UnknownCategory) -> HttpResponse:
    said = _("No such category: %(typed)s") % {"typed": unknown.typed}
    return refused(_meant(said, selection.similar(unknown.typed)), 404)


def _no_such_author(name: str) -> HttpResponse:
    return refused(_("No paper here bears the name “%(name)s”.") % {"name": name}, 404)


def no_such_venue(name: str) -> HttpResponse:
    said = _("There are no papers of a venue or edition called “%(name)s”.") % {"name": name[:100]}
    meant = venue_index.meant_editions(name, editions.venues())
    return refused(_meant(said, [edition.name for edition in meant]), 404)


def _meant(said: str, names: list[str]) -> str:
    return f"{said}\n" + _("Did you mean: %(names)s") % {"names": ", ".join(names)} if names else said
