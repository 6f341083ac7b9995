"""manage.py evaluate --known-item over papers in a real database and index."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from papers.models import Paper
from papers.text import title_key
from search.evaluation import corpus
from search.evaluation.known_items import KINDS
from search.evaluation.peers import NoIndex, peers
from search.indexing import follow, vectors
from search.split import held_out
from tests.search.conftest import papers, put

pytestmark = pytest.mark.django_db(transaction=True)

SUBJECTS = ("parsing", "galaxies", "proteins", "markets", "lattices", "robots", "glaciers", "enzymes")


def title(number: int) -> str:
    return f"Deep models of {SUBJECTS[number % 8]} with sparse tensor{number} networks"


def abstract(number: int) -> str:
    return f"A convolutional neural network (CNN) learns {SUBJECTS[number % 8]} number{number} quickly, cheaply, often."


HELD = [number for number in range(400) if held_out(title_key(title(number)))]
TRAINED = [number for number in range(400) if number not in HELD]


@pytest.fixture
def corpus_at_hand(index_dir: Path, word_encoder: object) -> None:
    """Ten papers kept from training, one of them in two versions, and twenty others."""
    first, second = HELD[0], HELD[1]
    texts = [(title(number), abstract(number)) for number in [*HELD[:10], *TRAINED[:20]]]
    put(*papers(texts))
    put(*papers([(title(first).upper() + ".", abstract(first))], first=900))
    put(*papers([("Preface", "Not known by its title."), (title(second)[:9], "short")], first=950))
    # Versions that no source joined stay two papers with one title key.
    assert Paper.objects.filter(title_key=title_key(title(first))).count() == 2
    follow.follow_lexical()
    vectors.embed_all(*vectors.target())


@contextmanager
def read_only() -> Iterator[None]:
    """The database refuses to write."""
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")


def ask(*arguments: str) -> None:
    call_command("evaluate", *arguments)


@pytest.mark.usefixtures("corpus_at_hand")
def test_every_kind_and_every_stage_is_told_with_peers_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with read_only():
        ask("--known-item", "10", "--noise", "all", "--json", "--json-queries", str(tmp_path / "queries"))
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(told["kinds"]) == list(KINDS)
    assert (told["documents"], told["queries"]) == (33, 90)
    for stages in [told["stages"], *told["kinds"].values()]:
        assert list(stages) == ["lexical", "dense", "fused", "reranked", "peer: exact", "peer: stemmed"]
    assert told["kinds"]["title"]["peer: stemmed"]["mrr@10"] == 1.0
    # Counted twice, the work in two versions would gain more than all there is.
    assert told["kinds"]["title"]["lexical"]["ndcg@10"] == told["kinds"]["title"]["lexical"]["mrr@10"] == 1.0
    assert told["by_kind"]["partial"]["versus"]["reranked"]["against"] == "fused"
    assert told["typo_ratio"].keys() == {"partial-typo1/partial", "partial-typo2/partial"}
    assert told["zero_results"] == 0.0
    queries = [json.loads(line) for line in (tmp_path / "queries").read_text().splitlines()]
    assert [query["metadata"]["type"] for query in queries] == [kind for kind in KINDS for _ in range(10)]


@pytest.mark.usefixtures("corpus_at_hand")
def test_queries_are_of_held_out_works_each_once_and_come_again() -> None:
    queries = corpus.questions(100, ["title", "shuffled"], seed=3)
    assert queries == corpus.questions(100, ["title", "shuffled"], seed=3)
    keys = [next(iter(query.judgements)) for query in queries if query.kind == "title"]
    assert sorted(keys) == sorted(str(title_key(title(number))) for number in HELD[:10])
    assert [next(iter(query.judgements)) for query in queries if query.kind == "shuffled"] == keys
    fewer = corpus.questions(4, ["title"], seed=3)
    assert fewer == queries[:4]
    assert fewer != corpus.questions(4, ["title"], seed=4)


@pytest.mark.usefixtures("index_dir")
def test_the_same_papers_give_the_same_queries_whatever_order_they_came_in() -> None:
    records = papers([(title(number), abstract(number)) for number in HELD[:10]])
    put(*records)
    first = corpus.questions(5, list(KINDS), seed=1)
    Paper.objects.all().delete()
    put(*records[::-1])
    assert corpus.questions(5, list(KINDS), seed=1) == first


@pytest.mark.usefixtures("corpus_at_hand")
def test_versions_of_a_work_are_one_answer_and_short_titles_stand_for_themselves() -> None:
    name = corpus.names()
    ids = dict(Paper.objects.values_list("key", "id"))
    assert name(ids["2503.00001"]) == name(ids["2503.00900"]) == str(title_key(title(HELD[0])))
    assert name(ids["2503.00950"]) != name(ids["2503.00951"])
    assert name(10**9) == "paper 1000000000"  # came in after the names were read


def test_tex_in_titles_is_read_as_text(index_dir: Path) -> None:
    number = next(n for n in range(900) if held_out(title_key(f'Bounds for $L^2$ norms of Schr\\"odinger waves {n}')))
    put(*papers([(f'Bounds for $L^2$ norms of Schr\\"odinger waves {number}', "None.")]))
    assert [query.text for query in corpus.questions(1, ["title"], seed=0)] == [
        f"Bounds for L^2 norms of Schrödinger waves {number}"
    ]


@pytest.mark.usefixtures("corpus_at_hand")
def test_peers_are_plain_bm25_of_one_field() -> None:
    number = HELD[0]
    beside = peers()
    assert len(beside["stemmed"]("networking").paper_ids) == 31
    assert beside["exact"]("networking").paper_ids == []
    versions = set(Paper.objects.filter(title_key=title_key(title(number))).values_list("id", flat=True))
    found = beside["exact"](f"network number{number}").paper_ids
    assert len(found) == 31
    assert set(found[:2]) == versions
    assert beside["exact"]("?!").paper_ids == []
    assert beside["exact"]("network").milliseconds > 0


@pytest.mark.usefixtures("corpus_at_hand")
def test_a_kind_that_no_paper_has_words_for_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Paper.objects.update(abstract="Short.")
    ask("--known-item", "2", "--noise", "title, acronym", "--json")
    out, err = capsys.readouterr()
    assert list(json.loads(out.splitlines()[-1])["kinds"]) == ["title"]
    assert "No paper drawn has the words for acronym." in err
    with pytest.raises(CommandError, match="none of 2 papers has the words for acronym"):
        ask("--known-item", "2", "--noise", "acronym")


@pytest.mark.usefixtures("index_dir")
def test_an_empty_corpus_is_one_plain_line() -> None:
    with pytest.raises(CommandError, match=r"no papers to look for: bring some in with `manage\.py ingest`"):
        ask("--known-item", "5")


@pytest.mark.usefixtures("index_dir")
def test_a_corpus_without_held_out_papers_is_one_plain_line() -> None:
    put(*papers([(title(number), abstract(number)) for number in TRAINED[:3]]))
    with pytest.raises(CommandError, match="none of the 3 papers is kept from training"):
        ask("--known-item", "5")


@pytest.mark.usefixtures("index_dir")
def test_without_an_index_the_remedy_is_named() -> None:
    put(*papers([(title(number), abstract(number)) for number in HELD[:3]]))
    with pytest.raises(NoIndex, match=r"run `manage\.py index follow`"):
        peers()
    with pytest.raises(CommandError, match=r"run `manage\.py index follow`"):
        ask("--known-item", "2")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "either folders .* or --known-item"),
        (("some/folder", "--known-item", "5"), "either folders .* or --known-item"),
        (("--known-item", "0"), "at least 1 paper"),
        (("--known-item", "-3"), "at least 1 paper"),
        (("--known-item", "5", "--noise", "typos"), "--noise typos: the kinds are title, title-typo1, .*, or all"),
        (("--known-item", "5", "--noise", ""), "the kinds are"),
        (("some/folder", "--json-queries", "x"), "--json-queries writes the queries of --known-item"),
        (("--known-item", "many"), "invalid int value"),
    ],
)
def test_wrong_arguments_are_one_plain_line(arguments: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        ask(*arguments)


@pytest.mark.usefixtures("corpus_at_hand")
def test_a_file_that_cannot_be_written_is_told_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        ask("--known-item", "2", "--json-queries", str(tmp_path / "missing" / "queries"))
    assert capsys.readouterr().out == ""
