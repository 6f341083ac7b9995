"""The papers nearest to a paper, for its own page."""

from typing import Any

from django import template

from papers.cards import paper_url
from papers.language_tags import language_tag
from papers.models import Paper
from search import related
from search.related_views import reason

SHOWN = 5
register = template.Library()


@register.inclusion_tag("search/nearest.html")
def nearest(paper: Paper) -> dict[str, Any]:
    """Titles with the reason for each; nothing where the paper cannot be compared yet."""
    kin = related.of(paper).hits[:SHOWN]
    papers = Paper.objects.only("key", "title", "language").in_bulk([each.paper_id for each in kin])
    there = [(papers[each.paper_id], reason(each)) for each in kin if each.paper_id in papers]
    return {
        "paper": paper,
        "nearest": [
            {"title": found.title, "language": language_tag(found.language), "url": paper_url(found.key), "reason": why}
            for found, why in there
        ],
    }
