"""Reading the words of `?sort=`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.preference import MAX_WORD, MAX_WORDS, Word, moved, parse


def texts(typed: str) -> list[str]:
    return [str(word) for word in parse(typed).words]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("w1,w2", ["w1", "w2"]),
        ("sparse attention, retrieval,-robots", ["sparse attention", "retrieval", "-robots"]),
        ('"large language models",-"computer vision"', ["large language models", "-computer vision"]),
        ("“beam  search”，注意力、-图像", ["beam search", "注意力", "-图像"]),
        ('"graphs, trees",x', ['"graphs, trees"', "x"]),
        ("−minus,–dash", ["-minus", "-dash"]),
        ("graph-based", ["graph-based"]),
        ("a,A, a ,-a", ["a", "-a"]),
        ('"unbalanced, quote', ["unbalanced", "quote"]),
        (r"$\ell_1$-norm, \alpha", [r"$\ell_1$-norm", r"\alpha"]),
        ("nul\x00byte,\u202eturned", ["nulbyte", "turned"]),
        ("", []),
        ('-,--,"",\' , ,$,。', []),
    ],
)
def test_words_stand_between_commas(typed: str, read: list[str]) -> None:
    assert texts(typed) == read


def test_more_words_than_count_are_cut_and_that_is_known() -> None:
    assert not parse(",".join(f"word{n}" for n in range(MAX_WORDS))).is_cut
    many = parse(",".join(f"word{n}" for n in range(MAX_WORDS + 1)))
    assert (len(many.words), many.is_cut) == (MAX_WORDS, True)
    long = parse("x" * 10_000)
    assert (len(long.words[0].text), long.is_cut) == (MAX_WORD, True)


@given(st.text(alphabet=st.sampled_from('ab 词"“,，-−\x00\\$\n'), max_size=60))
def test_what_was_read_reads_the_same_again(typed: str) -> None:
    once = parse(typed)
    assert parse(str(once)) == once


def test_unwanted_words_count_against_a_paper() -> None:
    assert moved([(Word("a"), 2.5), (Word("b", is_wanted=False), 1.0)]) == 1.5
