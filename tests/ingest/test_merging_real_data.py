"""Real preprints and the real Anthology: the limits of merging, on the half of the labels that chose no threshold."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import measuring
from ingest.items import Taken
from ingest.labels import held_out
from ingest.management.commands.merges import read
from ingest.sources import acl

DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA") or Path(__file__).parents[2].parent / "shared" / "data") / "papers"
SNAPSHOTS = [DATA / "arxiv-snapshot-2019-cs-stat-eess.jsonl.gz", DATA / "arxiv-snapshot-2025.jsonl.gz"]
ANTHOLOGY = DATA / "acl-anthology-2024-08.tar.xz"
PRECISION, RECALL = 0.995, 0.95

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(path.exists() for path in [*SNAPSHOTS, ANTHOLOGY]), reason="the real papers are not beside the checkout"
    ),
]


def test_preprints_and_their_proceedings_papers_are_brought_together_and_no_others(
    record_property: Callable[[str, str], None],
) -> None:
    anthology = [item.record for _, items in acl.read(ANTHOLOGY) for item in items if isinstance(item, Taken)]
    records = (record for record in read(SNAPSHOTS) if held_out(record.source_id))
    result = measuring.measure(anthology, records)
    figures = result.of("held out").figures()
    record_property("figures", str(figures))
    print(*result.cases, sep="\n")
    assert figures["labelled"] > 1_000
    assert figures["strict_precision"] >= PRECISION
    assert figures["recall"] >= RECALL
    assert result.of("held out", "id").figures()["recall"] >= RECALL
