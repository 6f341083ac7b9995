"""manage.py index rebuild | status | follow"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from papers.models import Paper
from search.indexing import follow, keywords, lexical, titles, vectors
from search.indexing.status import status


class Command(BaseCommand):
    help = "Rebuilds the BM25 index from PostgreSQL, shows how far the indexes are, or brings all up to date now."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("rebuild", help="build the BM25 index anew; the old one is searched meanwhile")
        actions.add_parser(
            "keywords", help="count phrases and choose all keywords anew; the old ones are shown meanwhile"
        )
        shown = actions.add_parser("status", help="counts and lags")
        shown.add_argument("--json", action="store_true")
        actions.add_parser("follow", help="index and embed everything that waits, without Celery")

    def handle(self, *args: Any, **options: Any) -> None:
        action: Any = getattr(self, f"_{options['action']}")
        action(options)

    def _rebuild(self, options: dict[str, Any]) -> None:
        try:
            with lexical.writing(), self._bar("BM25", Paper.objects.count()) as bar:
                written = follow.rebuild_lexical(on_progress=bar.update)
        except lexical.WriterBusy as error:
            raise CommandError(f"{error}: try again when it has finished") from error
        self.stdout.write(f"{written:,} papers indexed")

    def _status(self, options: dict[str, Any]) -> None:
        told = status()
        self.stdout.write(json.dumps(told) if options["json"] else _sentences(told))

    def _follow(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{follow.follow_lexical():,} papers indexed")
        self.stdout.write(f"{titles.follow_titles():,} titles looked at")
        self._choose()
        targets = vectors.targets()
        follow.enqueue_vectors()
        for row, wanted in targets:
            with self._bar(f"{row.role} vectors", row.jobs.filter(attempts__lt=vectors.MAX_ATTEMPTS).count()) as bar:
                made = vectors.embed_all(row, wanted, on_progress=bar.update)
            self.stdout.write(f"{made:,} {row.role} vectors made")

    def _keywords(self, options: dict[str, Any]) -> None:
        keywords.start_over()
        self._choose()

    def _choose(self) -> None:
        with self._bar("keywords", None) as bar:
            chosen = keywords.follow_keywords(on_progress=bar.update)
        self.stdout.write(f"{chosen:,} papers' keywords chosen")

    def _bar(self, what: str, total: int | None) -> Any:
        return tqdm(desc=what, total=total, unit=" papers", file=sys.stderr, disable=None)


def _sentences(told: dict[str, Any]) -> str:
    words = told["lexical"]
    lines = [
        f"papers   {told['papers']:,}",
        f"BM25     {words['documents']:,} documents, {words['behind']:,} changes behind"
        if words["built"]
        else "BM25     not built yet: run `manage.py index rebuild`",
    ]
    tree = told["titles"]
    lines += [
        f"titles   {tree['identifiers']:,} in {tree['segments']} segments of {tree['bytes'] / 1e6:,.1f} MB, "
        f"{tree['behind']:,} changes behind"
        if tree["built"]
        else "titles   not built yet: run `manage.py index follow`",
    ]
    chosen = told["keywords"]
    lines += [
        f"keywords {chosen['papers']:,} papers have them, {chosen['waiting']:,} waiting, "
        f"{chosen['texts']:,} texts counted, {chosen['behind']:,} changes behind"
    ]
    lines += [
        f"vectors  {model['embedded']:,} by {model['model']}{' (active)' if model['active'] else ''}, "
        f"{model['waiting']:,} waiting, {model['failed']:,} failed, {model['behind']:,} changes behind"
        for model in told["vectors"]
    ] or ["vectors  none yet: the `embed` worker makes them"]
    return "\n".join(lines)
