"""manage.py merges [list] | undo ID | redo ID | measure SNAPSHOT... --acl PATH"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ingest import measuring, merging
from ingest.items import Taken
from ingest.measuring import Measure
from ingest.models import Merge
from ingest.sources import acl, arxiv_snapshot
from papers.record import PaperRecord

_COUNTS = ("labelled", "right", "wrong", "missed", "lured")
_SHARES = ("precision", "strict_precision", "recall")


class Command(BaseCommand):
    help = (
        "Records of one work that were brought together in one paper: see them, undo them, measure how well it is done."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.set_defaults(what="list", limit=20)
        wishes = parser.add_subparsers(dest="what")
        shown = wishes.add_parser("list", help="the latest merges")
        shown.add_argument("--limit", type=int, default=20, help="how many (20)")
        for name, text in (
            ("undo", "part what was merged, for good"),
            ("redo", "bring together again what was parted"),
        ):
            wishes.add_parser(name, help=text).add_argument("id", type=int, metavar="ID")
        measured = wishes.add_parser("measure", help="precision and recall on labelled records; needs no database")
        measured.add_argument("snapshots", type=Path, nargs="+", metavar="SNAPSHOT", help="arXiv's metadata snapshots")
        measured.add_argument("--acl", type=Path, required=True, metavar="PATH", help="the ACL Anthology's data")
        measured.add_argument("--show", action="store_true", help="show every miss and every wrong merge")
        measured.add_argument("--joins", action="store_true", help="show every merge")
        measured.add_argument("--json", action="store_true", help="one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "measure":
            return self._measure(options)
        if options["what"] == "list" or options["what"] is None:
            return self._list(options["limit"])
        try:
            merge = (
                merging.undo(options["id"], by="command") if options["what"] == "undo" else merging.redo(options["id"])
            )
        except merging.CannotMerge as error:
            raise CommandError(f"merge {options['id']}: {error}") from error
        return self.stdout.write(_line(merge))

    def _list(self, limit: int) -> None:
        for merge in Merge.objects.order_by("-id")[: max(limit, 0)]:
            self.stdout.write(_line(merge))
        self.stdout.write(f"{Merge.objects.count():,} merges, {Merge.objects.exclude(undone=None).count():,} undone")

    def _measure(self, options: dict[str, Any]) -> None:
        for path in (*options["snapshots"], options["acl"]):
            if not path.exists():
                raise CommandError(f"{path} does not exist")
        anthology = [item.record for _, items in acl.read(options["acl"]) for item in items if isinstance(item, Taken)]
        quiet = options["verbosity"] == 0 or options["json"]
        with tqdm(read(options["snapshots"]), unit=" records", file=sys.stderr, disable=quiet or None) as records:
            result = measuring.measure(anthology, records)
        self.stdout.write(json.dumps(result.summary()) if options["json"] else _table(result))
        for case in (*(result.cases if options["show"] else ()), *(result.joins if options["joins"] else ())):
            self.stdout.write(str(case))


def read(snapshots: Sequence[Path]) -> Iterator[PaperRecord]:
    for path in snapshots:
        for batch in arxiv_snapshot.batches(path, ""):
            yield from (item.record for item in batch.items if isinstance(item, Taken))


def _line(merge: Merge) -> str:
    state = f"  undone {merge.undone:%Y-%m-%d} by {merge.undone_by}" if merge.undone else ""
    return (
        f"{merge.pk}  {merge.at:%Y-%m-%d}  {merge.evidence} {merge.score:.2f}  {', '.join(merge.records)}{state}\n"
        f"    {merge.title}\n    {merge.paper_title}"
    )


def _table(result: Measure) -> str:
    kinds = ", ".join(f"{count:,} by {kind}" for kind, count in sorted(result.by_evidence.items()))
    counts = "".join(f"{name:>9}" for name in _COUNTS)
    heads = "".join(f"  {name.replace('_', ' '):<18}" for name in _SHARES)
    return "\n".join(
        [
            f"{result.records:,} arXiv records, {result.papers:,} Anthology papers; merged: {kinds}",
            f"merged although arXiv names another DOI: {result.other_doi:,}; "
            f"labels set aside since the authors are others: {result.refuted:,}",
            f"{'':28}{counts}{heads}",
            *(
                _row(f"{half}, {f'label by {kind}' if kind else 'together'}", result.of(half, kind).figures())
                for half in ("held out", "fitted", "all")
                for kind in ("", "id", "abstract")
            ),
        ]
    )


def _row(name: str, figures: dict[str, Any]) -> str:
    counts = "".join(f"{figures[each]:>9,}" for each in _COUNTS)
    shares = "".join(
        f"  {figures[each]:.4f} {figures[f'{each}_95'][0]:.3f}-{figures[f'{each}_95'][1]:.3f}" for each in _SHARES
    )
    return f"{name:28}{counts}{shares}"
