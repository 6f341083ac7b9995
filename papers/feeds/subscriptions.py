"""What a reader chose -> the feeds of it."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _

from papers import listings
from papers.feeds.opml import Folder, Subscription
from papers.models import Edition, Venue
from papers.selection import UnknownCategory
from papers.taxonomy import category_name
from papers.views.replies import absolute, typed

MOST = 500  # feeds of one file
_LONGEST = 2_000


class TooMany(ValueError):
    """More than MOST feeds were asked for."""


class Unknown(ValueError):
    """There are no such categories or venues."""

    @property
    def names(self) -> tuple[str, ...]:
        """As they were typed."""
        return self.args


def folders(categories: Iterable[str], venues: Iterable[str], searches: Iterable[str]) -> list[Folder]:
    """Those that hold feeds. Categories and venues may be joined with commas; a search stands by itself, for it may
    hold commas. Raises TooMany and Unknown. Three queries, and one for each category that the taxonomy lacks."""
    codes, names = _parts(categories), _parts(venues)
    texts = list(dict.fromkeys(filter(None, (typed(text).strip()[:_LONGEST] for text in searches))))
    if len(codes) + len(names) + len(texts) > MOST:
        raise TooMany
    found, unknown = _categories(codes)
    known, missing = _venues(names)
    if unknown or missing:
        raise Unknown(*unknown, *missing)
    made = [Folder(_("Categories"), found), Folder(_("Venues"), known), Folder(_("Searches"), _searches(texts))]
    return [folder for folder in made if folder.subscriptions]


def _parts(texts: Iterable[str]) -> list[str]:
    parts = (part.strip() for text in texts for part in typed(text).split(","))
    return list(dict.fromkeys(filter(None, parts)))


def _categories(codes: Sequence[str]) -> tuple[list[Subscription], list[str]]:
    """The feeds, and what is no category. Several categories in one, `cs.AI+cs.LG-cs.CY`, are one feed."""
    found, unknown = [], []
    for code in codes:
        try:
            chosen = listings.selection(code)
        except UnknownCategory as error:
            unknown.append(error.typed)
            continue
        title = chosen.spec if len(chosen.names) > 1 else f"{chosen.spec} {category_name(chosen.names[0])}"
        found.append(_subscription(title, "arxiv", chosen.spec))
    return found, unknown


def _venues(names: Sequence[str]) -> tuple[list[Subscription], list[str]]:
    if not names:
        return [], []
    editions = Edition.objects.annotate(lower=Lower("name")).filter(lower__in=[name.lower() for name in names])
    known = dict(editions.values_list("lower", "name"))
    for name, aliases in Venue.objects.order_by("-name").values_list("name", "aliases"):
        known |= dict.fromkeys((each.lower() for each in (name, *aliases)), name)
    named = [(name, known.get(name.lower())) for name in names]
    feeds = dict.fromkeys(official for _name, official in named if official)
    return [_subscription(name, "venue", name) for name in feeds], [name for name, official in named if not official]


def _searches(texts: Iterable[str]) -> list[Subscription]:
    queries = ((text, urlencode({"query": text})) for text in texts)
    return [
        Subscription(text, absolute(f"{reverse('search-feed')}?{query}"), absolute(f"{reverse('search')}?{query}"))
        for text, query in queries
    ]


def _subscription(title: str, view: str, name: str) -> Subscription:
    return Subscription(title, absolute(reverse(f"{view}-feed", args=[name])), absolute(reverse(view, args=[name])))
