"""manage.py harvest SOURCE [--since DAY] [--until DAY] [--category CODE ...] [--edition NAME]"""

import signal
import sys
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ingest import jobs
from ingest.harvest import by_hand, oai, work
from ingest.models import Job
from ingest.sources.registry import sources
from papers import taxonomy

_POLL = 0.5  # seconds between two looks at a job that a worker of the service does


class Command(BaseCommand):
    help = "Asks a source now, as the service does by itself. Ctrl-C stops it; the same command again goes on there."

    def add_arguments(self, parser: CommandParser) -> None:
        names = ["arxiv", *(name for name in oai.hosts() if name != oai.ARXIV), *sources()]
        parser.add_argument("source", metavar="SOURCE", choices=names, help=", ".join(names))
        parser.add_argument("--since", type=_day, help="from this datestamp on (arXiv and journals), YYYY-MM-DD")
        parser.add_argument("--until", type=_day, help="up to this one; today if it is left out")
        several: dict[str, Any] = {"action": "append", "default": []}
        parser.add_argument("--category", metavar="CODE", help="arXiv: cs.CL or cs; again for more", **several)
        parser.add_argument("--edition", metavar="NAME", help="venues: ICLR.2024; again for more", **several)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CONTACT:
            raise CommandError(
                "No source is asked before it can be told whom to turn to: set COOLPAPERS_CONTACT to your e-mail "
                "address or to a page about you, and run this again."
            )
        try:
            wished = by_hand.wanted(
                options["source"], options["since"], options["until"], _codes(options["category"]), options["edition"]
            )
        except by_hand.CannotHarvest as error:
            raise CommandError(str(error)) from error
        # Whoever started us in the background had Ctrl-C ignored, and a supervisor sends SIGTERM.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        jobs.enqueue(wished)
        keys = [job.key for job in wished]
        try:
            self._follow(keys, quiet=options["verbosity"] == 0)
        except KeyboardInterrupt:
            raise CommandError("Stopped. The same command again goes on from here.", returncode=130) from None
        self._tell(keys)

    def _follow(self, keys: Sequence[str], quiet: bool) -> None:
        """Does the jobs, or watches a worker of the service do them."""
        with tqdm(desc="harvest", unit=" records", file=sys.stderr, disable=quiet or None) as bar:
            while left := _open(keys):
                jobs.sweep()
                taken: list[jobs.Taken] = []
                try:
                    taken = jobs.take(keys=[job.key for job in left])
                    for job in taken:
                        work.do([job])
                except KeyboardInterrupt:
                    _let_go(taken)
                    raise
                _show(bar, keys)
                if not taken:
                    time.sleep(_POLL)

    def _tell(self, keys: Sequence[str]) -> None:
        dead = [job for job in _latest(keys) if job.state == Job.State.DEAD]
        for job in _latest(keys):
            self.stdout.write(f"{job.kind} {job.key}: {job.error or job.state}")
        if dead:
            raise CommandError(f"{len(dead)} of {len(keys)} could not be harvested; what was stored stays.")


def _open(keys: Sequence[str]) -> list[Job]:
    return list(Job.objects.filter(key__in=keys, state__in=["waiting", "running"]))


def _latest(keys: Sequence[str]) -> list[Job]:
    rows = {(row.kind, row.key): row for row in Job.objects.filter(key__in=keys).order_by("id")}
    return list(rows.values())


def _show(bar: Any, keys: Sequence[str]) -> None:
    """How far all of it is, and why it waits."""
    rows = _latest(keys)
    bar.n = sum(by_hand.stored(row) for row in rows)
    open_rows = [row for row in rows if row.state in {"waiting", "running"}]
    trouble = next((row.error for row in open_rows if row.attempts), "")
    place = next((by_hand.place(row) for row in open_rows if row.progress), "")
    bar.set_postfix_str(f"{len(rows) - len(open_rows)}/{len(rows)} jobs {place} {trouble[:60]}".strip(), refresh=True)


def _let_go(taken: Sequence[jobs.Taken]) -> None:
    for job in taken:
        try:
            jobs.give_back(job)
        except jobs.LeaseLost:
            continue


def _codes(typed: Sequence[str]) -> list[str]:
    for code in typed:
        if taxonomy.spelling(code) is None and code not in taxonomy.archives():
            raise CommandError(f"--category {code} is neither a category nor an archive of arXiv: give cs.CL or cs")
    return [taxonomy.spelling(code) or code for code in typed]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is not a day: give YYYY-MM-DD") from error
