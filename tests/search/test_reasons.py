"""Why a paper is there, told by words that a reader knows."""

from pathlib import Path

import pytest

from search import reasons, results, wording
from search.indexing import follow
from search.title.evidence import Evidence
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


@pytest.mark.parametrize(
    ("pmi", "said"),
    [
        (0.3, "about as likely"),
        (-0.3, "about as likely"),
        (3.0, "20 times more likely"),
        (-8.0, "3,000 times less likely"),
        (900.0, "500,000,000 times more likely"),
    ],
)
def test_the_models_opinion_is_told_in_round_numbers(pmi: float, said: str) -> None:
    reason = reasons.Reason({}, {}, before=3, final=1, evidence=Evidence(1.0, 0.5, pmi, 0.0))
    assert said in " ".join(wording.reasons(reason))
    assert "Read again it went from place 3 to 1." in wording.reasons(reason)
