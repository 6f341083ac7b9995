"""Which part of which order the address of a search asks for."""

from collections.abc import Mapping

from papers.paging import window
from search.stages import Sort, Wanted

_MAX_DIGITS = 15
_SORTS = {"1": Sort.INTEREST, **{str(sort): sort for sort in Sort}}  # 1 as on lists


def wanted(parameters: Mapping[str, str]) -> Wanted:
    """Reads `sort`, `skip`, `show` and `upto`; what makes no sense counts as not given."""
    asked = window(parameters)
    upto = parameters.get("upto", "")
    is_number = upto.isascii() and upto.isdigit() and len(upto) <= _MAX_DIGITS
    return Wanted(
        sort=_SORTS.get(parameters.get("sort", ""), Sort.RELEVANCE),
        skip=asked.skip,
        show=asked.show,
        upto=int(upto) if is_number else None,
    )
