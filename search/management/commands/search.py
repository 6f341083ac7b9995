"""manage.py search "words" [--json]: the result that the page shows, with each stage's ranks and timings."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search import results


class Command(BaseCommand):
    help = "Searches as the page does, and says how each result came about."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--show", type=int, default=25, help="how many results (25)")
        parser.add_argument("--skip", type=int, default=0, help="how many results to leave out before them (0)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        page = results.page(options["query"], skip=max(options["skip"], 0), show=max(options["show"], 1))
        self.stdout.write(json.dumps(results.as_json(page), ensure_ascii=False) if options["json"] else _lines(page))


def _lines(page: results.ResultPage) -> str:
    lines = [f"{hit.rank:>4}  {hit.paper.key}  {hit.paper.title}\n      {_stages(hit)}" for hit in page.hits]
    spent = ", ".join(f"{stage} {took:.1f} ms" for stage, took in page.found.milliseconds.items())
    lines.append(f"{page.total:,} results, {page.found.matching:,} with a word of the query; {spent}")
    lines += [results.NOTICES[notice] for notice in page.found.notices]
    return "\n".join(str(line) for line in lines)


def _stages(hit: results.ResultHit) -> str:
    return "  ".join(f"{stage} {rank}" for stage, rank in hit.ranks.items())
