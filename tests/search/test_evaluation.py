import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from papers.models import Paper
from search.evaluation import collection, database
from search.evaluation.collection import BadCollection
from search.retrieval import dense
from tests.search.conftest import TEXTS

QUERIES = [
    ("q1", "translation of rare words", "question"),
    ("q2", "black hole", "keywords"),
    ("q3", "nobody judged this", "keywords"),
]
SAME = {"difference": 0.0, "p": 1.0}
QRELS = "query-id\tcorpus-id\tscore\nq1\td0\t2\nq1\td1\t1\nq2\td2\t1\nq3\td2\t0\n"


def write(folder: Path, *, compressed: bool = True, kinds: bool = True, qrels: str = QRELS) -> Path:
    documents = [{"_id": f"d{at}", "title": title, "text": text} for at, (title, text) in enumerate(TEXTS)]
    queries = [{"_id": name, "text": text, "metadata": {"type": kind} if kinds else {}} for name, text, kind in QUERIES]
    corpus = "\n".join(map(json.dumps, documents)).encode()
    if compressed:
        (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(corpus))
    else:
        (folder / "corpus.jsonl").write_bytes(corpus)
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    (folder / "qrels.tsv").write_text(qrels)
    return folder


@pytest.mark.parametrize("compressed", [True, False])
def test_a_collection_is_read_without_queries_that_nobody_judged(tmp_path: Path, compressed: bool) -> None:
    found = collection.read(write(tmp_path, compressed=compressed))
    assert [query.id for query in found.queries] == ["q1", "q2"]
    assert found.queries[0].judgements == {"d0": 2, "d1": 1}
    assert len(found.documents) == 5


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda folder: (folder / "qrels.tsv").unlink(), "no qrels.tsv"),
        (lambda folder: (folder / "corpus.jsonl.gz").unlink(), "no corpus.jsonl"),
        (lambda folder: (folder / "queries.jsonl").write_text("{}\n"), "no _id"),
        (lambda folder: (folder / "queries.jsonl").write_text("{\n"), "queries.jsonl line 1 is not JSON"),
        (lambda folder: (folder / "qrels.tsv").write_text("a\tb\n"), "qrels.tsv line 1"),
        (lambda folder: (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n"), "0 judged queries"),
    ],
)
def test_a_folder_that_cannot_be_evaluated_says_what_is_wrong(tmp_path: Path, spoil: Any, complaint: str) -> None:
    spoil(write(tmp_path))
    with pytest.raises(BadCollection, match=complaint):
        collection.read(tmp_path)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("index_dir", "word_encoder")
def test_evaluate_prints_every_stage_and_leaves_nothing_behind(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    home = connection.settings_dict["NAME"]
    left = tmp_path / "data" / "evaluate" / "coolpapers_evaluate_killed"
    left.mkdir(parents=True)
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE coolpapers_evaluate_killed")  # as a killed evaluation leaves it
    (tmp_path / "c").mkdir()
    call_command("evaluate", str(write(tmp_path / "c")), "--json")
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["collection"], told["documents"], told["queries"]) == ("c", 5, 2)
    assert list(told["stages"]) == ["lexical", "dense", "multilingual", "fused", "reranked"]
    for stage in told["stages"].values():
        assert stage.keys() == {"ndcg@10", "mrr@10", "recall@5", "recall@100", "p50_ms", "p95_ms"}
    assert told["stages"]["lexical"]["mrr@10"] == 1.0
    assert told["kinds"].keys() == told["by_kind"].keys() == {"question", "keywords"}
    assert told["versus"]["reranked"] == {"against": "fused", "ndcg@10": SAME, "mrr@10": SAME}
    assert told["steps"].keys() >= {"lexical", "encode", "dense", "fused", "reranked"}
    assert told["answered"]["fused"] == 2
    assert connection.settings_dict["NAME"] == home
    assert Paper.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'coolpapers_evaluate_%'")
        assert cursor.fetchall() == []
    assert list((tmp_path / "data" / "evaluate").iterdir()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("index_dir", "word_encoder")
def test_several_collections_give_a_line_each_and_a_wrong_one_is_told_before_any_is_run(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = str(write(tmp_path / "one"))
    two = str(write(tmp_path / "two", kinds=False, qrels="query-id\tcorpus-id\tscore\nq2\td2\t1\n"))
    with pytest.raises(CommandError, match=r"no corpus\.jsonl"):
        call_command("evaluate", one, str(tmp_path / "three"), "--json")
    assert capsys.readouterr().out == ""
    call_command("evaluate", one, two, "--json")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert [(each["collection"], each["queries"], "kinds" in each) for each in told] == [
        ("one", 2, True),
        ("two", 1, False),
    ]
    assert told[1]["stages"]["lexical"]["mrr@10"] == 1.0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("index_dir", "word_encoder")
def test_a_stage_that_never_ran_is_listed_and_its_loss_named(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("out of memory")

    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(dense, "encode_query", broken)
    (tmp_path / "c").mkdir()
    call_command("evaluate", str(write(tmp_path / "c")), "--json")
    *table, line = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["answered"]["dense"], told["answered"]["fused"], told["answered"]["lexical"]) == (0, 0, 2)
    assert told["notices"]["words-only"] == 2
    assert told["versus"].keys() == {"reranked"}
    assert told["versus"]["reranked"]["against"] == "lexical"
    assert any(line.startswith("not run (0 of 2 queries): dense") for line in table)


@pytest.mark.django_db(transaction=True)
def test_an_evaluation_that_fails_leaves_nothing_behind_either(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    home = connection.settings_dict["NAME"]
    with pytest.raises(RuntimeError, match="half-way"), database.throw_away():
        assert Paper.objects.count() == 0
        raise RuntimeError("half-way")
    assert connection.settings_dict["NAME"] == home
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'coolpapers_evaluate_%'")
        assert cursor.fetchone()[0] == 0


def test_a_missing_folder_is_one_plain_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="give a folder in the BEIR layout"):
        call_command("evaluate", str(tmp_path / "missing"))
