"""arXiv's categories and their groups by the names that readers know them by, in their language."""

from django.utils.translation import pgettext

from papers import taxonomy


def category_name(code: str) -> str:
    """Also of whole archives. The code itself for one that arXiv does not list."""
    if code in taxonomy.categories() or code not in taxonomy.archives():
        return pgettext("arXiv category", taxonomy.category_name(code))
    if code == "nlin":  # of physics, like the archive called so
        return pgettext("arXiv group", "Nonlinear Sciences")
    return group_name(next(group for group, archives in taxonomy.archive_groups().items() if code in archives))


def group_name(group: str) -> str:
    """For arXiv's own name of a group."""
    return pgettext("arXiv group", group)
