"""Without an endpoint: key sentences, chosen by our own encoder, labelled as that."""

from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from library.answers.choosing import choose
from library.answers.extractive import key_sentences
from library.answers.models import Answer, Asking
from library.answers.questions import QUESTIONS
from library.answers.sentences import sentences
from papers.models import Paper
from papers.record import AbstractKind
from tests.answers.conftest import ABSTRACT, Ask, extract
from tests.answers.standin import StandIn, refusing
from tests.pages.conftest import Keep
from tests.pages.reading import text, words
from tests.pages.samples import arxiv


@pytest.mark.django_db
def test_key_sentences_stand_under_the_questions_that_they_answer(client: Client, paper: Paper, ask: Ask) -> None:
    assert "Show key sentences" in text(client.get("/answers/2503.00001?lang=en"))
    ask()
    extract()
    chosen = {row.question: row.text for row in Answer.objects.all()}
    assert chosen == {
        1: "However, sorting papers by hand remains a difficult problem for many readers.",
        2: "Previous approaches have been proposed for small collections only.",
        3: "We propose a new method that sorts papers by their questions.",
        4: "Experiments on three benchmarks show that our method outperforms all baselines by 12%.",
        5: "In future work we plan to sort whole libraries.",
        6: "Overall, our results show that questions are enough to sort papers.",
    }
    shown = words(client.get("/answers/2503.00001?lang=en"))
    assert "These are key sentences of the paper, chosen by its own encoder." in shown
    assert "Key sentences out of the abstract, chosen by the encoder all-MiniLM-L6-v2@" in shown
    assert "not written by a language model" in shown


@pytest.mark.django_db
def test_both_languages_show_the_same_sentences(client: Client, paper: Paper, ask: Ask) -> None:
    ask(lang="zh")
    extract()
    assert "论文做了哪些实验？" in text(client.get("/answers/2503.00001?lang=zh"))
    assert "outperforms all baselines" in text(client.get("/answers/2503.00001?lang=zh"))
    assert "outperforms all baselines" in text(client.get("/answers/2503.00001?lang=en"))
    ask(lang="en")
    assert Asking.objects.count() == 1


@pytest.mark.django_db
def test_a_summary_of_ours_is_called_so(client: Client, keep: Keep, ask: Ask) -> None:
    keep(arxiv("2503.00001", abstract=ABSTRACT, abstract_kind=AbstractKind.SUMMARY))
    ask()
    extract()
    assert "a summary in place of the abstract" in text(client.get("/answers/2503.00001?lang=en"))


@pytest.mark.django_db
@pytest.mark.parametrize("abstract", ["", "Too short.", "x" * 5_000, "$$" * 900])
def test_where_there_is_nothing_to_choose_from_the_page_says_so(
    client: Client, keep: Keep, ask: Ask, abstract: str
) -> None:
    keep(arxiv("2503.00001", abstract=abstract))
    ask()
    extract()
    assert Asking.objects.get().state == "failed"
    assert "The answers could not be completed: there " in text(client.get("/answers/2503.00001?lang=en"))


@pytest.mark.django_db
def test_hostile_sentences_are_escaped(client: Client, keep: Keep, ask: Ask) -> None:
    keep(
        arxiv("2503.00001", abstract="We propose <script>alert(1)</script> as a method that is based on $x < y$ alone.")
    )
    ask()
    extract()
    shown = text(client.get("/answers/2503.00001?lang=en"))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<math" in shown


@pytest.mark.django_db
def test_while_a_language_model_fails_key_sentences_that_are_there_are_shown(
    client: Client, endpoint: StandIn, paper: Paper, ask: Ask, settings: Any
) -> None:
    settings.ANSWERS_URL = ""
    ask()
    extract()
    settings.ANSWERS_URL = endpoint.url
    assert "Ask the six questions" in text(client.get("/answers/2503.00001?lang=en"))
    endpoint.behave = refusing(500)
    ask()
    shown = text(client.get("/answers/2503.00001?lang=en"))
    assert "Key sentences" in shown
    assert "outperforms all baselines" in shown


def test_no_sentence_is_chosen_twice_and_repetitions_are_left_out() -> None:
    many = " ".join([ABSTRACT] + [ABSTRACT.replace("papers", word) for word in ("books", "notes", "essays", "files")])
    chosen = key_sentences(many, configured.ENCODER)
    flat = [sentence for each in chosen for sentence in each]
    assert len(flat) == len(set(flat))
    assert all(len(each) <= 3 for each in chosen)


def test_no_sentences_are_no_answer() -> None:
    import numpy as np

    nothing = np.zeros((0, 4), np.float32)
    assert choose(nothing, np.eye(4, dtype=np.float32), np.zeros((0, 4), bool), (0.0,) * 4, anything=3) == [
        [],
        [],
        [],
        [],
    ]
    assert key_sentences("", configured.ENCODER) == [[] for _ in QUESTIONS]


@pytest.mark.parametrize(
    "parts",
    [
        ["We follow Lovelace et al. The method of Fig. 3 works well.", "It needs e.g. Two hours of J. Turing to run."],
        ["The rate is $a. B$ of $x_1. X$ in most of the cases.", "It grows like 3.5 and more than 2.5 times."],
        ["本文提出了一种新的论文分类方法。", "实验结果表明该方法优于已有方法！"],
        ["Is that a sentence at all or not?", "“It is one,” said the reader of it."],
    ],
    ids=["abbreviations", "formulas", "chinese", "quoted"],
)
def test_sentences_are_parted(parts: list[str]) -> None:
    typed = ("" if parts[0].endswith("。") else " ").join(parts)
    assert sentences(typed) == parts


@pytest.mark.parametrize(
    "typed", ["1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19. Introduction", "", "\x00", "x" * 9_999]
)
def test_what_is_no_sentence_is_left_out(typed: str) -> None:
    assert sentences(typed) == []


def test_a_sentence_that_is_repeated_counts_once() -> None:
    assert sentences("The same sentence stands here twice. " * 2) == ["The same sentence stands here twice."]
