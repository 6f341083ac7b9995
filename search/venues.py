"""Venues by every name they go by."""

from papers.models import Venue
from papers.text import fold


def names_by_alias() -> dict[str, tuple[str, ...]]:
    """Names of venues by name, alias and full name, all folded: `nips` -> ("NeurIPS",). One query."""
    found: dict[str, dict[str, None]] = {}
    for name, full_name, aliases in Venue.objects.order_by("name").values_list("name", "full_name", "aliases"):
        for known in {name, full_name, *aliases} - {""}:
            found.setdefault(fold(known), {})[name] = None
    return {alias: tuple(venues) for alias, venues in found.items()}
