"""What scripts say, by name: they find it in the page, in the reader's language.

A name that ends in `_one` is taken for n = 1 in the place of the name without the ending."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "fold": _("Fold"),
}
