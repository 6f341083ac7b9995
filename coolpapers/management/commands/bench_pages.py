"""manage.py bench_pages: what pages cost with hundreds of thousands of papers, in a database of its own."""

import json
import sys
from argparse import ArgumentTypeError
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coolpapers import page_corpus
from coolpapers.page_corpus import CATEGORY, CROSSED, LAST, VENUE
from coolpapers.page_costs import Cost, measure
from papers.models import Paper
from search.evaluation.database import throw_away

PAGES = (
    ("front page", "/"),
    ("day, first page", f"/arxiv/{CATEGORY}?date={LAST}"),
    ("day, 100 a page", f"/arxiv/{CATEGORY}?date={LAST}&show=100"),
    ("day of a union", f"/arxiv/{CATEGORY}+{CROSSED}?date={LAST}"),
    ("day of an archive", f"/arxiv/{CATEGORY.partition('.')[0]}?date={LAST}"),
    ("latest of an archive", f"/arxiv/{CATEGORY.partition('.')[0]}"),
    ("feed of an archive", f"/arxiv/{CATEGORY.partition('.')[0]}/feed?show=100"),
    ("day by interest", f"/arxiv/{CATEGORY}?date={LAST}&sort=1"),
    ("catching up, 10 days", f"/arxiv/{CATEGORY}?since=2025-06-17"),
    ("edition", f"/venue/{VENUE}.2025"),
    ("new arrivals", "/venue/latest"),
    ("venues", "/venue"),
    ("top of the month", f"/top/{CATEGORY}?over=month"),
    ("feed of 100", f"/arxiv/{CATEGORY}/feed?show=100"),
    ("export of a day", f"/arxiv/{CATEGORY}/export.bib?date={LAST}"),
)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1_000 <= int(text) <= 3_000_000:
        raise ArgumentTypeError("give a number from 1000 to 3000000")
    return int(text)


class Command(BaseCommand):
    help = "Measures what pages cost (milliseconds, queries, compressed size) with many papers, in turns in one run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--papers", type=_count, default=300_000, help="how many papers are stored (300000)")
        parser.add_argument("--rounds", type=int, default=50, help="how often each page is asked (50)")
        parser.add_argument("--snapshot", type=Path, help="an arXiv snapshot, whose texts are used; else the starter's")

    def handle(self, *args: Any, **options: Any) -> None:
        snapshot: Path | None = options["snapshot"]
        if snapshot and not snapshot.is_file():
            raise CommandError(f"{snapshot} does not exist: give the path of an arXiv snapshot")
        call_command("collectstatic", interactive=False, verbosity=0)
        with throw_away():
            self._say(f"making {options['papers']:,} papers")
            page_corpus.fill(options["papers"], snapshot)
            self._say(f"{Paper.objects.count():,} papers; asking {len(PAGES)} pages, {options['rounds']} times each")
            costs = measure([(name, path, {}) for name, path in PAGES], options["rounds"])
        for cost in costs:
            self._say(_line(cost))
        self.stdout.write(json.dumps([asdict(cost) for cost in costs]))

    def _say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)  # noqa: T201


def _line(cost: Cost) -> str:
    return (
        f"{cost.name:24} {cost.status}  p50 {cost.p50:7.1f} ms  p95 {cost.p95:7.1f} ms  "
        f"{cost.queries:3} queries  {cost.kilobytes:7.1f} kB"
    )
