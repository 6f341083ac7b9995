"""manage.py train_reranker: trains the title model on the papers at hand."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.title.reader import WEIGHTS

STEPS = 12_000


class Command(BaseCommand):
    help = (
        "Trains the model that writes titles, on the papers at hand but for one in ten that evaluations ask for. Goes "
        "on from its last checkpoint; the same seed and papers give the same model."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--steps", type=int, default=STEPS, help=f"batches to learn from ({STEPS:,})")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--folder", type=Path, help="where the checkpoint lies (training/ in the data folder)")
        parser.add_argument("--out", type=Path, default=WEIGHTS, help="the file to write (the one that is shipped)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["steps"] < 1:
            raise CommandError(f"--steps {options['steps']}: at least 1 is needed")
        from search.retrieval.lexical import NoIndex
        from search.training import run

        folder = options["folder"] or Path(settings.DATA_DIR) / "training"
        with tqdm(total=options["steps"], unit=" steps", file=sys.stderr) as bar:
            try:
                card = run.run(folder, options["out"], options["steps"], options["seed"], _shown(bar))
            except (run.NothingToLearn, NoIndex, ValueError, OSError) as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"{options['out']}: {options['out'].stat().st_size / 1e6:.1f} MB, {card['papers']} papers")


def _shown(bar: Any) -> Any:
    def advance(step: int, losses: Any) -> None:
        bar.update(step - bar.n)
        if step % 10 == 0:
            bar.set_postfix_str(
                f"written {losses.written:.3f} judged {losses.judged:.3f} first {losses.first:.2f}", refresh=False
            )

    return advance
