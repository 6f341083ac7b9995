"""What scripts must know of the operator's settings."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def pdf_hosts() -> str:
    """Hosts whose PDFs open in place, with blanks between."""
    return " ".join(settings.PDF_HOSTS)
