"""Items of a source in groups that are stored together. Pure."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Full, Queue
from threading import Event, Thread

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


def prefetched(batches: Iterable[Batch]) -> Iterator[Batch]:
    """The same batches, parsed by a thread of its own while the database writes the ones before."""
    ready: Queue[Batch | BaseException | None] = Queue(maxsize=2)
    stop = Event()
    # Two threads that both compute pass the interpreter to and fro; doing so more rarely gains a tenth.
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.05)
    Thread(target=_fill, args=(batches, ready, stop), name="parse", daemon=True).start()
    try:
        while (batch := ready.get()) is not None:
            if isinstance(batch, BaseException):
                raise batch
            yield batch
    finally:
        stop.set()
        sys.setswitchinterval(usual)


def _fill(batches: Iterable[Batch], ready: "Queue[Batch | BaseException | None]", stop: Event) -> None:
    try:
        for batch in batches:
            _put(ready, batch, stop)
            if stop.is_set():
                return
        _put(ready, None, stop)
    except BaseException as error:  # raised again where the batches are used
        _put(ready, error, stop)


def _put(ready: "Queue[Batch | BaseException | None]", what: Batch | BaseException | None, stop: Event) -> None:
    """Waits for room, but not for a reader that has gone."""
    while not stop.is_set():
        with suppress(Full):
            ready.put(what, timeout=0.5)
            return


def repeated(item: Taken) -> SetAside:
    """What becomes of a record whose id the same input has named before."""
    return SetAside(item.file, item.line, f"duplicate id {item.record.source_id}: the first one was taken", "")
