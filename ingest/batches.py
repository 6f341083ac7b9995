"""Items of a source in groups that are stored together. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.items import Item, SetAside, Taken

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Items that stand between two positions of the input; `position` is where the next batch starts."""

    position: str
    items: Sequence[Item]


def in_batches(positioned: Iterable[tuple[str, Sequence[Item]]], size: int = BATCH) -> Iterator[Batch]:
    """Joins small groups of items into batches of at least `size`, never parting a group."""
    position = ""
    items: list[Item] = []
    for position, group in positioned:
        items.extend(group)
        if len(items) >= size:
            yield Batch(position, items)
            items = []
    if items:
        yield Batch(position, items)


def without_repeats(items: Sequence[Item]) -> tuple[list[Taken], list[SetAside]]:
    """A batch may name an id once: the second time is a fault."""
    taken: dict[str, Taken] = {}
    faults = [item for item in items if isinstance(item, SetAside)]
    for item in items:
        if not isinstance(item, Taken):
            continue
        first = taken.setdefault(item.record.source_id, item)
        if first is not item:
            faults.append(repeated(item))
    return list(taken.values()), faults


def repeated(item: Taken) -> SetAside:
    """What becomes of a record whose id the same input has named before."""
    return SetAside(item.file, item.line, f"duplicate id {item.record.source_id}: the first one was taken", "")
