"""Pages of one search fit together, to its end, and while papers arrive."""

from pathlib import Path

import pytest

from search import results, stages
from search.indexing import follow, vectors
from search.retrieval.lexical import index
from search.stages import Sort
from tests.search.conftest import put
from tests.search.corpus import preprint

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = 1_230


@pytest.fixture
def many(index_dir: Path) -> None:
    put(*(preprint(f"{10 + number % 15}{number % 12 + 1:02}.{number:05}", f"Walrus number {number}", "x" * (number % 7))
          for number in range(1, COUNT + 1)))  # fmt: skip
    follow.follow_lexical()


def walk(text: str, show: int, sort: Sort) -> list[str]:
    """All pages, each asked for as the pager's links do."""
    page = results.page(text, 0, show, sort)
    upto, total, seen = page.wanted.upto, page.total, [hit.paper.key for hit in page.hits]
    while len(seen) < total:
        page = results.page(text, len(seen), show, sort, upto)
        assert page.total == total
        seen += [hit.paper.key for hit in page.hits]
    return seen


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("sort", list(Sort))
def test_every_paper_is_on_one_page_far_beyond_what_a_ranking_holds(sort: Sort) -> None:
    assert COUNT > stages.RESULT_DEPTH
    seen = walk("walrus", 400, sort)
    assert len(seen) == len(set(seen)) == COUNT


@pytest.mark.usefixtures("many")
def test_by_time_the_last_day_comes_first() -> None:
    days = [hit.paper.submitted for hit in results.page("walrus", 0, 1_000, Sort.TIME).hits]
    assert days == sorted(days, reverse=True)


@pytest.mark.usefixtures("many")
def test_ranks_go_on_from_page_to_page() -> None:
    page = results.page("walrus", 1_200, 25)
    assert [hit.rank for hit in page.hits] == list(range(1_201, 1_226))


@pytest.mark.usefixtures("many")
def test_a_ranking_ends_at_a_bound_and_a_list_by_time_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "DEEPEST", 1_100)
    page = results.page("walrus", 1_100, 25)
    assert (page.total, page.found.matching, page.hits) == (1_100, COUNT, ())
    assert len(results.page("walrus", 1_200, 25, Sort.TIME).hits) == 25


@pytest.mark.usefixtures("many", "word_encoder")
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("with_vectors", [False, True])
def test_papers_that_arrive_move_none_to_another_page(sort: Sort, with_vectors: bool) -> None:
    if with_vectors:
        vectors.embed_all(*vectors.target())
    first = results.page("walrus", 0, 100, sort)
    before = [hit.paper.key for hit in results.page("walrus", 100, 100, sort).hits]
    put(*(preprint(f"2512.{number:05}", "Walrus walrus walrus", "Walrus.") for number in range(90_000, 90_050)))
    follow.follow_lexical()
    index().refresh()
    follow.enqueue_vectors()
    if with_vectors:
        vectors.embed_all(*vectors.target())
    after = results.page("walrus", 100, 100, sort, first.wanted.upto)
    assert after.total == COUNT
    assert not {hit.paper.key for hit in after.hits} & {hit.paper.key for hit in first.hits}
    if sort is Sort.TIME:
        assert [hit.paper.key for hit in after.hits] == before
    assert results.page("walrus", 0, 100, sort).total == COUNT + 50
