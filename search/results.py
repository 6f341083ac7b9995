"""What search found, as a page of results: the one place where ids become papers."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from papers import finding, ordering
from papers.identifiers import ArxivId
from papers.models import Paper
from search import reasons, wording
from search.arms import DEPTH
from search.facets import Facet, facets
from search.language.clauses import Code
from search.query import Query, named_paper, parse
from search.ranking import Hit
from search.reasons import Reason, Reasons
from search.stages import Found, Sort, Wanted, run
from search.suggestions import did_you_mean

SHOW, MAX_SHOW = 25, 1_000


@dataclass(frozen=True, slots=True)
class ResultHit:
    """A paper, its rank in the final order, its rank in each stage that saw it, and why it is there."""

    rank: int
    paper: Paper
    ranks: Mapping[str, int]
    reason: Reason


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Hits from `wanted.skip` on, `wanted.show` at most; `total` is how far the result can be paged. `wanted.upto` is
    the highest paper id there was when the reader saw the first page: the next pages leave out what came later.
    `unknown` are filters that name nothing we know; `did_you_mean` is another query to offer, or ""."""

    found: Found
    wanted: Wanted
    hits: tuple[ResultHit, ...]
    facets: tuple[Facet, ...]
    unknown: tuple[Code, ...]
    did_you_mean: str

    @property
    def total(self) -> int:
        return self.found.total


def page(
    text: str, skip: int = 0, show: int = SHOW, sort: Sort = Sort.RELEVANCE, upto: int | None = None
) -> ResultPage:
    """Searches and takes one page of the result."""
    return page_of(parse(text), Wanted(sort, skip, show, upto))


def page_of(query: Query, wanted: Wanted) -> ResultPage:
    found = run(query, wanted)
    hits = _hits(found, wanted)
    papers = found.papers
    if papers is None:
        return ResultPage(found, wanted, hits, (), (), "")
    started = time.perf_counter()
    counted = facets(papers, query)
    found.milliseconds["facets"] = round((time.perf_counter() - started) * 1000, 3)
    return ResultPage(
        found=found,
        wanted=wanted if wanted.upto is not None else _marked(wanted, papers.index.highest_id()),
        hits=hits,
        facets=counted,
        unknown=papers.matching.unknown,
        did_you_mean=did_you_mean(query, papers.index),
    )


def paper_ids(query: Query, wanted: Wanted) -> tuple[list[int], int]:
    """The papers of one page, in its order, and how far down the result can be paged."""
    found = run(query, wanted)
    placed = _placed(found, wanted)
    return [hit.paper_id for place, hit in placed if wanted.skip < place <= wanted.end], found.total


def named(text: str) -> Paper | None:
    """The one paper whose id, DOI or address the query is, if it is here."""
    name = named_paper(text)
    if isinstance(name, ArxivId):
        return finding.by_arxiv_id(name)
    return finding.by_doi_or_source_id(name) if name else finding.by_venue_key(text.strip())


def as_json(result: ResultPage) -> dict[str, Any]:
    """The page as plain values, in the order of the page."""
    query = result.found.query
    filters = [wording.described(clause) for clause in query.filters]
    return {
        "query": query.text,
        "read_as": str(query),
        "misread": [{"code": each.code, "text": each.text, "message": wording.misread(each)} for each in query.misread],
        "filters": [{"clause": str(clause), "says": wording.described(clause)} for clause in query.filters],
        "unknown": [str(clause) for clause in result.unknown],
        "did_you_mean": result.did_you_mean or None,
        "total": result.total,
        "matching": result.found.matching,
        "sort": str(result.wanted.sort),
        "upto": result.wanted.upto,
        "ran": [name for name in result.found.stages if name != "reranked"],
        "reranker": result.found.reranker,
        "weights": dict(result.found.weights),
        "notices": list(result.found.notices),
        "milliseconds": result.found.milliseconds,
        "facets": {facet.name: _values(facet) for facet in result.facets},
        "results": [
            {
                "rank": hit.rank,
                "id": hit.paper.key,
                "title": hit.paper.title,
                "ranks": dict(hit.ranks),
                "why": reasons.as_json(hit.reason, filters),
            }
            for hit in result.hits
        ],
    }


def named_as_json(text: str, paper: Paper) -> dict[str, Any]:
    """The answer to a query that names a paper."""
    return {
        "query": text,
        "named": paper.key,
        "total": 1,
        "results": [{"rank": 1, "id": paper.key, "title": paper.title}],
    }


def _values(facet: Facet) -> list[dict[str, Any]]:
    return [{"value": value.name, "papers": value.papers, "clause": str(value.clause)} for value in facet.values]


def _marked(wanted: Wanted, upto: int) -> Wanted:
    return replace(wanted, upto=upto)


def _hits(found: Found, wanted: Wanted) -> tuple[ResultHit, ...]:
    shown = [(place, hit) for place, hit in _placed(found, wanted) if wanted.skip < place <= wanted.end]
    papers = Paper.objects.in_bulk([hit.paper_id for _place, hit in shown])
    ranks = {name: stage.ranks for name, stage in found.stages.items()}
    why = Reasons(found)
    return tuple(
        ResultHit(place, papers[hit.paper_id], _ranks_of(hit.paper_id, ranks), why.of(papers[hit.paper_id], hit.rank))
        for place, hit in shown
        if hit.paper_id in papers  # deleted since the index was written
    )


def _placed(found: Found, wanted: Wanted) -> Iterable[tuple[int, Hit]]:
    """Hits with their places. By interest those that all arms weighed change theirs; further down a paper that many
    readers opened is hardly what was asked for."""
    hits = found.final.hits
    if wanted.sort is not Sort.INTEREST or found.ran != "reranked":
        return ((hit.rank, hit) for hit in hits)
    by_id = {hit.paper_id: hit for hit in hits[:DEPTH]}
    first = [by_id[paper_id] for paper_id in ordering.by_interest(list(by_id)).paper_ids]
    return enumerate([*first, *hits[DEPTH:]], start=1)


def _ranks_of(paper_id: int, ranks: Mapping[str, Mapping[int, int]]) -> dict[str, int]:
    return {name: found[paper_id] for name, found in ranks.items() if paper_id in found}
