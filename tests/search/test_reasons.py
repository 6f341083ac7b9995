"""Why a paper is there, told by words that a reader knows."""

from pathlib import Path

import pytest

from search import reasons, results, wording
from search.indexing import follow
from tests.search.conftest import papers, put


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        (["强化", "化学", "学习"], ["强化学习"]),
        (["强化", "化学", "学习", "machine", "机器", "器翻"], ["强化学习", "machine", "机器翻"]),
        (["机器", "学习"], ["机器", "学习"]),
        (["to", "on", "no"], ["to", "on", "no"]),
        ([], []),
    ],
)
def test_pairs_of_characters_are_put_together_again(words: list[str], joined: list[str]) -> None:
    assert list(reasons._joined(words)) == joined


@pytest.mark.django_db(transaction=True)
def test_a_paper_names_the_english_of_a_chinese_word_and_the_filters_it_passed(index_dir: Path) -> None:
    put(*papers())
    follow.follow_lexical()
    page = results.page("注意力 cat:cs.CL")
    told = {hit.paper.key: reasons.as_json(hit.reason, ["category cs.CL"]) for hit in page.hits}
    assert told["2503.00005"]["words"] == {"title": ["注意力"]}
    assert told["2503.00002"]["words"]["title"] == ["attention"]
    assert told["2503.00002"]["filters"] == ["category cs.CL"]
    assert {each["arms"]["lexical"]["rank"] for each in told.values()} == {1, 2}
    assert ["In the title: attention."] in [wording.reasons(hit.reason)[:1] for hit in page.hits]
