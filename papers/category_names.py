"""arXiv's categories and their groups by the names that readers know them by, in their language."""

from django.utils.translation import pgettext

from papers import taxonomy


def category_name(code: str) -> str:
    """The code itself for one that arXiv does not list."""
    return pgettext("arXiv category", taxonomy.category_name(code))


def group_name(group: str) -> str:
    """For arXiv's own name of a group."""
    return pgettext("arXiv group", group)
