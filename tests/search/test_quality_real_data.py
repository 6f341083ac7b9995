"""What search promises of its order, on a judged collection with the real models: no stage makes it worse."""

import os
from pathlib import Path
from typing import Any

import pytest

from search.evaluation import collection, runs

DATA = Path(os.environ.get("COOLPAPERS_REAL_DATA") or Path(__file__).parents[2].parent / "shared" / "data")
CRANFIELD = DATA / "collections" / "cranfield"


@pytest.mark.slow
@pytest.mark.real_data
@pytest.mark.skipif(not CRANFIELD.is_dir(), reason="the judged collections are not beside the checkout")
@pytest.mark.django_db(transaction=True)
def test_no_stage_makes_the_order_worse(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    told = runs.evaluate(collection.read(CRANFIELD))
    stages = {name: figures["ndcg@10"] for name, figures in told["stages"].items()}
    assert told["answered"]["reranked"] == told["queries"] == 225
    best = max(stages[arm] for arm in ("lexical", "dense", "multilingual", "title"))
    assert stages["fused"] >= best - 0.005
    assert stages["reranked"] >= stages["fused"] - 0.002
    assert stages["reranked"] > 0.43
