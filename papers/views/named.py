"""The page of papers that an address names by their ids."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from papers.exporting import MAX_ADDRESS, ExportMenu
from papers.finding import NamedPapers
from papers.views.sorting import sorted_list
from papers.wanted import WishState, ask

MAX_WISHES = 100  # papers of one list that are fetched at once


def named_page(request: HttpRequest, found: NamedPapers, export: ExportMenu) -> HttpResponse:
    """Papers that arXiv may have and we do not are asked for, and waited for."""
    wishes = ask(found.unknown[:MAX_WISHES]) if found.unknown else {}
    waiting = [name for name, wish in wishes.items() if wish.state is WishState.WAITING]
    lost = [name for name in found.unknown if name not in waiting]
    context = sorted_list(request, found.paper_ids, _("the address"))
    context |= {"named": found, "waiting": waiting, "lost": lost, "export": export, "feed": _feed(found)}
    status = 202 if waiting else 200 if found.paper_ids else 404
    return render(request, "papers/named.html", context, status=status)


def _feed(found: NamedPapers) -> str:
    """Of papers of arXiv, as many as an address can name."""
    ids = ",".join(found.names)
    is_of_arxiv = bool(ids) and not found.has_venues and len(ids) <= MAX_ADDRESS
    return reverse("arxiv-feed", args=[ids]) if is_of_arxiv else ""
