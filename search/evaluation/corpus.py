"""The papers at hand as known items, and under which names they are judged. Reads only."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from papers.models import Paper
from papers.tex import plain_text
from search.evaluation import known_items
from search.evaluation.collection import Judged
from search.evaluation.known_items import KnownItem

CHUNK = 500


class NothingToFind(ValueError):
    """No paper can be drawn; the message says why and what to do."""


def questions(count: int, kinds: Sequence[str], seed: int) -> list[Judged]:
    """The queries of `count` held-out papers, or of all if there are fewer, kind by kind; a paper is left out of the
    kinds for which it has too few words. Raises NothingToFind."""
    items = draw(count, seed)
    queries = [
        Judged(f"{kind}:{item.key}", text, kind, {str(item.title_key): 1})
        for kind in kinds
        for item in items
        if (text := known_items.query(kind, item, seed))
    ]
    if not queries:
        raise NothingToFind(f"none of {len(items):,} papers has the words for {', '.join(kinds)}: ask for other kinds")
    return queries


def draw(count: int, seed: int) -> list[KnownItem]:
    """Held-out papers with a title to be known by, each work once, the same whatever order the database gives."""
    papers = Paper.objects.values_list("key", "title_key").iterator(10_000)
    order = known_items.hash_order(papers, seed)
    if not order:
        raise NothingToFind(_why_not())
    items = list(islice(filter(known_items.is_drawn, _read(order)), count))
    if not items:
        raise NothingToFind(f"none of the {len(order):,} papers kept from training has a title of three words")
    return items


def names() -> Callable[[int], str]:
    """Paper id -> what it is judged as: its title key, so that versions of a work count as one answer; a paper whose
    title is too short for one stands for itself."""
    keys = {
        paper_id: str(title_key)
        for paper_id, title_key in Paper.objects.exclude(title_key=0).values_list("id", "title_key").iterator(10_000)
    }
    return lambda paper_id: keys.get(paper_id) or f"paper {paper_id}"


def _read(order: list[tuple[str, int]]) -> Iterator[KnownItem]:
    """Their texts, the first paper of each work only."""
    first = {title_key: key for key, title_key in reversed(order)}
    wanted = [(key, title_key) for key, title_key in order if first[title_key] == key]
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        rows = Paper.objects.filter(key__in=[key for key, _ in chunk]).values_list("key", "title", "abstract")
        texts = {key: (title, abstract) for key, title, abstract in rows}
        for key, title_key in chunk:
            if key in texts:  # else deleted meanwhile
                title, abstract = texts[key]
                yield KnownItem(key, title_key, plain_text(title), plain_text(abstract))


def _why_not() -> str:
    papers = Paper.objects.count()
    if not papers:
        return "there are no papers to look for: bring some in with `manage.py ingest`, then `manage.py index follow`"
    return f"none of the {papers:,} papers is kept from training (one in ten is): bring in more with `manage.py ingest`"
