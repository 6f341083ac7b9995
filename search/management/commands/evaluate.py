"""manage.py evaluate DIR...: quality and speed of every stage on judged collections; evaluate --known-item N: on
queries made from the papers at hand."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.evaluation import collection, corpus, peers, runs
from search.evaluation.collection import Judged
from search.evaluation.known_items import KINDS
from search.evaluation.table import table

ALL = "all"


class Command(BaseCommand):
    help = (
        "Runs the queries of collections in the BEIR layout through every stage, in a database of their own; or, with "
        "--known-item, queries made from the papers at hand, which are only read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folders", metavar="DIR", type=Path, nargs="*")
        parser.add_argument("--known-item", metavar="N", type=int, help="look for N papers kept from training")
        parser.add_argument("--noise", metavar="KINDS", default=ALL, help=f"all (default) or some of {','.join(KINDS)}")
        parser.add_argument("--seed", type=int, default=0, help="draws other papers and words (0)")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON, for each DIR one")
        parser.add_argument(
            "--json-queries", metavar="FILE", type=Path, help="write the known-item queries, one a line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        try:
            reports = self._known_items(options) if options["known_item"] else self._collections(options["folders"])
            for report in reports:
                self.stdout.write(table(report))
                if options["json"]:
                    self.stdout.write(json.dumps(report, ensure_ascii=False))
        except (collection.BadCollection, corpus.NothingToFind, peers.NoIndex, runs.NoArm, OSError) as error:
            raise CommandError(str(error)) from error

    def _collections(self, folders: Sequence[Path]) -> Iterator[dict[str, Any]]:
        """All are read before the first is run: a wrong one is told at once."""
        for judged in [collection.read(folder) for folder in folders]:
            with _bars() as bars:
                report = runs.evaluate(judged, bars.advance)
            yield report

    def _known_items(self, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
        kinds = _kinds(options["noise"])
        queries = corpus.questions(options["known_item"], kinds, options["seed"])
        if without := set(kinds) - {query.kind for query in queries}:
            self.stderr.write(f"No paper drawn has the words for {', '.join(sorted(without))}.")
        if options["json_queries"]:
            options["json_queries"].write_text("".join(map(_line, queries)), encoding="utf-8")
        with _bars() as bars:
            report = runs.find_known_items(queries, bars.advance)
        yield report


def _check(options: dict[str, Any]) -> None:
    """What argparse cannot tell. Raises CommandError."""
    known_item = options["known_item"]
    if (known_item is None) == (not options["folders"]):
        raise CommandError("give either folders in the BEIR layout or --known-item N")
    if known_item is None and options["json_queries"]:
        raise CommandError("--json-queries writes the queries of --known-item N: give that too")
    if known_item is not None and known_item < 1:
        raise CommandError(f"--known-item {known_item}: look for at least 1 paper")
    _kinds(options["noise"])


def _kinds(noise: str) -> list[str]:
    """Kinds in the order of KINDS. Raises CommandError."""
    asked = {kind.strip() for kind in noise.split(",")}
    if unknown := asked - {ALL, *KINDS}:
        raise CommandError(f"--noise {', '.join(sorted(unknown))}: the kinds are {', '.join(KINDS)}, or {ALL}")
    return [kind for kind in KINDS if kind in asked or ALL in asked]


def _line(query: Judged) -> str:
    row = {"_id": query.id, "text": query.text, "metadata": {"type": query.kind}, "title_keys": [*query.judgements]}
    return json.dumps(row, ensure_ascii=False) + "\n"


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


@contextmanager
def _bars() -> Iterator[_Bars]:
    bars = _Bars()
    try:
        yield bars
    finally:
        bars.close()
