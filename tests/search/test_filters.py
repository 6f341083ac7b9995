"""Which papers a query's filters leave."""

from pathlib import Path

import pytest

from papers.models import Paper
from search import results, stages
from search.query import parse
from search.retrieval.lexical import index
from search.stages import Sort, Wanted
from tests.search import corpus
from tests.search.conftest import key_of
from tests.search.corpus import matching

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept")]


@pytest.fixture
def kept(index_dir: Path, word_encoder: object) -> None:
    corpus.keep()


EVERY = {"1706.03762", "1802.00001", "1903.00002", "2005.00003", "2101.00004", "2302.00005", "2403.00006",
         "P19-1001@ACL", "P19-2001@ACL", "N18-1001@ACL"}  # fmt: skip

FILTERS: list[tuple[str, str]] = [
    # phrases: side by side, in any inflection, never across title and abstract
    ('"beam search"', "1706.03762 1802.00001 N18-1001@ACL"),
    ('"beam searches"', "1706.03762 1802.00001 N18-1001@ACL"),
    ('"search beam"', "1903.00002"),
    ('"need beam"', ""),
    ('"attention" -speech', "1706.03762 P19-1001@ACL"),
    ("“注意力机制”", "2302.00005"),
    ("“神经网络”", "2302.00005"),
    ("“机制注意”", ""),
    ("ti:制", "2302.00005"),
    # fields
    ("ti:attention", "1706.03762 1802.00001 P19-1001@ACL"),
    ("ti:searching", "1903.00002 N18-1001@ACL"),
    ("ti:beam", "1903.00002 N18-1001@ACL"),
    ("abs:beam", "1706.03762 1802.00001"),
    ('abs:"beam search"', "1706.03762 1802.00001"),
    ("ti:graph-based", "2005.00003"),
    ("ti:注意力", "2302.00005"),
    ("ti:(attention OR parsing) abs:trees", "2005.00003"),
    # authors
    ("au:vaswani", "1706.03762"),
    ("au:vas*", "1706.03762 1903.00002"),
    ('au:"Vaswani, Ashish"', "1706.03762"),
    ('au:"ashish vas*"', "1706.03762"),
    ('au:"alan turing"', "1802.00001 P19-2001@ACL"),
    ("au:erdos", "2101.00004"),
    ('au:"ashish shazeer"', ""),
    ("au:(hopper OR nivre)", "2005.00003 P19-1001@ACL"),
    # categories
    ("cat:cs.SD", "1802.00001"),
    ("cat:CS.sd", "1802.00001"),
    ("cat:cs", "1706.03762 1802.00001 2005.00003 2302.00005"),
    ("cat:cs.*", "1706.03762 1802.00001 2005.00003 2302.00005"),
    ("cat:math.MP", "2101.00004"),
    ("cat:math-ph", "2101.00004"),
    ("cat:physics", "1903.00002"),
    ("cat:*.SD", "1802.00001"),
    ("cat:phys*opt*", "1903.00002"),
    ("cat:cs.SD,stat.ML", "1802.00001 2403.00006"),
    ("cat:cs.CL -cat:cs.LG -cat:cs.SD", "1706.03762 2302.00005"),
    # venues
    ("venue:ACL", "P19-1001@ACL P19-2001@ACL"),
    ("venue:acl 2019", "P19-1001@ACL P19-2001@ACL"),
    ("venue:acl.2018", ""),
    ('venue:"annual meeting"', "P19-1001@ACL P19-2001@ACL"),
    ("venue:nips", "N18-1001@ACL"),
    ("venue:NIPS2018", "N18-1001@ACL"),
    ("venue:ACL track:long", "P19-1001@ACL"),
    ("track:demonstrations", "P19-2001@ACL"),
    # years and days
    ("year:2018..2019", "1802.00001 1903.00002 P19-1001@ACL P19-2001@ACL N18-1001@ACL"),
    ("year:>=2023", "2302.00005 2403.00006"),
    ("date:2018-07", "N18-1001@ACL"),
    ("date:2019-03..2019-06", "1903.00002"),
    # the rest
    ("id:1706.03762v5", "1706.03762"),
    ("id:P19-1001", "P19-1001@ACL"),
    ("doi:10.1000/ABC", "1706.03762"),
    ("has:code", "1706.03762"),
    ("has:doi", "1706.03762"),
    ("has:venue", "P19-1001@ACL P19-2001@ACL N18-1001@ACL"),
    ("has:pdf -has:abstract", "2403.00006"),
    ("in:venues", "P19-1001@ACL P19-2001@ACL N18-1001@ACL"),
    ("in:arxiv ti:attention", "1706.03762 1802.00001"),
    ("in:acl ti:speech", "P19-2001@ACL"),
    # together
    ("au:vaswani ti:attention year:2017..2018", "1706.03762"),
    ('"beam search" -speech cat:cs.CL', "1706.03762"),
    ('"trees from" OR speech', "1802.00001 2005.00003 P19-2001@ACL"),
    ('"beam search" OR -in:arxiv', "1706.03762 1802.00001 N18-1001@ACL P19-1001@ACL P19-2001@ACL"),
    ("attention AND speech", "1802.00001"),
    ('-("beam search" ti:attention) ti:(beam OR attention)', "1903.00002 N18-1001@ACL P19-1001@ACL"),
    # words: one of them must be there, and filters must hold
    ("speech cat:cs.CL", "1802.00001"),
    ("attention speech in:venues", "P19-1001@ACL P19-2001@ACL"),
    ("ti:attention speech", "1706.03762 1802.00001 P19-1001@ACL"),
]


@pytest.mark.parametrize(("text", "keys"), FILTERS)
def test_the_papers_that_hold_it_are_found_and_no_others(text: str, keys: str) -> None:
    assert matching(text) == set(keys.split())


def test_an_exclusion_alone_leaves_all_others() -> None:
    assert matching("-speech") == EVERY - {"1802.00001", "P19-2001@ACL"}


def keys(text: str) -> list[str]:
    return [key_of(hit.paper_id) for hit in stages.find(text).final.hits]


def test_without_words_the_newest_stand_first_and_it_says_so() -> None:
    found = stages.find("cat:cs.CL -speech")
    assert [key_of(hit.paper_id) for hit in found.final.hits] == ["2302.00005", "2005.00003", "1706.03762"]
    assert found.notices == ("by-time",)
    assert (found.total, found.matching, found.ran) == (3, 3, "newest")


def test_a_reader_can_have_the_newest_first() -> None:
    found = stages.run(parse("attention"), Wanted(Sort.TIME))
    order = [key_of(hit.paper_id) for hit in found.final.hits]
    assert order == ["P19-1001@ACL", "1802.00001", "1706.03762"]
    assert found.notices == ()


def test_a_phrase_as_typed_stands_before_its_inflections() -> None:
    order = keys('ti:"beam search" OR ti:"searching beams"')
    assert set(order) == {"1903.00002", "N18-1001@ACL"}
    assert keys('"attention at"')[0] == "P19-1001@ACL"


def test_a_phrase_that_nobody_wrote_is_searched_as_words_and_it_says_so() -> None:
    found = stages.find('"attention for all needs"')
    assert found.notices[0] == "loosened"
    assert key_of(found.final.hits[0].paper_id) == "1706.03762"
    assert str(found.query) == '"attention for all needs"'


def test_a_filter_that_no_paper_meets_is_not_loosened() -> None:
    assert stages.find("ti:zebra cat:cs.CL").final.hits == ()


def test_a_venue_or_category_that_nobody_knows_is_named() -> None:
    page = results.page("venue:XYZ cat:cs.ZZ attention")
    assert [str(clause) for clause in page.unknown] == ["venue:XYZ", "cat:cs.ZZ"]
    assert page.total == 0


def test_the_papers_of_a_later_day_do_not_appear_behind_the_marker() -> None:
    marker = max(Paper.objects.filter(key__startswith="1").values_list("pk", flat=True))
    assert all(
        pk <= marker for pk in [hit.paper_id for hit in stages.run(parse("-zebra"), Wanted(upto=marker)).final.hits]
    )


NONSENSE = [
    *("cat:[", "au:(((", 'ti:"?!"', "venue:*", "cat:*", "cat:.*", "track:'", "id:\\", "au:.*", "au:[x*", "-🙂", '"🙂"'),
    *("ti:" + "x" * 200, "year:0001", "' OR 1=1 --", "ti:' OR 1=1", "cat:cs.CL,,,", "the of and", "-the"),
    *("cat:" + "a*" * 900, "cat:c" + "*" * 1_900, 'au:"a b c d e f g h*"', "au:" + "x" * 1_900, "cat:a*b*c*d*e"),
    *(
        " OR ".join(f'au:"{letter} b c*"' for letter in "abcdefghijkl"),
        " ".join(f"-w{number}" for number in range(256)),
    ),
]


@pytest.mark.parametrize("text", NONSENSE)
def test_no_query_is_an_error(text: str) -> None:
    page = results.page(text)
    assert page.total >= len(page.hits)
    results.as_json(page)


def test_chinese_questions_in_words_find_chinese_papers() -> None:
    found = index().search(index().matching(parse("注意力 翻译")), 2)  # beside one in English
    assert "2302.00005" in [key_of(hit.paper_id) for hit in found.hits]
