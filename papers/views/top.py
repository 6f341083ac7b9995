"""What readers opened and starred most, of all papers, of categories, of a venue or an edition."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from papers import cards, editions, exporting, finding, listings
from papers.day_key import today
from papers.exporting import ExportMenu
from papers.models import Edition, Paper
from papers.paging import window
from papers.selection import UnknownCategory
from papers.top import ALL, PERIODS, USUAL, Entry, Period, Scope, top
from papers.views.replies import absolute, listed, no_such_category, no_such_venue, typed

# Of so few openings a single reader can change the order.
FEW = 30
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list is of, `spec` as in its address; `venue` names the venue or edition, if it is one."""

    scope: Scope = ALL
    spec: str = ""
    venue: str = ""

    @property
    def path(self) -> str:
        if self.venue:
            return reverse("top-venue", args=[self.venue])
        return reverse("top-of", args=[self.spec]) if self.spec else reverse("top")


@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """The top of all papers; with `?of=` typed into its form, that of a category or venue."""
    if wanted := " ".join(typed(request.GET.get("of", ""))[:_LONGEST].split()):
        return HttpResponseRedirect(_over(_typed_path(wanted), period(request)))
    return _page(request, Heading())


@require_safe
def of_categories(request: HttpRequest, spec: str) -> HttpResponse:
    try:
        chosen = listings.selection(typed(spec).strip("/"))
    except UnknownCategory as unknown:
        return no_such_category(request, unknown)
    return _page(request, Heading(Scope(selection=chosen), chosen.spec))


@require_safe
def of_venue(request: HttpRequest, name: str) -> HttpResponse:
    """Of an edition, or of all editions of a venue."""
    name = typed(name).strip("/")
    if heading := of_venue_named(name):
        return _page(request, heading)
    return no_such_venue(request, name)


def period(request: HttpRequest) -> Period:
    """`?over=`; what is no period means the usual one."""
    return PERIODS.get(request.GET.get("over", ""), USUAL)


def reason(entry: Entry) -> str:
    """`interest 7.4: 6 openings, 2 stars`."""
    openings = ngettext("%(n)s opening", "%(n)s openings", entry.openings) % {"n": entry.openings}
    stars = ngettext("%(n)s star", "%(n)s stars", entry.stars) % {"n": entry.stars}
    told = ", ".join(text for text, n in ((openings, entry.openings), (stars, entry.stars)) if n)
    return _("interest %(interest)s: %(told)s") % {"interest": f"{entry.interest:.1f}", "told": told}


def of_venue_named(name: str) -> Heading | None:
    """The edition of that name, or all of the venue that goes by it."""
    if edition := editions.edition_named(name) or editions.edition_by_alias(name):
        return Heading(Scope(editions=[edition.pk]), f"venue/{edition.name}", edition.name)
    if newest := editions.newest_edition(name):
        held = list(Edition.objects.filter(venue=newest.venue_id).values_list("pk", flat=True))
        return Heading(Scope(editions=held), f"venue/{newest.venue.name}", newest.venue.name)
    return None


def _page(request: HttpRequest, heading: Heading) -> HttpResponse:
    over, wanted, chosen = period(request), window(request.GET), heading.scope.selection
    found = top(heading.scope, over, today())
    reasons = {entry.paper_id: reason(entry) for entry in found.entries[wanted.skip : wanted.end]}
    context = listed([entry.paper_id for entry in found.entries], wanted, reasons=reasons) | {
        "heading": heading,
        "chosen": chosen,
        "categories": cards.subjects(chosen.names) if chosen else (),
        "found": found,
        "over": over,
        "is_little": found.openings + found.stars < FEW,
        "canonical": absolute(_over(heading.path, over)),
        "feed": _over(f"{heading.path}/feed", over),
        "export": _menu([entry.paper_id for entry in found.entries]),
    }
    return render(request, "papers/top.html", context)


def _typed_path(wanted: str) -> str:
    """The list of what was typed: a category, or else a venue."""
    try:
        return reverse("top-of", args=[listings.selection(wanted).spec])
    except UnknownCategory:
        found = of_venue_named(wanted)
        return found.path if found else reverse("top-of", args=[wanted])


def _menu(paper_ids: list[int]) -> ExportMenu:
    """The papers by name: tomorrow the list is another one."""
    keys = dict(Paper.objects.filter(pk__in=paper_ids).values_list("pk", "key"))
    ids = finding.joined(keys[each] for each in paper_ids if each in keys)
    return exporting.menu(reverse("selection"), len(paper_ids), ids=ids)


def _over(path: str, over: Period) -> str:
    return path if over is USUAL else f"{path}?over={over.name}"
