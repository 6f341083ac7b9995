"""Training on a handful of papers: it learns, it goes on where it was killed, and what it writes can be read."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from safetensors.numpy import load_file

from search.indexing import follow
from search.split import held_out
from search.title.reader import TitleReader
from search.training import corpus, loop, run
from search.training.queries import synthetic
from tests.search.conftest import papers, put

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index_dir"), pytest.mark.slow]

WORDS = [
    "neural", "graph", "deep", "sparse", "random", "convex", "quantum", "causal", "robust", "fast", "learning",
    "networks", "search", "models", "theory",
]  # fmt: skip


class Killed(RuntimeError):
    pass


@pytest.fixture
def few(index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        (
            f"{one.title()} {other} for {third}",
            f"We study {other} {third}. It is {one}. We compare with {third} methods.",
        )
        for number, one in enumerate(WORDS)
        for other, third in [(WORDS[number - 3], WORDS[number - 7]), (WORDS[number - 5], WORDS[number - 2])]
    ]
    put(*papers(texts))
    follow.follow_lexical()
    monkeypatch.setattr(run, "LEAST_PAPERS", 10)
    monkeypatch.setattr(loop, "BATCH", 4)
    monkeypatch.setattr(loop, "SAVE_EVERY", 2)


def train(folder: Path, name: str, stop_at: int = 0) -> Path:
    def on_progress(step: int, losses: loop.Losses) -> None:
        assert np.isfinite([losses.written, losses.judged]).all()
        if step == stop_at:
            raise Killed

    run.run(folder, folder / name, 4, 7, on_progress)
    return folder / name


@pytest.mark.usefixtures("few")
def test_a_training_that_was_killed_ends_as_one_that_was_not(tmp_path: Path) -> None:
    whole = load_file(train(tmp_path / "whole", "weights"))
    with pytest.raises(Killed):
        train(tmp_path / "killed", "weights", stop_at=3)
    assert not (tmp_path / "killed" / "weights").exists()
    resumed = load_file(train(tmp_path / "killed", "weights"))
    assert whole.keys() == resumed.keys()
    for name, values in whole.items():
        assert np.array_equal(values, resumed[name]), name


@pytest.mark.usefixtures("few")
def test_what_was_trained_can_be_read_and_says_of_what_it_is_made(tmp_path: Path) -> None:
    reader = TitleReader(train(tmp_path, "weights"))
    assert reader.card["papers"] == str(len(corpus.read()))
    assert reader.card["seed"] == "7"
    states = np.zeros((3, 384), np.float32)
    weighed = reader.weigh(reader.read("graph", states), reader.tokeniser.tokenise(["Neural graph search"]))
    assert np.isfinite([*weighed.likelihood, *weighed.prior]).all()


@pytest.mark.usefixtures("few")
def test_another_seed_does_not_go_on_from_the_checkpoint(tmp_path: Path) -> None:
    train(tmp_path, "weights")
    with pytest.raises(CommandError, match="seed 7"):
        call_command("train_reranker", "--steps", "5", "--seed", "8", "--folder", str(tmp_path))


def test_a_few_papers_are_too_few_to_learn_from(tmp_path: Path) -> None:
    put(*papers())
    follow.follow_lexical()
    with pytest.raises(CommandError, match="too few"):
        call_command("train_reranker", "--folder", str(tmp_path), "--out", str(tmp_path / "weights"))
    with pytest.raises(CommandError, match="at least 1"):
        call_command("train_reranker", "--steps", "0")


@pytest.mark.usefixtures("few")
def test_papers_that_evaluations_ask_for_are_never_trained_on() -> None:
    assert not any(held_out(each.title_key) for each in corpus.read().examples)


def test_queries_are_never_empty_and_the_same_for_the_same_chance() -> None:
    from random import Random

    chinese: dict[str, Any] = {"graph": ("图",), "learning": ("学习",)}
    made = [synthetic("Graph learning", "We learn. On graphs.", chinese, Random(seed)) for seed in range(300)]
    assert all(made)
    assert made == [synthetic("Graph learning", "We learn. On graphs.", chinese, Random(seed)) for seed in range(300)]
    assert any("图" in each for each in made)
