"""Usage of phrases and keywords, kept right by following the change log."""

import random
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import Error, connection

from papers.models import Paper
from search.indexing import keywords, usage
from search.indexing.keywords import follow_keywords
from search.keywords import counted_numbers
from search.models import CountedText, Follower, KeywordJob, PaperKeywords, PhraseCorpus, PhraseCounts
from tests.search.conftest import papers, put

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = ("tree", "graph", "parser", "kernel", "walrus", "translation", "speech", "token", "grammar", "vector")


def texts(seed: int, count: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)

    def sentence(length: int) -> str:
        return " ".join(chance.choice(WORDS) for _word in range(length))

    return [(sentence(3), f"{sentence(2)}, {sentence(3)}; {sentence(2)}.") for _paper in range(count)]


def state() -> dict[str, Any]:
    """All that was counted and chosen; blocks without a count say no more than blocks that are not there."""
    blocks = {row.block: usage._unpack(bytes(row.counters)) for row in PhraseCounts.objects.all()}
    return {
        "texts": PhraseCorpus.objects.get().texts,
        "counted": {row.paper_id: (bytes(row.text_hash), bytes(row.slots)) for row in CountedText.objects.all()},
        "counters": {block: counters.tolist() for block, counters in blocks.items() if counters.any()},
        "keywords": {row.paper_id: (row.phrases, row.numbers) for row in PaperKeywords.objects.all()},
        "jobs": KeywordJob.objects.count(),
    }


def rebuilt() -> dict[str, Any]:
    PaperKeywords.objects.all().delete()
    keywords.start_over()
    follow_keywords()
    return state()


def chosen_again() -> dict[str, Any]:
    """Keywords are chosen by the counts of their day; for comparison all are chosen by those of today."""
    keywords._choose_all_again()
    follow_keywords()
    return state()


def phrases_of(key: str) -> list[str]:
    return list(PaperKeywords.objects.get(paper__key=key).phrases)


def test_papers_stored_before_and_after_the_first_time_get_keywords() -> None:
    put(*papers()[:3])
    assert follow_keywords() == 3
    put(*papers()[3:])
    assert follow_keywords() >= 2
    assert PaperKeywords.objects.count() == 5
    assert KeywordJob.objects.count() == 0
    assert "black hole" in [each.lower() for each in phrases_of("2503.00003")]
    assert phrases_of("2503.00005")[:1] == ["机器翻译"]


def test_following_in_small_steps_gives_what_counting_anew_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keywords, "COUNT_CHUNK", 3)
    monkeypatch.setattr(keywords, "CHOOSE_CHUNK", 2)
    put(*papers(texts(1, 10)))
    follow_keywords()
    put(*papers(texts(2, 4), first=3))  # other texts
    put(*papers(texts(3, 5), first=20))
    follow_keywords()
    Paper.objects.filter(key__in=["2503.00001", "2503.00004", "2503.00021"]).delete()
    follow_keywords()
    put(*papers(texts(1, 2), first=3))  # and back again
    follow_keywords()
    followed = chosen_again()
    assert followed["texts"] == 13
    assert followed == rebuilt()


def test_counters_hold_in_how_many_texts_a_phrase_is_closed() -> None:
    put(*papers([("Walrus", "A tree kernel, a tree kernel."), ("Tree kernel", "By walrus"), ("Tree", "Speech")]))
    follow_keywords()
    numbers = [counted_numbers(phrase, "").pop() for phrase in ("tree kernel", "walrus", "tree", "grammar")]
    numbers[0] = max(counted_numbers("tree kernel", "") - counted_numbers("kernel", ""))
    assert list(usage.Reader().texts_with(numbers).values()) == [2, 2, 1, 0]


def test_only_another_text_is_counted_again() -> None:
    put(*papers())
    follow_keywords()
    before = state()
    Paper.objects.filter(key="2503.00003").update(content_hash=b"other", comments="8 pages")
    follow_keywords()
    assert state() == before


def test_other_keywords_of_the_authors_are_shown_without_counting() -> None:
    put(*papers())
    follow_keywords()
    counted = state()["counters"]
    Paper.objects.filter(key="2503.00003").update(content_hash=b"other", keywords=["Sagittarius A*"])
    follow_keywords()
    assert phrases_of("2503.00003")[0] == "Sagittarius A*"
    assert state()["counters"] == counted


def test_keywords_of_all_are_chosen_again_when_the_texts_have_doubled() -> None:
    put(*papers(texts(1, 4)))
    assert follow_keywords() == 4
    put(*papers(texts(2, 3), first=5))
    assert follow_keywords() == 3
    put(*papers(texts(3, 1), first=8))
    assert follow_keywords() == 8


def test_the_counts_of_a_deleted_paper_are_taken_back() -> None:
    put(*papers())
    follow_keywords()
    Paper.objects.all().delete()
    follow_keywords()
    assert state() == {"texts": 0, "counted": {}, "counters": {}, "keywords": {}, "jobs": 0}


def test_other_rules_count_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    put(*papers())
    follow_keywords()
    before = state()
    monkeypatch.setattr(keywords, "VERSION", keywords.VERSION + 1)
    assert follow_keywords() == 5
    assert state() == before
    assert PhraseCorpus.objects.get().version == keywords.VERSION


def test_a_log_of_another_server_is_not_gone_on_with() -> None:
    put(*papers())
    follow_keywords()
    before = state()
    Follower.objects.filter(name="keywords").update(transaction=2**40)
    assert follow_keywords() == 5
    assert state() == before


def test_deleting_what_is_derived_brings_it_back() -> None:
    put(*papers())
    follow_keywords()
    before = state()
    for model in (PhraseCorpus, PhraseCounts, CountedText, PaperKeywords):
        model.objects.all().delete()
    follow_keywords()
    assert state() == before


@pytest.mark.parametrize("step", ["_add_jobs", "_start_over", "_recount", "_choose_all_again", "_take_jobs", "_write"])
def test_a_connection_that_dies_within_a_step_loses_nothing(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server ends the session right after the step's work, before its transaction is committed."""
    monkeypatch.setattr(keywords, "CHOOSE_CHUNK", 2)
    monkeypatch.setattr(keywords, "COUNT_CHUNK", 3)
    put(*papers(texts(1, 6)))
    if step not in ("_start_over", "_choose_all_again"):
        follow_keywords()
    put(*papers(texts(2, 6), first=4))
    work: Callable[..., Any] = getattr(keywords, step)

    def work_and_die(*args: Any) -> None:
        work(*args)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(keywords, step, work_and_die)
        with pytest.raises(Error):
            follow_keywords()
    connection.close()
    follow_keywords()
    followed = chosen_again()
    assert followed["texts"] == 9
    assert followed == rebuilt()


def test_two_at_a_time_choose_each_paper_once() -> None:
    put(*papers(texts(1, 30)))
    keywords.enqueue()
    keywords.count()
    chosen: list[int] = []

    def work() -> None:
        chosen.append(follow_keywords())
        connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(chosen) == 30
    assert PaperKeywords.objects.count() == 30


def test_stops_soon_after_its_time_and_goes_on_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keywords, "CHOOSE_CHUNK", 2)
    put(*papers())
    assert follow_keywords(until=0.0) == 0
    assert KeywordJob.objects.count() == 5
    assert follow_keywords() == 5


def test_slots_take_three_bytes() -> None:
    slots = usage.slots_of([0, 1, usage.SIZE - 1, usage.SIZE, 2**31 - 1, 12_345_678])
    assert np.array_equal(usage.unpack_slots(usage.pack_slots(slots)), slots)
    assert len(usage.pack_slots(slots)) == 3 * len(slots)
    assert usage.unpack_slots(b"").size == 0


def test_counters_survive_packing() -> None:
    chance = np.random.default_rng(1)
    counters = chance.integers(0, 400_000, usage.BLOCK).astype(np.int32)
    assert np.array_equal(usage._unpack(usage._pack(counters)), counters)
