"""Keywords of papers written for this test, counted over a small corpus of them."""

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.keywords import KEYWORDS, Usage, choose, counted_numbers, read, with_given
from search.phrases import MAX_LENGTH, MAX_WORD, closed_keys, key, readable, runs

NOTHING_KNOWN = Usage(0, {})

CORPUS = [
    (
        "Subword Units for Neural Machine Translation",
        "Neural machine translation has a closed vocabulary. We split rare words into subword units, so that neural "
        "machine translation reaches rare words, too. Byte pair encoding finds the subword units. Results show that "
        "the proposed method outperforms the state of the art on two language pairs.",
    ),
    (
        "Gaussian splatting for surgical scenes",
        "Gaussian splatting (GS) renders scenes in real time. In this paper we present a novel approach that extends "
        "Gaussian splatting to soft tissue. Extensive experiments on three datasets demonstrate its effectiveness.",
    ),
    (
        "Fine-tuning BERT with adapters",
        "We fine-tune BERT with small adapters. BERT needs few parameters then. Adapters can be merged with LoRA.",
    ),
    (
        "Support vector machines, revisited",
        "A support-vector machine separates two classes. We show when support vector machines beat BERT and rare words "
        "do not matter.",
    ),
    (
        "Byte pair encoding for speech",
        "Byte pair encoding is applied to neural machine translation of speech and to rare words.",
    ),
]


def usage() -> Usage:
    counted = Counter(number for title, abstract in CORPUS for number in counted_numbers(title, abstract))
    return Usage(len(CORPUS), counted)


def keywords(title: str, abstract: str = "", known: Usage | None = None) -> list[str]:
    return choose(read(title, abstract), known or usage())


@pytest.mark.parametrize(
    ("paper", "wanted"),
    [
        (0, ["neural machine translation", "subword units", "rare words"]),
        (1, ["Gaussian splatting", "soft tissue"]),
        (2, ["BERT", "adapters"]),
        (3, ["support-vector machine", "BERT"]),
        (4, ["byte pair encoding"]),
    ],
)
def test_the_terms_of_a_paper_are_its_keywords(paper: int, wanted: list[str]) -> None:
    found = [each.lower() for each in keywords(*CORPUS[paper])]
    assert [each for each in wanted if each.lower() not in found] == []


def test_phrases_stand_before_their_parts_and_instead_of_them() -> None:
    found = [each.lower() for each in keywords(*CORPUS[0])]
    assert "neural machine translation" in found[:3]
    assert not {"neural machine", "machine translation", "translation", "subword", "words"} & set(found)


def test_a_part_that_stands_by_itself_too_is_a_keyword_of_its_own() -> None:
    found = keywords(
        "Graph neural networks for hashing", "Hashing is fast. Hashing collides. Locality-sensitive hashing."
    )
    assert "Hashing" in found or "hashing" in found


def test_boiler_plate_is_never_a_keyword() -> None:
    text = (
        "In this paper, we propose a novel method. Extensive experiments show that our approach outperforms the state "
        "of the art by a large margin. The results demonstrate the effectiveness of the proposed method. Code is "
        "available. To the best of our knowledge, this work is the first. We hope that it will foster future research."
    )
    found = [each.lower() for _paper in range(2) for each in keywords("A new approach", text * 3)]
    for word in ("paper", "method", "approach", "results", "state", "art", "work", "experiments", "code", "margin of"):
        assert word not in found
    assert not any(each.startswith(("propose", "novel", "extensive", "our ")) for each in found)


def test_what_other_texts_have_too_is_preferred_to_words_that_met_by_chance() -> None:
    found = [each.lower() for each in keywords("Notes", "A puzzled walrus saw byte pair encoding.")]
    assert found.index("byte pair encoding") < found.index("puzzled walrus")


def test_of_equal_phrases_the_one_that_few_papers_have_comes_first() -> None:
    known = Usage(
        1_000,
        dict.fromkeys(counted_numbers("", "tree kernel"), 300)
        | dict.fromkeys(counted_numbers("", "string kernel"), 30),
    )
    assert keywords("Title", "A tree kernel. A string kernel.", known)[:2] == ["string kernel", "tree kernel"]


def test_the_title_weighs_more_than_the_abstract() -> None:
    known = Usage(1_000, dict.fromkeys(counted_numbers("", "tree kernels; string kernels"), 30))
    assert keywords("On string kernels", "On tree kernels.", known)[:2] == ["string kernels", "tree kernels"]


@pytest.mark.parametrize(
    ("title", "abstract", "form"),
    [
        (
            "Vision Transformers at Scale",
            "We train vision transformers. Vision transformers are large.",
            "vision transformers",
        ),
        ("On GANs", "GANs are trained. A GAN collapses. GANs recover.", "GANs"),
        ("Self-Supervised Learning", "We study self-supervised learning of images.", "self-supervised learning"),
        ("Lie Groups", "", "Lie Groups"),
        (r"The \emph{wave equation} in $L^2$", r"A wave equation with Schr\"odinger operators.", "wave equation"),
        ("k-means++ and C++", "We compare C++ programs. C++ is old.", "C++"),
        ("Erdős–Rényi graphs", "Erdős numbers", "Erdős"),
        ("GPT-4 answers", "GPT-4 is asked. GPT-4 is graded.", "GPT-4"),
    ],
)
def test_keywords_are_written_as_the_paper_writes_them_most(title: str, abstract: str, form: str) -> None:
    assert form in keywords(title, abstract)


def test_singular_and_plural_hyphen_and_space_are_one_keyword() -> None:
    found = keywords(
        "Support vector machines", "A support-vector machine. The support vector machine. Support Vector Machines."
    )
    assert [key(each) for each in found].count("support vector machine") == 1
    assert key("Support-Vector  Machines") == key("support vector machine")
    assert key("Matrices") == key("matrix")
    assert key("bias") != key("bia")


def test_the_beginning_of_a_longer_phrase_is_none() -> None:
    known = Usage(1_000, dict.fromkeys(counted_numbers("", "large language models"), 300))
    found = [
        each.lower() for each in keywords("Large language models of code", "Large language models write code.", known)
    ]
    assert "large language models" in found
    assert "large language" not in found


def test_what_stands_apart_is_no_phrase() -> None:
    assert "alpha beta" not in closed_keys("We study alpha, beta (gamma) and delta: epsilon")
    assert closed_keys("the alpha beta of gamma") == {"beta", "alpha beta", "gamma"}


def test_chinese_is_cut_at_particles() -> None:
    found = keywords("机器翻译中的注意力机制", "我们研究神经网络如何翻译。注意力机制对机器翻译的影响是本文的主题。")
    assert found[:2] == ["机器翻译", "注意力机制"]
    assert all(2 <= len(each) <= 8 for each in found)
    assert not any(mark in each for each in found for mark in "的我们如何")


def test_chinese_that_cannot_be_cut_gives_nothing_rather_than_rubbish() -> None:
    assert keywords("", "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏") == []


def test_japanese_and_mixed_scripts() -> None:
    assert "ニューラル" in keywords("ニューラルによる機械翻訳")
    assert "機械翻訳" in keywords("ニューラルによる機械翻訳")
    assert keywords("BERT模型的压缩", "BERT模型")[0] in ("BERT", "模型")


def test_function_words_of_other_languages_are_no_keywords() -> None:
    found = keywords("La syntaxe du français", "Nous présentons une syntaxe de la langue avec des arbres.")
    assert "syntaxe" in found
    assert not {"de", "la", "du", "des", "une", "avec", "nous"} & {
        word for each in found for word in each.lower().split()
    }


def test_the_authors_keywords_come_first_and_once() -> None:
    assert with_given(["Byte-Pair Encoding", "tokens"], ["byte pair encoding", "rare words"]) == [
        "Byte-Pair Encoding",
        "tokens",
        "rare words",
    ]
    assert with_given([f"word{number}" for number in range(30)], ["rare words"]) == [
        f"word{n}" for n in range(KEYWORDS)
    ]
    assert with_given(["", " ", "x" * 5_000, "a\x00b\n c"], []) == ["ab c"]
    assert with_given(["!!!", "???"], []) == ["!!!", "???"]


def test_an_empty_paper_has_none() -> None:
    assert keywords("", "") == []
    assert keywords("Preface") == ["Preface"]


HOSTILE = [
    "a" * 100_000,
    "a-" * 50_000,
    "- " * 50_000,
    "word " * 20_000,
    "ab cd ef gh " * 8_000,
    "$" * 100_000,
    "{" * 100_000,
    "\\alpha" * 16_000,
    "翻译" * 50_000,
    "的" * 100_000,
    "\u0301" * 100_000,
    "".join(chr(0x4E00 + number % 20_000) for number in range(100_000)),
    " ".join(f"w{number}x" for number in range(16_000)),
    "A" + "B" * 40 + "-" * 99_000,
    "lyly" * 25_000,
    "<script>alert(1)</script>" * 4_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:10]))
def test_hostile_texts_cost_no_more_than_the_longest_abstract(text: str) -> None:
    started = time.process_time()
    found = keywords(text, text, NOTHING_KNOWN)
    assert len(found) <= KEYWORDS
    assert all(len(each) <= 3 * MAX_WORD + 2 for each in found)
    assert len(read(text, text).phrases) <= MAX_LENGTH * 3
    assert time.process_time() - started < 20  # seconds where a text without a limit takes minutes


@settings(max_examples=200)
@given(st.text(max_size=400), st.text(max_size=1_500), st.lists(st.text(max_size=30), max_size=15))
def test_never_more_than_ten_and_never_one_twice(title: str, abstract: str, given_ones: list[str]) -> None:
    chosen = keywords(title, abstract)
    found = with_given(given_ones, chosen)
    assert len(chosen) <= KEYWORDS
    assert len(found) <= KEYWORDS
    keys = [key(each) or each for each in found]
    assert len(keys) == len(set(keys))
    assert keywords(title, abstract) == chosen


@given(st.text(alphabet="ab cd-EFgh.,的译", max_size=200))
def test_what_is_counted_can_be_a_keyword(text: str) -> None:
    """Counting and choosing read texts in the same way."""
    assert closed_keys(readable(text)) <= read("", text).phrases.keys()


def test_runs_end_at_punctuation_and_common_words() -> None:
    found = [
        " ".join(form for form, _ in run) for run in runs("Deep nets, trained on big data of the web (images) win")
    ]
    assert found == ["Deep nets", "trained", "data", "web", "images", "win"]
