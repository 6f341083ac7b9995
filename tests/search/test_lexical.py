from pathlib import Path

import pytest

from papers.models import Paper
from search.indexing import follow, lexical
from search.query import parse
from search.ranking import Ranking
from search.retrieval.lexical import MOST_WHOLE, NoIndex, index
from tests.search.conftest import key_of, papers, put

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index_dir")]


def keys(text: str) -> list[str]:
    return [key_of(hit.paper_id) for hit in search(text).hits]


def search(text: str, depth: int = 10) -> Ranking:
    opened = index()
    opened.refresh()
    return opened.search(opened.matching(parse(text)), depth)


def score(text: str, paper_ids: list[int]) -> dict[int, float]:
    return index().score(index().matching(parse(text)), paper_ids)


def whole(text: str) -> frozenset[int]:
    return index().matching(parse(text)).whole


def test_there_is_no_index_before_the_first_build() -> None:
    with pytest.raises(NoIndex, match="index rebuild"):
        index()


def test_the_first_follow_builds_the_index_and_later_ones_add_to_it() -> None:
    put(*papers())
    assert follow.follow_lexical() == 5
    assert keys("attention")[0] == "2503.00002"
    put(*papers([("Attention in the wild", "It is rare.")], first=6))
    assert follow.follow_lexical() == 1
    assert set(keys("attention")) == {"2503.00002", "2503.00006"}
    assert follow.follow_lexical() == 0


def test_a_changed_paper_is_found_by_its_new_words_only() -> None:
    put(*papers())
    follow.follow_lexical()
    put(*papers([("Convolution is all you need", "Nothing else.")], first=2))
    follow.follow_lexical()
    assert keys("convolution") == ["2503.00002"]
    assert keys("attention") == []


def test_a_deleted_paper_is_found_no_more() -> None:
    put(*papers())
    follow.follow_lexical()
    Paper.objects.filter(key="2503.00002").delete()
    follow.follow_lexical()
    assert keys("attention") == []
    assert index().size() == 4


def test_inflected_words_match_but_the_written_form_ranks_first() -> None:
    put(*papers([("On a translation", "x"), ("On a translator", "x"), ("On translating", "x")]))
    follow.follow_lexical()
    assert keys("translating")[0] == "2503.00003"
    assert len(keys("translating")) >= 2


def test_authors_accents_tex_and_chinese_are_found() -> None:
    put(*papers())
    follow.follow_lexical()
    assert keys("writer3") == ["2503.00003"]
    assert len(keys("erdos")) == 5
    assert keys("schrodinger") == ["2503.00004"]
    assert keys("δ")[:1] == keys("Δ")[:1] == ["2503.00004"]
    assert set(keys("注意力")) == {"2503.00005", "2503.00002"}  # the second holds the English of it
    assert keys("机器翻译中的注意力机制")[0] == "2503.00005"
    assert keys("意义") == []


def test_scores_of_given_papers_are_those_of_the_search() -> None:
    put(*papers())
    follow.follow_lexical()
    found = search("words translation")
    assert score("words translation", found.paper_ids) == pytest.approx(found.scores)
    assert score("words translation", []) == {}
    assert score("", found.paper_ids) == {}


def zebras(count: int) -> None:
    """Papers with all of "zebra crossing signal", one as typed and the others inflected, behind one full of zebras."""
    texts = [
        ("Zebra zebra zebra", "Zebra crossing. " * 3),
        ("On a zebra", "Its crossing is a signal, said in many words."),
    ]
    put(*papers([*texts, *[(f"Zebras {number}", "Crossings with signals, in words.") for number in range(count)]]))
    follow.follow_lexical()


def test_one_of_few_papers_that_hold_the_whole_query_as_typed_comes_first() -> None:
    zebras(2)
    assert keys("zebra crossing signal")[0] == "2503.00002"
    assert keys("zebra crossing signal of the")[0] == "2503.00002"  # no paper need hold common words
    assert keys("zebra crossing signal xqzvw")[0] == "2503.00002"  # nor one that is misspelt
    assert keys("zebra crossing")[0] == "2503.00001"  # two words name nothing
    assert keys("zebras crossings signals year:1990") == []


def test_many_papers_that_hold_the_whole_query_are_a_topic() -> None:
    zebras(MOST_WHOLE + 1)
    assert whole("crossings signals words") == frozenset()
    assert len(whole("zebra crossing signal")) == 1


def test_totals_count_all_matches_and_depth_cuts_hits() -> None:
    put(*papers([(f"A common title {number}", "words") for number in range(30)]))
    follow.follow_lexical()
    found = search("common")
    assert (found.total, len(found.hits)) == (30, 10)


def test_a_rebuild_gives_the_same_results_and_leaves_one_folder(index_dir: Path) -> None:
    put(*papers())
    follow.follow_lexical()
    before = search("attention translation words")
    with lexical.writing():
        follow.rebuild_lexical()
    after = search("attention translation words")
    assert after.paper_ids == before.paper_ids
    assert after.scores == pytest.approx(before.scores)
    assert len(list(index_dir.glob("lexical-*"))) == 1


def test_a_deleted_folder_is_built_again(index_dir: Path) -> None:
    put(*papers())
    follow.follow_lexical()
    for file in sorted(index_dir.rglob("*"), reverse=True):
        file.unlink() if not file.is_dir() else file.rmdir()
    assert follow.follow_lexical() == 5
    assert keys("attention") == ["2503.00002"]


def test_an_index_of_another_version_is_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    put(*papers())
    follow.follow_lexical()
    monkeypatch.setattr(lexical, "VERSION", lexical.VERSION + 1)
    assert lexical.current() is None
    assert follow.follow_lexical() == 5


def test_a_second_writer_steps_back() -> None:
    put(*papers())
    with lexical.writing():
        assert follow.follow_lexical() == 0
        with pytest.raises(lexical.WriterBusy), lexical.writing():
            pass


def test_changes_committed_without_their_watermark_are_applied_again(monkeypatch: pytest.MonkeyPatch) -> None:
    put(*papers())
    follow.follow_lexical()
    put(*papers([("Attention again", "x")], first=6))
    real = lexical._write_watermark

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(lexical, "_write_watermark", killed)
    with pytest.raises(KeyboardInterrupt):
        follow.follow_lexical()
    monkeypatch.setattr(lexical, "_write_watermark", real)
    assert follow.follow_lexical() == 1
    assert sorted(keys("attention")) == ["2503.00002", "2503.00006"]
    assert index().size() == 6
