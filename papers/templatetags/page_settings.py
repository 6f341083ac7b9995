"""What every page must know of the operator's settings, and of where its reader comes from."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings

from papers.way_back import PARAMETER, WayBack
from papers.way_back import way_back as read_way_back

register = template.Library()


@register.simple_tag
def pdf_hosts() -> str:
    """Hosts whose PDFs open in place, with blanks between."""
    return " ".join(settings.PDF_HOSTS)


@register.simple_tag(takes_context=True)
def way_back(context: Mapping[str, Any]) -> WayBack | None:
    """The page that the reader was led from, where the address of this one tells it."""
    request = context.get("request")
    return read_way_back(request.GET.get(PARAMETER, "")) if request else None
