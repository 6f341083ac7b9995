"""The title arm with the shipped model: titles half remembered, misspelt, abbreviated, or in Chinese."""

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command

from search import results, stages
from search.dictionary import GLOSSARY, translations
from search.encoder import MULTILINGUAL, encoder
from search.evaluation import outcomes
from search.indexing import follow, titles, vectors
from search.query import parse
from search.retrieval import lexical
from search.retrieval import title as arm
from search.title.coverage import Coverage, Meant
from search.title.reader import title_reader
from tests.search.conftest import key_of, papers, put

pytestmark = pytest.mark.django_db(transaction=True)

TITLES = [
    "Attention is all you need",
    "Neural machine translation by jointly learning to align and translate",
    "Deep residual learning for image recognition",
    "Generative adversarial networks",
    "Adam: a method for stochastic optimization",
    "Reinforcement learning for machine translation",
    "Human-level control through deep reinforcement learning",
    "Graph convolutional networks for semi-supervised classification",
    "Long short-term memory networks for speech recognition",
    "Batch normalization accelerates deep network training",
    "A survey of the theory of black holes",
    "Variational inference for Dirichlet processes",
]


@pytest.fixture
def indexed(index_dir: Path) -> Path:
    put(*papers([(title, f"We study the matter of paper {number}.") for number, title in enumerate(TITLES)]))
    follow.follow_lexical()
    titles.follow_titles()
    return index_dir


def first(text: str) -> str:
    return str(results.page(text).hits[0].paper.title)


def found_by_title(text: str) -> list[str]:
    return [key_of(paper_id) for paper_id in stages.find(text).stages["title"].paper_ids]


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Atention is al you need", 0),
        ("neurl mashine transaltion jointly aling", 1),
        ("residal lerning imge recogniton", 2),
        ("graph convlutional semisupervised clasification", 7),
        ("recognition speech memory", 8),
        ("黑洞 理论", 10),
        ("强化学习 机器翻译", 5),
    ],
)
def test_a_title_is_found_however_it_is_remembered(text: str, title: int) -> None:
    assert first(text) == TITLES[title]


@pytest.mark.usefixtures("indexed")
def test_misspelt_words_are_doubtful_and_others_are_not() -> None:
    assert looked_at("image recognition").doubt == 0.0
    assert looked_at("imagge recognition").doubt == 0.5
    assert looked_at("").doubt == 0.0


def looked_at(text: str) -> arm.TitleSearch:
    states = encoder(MULTILINGUAL).encode_query(text).states
    assert states is not None
    return arm.begin(text, states, lexical.index())


@pytest.mark.usefixtures("indexed")
def test_the_same_query_weighs_titles_the_same_whoever_stands_beside_them() -> None:
    """Candidates of one tree share prefixes; what one is given must not hang on the others, nor on their order."""
    ids = [hit.paper.pk for hit in results.page("learning networks").hits]
    together = looked_at("deep reinforcement learning").weigh(ids)
    again = looked_at("deep reinforcement learning").weigh(ids[::-1])
    alone = {paper_id: looked_at("deep reinforcement learning").weigh([paper_id])[paper_id] for paper_id in ids}
    assert together == again
    for paper_id in ids:
        assert together[paper_id].likelihood == pytest.approx(alone[paper_id].likelihood, rel=0.02)
        assert together[paper_id].of_query == alone[paper_id].of_query


@pytest.mark.usefixtures("indexed")
def test_filters_hold_for_titles_too() -> None:
    put(*papers([("Atention is al you need", "Not the same.")], first=50))
    follow.follow_lexical()
    titles.follow_titles()
    assert set(found_by_title("atention is al you need")) >= {"2503.00001", "2503.00050"}
    assert found_by_title("atention is al you need id:2503.00050") == ["2503.00050"]
    assert found_by_title("atention is al you need year:1990") == []


@pytest.mark.usefixtures("indexed")
def test_the_page_says_why_and_the_json_does_too(capsys: pytest.CaptureFixture[str]) -> None:
    vectors.embed_all(*vectors.target())
    call_command("search", "residal lerning imge recogniton", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["reranker"] == "seq2seq-prefix-tree"
    best = told["results"][0]
    assert best["title"] == TITLES[2]
    reasons = best["why"]
    assert reasons["reranker"]["query_in_title"] >= 0.5
    assert reasons["reranker"]["pmi"] == pytest.approx(
        reasons["reranker"]["log_likelihood"] - reasons["reranker"]["prior"], abs=0.01
    )
    assert reasons["arms"]["title"]["rank"] == 1


@pytest.mark.usefixtures("indexed")
def test_without_time_the_titles_step_aside_and_it_says_so() -> None:
    found = stages.run(parse("attention networks"), stages.Wanted(deadline=0.0))
    assert "late" in found.notices
    assert "title" not in found.stages
    assert found.reranker == "none"
    assert found.final.paper_ids == found.stages["lexical"].paper_ids != []


@pytest.mark.usefixtures("indexed")
def test_a_model_that_fails_costs_its_stage_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no memory left")

    monkeypatch.setattr("search.title.reader.TitleReader.weigh", broken)
    found = stages.find("attention networks")
    assert found.reranker == "none"
    assert found.final.paper_ids == found.stages["lexical"].paper_ids != []


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    "text",
    ["", "-", "the of and", "x" * 10_000, "word " * 500, "🙂🙃", "深度 learning обучение", '"' * 99, "OR " * 1000,
     "'; DROP TABLE papers_paper; --", "<script>alert(1)</script>", "year:9999..-1", "ti:", "\u202e\u0000\ufeff"],
)  # fmt: skip
def test_no_query_costs_more_than_a_moment(text: str) -> None:
    stages.find("warm up")
    began = time.process_time()
    stages.find(text)
    assert time.process_time() - began < 20  # bounded, on the slowest of machines: the next is the measure


def test_the_shipped_model_is_small_and_says_how_it_was_made() -> None:
    from search.title.reader import WEIGHTS

    assert WEIGHTS.stat().st_size < 30_000_000
    card = title_reader().card
    assert {"papers", "seed", "steps", "figures", "kept from training", "tokeniser"} <= card.keys()
    assert (WEIGHTS.parent / "README.md").exists()


def test_an_arm_waits_for_what_it_reads() -> None:
    spent: dict[str, Any] = {"lexical": 1.0, "encode-multilingual": 2.0, "multilingual": 4.0, "title": 8.0}
    assert outcomes.wait("title", spent) == 10.0
    assert outcomes.wait("multilingual", spent) == 6.0
    assert np.isclose(outcomes.wait("lexical", spent), 1.0)


def test_a_term_of_several_words_is_covered_by_all_of_them() -> None:
    both = Coverage([Meant({"reinforc": 0.5, "learn": 0.5}, 2.0)], lambda term: 1.0)
    assert both.of_query(["learn", "to", "learn"]) == 0.5
    assert both.of_query(["reinforc", "learn"]) == 1.0
    assert both.of_title(["reinforc", "learn"]) == 1.0
    assert both.of_title(["reinforc", "learn", "other"]) == pytest.approx(2 / 3)


def test_terms_of_the_field_are_translated_as_papers_write_them() -> None:
    assert translations("强化学习") == [(("reinforcement", "learning"),)]
    assert translations("图神经网络")[0][0] == ("graph", "neural", "network")
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert len({line.split("\t")[0] for line in lines}) == len(lines) > 200
    assert all(len(line.split("\t")) == 2 and line.split("\t")[1].isascii() for line in lines)
