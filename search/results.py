"""What search found, as a page of results: the one place where ids become papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.models import Paper
from search.stages import Found, Notice, find

SHOW, MAX_SHOW = 25, 1_000

NOTICES: dict[Notice, str | Promise] = {
    "words-only": _("Only words were searched: search by meaning is not ready or not reachable."),
    "few-vectors": _("Ranked by words: most papers found have no vector yet; they are being made."),
    "meaning-only": _("Only meaning was searched: the word index is being built."),
    "nothing": _("Search is not ready yet: its indexes are being built. Try again in a minute."),
    "shortened": _("Your query was shortened: only its first words were used."),
}


@dataclass(frozen=True, slots=True)
class ResultHit:
    """A paper, its rank in the final order, and its rank in each stage that saw it."""

    rank: int
    paper: Paper
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Hits from `skip` on, `show` at most; `total` is how far the result can be paged."""

    found: Found
    hits: tuple[ResultHit, ...]
    total: int
    skip: int
    show: int


def page(text: str, skip: int = 0, show: int = SHOW) -> ResultPage:
    """Searches and takes one page of the result."""
    found = find(text)
    wanted = found.final.hits[skip : skip + show]
    papers = Paper.objects.in_bulk([hit.paper_id for hit in wanted])
    ranks = {name: stage.ranks for name, stage in found.stages.items()}
    hits = tuple(
        ResultHit(hit.rank, papers[hit.paper_id], _ranks_of(hit.paper_id, ranks))
        for hit in wanted
        if hit.paper_id in papers  # deleted since the index was written
    )
    return ResultPage(found, hits, total=len(found.final.hits), skip=skip, show=show)


def as_json(result: ResultPage) -> dict[str, Any]:
    """The page as plain values, in the order of the page."""
    return {
        "query": result.found.query.text,
        "total": result.total,
        "matching": result.found.matching,
        "ran": [name for name, stage in result.found.stages.items() if name != "reranked"],
        "reranker": result.found.reranker,
        "notices": list(result.found.notices),
        "milliseconds": result.found.milliseconds,
        "results": [
            {"rank": hit.rank, "id": hit.paper.key, "title": hit.paper.title, "ranks": dict(hit.ranks)}
            for hit in result.hits
        ],
    }


def _ranks_of(paper_id: int, ranks: Mapping[str, Mapping[int, int]]) -> dict[str, int]:
    return {name: found[paper_id] for name, found in ranks.items() if paper_id in found}
