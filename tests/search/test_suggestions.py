from pathlib import Path

import pytest

from search import suggestions
from search.indexing import follow
from search.query import parse
from search.retrieval.lexical import index
from search.suggestions import did_you_mean
from tests.search.conftest import papers, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def many(index_dir: Path) -> None:
    put(*papers([(f"Neural machine translation {number}", "Attention and reinforcement.") for number in range(45)]))
    put(*papers([("A single zymurgy", "Only once."), ("Machine attentoin", "A mistake of an author.")], first=100))
    follow.follow_lexical()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nueral machine translation", "neural machine translation"),
        ("Neural Machin Translaton", "Neural machine translation"),
        ('"machine translaton" -speech au:writer3 cat:cs.CL', '"machine translation" -speech au:writer3 cat:cs.CL'),
        ("ti:reinforcment", "ti:reinforcement"),
        ("attentoin", "attention"),  # one paper has it so, forty-five have it right
        ("neural machine translation", ""),
        ("zymurgy", ""),  # rare, and like nothing else
        ("erdoes erdos", ""),  # an author is no mistake
        ("the of xq 1234567 🙂 注意里", ""),
        ("-translaton machine", ""),  # what is excluded may be anything
        ("", ""),
    ],
)
def test_a_word_that_hardly_a_paper_has_is_offered_as_most_spell_it(typed: str, meant: str) -> None:
    assert did_you_mean(parse(typed), index()) == meant


def test_the_words_are_kept_until_the_index_has_changed() -> None:
    before = suggestions.vocabulary(index())
    assert suggestions.vocabulary(index()) is before
    put(*papers([(f"Zymology {number}", "Yeast.") for number in range(30)], first=300))
    follow.follow_lexical()
    index().refresh()
    assert did_you_mean(parse("zymologi"), index()) == "zymology"
    assert suggestions.vocabulary(index()) is not before
