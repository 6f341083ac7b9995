"""manage.py evaluate DIR [--json]: quality and speed of every stage on a judged collection."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.evaluation import collection, runs

_MEASURES = ("ndcg@10", "mrr@10", "recall@5", "recall@100", "p50_ms", "p95_ms")


class Command(BaseCommand):
    help = "Runs the queries of a collection in the BEIR layout through every stage, in a database of their own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            judged = collection.read(options["folder"])
        except (collection.BadCollection, OSError) as error:
            raise CommandError(str(error)) from error
        bars = _Bars()
        try:
            report = runs.evaluate(judged, bars.advance)
        finally:
            bars.close()
        self.stdout.write(_table(report))
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))


class _Bars:
    """One progress bar after the other, by what is being done."""

    def __init__(self) -> None:
        self._what, self._bar = "", tqdm(disable=True)

    def advance(self, what: str, done: int, total: int) -> None:
        if what != self._what:
            self.close()
            self._what, self._bar = what, tqdm(desc=what, total=total, file=sys.stderr)
        self._bar.update(done)

    def close(self) -> None:
        self._bar.close()


def _table(report: dict[str, Any]) -> str:
    title = f"{report['collection']}: {report['documents']:,} documents, {report['queries']:,} queries"
    lines = [title, f"{'':24}" + "".join(f"{name:>12}" for name in _MEASURES)]
    lines += _rows("", report["stages"])
    for kind, stages in report.get("kinds", {}).items():
        lines += _rows(f"{kind}: ", stages)
    return "\n".join(lines)


def _rows(prefix: str, stages: dict[str, dict[str, float]]) -> list[str]:
    return [
        f"{prefix + name:24}" + "".join(f"{stage[measure]:>12.4f}" for measure in _MEASURES)
        for name, stage in stages.items()
    ]
