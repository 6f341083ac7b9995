"""How many of the formulas in real titles and abstracts are rendered."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from papers.tex import render_math, split_math

ROOT = Path(__file__).resolve().parents[2]
REAL_DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA", ROOT.parent / "shared" / "data"))
FILES = [
    REAL_DATA / "papers" / name
    for name in ("arxiv-snapshot-2019-cs-stat-eess.jsonl.gz", "arxiv-snapshot-2025.jsonl.gz")
]
EVERY = 10


def formulas() -> Counter[tuple[str, bool]]:
    found: Counter[tuple[str, bool]] = Counter()
    for path in FILES:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in islice(lines, 0, None, EVERY):
                paper = json.loads(line)
                for text in (paper.get("title"), paper.get("abstract")):
                    found.update((part.source, part.display) for part in split_math(text or "") if part.kind == "math")
    return found


@pytest.mark.real_data
@pytest.mark.skipif(not all(path.exists() for path in FILES), reason="the real papers are not beside the checkout")
def test_nearly_all_formulas_are_rendered() -> None:
    found = formulas()
    total = found.total()
    known = sum(count for (source, display), count in found.items() if render_math(source, display, guess=False))
    shown = sum(count for (source, display), count in found.items() if render_math(source, display))
    print(
        f"\n{total} formulas in every {EVERY}th paper, {len(found)} distinct: rendered {known / total:.2%}, "
        f"with unknown commands as their names {shown / total:.2%}"
    )
    assert total > 10_000
    assert known / total >= 0.99
    assert shown / total >= 0.995
