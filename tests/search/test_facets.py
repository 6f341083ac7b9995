"""Facets are counted over every paper that matches, by comparison with counting them one by one."""

from collections import Counter
from pathlib import Path

import pytest

from papers.models import Paper
from papers.record import PaperRecord
from search import facets, results
from search.arms import Papers
from search.indexing import follow
from search.query import parse
from search.retrieval.lexical import index
from tests.search import corpus
from tests.search.conftest import put
from tests.search.corpus import matching, preprint, proceedings

pytestmark = pytest.mark.django_db(transaction=True)


def counted(text: str) -> dict[str, dict[str, int]]:
    query = parse(text)
    found = facets.facets(Papers(index(), index().matching(query)), query)
    return {facet.name: {value.name: value.papers for value in facet.values} for facet in found}


@pytest.fixture
def kept(index_dir: Path) -> None:
    corpus.keep()


@pytest.mark.usefixtures("kept")
def test_every_facet_counts_the_papers_that_match() -> None:
    assert counted("attention") == {
        "category": {"cs.CL": 2, "cs.SD": 1},
        "venue": {"ACL": 1},
        "edition": {"ACL.2019": 1},
        "track": {"Long": 1},
        "year": {"2019": 1, "2018": 1, "2017": 1},
        "source": {"arxiv": 2, "acl": 1},
        "has": {"pdf": 2, "code": 1},
    }


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("text", ["attention", "in:venues", "-speech", "speech year:2018..2019"])
def test_a_value_leads_to_as_many_papers_as_it_says(text: str) -> None:
    query = parse(text)
    found = facets.facets(Papers(index(), index().matching(query)), query)
    assert found
    for facet in found:
        for value in facet.values:
            assert len(matching(f"{text} {value.clause}")) == value.papers, value


@pytest.mark.usefixtures("kept")
def test_a_value_that_the_query_keeps_to_is_known_as_such() -> None:
    page = results.page("attention cat:cs.CL")
    chosen = [str(value.clause) for facet in page.facets for value in facet.values if value.is_chosen]
    assert chosen == ["cat:cs.CL"]


@pytest.mark.usefixtures("kept")
def test_spellings_of_a_track_are_one() -> None:
    put(proceedings("P19-3001", "Attention once more", "B Author", edition="ACL.2019", track="LONG"))
    follow.follow_lexical()
    assert list(counted("attention in:venues")["track"].values()) == [2]
    assert len(matching("track:long")) == 2


def test_counts_are_right_over_many_papers_and_parts_of_the_index(index_dir: Path) -> None:
    categories = ["cs.CL", "cs.LG", "stat.ML", "math-ph"]
    for part in range(3):
        put(*(walrus(f"{10 + number % 14}01.{part}{number:04}", categories[: number % 5]) for number in range(150)))
        follow.follow_lexical()
    expected = Counter(code for codes in Paper.objects.values_list("categories", flat=True) for code in codes)
    found = counted("walrus")
    assert found["category"] == dict(expected)
    assert sum(found["year"].values()) <= 450
    assert len(found["year"]) == facets.SHOWN


def walrus(key: str, categories: list[str]) -> PaperRecord:
    return preprint(key, f"A walrus {key}", "x", categories=" ".join(categories))
