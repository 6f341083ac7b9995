"""Lists that a reader can have in another order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from papers import ordering
from papers.ordering import Order
from papers.paging import window
from papers.views.replies import listed


@dataclass(frozen=True, slots=True)
class Sorts:
    """What templates/papers/sorts.html shows. `own` is what the list's own order is called; `kept` are the parameters
    of the page that a form has to bring along."""

    order: Order
    own: str
    kept: Sequence[tuple[str, str]]

    @property
    def words(self) -> str:
        """For the field in which words are typed."""
        return str(self.order.preference)


def sorted_list(
    request: HttpRequest, paper_ids: list[int], own: str, cross_listed: Collection[int] = ()
) -> dict[str, Any]:
    """The cards of one page in the order of `?sort=`, and how to get another."""
    order = ordering.ordered(paper_ids, request.GET.get("sort", ""))
    found = listed(order.paper_ids, window(request.GET), cross_listed, reasons=order.reasons, counts=order.counts)
    kept = [(name, value) for name, value in request.GET.items() if name not in ("sort", "skip")]
    return found | {"sorts": Sorts(order, own, kept)}
