"""The whole of a real snapshot: every paper is taken."""

import os
from pathlib import Path

import pytest

from ingest.items import SetAside, Taken
from ingest.sources import arxiv_snapshot

DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA") or Path(__file__).parents[2].parent / "shared" / "data")
SNAPSHOT = DATA / "papers" / "arxiv-snapshot-2025.jsonl.gz"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not SNAPSHOT.exists(), reason="the real papers are not beside the checkout"),
]


def test_every_paper_of_a_real_snapshot_is_taken() -> None:
    items = [item for batch in arxiv_snapshot.batches(SNAPSHOT, "") for item in batch.items]
    assert [item for item in items if isinstance(item, SetAside)] == []
    records = [item.record for item in items if isinstance(item, Taken)]
    assert len(records) == len({record.source_id for record in records}) == 33_137
    assert all(record.title and record.abstract and record.authors and record.announced for record in records)
    listed = [record for record in records if record.categories]
    assert len(listed) > 25_000
    assert all(record.listings for record in listed)
    subjects = {subject for record in records for subject in record.subjects}
    assert {"I.2.7", "68T50"} <= subjects
    assert not any(code.islower() and "." not in code and "-" not in code for r in records for code in r.categories)
