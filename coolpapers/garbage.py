"""Garbage collection in web processes."""

import gc


def set_apart() -> None:
    """What a process holds once it has warmed up it holds for good: Python's collector need not look at all of it
    again, for a tenth of a second, whenever pages have made enough new objects."""
    gc.collect()
    gc.freeze()
