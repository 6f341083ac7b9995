import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from search import results, stages
from search.indexing import follow, vectors
from search.retrieval import dense
from tests.search.conftest import papers, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def indexed(index_dir: Path, word_encoder: object) -> Path:
    put(*papers())
    follow.follow_lexical()
    vectors.embed_all(*vectors.target())
    return index_dir


@pytest.mark.usefixtures("indexed")
def test_every_stage_runs_and_is_timed() -> None:
    found = stages.find("neural machine translation of rare words")
    assert list(found.stages) == ["lexical", "dense", "fused", "reranked"]
    assert found.reranker == "feedback"
    assert set(found.stages["reranked"].paper_ids) == set(found.stages["fused"].paper_ids)
    assert found.notices == ()
    assert {"lexical", "encode", "dense", "fused", "reranked"} <= found.milliseconds.keys()
    assert found.final.hits[0].paper_id == found.stages["lexical"].hits[0].paper_id


@pytest.mark.usefixtures("index_dir", "word_encoder")
def test_without_vectors_the_lexical_order_stands_and_says_so() -> None:
    put(*papers())
    follow.follow_lexical()
    found = stages.find("attention")
    assert found.notices == ("words-only",)
    assert found.final.paper_ids == found.stages["lexical"].paper_ids != []


def test_without_the_word_index_the_dense_order_stands_and_says_so(indexed: Path) -> None:
    shutil.rmtree(indexed)
    found = stages.find("attention")
    assert found.notices == ("meaning-only",)
    assert len(found.final.hits) == 5


@pytest.mark.usefixtures("indexed")
def test_while_most_papers_lack_vectors_the_lexical_order_stands_and_says_so() -> None:
    put(*papers([(f"Attention study {number}", "We attend.") for number in range(20)], first=100))
    follow.follow_lexical()
    found = stages.find("attention")
    assert found.notices == ("few-vectors",)
    assert found.final.paper_ids == found.stages["lexical"].paper_ids
    vectors_of_new = vectors.target()
    follow.enqueue_vectors()
    vectors.embed_all(*vectors_of_new)
    assert stages.find("attention").notices == ()


@pytest.mark.usefixtures("index_dir", "word_encoder")
def test_without_any_index_nothing_is_found_and_it_says_so() -> None:
    found = stages.find("attention")
    assert found.notices == ("nothing",)
    assert found.final.hits == ()


@pytest.mark.usefixtures("indexed")
def test_an_encoder_that_fails_costs_the_meaning_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(dense, "encode_query", broken)
    found = stages.find("attention")
    assert found.notices == ("words-only",)
    assert found.final.hits


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "?!", "zzzzqqqq", "' OR 1=1 --", "a" * 5_000, "((((", 'ti:"', "\\frac{"]
)
def test_no_query_is_an_error(text: str) -> None:
    found = stages.find(text)
    assert "nothing" not in found.notices
    assert found.final.total == len(found.final.hits)


@pytest.mark.usefixtures("indexed")
def test_a_page_is_a_part_of_the_whole_in_the_same_order() -> None:
    whole = results.page("translation attention words")
    parts = [results.page("translation attention words", skip=skip, show=2) for skip in range(0, whole.total, 2)]
    assert [hit.paper.key for part in parts for hit in part.hits] == [hit.paper.key for hit in whole.hits]
    assert [hit.rank for part in parts for hit in part.hits] == list(range(1, whole.total + 1))


@pytest.mark.usefixtures("indexed")
def test_the_command_prints_what_the_page_object_holds(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    call_command("search", "rare words", "--json")
    told = json.loads(capsys.readouterr().out)
    page = results.page("rare words")
    assert [hit["id"] for hit in told["results"]] == [hit.paper.key for hit in page.hits]
    assert told["results"][0]["ranks"] == {"lexical": 1, "dense": 1, "fused": 1, "reranked": 1}
    assert told["ran"] == ["lexical", "dense", "fused"]
    assert told["reranker"] == "feedback"
