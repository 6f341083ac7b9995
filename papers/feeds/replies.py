"""A page of a feed as an answer, or a 304 where the reader has it."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _

from papers import finding
from papers.feeds import asked, atom, describe
from papers.feeds.asked import Asked, BadMark
from papers.feeds.atom import Feed, Link
from papers.feeds.sources import Told
from papers.views.replies import absolute

FRESH = 300  # seconds for which caches need not ask again; feed readers ask rarely enough
_NOTHING_YET = datetime(1991, 8, 14, tzinfo=UTC)  # the day arXiv began: a feed must have been updated once
_FORMAT = 1  # raised when entries are written otherwise, so that readers see it

Choose = Callable[[], Collection[int]]


@dataclass(frozen=True, slots=True)
class About:
    """What a feed is of. `path` is its address and `page` that of the page it belongs to, both with `query`."""

    title: str
    subtitle: str
    path: str
    page: str
    query: Mapping[str, str] = field(default_factory=dict)

    def address(self, wanted: Asked) -> str:
        return absolute(_with(self.path, {**self.query, **wanted.query()}))


def reply(
    request: HttpRequest, about: About, wanted: Asked, told: Sequence[Told], choose: Choose | None = None
) -> HttpResponse:
    """The page that `told` begins with. `choose` gives the ids of those that belong to it, where only some do; it is
    called if the page has changed."""
    etag, modified = _etag(wanted, told), _modified(told)
    answer = get_conditional_response(request, etag=etag, last_modified=modified)
    if answer is None:
        belonging = choose() if choose else None
        shown = [each for each in told if belonging is None or each.paper_id in belonging]
        content = atom.written(_feed(about, wanted, shown))
        answer = HttpResponse(content, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")
    answer.headers["ETag"] = etag
    if modified:
        answer.headers["Last-Modified"] = http_date(modified)
    answer.headers["Cache-Control"] = f"public, max-age={FRESH}"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def paged(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands a view what the address asks for, or says that it makes no sense."""

    @wraps(view)
    def reading(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            wanted = asked.asked(request.GET)
        except BadMark:
            return refused(_("`before` is none that this feed has given out: begin again without it."), 400)
        return view(request, wanted, **named)

    return reading


def refused(reason: str, status: int) -> HttpResponse:
    """Programs read it, and those who look why theirs got nothing."""
    return HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")


def _feed(about: About, wanted: Asked, told: Sequence[Told]) -> Feed:
    now = timezone.now()
    page = told[: wanted.show]
    papers = {paper.pk: paper for paper in finding.in_order([each.paper_id for each in page])}
    entries = tuple(describe.entry(papers[each.paper_id], each, now) for each in page if each.paper_id in papers)
    links = [
        Link("self", about.address(wanted), atom.MEDIA_TYPE),
        Link("first", about.address(wanted.first()), atom.MEDIA_TYPE),
        Link("alternate", absolute(_with(about.page, about.query)), "text/html"),
    ]
    if len(told) > wanted.show:
        links.append(Link("next", about.address(wanted.after(page[-1].mark)), atom.MEDIA_TYPE))
    return Feed(
        id=about.address(Asked()),
        title=about.title,
        subtitle=about.subtitle,
        updated=max((entry.updated for entry in entries), default=_NOTHING_YET),
        author="coolpapers",
        icon=absolute(static("papers/icon.svg")),
        generator=("coolpapers", settings.VERSION),
        links=tuple(links),
        entries=entries,
    )


def _etag(wanted: Asked, told: Sequence[Told]) -> str:
    """Changes whenever a byte of the page does: with any of its entries, and with one more behind it."""
    made = hashlib.blake2b(f"{_FORMAT} {settings.VERSION} {settings.PUBLIC_URL} {wanted}".encode(), digest_size=12)
    for each in told:
        made.update(f"{each.mark} {each.name} ".encode() + each.content_hash)
    return f'"{made.hexdigest()}"'


def _modified(told: Sequence[Told]) -> int | None:
    """Seconds since 1970: when the last of the papers was told, or changed."""
    moments = [moment for each in told for moment in (each.told, each.changed) if moment]
    return int(max(moments).timestamp()) if moments else None


def _with(path: str, query: Mapping[str, str]) -> str:
    return path + (f"?{urlencode(query)}" if query else "")
