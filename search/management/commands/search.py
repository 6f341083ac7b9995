"""manage.py search "words" [--json]: the result that the page shows, with each stage's ranks and timings."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from papers.models import Paper
from search import results, wording
from search.facets import Facet
from search.stages import Sort, warm_up


class Command(BaseCommand):
    help = "Searches as the page does, and says how each result came about."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--show", type=int, default=25, help="how many results (25)")
        parser.add_argument("--skip", type=int, default=0, help="how many results to leave out before them (0)")
        parser.add_argument("--sort", type=Sort, choices=list(Sort), default=Sort.RELEVANCE, metavar="|".join(Sort))
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        text = options["query"]
        if paper := results.named(text):
            self._write(results.named_as_json(text, paper) if options["json"] else _name(paper))
            return
        warm_up()  # else the deadline would be over before the models are there
        page = results.page(text, max(options["skip"], 0), max(options["show"], 1), options["sort"])
        self._write(results.as_json(page) if options["json"] else _lines(page))

    def _write(self, told: dict[str, Any] | str) -> None:
        self.stdout.write(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False))


def _name(paper: Paper) -> str:
    return f"{paper.key}  {paper.title}\nThe query names this paper."


def _lines(page: results.ResultPage) -> str:
    lines = [f"{hit.rank:>4}  {hit.paper.key}  {hit.paper.title}\n      {_stages(hit)}" for hit in page.hits]
    lines += [f"{facet.name}: {_values(facet)}" for facet in page.facets]
    spent = ", ".join(f"{stage} {took:.1f} ms" for stage, took in page.found.milliseconds.items())
    lines.append(f"{page.total:,} results, {page.found.matching:,} that match; {spent}")
    return "\n".join([*lines, *_notes(page)])


def _notes(page: results.ResultPage) -> list[str]:
    query = page.found.query
    filters = [f"filter: {wording.described(clause)}" for clause in query.filters]
    told = [*map(wording.misread, query.misread), *map(wording.unknown, page.unknown)]
    offered = [f"Did you mean: {page.did_you_mean}"] if page.did_you_mean else []
    return [*filters, *told, *offered, *(str(wording.NOTICES[notice]) for notice in page.found.notices)]


def _values(facet: Facet) -> str:
    return ", ".join(f"{value.name} {value.papers:,}" for value in facet.values)


def _stages(hit: results.ResultHit) -> str:
    return "  ".join(f"{stage} {rank}" for stage, rank in hit.ranks.items())
