"""Lists as files of citations, and the page of a selection that has one address."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from papers import exporting, finding, lists
from papers.citations.cited import CitedList
from papers.citations.formats import FORMATS, Format
from papers.lists import NoSuchList, PaperList
from papers.paging import MAX_SHOW
from papers.same_origin import same_origin
from papers.selection import UnknownCategory
from papers.views.named import named_page
from papers.views.replies import absolute, no_such_category, not_found, typed

MAX_IDS_TEXT = 200_000  # characters of a selection


@require_safe
def arxiv(request: HttpRequest, spec: str, extension: str) -> HttpResponse:
    return exported(request, extension, lambda: lists.of_arxiv(typed(spec), _parameters(request)))


@require_safe
def venue(request: HttpRequest, name: str, extension: str) -> HttpResponse:
    return exported(request, extension, lambda: lists.of_venue(typed(name), _parameters(request)))


@require_safe
def latest(request: HttpRequest, extension: str) -> HttpResponse:
    return exported(request, extension, lists.latest)


@require_safe
def author(request: HttpRequest, name: str, extension: str) -> HttpResponse:
    return exported(request, extension, lambda: lists.of_author(typed(name)))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def selected(request: HttpRequest, extension: str = "") -> HttpResponse:
    """Papers by their ids, of arXiv or of venues, in `ids`: as a page or as a file. What is too long for an address
    may be sent by POST, from our own pages."""
    return (same_origin(_selected) if request.method == "POST" else _selected)(request, extension)


def _selected(request: HttpRequest, extension: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    found = finding.selected(sent.get("ids", "")[:MAX_IDS_TEXT].replace("\x00", ""))
    ids, page, sort = finding.joined(found.names), reverse("selection"), sent.get("sort", "")
    address = f"{page}?{urlencode({'ids': ids}, safe=',@')}"
    if extension:
        return exported(request, extension, lambda: lists.of_named(found, address, typed(sort)))
    if request.method == "POST" and len(address) <= exporting.MAX_ADDRESS:
        return redirect(address)  # so that it can be kept and passed on
    if request.method == "POST":
        request.GET = QueryDict(f"show={MAX_SHOW}")  # its second page could not be linked to
    return named_page(request, found, exporting.menu(page, len(found.paper_ids), ids=ids, sort=sort))


def exported(request: HttpRequest, extension: str, find: Callable[[], PaperList]) -> HttpResponse:
    """The file of a list. A format or a list that there is not is a 404 that says so."""
    wanted = FORMATS.get(extension)
    if wanted is None:
        return not_found(
            request,
            _("No such format"),
            _("Lists can be exported as %(formats)s.")
            % {"formats": ", ".join(f"{each.label} (.{each.extension})" for each in FORMATS.values())},
        )
    try:
        return _file(find(), wanted)
    except NoSuchList as missing:
        return not_found(request, *missing.args)
    except UnknownCategory as unknown:
        return no_such_category(request, unknown)


def _file(found: PaperList, wanted: Format) -> HttpResponse:
    papers = exporting.cited_papers(found.paper_ids[: exporting.MAX_PAPERS])
    listed = CitedList(found.title, absolute(found.path), tuple(papers), _note(found))
    response = HttpResponse(wanted.write(listed), content_type=wanted.content_type)
    name = exporting.file_name(found.name, wanted.extension)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Total-Count"] = str(found.length)  # not all formats can say in the file that it is cut
    response["X-Robots-Tag"] = "noindex"
    return response


def _note(found: PaperList) -> str:
    if found.length <= exporting.MAX_PAPERS:
        return ""
    counts = {"most": f"{exporting.MAX_PAPERS:,}", "total": f"{found.length:,}"}
    return _("The first %(most)s of %(total)s papers: a file holds no more.") % counts


def _parameters(request: HttpRequest) -> dict[str, str]:
    return {name: typed(value) for name, value in request.GET.items()}
