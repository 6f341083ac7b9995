"""For tables of the names of commands and the like."""


def names(text: str) -> frozenset[str]:
    """The names in a text, between spaces."""
    return frozenset(text.split())
