"""Which keywords papers show. Papers know those of their authors; a room above, which computes more, registers itself
here, so that cards need not know who does."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from papers.models import Paper

Source = Callable[[Sequence[Paper]], Mapping[int, Sequence[str]]]

_PLAIN = re.compile(r"[^\W_]+(?:-[^\W_]+)*\Z")
_OPERATORS = ("AND", "OR", "NOT")
_sources: list[Source] = []


@dataclass(frozen=True, slots=True)
class KeywordLink:
    """A keyword, and the search for it."""

    text: str
    url: str


def register(source: Source) -> None:
    """Makes `source` the one that is asked: it gives keywords by paper id, in one query for all papers of a list."""
    _sources[:] = [source]


def of_papers(papers: Sequence[Paper]) -> dict[int, tuple[str, ...]]:
    """Keywords by paper id; the authors' where the source has none."""
    found: Mapping[int, Sequence[str]] = _sources[0](papers) if _sources and papers else {}
    return {paper.pk: tuple(found.get(paper.pk) or paper.keywords) for paper in papers}


def links(keywords: Sequence[str]) -> tuple[KeywordLink, ...]:
    search = reverse("search")
    return tuple(KeywordLink(each, f"{search}?{urlencode({'query': query(each)})}") for each in keywords)


def query(keyword: str) -> str:
    """What finds the keyword as it stands: quoted, unless it is a word that means nothing but itself."""
    if _PLAIN.match(keyword) and keyword not in _OPERATORS:
        return keyword
    return '"' + keyword.replace('"', " ").strip() + '"'
