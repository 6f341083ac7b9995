"""The table of the browser extension, read once."""

import json
from functools import cache
from pathlib import Path

from papers.recognition.reading import Reader
from papers.recognition.table import compiled

RULES = Path(__file__).parents[2] / "extension" / "rules.json"


@cache
def reader() -> Reader:
    """Raises OSError where the checkout lacks extension/."""
    return Reader(compiled(json.loads(RULES.read_text(encoding="utf-8"))))
