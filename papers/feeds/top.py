"""The feeds of what readers open most: a paper comes when it gets among the first, and comes once."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers import listings
from papers.day_key import today
from papers.feeds import sources
from papers.feeds.asked import Asked
from papers.feeds.replies import About, paged, reply
from papers.feeds.views import no_such_category, no_such_venue
from papers.selection import UnknownCategory
from papers.top import USUAL, Scope, top
from papers.views.replies import typed
from papers.views.top import Heading, of_venue_named, period

FIRST = 100  # papers of the list; all of them are on the first page of the feed


@require_safe
@paged
def of_all(request: HttpRequest, wanted: Asked) -> HttpResponse:
    return _feed(request, wanted, Heading())


@require_safe
@paged
def of_categories(request: HttpRequest, wanted: Asked, spec: str) -> HttpResponse:
    try:
        chosen = listings.selection(typed(spec).strip("/"))
    except UnknownCategory as unknown:
        return no_such_category(unknown)
    return _feed(request, wanted, Heading(Scope(selection=chosen), chosen.spec))


@require_safe
@paged
def of_venue(request: HttpRequest, wanted: Asked, name: str) -> HttpResponse:
    if heading := of_venue_named(typed(name).strip("/")):
        return _feed(request, wanted, heading)
    return no_such_venue(typed(name))


def _feed(request: HttpRequest, wanted: Asked, heading: Heading) -> HttpResponse:
    """Two queries, also for a 304: what is read changes with every reader."""
    over = period(request)
    found = top(heading.scope, over, today())
    of = heading.venue or heading.spec
    about = About(
        title=" ".join(filter(None, (_("Top papers"), of))),
        subtitle=_("What readers opened most"),
        path=f"{heading.path}/feed",
        page=heading.path,
        query={} if over is USUAL else {"over": over.name},
    )
    told = sources.of_papers([entry.paper_id for entry in found.entries[:FIRST]], wanted)
    return reply(request, about, wanted, told)
