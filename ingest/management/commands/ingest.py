"""manage.py ingest arxiv-snapshot FILE | acl PATH | pmlr FOLDER | proceedings FILE | starter | set-aside"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ingest import runs
from ingest.batches import Batch, in_batches
from ingest.items import Item
from ingest.models import SetAside
from ingest.runs import ImportFailed, Input
from ingest.sources import acl, arxiv_snapshot, pmlr_folder, starter
from ingest.sources.proceedings import Unreadable
from ingest.sources.proceedings_import import input_of, proceedings

_PROCEEDINGS = (
    "proceedings as JSON lines, CSV, BibTeX or RIS, plain or .gz; a paper that is gone from a corrected file stays"
)


class Command(BaseCommand):
    help = "Reads papers from a file into the database. Run again after an interruption, it goes on where it stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        sources = parser.add_subparsers(dest="source", required=True)
        snapshot = sources.add_parser("arxiv-snapshot", help="arXiv's metadata snapshot, JSON lines, plain or .gz")
        snapshot.add_argument("path", metavar="FILE", type=Path)
        anthology = sources.add_parser("acl", help="the ACL Anthology's data folder, an archive of it, or one XML file")
        anthology.add_argument("path", metavar="PATH", type=Path)
        volume = sources.add_parser("pmlr", help="the clone of a volume of PMLR: a folder with _config.yml and _posts")
        volume.add_argument("path", metavar="FOLDER", type=Path)
        curated = sources.add_parser("proceedings", help=_PROCEEDINGS, description=_PROCEEDINGS)
        curated.add_argument("path", metavar="FILE", type=Path)
        curated.add_argument("--edition", required=True, help="VENUE.YEAR, such as ICML.2031; made if it is new")
        curated.add_argument("--track", default="", help="the track of papers that tell none")
        shipped = sources.add_parser("starter", help="the papers that come with coolpapers")
        for each in (snapshot, anthology, volume, curated, shipped):
            each.add_argument("--json", action="store_true", help="end with one line of JSON")

        faults = sources.add_parser("set-aside", help="show what could not be imported, and why")
        faults.add_argument("--limit", type=int, default=50, help="how many, the latest first (50)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["source"] == "set-aside":
            return self._show_set_aside(options["limit"])
        try:
            if options["source"] == "proceedings":
                return self._import_proceedings(options)
            total = self._import(_inputs(options["source"], options.get("path")), options)
        except (ImportFailed, Unreadable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(total) if options["json"] else _sentence(total))
        return None

    def _import_proceedings(self, options: dict[str, Any]) -> None:
        file = proceedings(options["path"], options["edition"], options["track"])
        total = self._import([input_of(file)], options)
        told = json.dumps(total | {"edition": file.into.edition, "unknown_columns": list(file.unknown)})
        self.stdout.write(told if options["json"] else _sentence(total) + _not_kept(file.unknown))

    def _import(self, inputs: list[Input], options: dict[str, Any]) -> dict[str, float]:
        """The figures of all of them together."""
        rows = [self._run(each, quiet=options["verbosity"] == 0) for each in inputs]
        return {name: sum(runs.summary(row)[name] for row in rows) for name in runs.summary(rows[0])}

    def _show_set_aside(self, limit: int) -> None:
        for row in SetAside.objects.order_by("-id")[: max(limit, 0)]:
            self.stdout.write(f"{row.source}  {row.file}:{row.line}  {row.reason}")
        self.stdout.write(f"{SetAside.objects.count():,} set aside in all")

    def _run(self, what: Input, quiet: bool) -> Any:
        with tqdm(desc=what.source, unit=" papers", file=sys.stderr, disable=quiet or None) as bar:
            return runs.run(what, on_progress=lambda counts: bar.update(counts.read))


def _inputs(source: str, path: Path | None) -> list[Input]:
    if source == "starter":
        return starter.inputs()
    if path is None or not path.exists():
        raise CommandError(f"{path} does not exist: give the path of the {source} data")
    if source == "arxiv-snapshot":
        if not path.is_file():
            raise CommandError(f"{path} is a folder: give the snapshot's .json, .jsonl or .gz file")
        return [Input("arxiv", path, partial(arxiv_snapshot.batches, path))]
    if source == "pmlr" and not (path / "_posts").is_dir():
        raise CommandError(f"{path} has no papers in a _posts folder: give the clone of a volume of PMLR")
    read = {"acl": acl.read, "pmlr": pmlr_folder.read}[source]
    return [Input(source, path, partial(_batches, read, path))]


def _batches(read: Callable[[Path], Iterator[tuple[str, list[Item]]]], path: Path, position: str) -> Iterator[Batch]:
    """What follows the file `position`."""
    files = read(path)
    if position:
        for name, _ in files:
            if name == position:
                break
    return in_batches(files)


def _sentence(total: dict[str, float]) -> str:
    return (
        f"{total['read']:,} read: {total['created']:,} new, {total['updated']:,} updated, "
        f"{total['unchanged']:,} unchanged, {total['set_aside']:,} set aside, in {total['seconds']:.1f} s"
        + (" - see them with `manage.py ingest set-aside`" if total["set_aside"] else "")
    )


def _not_kept(columns: Iterable[str]) -> str:
    told = ", ".join(columns)
    return f"; columns that are not kept: {told}" if told else ""
