"""From the papers at hand to a trained model in a file, with a card that says how it was made."""

import json
import time
from collections import deque
from pathlib import Path

from search.dictionary import dictionary, reversed_words
from search.multilingual import MultilingualEncoder
from search.retrieval.lexical import index
from search.split import ONE_IN
from search.title import tokens
from search.title.easy_first import easy_first
from search.title.reader import save
from search.title.tokens import title_tokens
from search.training import corpus, order
from search.training.loop import BATCH, NEGATIVES, Losses, Material, Progress, train
from search.training.rivals import Rivals

LEAST_PAPERS = 500
_AT_ONCE = 10_000
_LAST = 200  # steps over which the card's figures are means


class NothingToLearn(RuntimeError):
    """There are too few papers; the message says what to do."""


def run(folder: Path, out: Path, steps: int, seed: int, on_progress: Progress) -> dict[str, str]:
    """Trains to `steps`, or goes on from the checkpoint in `folder`, and writes the weights to `out`. Returns the
    card. Raises NothingToLearn, and ValueError for a checkpoint of another seed."""
    read = corpus.read()
    if len(read) < LEAST_PAPERS:
        raise NothingToLearn(
            f"{len(read):,} papers are too few to learn from ({LEAST_PAPERS:,}): bring in more with `manage.py ingest`"
        )
    pieces = tokens.packaged()
    titles = _pieces(read)
    places = order.order(tokens.texts(), titles)
    flags = (places["continues"].astype(bool), places["telling"].astype(bool))
    identifiers = [easy_first(title, places["rarity"], *flags) for title in titles]
    share = order.frequency(identifiers, len(places["rarity"]))
    rivals = Rivals(index(), {each.paper_id: number for number, each in enumerate(read.examples)})
    material = Material(read, identifiers, MultilingualEncoder(), reversed_words(dictionary()), share, rivals)
    last, started = deque[Losses](maxlen=_LAST), time.monotonic()

    def note(step: int, losses: Losses) -> None:
        last.append(losses)
        on_progress(step, losses)

    model = train(material, folder, steps, seed, note)
    card = {
        "papers": f"{len(read):,}",
        "kept from training": f"one work in {ONE_IN} (search.split)",
        "tokeniser": pieces.fingerprint,
        "seed": str(seed),
        "steps": f"{steps:,} of {BATCH} queries, each with {NEGATIVES} other titles",
        "minutes of the last run": f"{(time.monotonic() - started) / 60:.0f}",
        "figures": json.dumps(_means(last)),
    }
    save(out, model, places, card)
    return card


def _pieces(read: corpus.Corpus) -> list[list[int]]:
    titles = [each.title for each in read.examples]
    return [
        found
        for start in range(0, len(titles), _AT_ONCE)
        for found in title_tokens(tokens.packaged(), titles[start : start + _AT_ONCE])
    ]


def _means(last: deque[Losses]) -> dict[str, float]:
    count = max(len(last), 1)
    return {
        name: round(sum(getattr(losses, name) for losses in last) / count, 4) for name in ("written", "judged", "first")
    }
